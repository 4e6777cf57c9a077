"""The pages of the project's layouts as laid out: geometry, folios, and no complaint of the engine."""

import io
import itertools
from pathlib import Path
from typing import Any

import pypdf
import pytest
from layouts_samples import (
    HERE,
    HOME,
    every_block,
    get_layout,
    make_issue,
    make_parts,
    make_section,
    paragraph,
    plain,
)

from newsletter_pdf.compose import Composer, Part
from newsletter_pdf.findings import Findings
from newsletter_pdf.fontconfig import fontconfig_file
from newsletter_pdf.layouts import layout_names
from newsletter_pdf.model import Code, Emphasis, Nameplate, Paragraph, ProperName, Ruby, Strong, Text
from newsletter_pdf.render import open_renderer
from newsletter_pdf.render.engine import Metadata, PageLabels

LAYOUTS = layout_names(HOME)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_sets_every_block_without_complaint(name: str, tmp_path: Path, picture: Path) -> None:
    """All parts of an issue with all kinds of blocks: templates fill, and the engine has nothing to say on the CSS."""
    layout = get_layout(name)
    issue = make_issue(tmp_path, make_section(every_block(picture)))
    renderer = open_renderer(
        folders=[tmp_path, *layout.folders],
        fontconfig=fontconfig_file(HOME / "fonts", tmp_path),
        fonts=HOME / "fonts",
        variant=layout.pdf_variant,
    )
    findings = Findings()
    parts = {part.name: renderer.lay_out(part, findings) for part in make_parts(issue, layout)}
    # The contents' targets lie in another part; all other links resolve where they are.
    assert [str(f.message_en) for f in findings] == []
    assert parts["cover"].pages == 1
    assert parts["01-a"].anchors["s1"] == 0
    assert parts["01-a"].anchors["s1-g1"] == 1
    assert list(parts["01-a"].anchors) == [*("s1", "s1-g1", "s1-g1-a1", "s1-g1-a2", "s1-g2", "s1-g2-a1", "s1-g2-a2")]


def test_highlights_without_room_on_the_cover_are_reported(tmp_path: Path) -> None:
    """What the cover leaves out is a warning that names it; what fits is printed."""
    highlights = tuple(f"第{i}条要目，写得相当长，一行未必放得下，还要再长一些" for i in range(1, 31))
    issue = make_issue(tmp_path, make_section((paragraph("文字"),)), highlights=highlights)
    findings = Findings()
    cover = Composer(issue, get_layout(), findings).cover()
    assert cover is not None
    left_out = [text for text in highlights if text not in plain(cover.html)]
    assert highlights[0] not in left_out
    assert left_out
    assert [f.code for f in findings] == ["N411"] * len(left_out)
    assert all(text in f.message_zh for text, f in zip(left_out, findings, strict=True))


def test_a_layout_may_define_counter_styles(tmp_path: Path) -> None:
    """``@counter-style`` in a layout's style sheet works in the pages."""
    css = "@counter-style dots { system: cyclic; symbols: '※'; suffix: ' ' } li { list-style-type: dots }"
    part = Part("a", "<html lang=zh-CN><ul><li>一项</ul>", ((tmp_path / "a.css", css),))
    renderer = open_renderer(
        folders=[tmp_path], fontconfig=fontconfig_file(HOME / "fonts", tmp_path), fonts=HOME / "fonts"
    )
    page = renderer.lay_out(part, Findings()).document.pages[0]
    assert any("※" in getattr(box, "text", "") for box in page._page_box.descendants(placeholders=True))


def _box(page: Any, name: str) -> tuple[float, float, float, float] | None:
    """Left, top, right and bottom (CSS pixels) of the first box of the class ``name``."""
    for box in page._page_box.descendants(placeholders=True):
        if box.element is not None and name in (box.element.get("class") or "").split():
            x, y = box.position_x, box.position_y
            return x, y, x + box.margin_width(), y + box.margin_height()
    return None


@pytest.mark.parametrize("direction", ["vertical", "horizontal"])
@pytest.mark.parametrize(
    ("plate", "highlights"),
    [
        (None, ()),
        (Nameplate(text="观"), ("要",) * 9),
        (Nameplate(text="澄观"), ("长长的要目" * 9,) * 9),
        (Nameplate(text="清江法评", latin="Review"), ()),
        (None, ("要",)),
    ],
)
def test_the_cover_keeps_its_text_apart_whatever_is_there(
    tmp_path: Path, direction: str, plate: Nameplate | None, highlights: tuple[str, ...]
) -> None:
    """The column of text stays inside the page, clear of the nameplate above or beside it and of the water below."""
    issue = make_issue(tmp_path, make_section((paragraph("文"),)), title="很长的刊名" * 5, highlights=highlights)
    assert issue.masthead is not None
    issue = issue.model_copy(update={"masthead": issue.masthead.model_copy(update={"nameplate": plate})})
    layout = get_layout(nameplate_direction=direction)
    (cover,) = (p for p in make_parts(issue, layout) if p.name == "cover")
    renderer = open_renderer(
        folders=layout.folders,
        fontconfig=fontconfig_file(HOME / "fonts", tmp_path),
        fonts=HOME / "fonts",
        variant=layout.pdf_variant,
    )
    findings = Findings()
    laid_out = renderer.lay_out(cover, findings)
    assert len(findings) == 0
    assert laid_out.pages == 1
    page = laid_out.document.pages[0]
    boxes = {name: _box(page, name) for name in ("cover-text", "nameplate", "art")}
    text, water = boxes["cover-text"], boxes["art"]
    assert text is not None
    assert water is not None
    left, top, right, bottom = text
    assert 40 < left < right < page.width - 40
    assert top > 40
    # The disc begins 2 pt below the top of the drawing, or 68 pt when it is half set.
    assert bottom < water[1] + (2 if "%3Ccircle" in cover.html else 68) / 0.75
    if plate is not None:
        assert boxes["nameplate"] is not None
        assert boxes["nameplate"][0] >= right if direction == "vertical" else boxes["nameplate"][3] <= top


