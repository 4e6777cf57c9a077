"""The tag tree put in order, as other programs see it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from newsletter_pdf.compose import Part
from newsletter_pdf.findings import Findings
from newsletter_pdf.render import open_renderer
from newsletter_pdf.render.engine import Metadata, PageLabels

STYLE = """html { font-family: 'NL Serif' }
@page { @top-center { content: "书眉" } @bottom-center { content: counter(page) } }
ul.two { columns: 2 } h1::before { content: ""; display: block }"""
TEXT = """<h1 id=a>章</h1><h3>节</h3><p>字</p><h1>又一章</h1><h2>组</h2><h3>节</h3>
<ul class=two><li>甲</li><li>乙</li><li>丙</li><li>丁</li></ul>
<ol><li><p>一</p><p>二</p></li></ol><ul><li>外<ul><li>内</li></ul></li></ul>
<table><thead><tr><th scope=col>甲</th><th scope=col>乙</th></tr></thead><tr><td>1</td><td></td></tr></table>
<table><tr><th scope=row>甲</th><td>1</td></tr></table>
<p><a href="https://example.org">链<span>接</span>字</a></p>
<p><img alt=方 style="width: 40px; height: 30px" src="PICTURE"></p>"""
PICTURE = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 4 3'%3E"
    "%3Crect width='4' height='3'/%3E%3C/svg%3E"
)


Tags = Callable[[bool], pikepdf.Pdf]


@pytest.fixture(scope="module")
def tagged(engine: Any, fontconfig: Path) -> Tags:
    """The text as a PDF, as we write it or as the engine does."""

    def write(mended: bool) -> pikepdf.Pdf:
        html = (
            f"<!doctype html><html lang=zh-CN><title>t</title><style>{STYLE}</style>{TEXT.replace('PICTURE', PICTURE)}"
        )
        if not mended:
            return pikepdf.open(BytesIO(engine.HTML(string=html).write_pdf(pdf_variant="pdf/ua-1")))
        findings = Findings()
        renderer = open_renderer(
            folders=[], fontconfig=fontconfig, fonts=Path(__file__).parents[2] / "fonts", variant="pdf/ua-1"
        )
        drawn = renderer.draw(renderer.lay_out(Part("a", html, ()), findings), 1, findings)
        assert len(findings) == 0
        return pikepdf.open(BytesIO(renderer.write([drawn], Metadata("t", "zh-CN"), (PageLabels(0, "D"),), findings)))

    return write


def _elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    stack = [pdf.Root.StructTreeRoot.K]
    while stack:
        node = stack.pop()
        if isinstance(node, pikepdf.Array):
            stack.extend(reversed(list(node)))
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            yield node
            stack.append(node.K)


def _types(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S)[1:] for element in _elements(pdf)]


def _pairs(pdf: pikepdf.Pdf) -> set[tuple[str, str]]:
    return {(str(e.P.get("/S", "/Root"))[1:], str(e.S)[1:]) for e in _elements(pdf)}


def test_running_heads_are_pagination_artifacts(tagged: Tags) -> None:
    """The engine marks them as text outside the tree; in ours they are artifacts."""

    def loose(pdf: pikepdf.Pdf) -> tuple[int, int]:
        marks = [str(o.operands) for o in pikepdf.parse_content_stream(pdf.pages[0]) if str(o.operator) == "BDC"]
        inside = {kid for e in _elements(pdf) for kid in e.K if isinstance(kid, int)}
        tagged_marks = sum("MCID" in mark for mark in marks)
        return tagged_marks - len(inside), sum("Pagination" in mark for mark in marks)

    assert loose(tagged(False)) == (2, 0)
    assert loose(tagged(True)) == (0, 2)


def test_levels_of_headings_have_no_gap(tagged: Tags) -> None:
    """A third level right below the first becomes the second; where a second stands between, it stays."""
    assert [tag for tag in _types(tagged(True)) if tag.startswith("H")] == ["H1", "H2", "H1", "H2", "H3"]


def test_lists_hold_items_and_items_a_body(tagged: Tags) -> None:
    """Columns are no lists; paragraphs of an item and a list in it stand in its body."""
    pairs = _pairs(tagged(True))
    assert {child for parent, child in pairs if parent == "L"} == {"LI"}
    assert {child for parent, child in pairs if parent == "LI"} <= {"Lbl", "LBody"}
    assert {("LBody", "P"), ("LBody", "L")} <= pairs


def test_header_cells_say_what_they_head(tagged: Tags) -> None:
    """Columns in a head, rows elsewhere; an empty cell keeps its place."""
    pdf = tagged(True)
    assert [str(e.A.Scope) for e in _elements(pdf) if e.S == "/TH"] == ["/Column", "/Column", "/Row"]
    assert _types(pdf).count("TD") == 3


def test_annotations_belong_to_their_link(tagged: Tags) -> None:
    """Those of boxes within a link, too, and the parent tree says so."""
    pdf = tagged(True)
    holders = {
        kid.Obj.objgen: e
        for e in _elements(pdf)
        for kid in e.K
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
    }
    nums = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
    links = list(pdf.pages[0].Annots)
    assert {link.objgen for link in links} == set(holders)
    for link in links:
        assert holders[link.objgen].S == "/Link"
        assert nums[nums.index(link.StructParent, 2) + 1].objgen == holders[link.objgen].objgen


def test_boxes_of_figures_are_on_the_page(tagged: Tags) -> None:
    """40 by 30 px are 30 by 22.5 pt, reckoned from the foot of the page."""
    pdf = tagged(True)
    figure = next(e for e in _elements(pdf) if e.S == "/Figure")
    x0, y0, x1, y1 = (float(value) for value in figure.A.BBox)
    assert (x1 - x0, y1 - y0) == pytest.approx((30, 22.5), abs=0.01)
    assert 0 < y0 < y1 < 841.9


def test_nothing_stands_in_its_like(tagged: Tags) -> None:
    """No heading in a heading, no paragraph in a paragraph, nothing empty but cells."""
    pdf = tagged(True)
    assert not [pair for pair in _pairs(pdf) if pair[0] == pair[1] and pair[0] not in ("NonStruct", "Div", "Span")]
    assert not [e.S for e in _elements(pdf) if not len(e.K) and e.S != "/TD"]