def test_the_type_area_holds_whole_lines_of_whole_characters(tmp_path: Path) -> None:
    """32 characters a line, 22 lines a page, 28 pt from line to line, whatever faces a line mixes."""
    layout = get_layout()
    mixed = (
        Text(text="国" * 30 + "Ag 2026"),
        Strong(children=(Text(text="重点"),)),
        Emphasis(children=(Text(text="楷体"),)),
        Code(text="code"),
        Text(text="字" * 40),
    )
    section = make_section((Paragraph(children=mixed * 30, place=HERE),), groups=1)
    issue = make_issue(tmp_path, section.model_copy(update={"lead": ()}))
    (part,) = (p for p in make_parts(issue, layout) if p.name == "01-a")
    renderer = open_renderer(
        folders=layout.folders,
        fontconfig=fontconfig_file(HOME / "fonts", tmp_path),
        fonts=HOME / "fonts",
        variant=layout.pdf_variant,
    )
    document = renderer.lay_out(part, Findings()).document
    box = document.pages[2]._page_box  # the engine offers no public way to its lines
    lines = [b for b in box.descendants() if type(b).__name__ == "LineBox" and b.element_tag == "p"]
    tops = [line.position_y * 0.75 for line in lines]
    steps = {round(after - before, 2) for before, after in itertools.pairwise(tops)}
    assert steps == {28.0}
    assert len(lines) == 22
    first = [b for b in document.pages[1]._page_box.descendants() if type(b).__name__ == "TextBox" and "国" in b.text]
    assert first[0].text == "国" * 30
    assert document.pages[2].width == pytest.approx(210 / 25.4 * 96, abs=0.1)


def test_a_section_opens_alone_and_folios_start_where_they_are_told(tmp_path: Path) -> None:
    """The stories begin on the page after the opener, or below it when the layout says so."""
    issue = make_issue(tmp_path, make_section((paragraph("文"),)))
    for alone, page in ((True, 1), (False, 0)):
        layout = get_layout(body_on_new_page=alone)
        renderer = open_renderer(
            folders=layout.folders,
            fontconfig=fontconfig_file(HOME / "fonts", tmp_path),
            fonts=HOME / "fonts",
            variant=layout.pdf_variant,
        )
        (part,) = (p for p in make_parts(issue, layout) if p.name == "01-a")
        laid_out = renderer.lay_out(part, Findings())
        assert laid_out.anchors["s1-g1"] == page
        for first in (7, 12):
            labels = (PageLabels(0, "D"),)
            drawn = renderer.draw(laid_out, first, Findings())
            data = renderer.write([drawn], Metadata("题", "zh-CN"), labels, Findings())
            text = pypdf.PdfReader(io.BytesIO(data)).pages[-1].extract_text()
            assert str(first + page) in text.split()


def test_readings_and_name_lines_leave_the_line_grid_as_it_is(tmp_path: Path) -> None:
    """A paragraph with Pinyin has its baselines where one without has them; its parts are tagged as ruby text."""
    layout = get_layout()
    text = "人名和地名读音有异的可以注音" * 6
    annotated = Paragraph(
        children=(Text(text=text), Ruby(text="尉迟", reading="yù chí"), ProperName(text="屈原"), Text(text=text)),
        place=HERE,
    )
    plain_one = paragraph(f"{text}尉迟屈原{text}")
    renderer = open_renderer(
        folders=[tmp_path, *layout.folders],
        fontconfig=fontconfig_file(HOME / "fonts", tmp_path),
        fonts=HOME / "fonts",
        variant=layout.pdf_variant,
    )
    found = []
    for block in (annotated, plain_one):
        issue = make_issue(tmp_path, make_section((block, plain_one)))
        part = next(part for part in make_parts(issue, layout) if part.name == "01-a")
        pages = renderer.lay_out(part, Findings()).document.pages
        lines = [box for page in pages for box in page._page_box.descendants() if type(box).__name__ == "LineBox"]
        found.append([round(line.position_y + line.baseline, 2) for line in lines if line.element_tag == "p"])
        if block is annotated:
            labels = (PageLabels(0, "D"),)
            drawn = renderer.draw(renderer.lay_out(part, Findings()), 1, Findings())
            data = renderer.write([drawn], Metadata("题", "zh-CN"), labels, Findings())
    assert found[0] == found[1]
    reader = pypdf.PdfReader(io.BytesIO(data))
    kinds = {str(reader.get_object(number).get("/S")) for number in reader.xref_objStm if _is_element(reader, number)}
    assert {"/Ruby", "/RB", "/RT"} <= kinds


def _is_element(reader: pypdf.PdfReader, number: int) -> bool:
    object_ = reader.get_object(number)
    return isinstance(object_, pypdf.generic.DictionaryObject) and object_.get("/Type") == "/StructElem"
