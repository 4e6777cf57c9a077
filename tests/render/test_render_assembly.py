"""Parts drawn one by one make the file that the engine would have made of them, and a smaller one."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pypdfium2
import pytest
from PIL import Image
from pypdf.generic import DictionaryObject

from newsletter_pdf.findings import Findings
from newsletter_pdf.render.engine import Metadata, PageLabels
from newsletter_pdf.render.identifier import with_identifier

TEXT = (
    "<h1 id=a>章</h1>"
    "<p>一行又一行的<em>文字</em>，有<a href='#a'>链接</a>，也有<span>跨了行的一段话，一直写到下一行去</span>。"
    "<ul><li>一项</li></ul><table><tr><th>头</th></tr><tr><td>格</td></tr></table>"
)
LABELS = (PageLabels(0, "D"),)


def written(renderer: Any, parts: list[Any], findings: Findings) -> bytes:
    """The parts as one file, numbered through from page 1."""
    drawn, first = [], 1
    for part in parts:
        laid_out = renderer.lay_out(part, findings)
        drawn.append(renderer.draw(laid_out, first, findings))
        first += laid_out.pages
    data: bytes = renderer.write(drawn, Metadata("题", "zh-CN", date="2026-11-20"), LABELS, findings)
    return data


def reader(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(data), strict=True)


def content_order(data: bytes) -> list[tuple[str, int]]:
    """Marked content in the order of the structure tree, with the nearest element above that is no Span."""
    found: list[tuple[str, int]] = []

    def walk(element: DictionaryObject, owner: str) -> None:
        owner = owner if element["/S"] == "/Span" else str(element["/S"])
        for kid in element["/K"]:
            kid = kid.get_object()
            if isinstance(kid, int):
                found.append((owner, int(kid)))
            elif kid.get("/Type") == "/StructElem":
                walk(kid, owner)

    for child in reader(data).root_object["/StructTreeRoot"]["/K"]:
        walk(child.get_object(), "")
    return found


def elements(data: bytes) -> list[DictionaryObject]:
    """All structure elements that the file holds."""
    file = reader(data)
    found = [file.get_object(number) for number in file.xref_objStm]
    return [o for o in found if isinstance(o, DictionaryObject) and o.get("/Type") == "/StructElem"]


def _is_descriptor(found: pikepdf.Object) -> bool:
    return isinstance(found, pikepdf.Dictionary) and "/FontName" in found


def test_content_keeps_its_order_and_its_element(renderer: Any, engine: Any, part: Any, findings: Findings) -> None:
    """The tree holds the marked content that the engine's own has, in the same elements, in the same order."""
    page = "@page { margin: 0; size: 300px 500px; @bottom-center { content: none } @top-left { content: none } }"
    made = part("a", TEXT, page)
    sheets = [engine.CSS(string=text) for _, text in made.css]
    stock = bytes(engine.HTML(string=made.html).write_pdf(stylesheets=sheets, pdf_variant="pdf/ua-1"))
    ours = written(renderer, [made], findings)
    assert content_order(ours) == content_order(stock)
    assert len(content_order(stock)) > 10
    assert len(elements(ours)) < 0.7 * len(elements(stock))
    assert reader(ours).pages[0].extract_text() == reader(stock).pages[0].extract_text()


def test_spans_that_say_nothing_are_gone(renderer: Any, part: Any, findings: Findings) -> None:
    """No Span with nothing but marked content is left in a paragraph; one with a language of its own stays."""
    data = written(renderer, [part("a", TEXT)], findings)
    spans = [element for element in elements(data) if element["/S"] == "/Span"]
    assert not [span for span in spans if span["/P"].get_object()["/S"] in ("/P", "/H1", "/Span")]


def test_the_parent_tree_names_the_element_that_holds_the_content(renderer: Any, part: Any, findings: Findings) -> None:
    """Each marked content of each page leads to the element whose kid it is (ISO 32000-1, 14.7.4.4)."""
    file = reader(written(renderer, [part("a", TEXT), part("b", TEXT.replace("id=a", "id=b"))], findings))
    numbers = file.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    tree = {int(numbers[i]): numbers[i + 1].get_object() for i in range(0, len(numbers), 2)}
    for page in file.pages:
        of_page = tree[page["/StructParents"]]
        marks = re.findall(rb"/MCID (\d+)", page.get_contents().get_data())
        assert [int(mark) for mark in sorted(marks, key=int)] == list(range(len(of_page)))
        for mcid, element in enumerate(of_page):
            assert mcid in element["/K"]
            assert element["/Pg"].get_object() == page
    for page in file.pages:
        assert "/Annots" in page or "链接" not in page.extract_text()
        for annotation in page.get("/Annots", ()):
            held = tree[annotation.get_object()["/StructParent"]]
            assert held["/S"] == "/Link"


def test_margins_are_artifacts_with_the_number_asked_for(renderer: Any, part: Any, findings: Findings) -> None:
    """Folio and running head are in no element, and a part drawn anew with another first page tells that number."""
    made = part("a", "<h1>章</h1><p>一" + "<p>二" * 8)
    laid_out = renderer.lay_out(made, findings)
    for first in (1, 7, 7, 98):
        drawn = renderer.draw(laid_out, first, findings)
        file = reader(renderer.write([drawn], Metadata("题", "zh-CN"), LABELS, findings))
        assert len(file.pages) == laid_out.pages > 1
        for number, page in enumerate(file.pages, start=first):
            content = page.get_contents().get_data()
            body, *margins = content.split(b"/Artifact <</Type /Pagination>> BDC")
            assert b"MCID" in body
            assert len(margins) == 2
            assert not [margin for margin in margins if b"MCID" in margin]
            assert str(number) in page.extract_text().split()
            assert "章" in page.extract_text()
    assert len(findings) == 0


def test_the_first_page_is_needed_where_the_text_tells_page_numbers(
    renderer: Any, part: Any, findings: Findings
) -> None:
    """A page number in the text cannot be set before it is known; laid out with it, it is right."""
    made = part("a", "<p>甲<p class=n>此页：", ".n::after { content: counter(page) }")
    assert renderer.lay_out(made, findings).needs_first
    laid_out = renderer.lay_out(made, findings, first=41)
    assert not laid_out.needs_first
    drawn = renderer.draw(laid_out, 1, findings)
    text = reader(renderer.write([drawn], Metadata("题", "zh-CN"), LABELS, findings)).pages[0].extract_text()
    assert re.search(r"此页：\s*41", text)
    assert text.split().count("41") == 1


def test_parts_do_not_mix_their_resources(renderer: Any, part: Any, findings: Findings, tmp_path: Path) -> None:
    """Groups, gradients, patterns and pictures of two parts, named alike by the engine, are each drawn where they are.

    A picture that both use is in the file once.
    """
    Image.new("RGB", (40, 40), (0, 128, 0)).save(tmp_path / "green.png")
    style = (
        "div { height: 60px } .o { opacity: 0.5; background: %s } .g { background: linear-gradient(%s, %s) }"
        " img { height: 20px; display: block }"
    )
    body = "<div class=o></div><div class=g></div><img src=green.png alt=绿>"
    colours = ("red", "blue")
    parts = [part(c, body, style % (c, c, c) + f" p {{ color: {c} }}") for c in colours]
    parts[1] = part("blue", body, style % ("blue", "blue", "blue"))
    data = written(renderer, parts, findings)
    assert len(findings) == 0
    document = pypdfium2.PdfDocument(data)
    for index, expected in enumerate(((255, 0, 0), (0, 0, 255))):
        image = document[index].render(scale=1).to_pil().convert("RGB")
        faded, full, green = (image.getpixel((30, round(y * 0.75))) for y in (50, 120, 160))
        assert full == expected
        assert faded == tuple((value + 255) // 2 + (value + 255) % 2 for value in expected) or faded == tuple(
            (value + 255) // 2 for value in expected
        )
        assert green == (0, 128, 0)
    document.close()
    with pikepdf.open(BytesIO(data)) as file:
        kinds = [str(o.get("/Subtype", "")) for o in file.objects if isinstance(o, pikepdf.Stream)]
    assert kinds.count("/Image") == 1


def test_faces_are_in_the_file_once_for_all_parts(renderer: Any, part: Any, findings: Findings) -> None:
    """Two parts in the same face share one font, with the glyphs of both and the text that they stand for."""
    data = written(renderer, [part("a", "<p>甲乙"), part("b", "<p>丙甲")], findings)
    file = reader(data)
    fonts = [page["/Resources"]["/Font"].get_object() for page in file.pages]
    assert fonts[0] == fonts[1]
    assert [re.sub(r"\W|\d", "", page.extract_text()) for page in file.pages] == ["甲乙", "丙甲"]
    with pikepdf.open(BytesIO(data)) as opened:
        names = [str(o["/FontName"]) for o in opened.objects if _is_descriptor(o)]
    assert len(names) == len(set(names))


def test_links_lead_from_part_to_part_and_those_to_nowhere_are_told(
    renderer: Any, part: Any, findings: Findings
) -> None:
    """A link to a heading of another part arrives there; one to a name that nothing has is a finding and no link."""
    parts = [part("a", "<p><a href='#z'>去</a><a href='#nowhere'>无</a>"), part("b", "<h1 id=z>在</h1>")]
    file = reader(written(renderer, parts, findings))
    assert [finding.code for finding in findings] == ["N405"]
    (link,) = (annotation.get_object() for annotation in file.pages[0]["/Annots"])
    assert file.get_destination_page_number(file.named_destinations[link["/Dest"]]) == 1
    assert [(entry.title, file.get_destination_page_number(entry)) for entry in file.outline] == [("在", 1)]


def test_cells_of_two_parts_have_names_of_their_own(renderer: Any, part: Any, findings: Findings) -> None:
    """The identifiers that tie cells to their headers (14.8.5.7) are unique in the file and lead to headers."""
    table = "<table><tr><th>头<th>二<tr><td>格<td>格</table>"
    made = elements(written(renderer, [part("a", table), part("b", table)], findings))
    names = [element["/ID"] for element in made if "/ID" in element]
    assert len(names) == len(set(names)) == 4
    headers = [name for element in made if element["/S"] == "/TD" for name in element["/A"]["/Headers"]]
    assert sorted(headers) == sorted(names)


def test_an_independent_reader_finds_nothing_wrong(renderer: Any, part: Any, findings: Findings) -> None:
    """A second reader, qpdf, sees no error in the file."""
    with pikepdf.open(BytesIO(written(renderer, [part("a", TEXT)], findings))) as file:
        assert file.check_pdf_syntax() == []


def test_the_identifier_is_the_contents_own(renderer: Any, part: Any, findings: Findings) -> None:
    """The same pages make the same bytes with the same identifier, others another."""
    one, again, other = (written(renderer, [part("a", f"<p>{text}")], findings) for text in ("甲", "甲", "乙"))
    assert one == again
    ids = [reader(data).trailer["/ID"][0].original_bytes for data in (one, other)]
    assert ids[0] != ids[1]


def test_a_file_with_a_table_of_references_gets_its_identifier_too(engine: Any) -> None:
    """The trailer of an uncompressed file takes it as well."""
    data = bytes(engine.HTML(string="<p>一").write_pdf(uncompressed_pdf=True, pdf_version="1.4"))
    assert "/ID" in reader(with_identifier(data)).trailer


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the engine leaves its profile open
@pytest.mark.parametrize("variant", ["pdf/a-3u", None])
def test_other_variants_have_their_folios_too(
    variant: str | None, fontconfig: Path, tmp_path: Path, part: Any, findings: Findings
) -> None:
    """A file for archives is written by the engine itself, from pages laid out with their numbers."""
    from newsletter_pdf.render import open_renderer

    renderer = open_renderer(
        folders=[tmp_path], fontconfig=fontconfig, fonts=Path(__file__).parents[2] / "fonts", variant=variant
    )
    laid_out = renderer.lay_out(part("a", "<p>甲"), findings, first=None if renderer.draws else 5)
    placed = renderer.draw(laid_out, 5, findings) if renderer.draws else laid_out
    data = renderer.write([placed], Metadata("题", "zh-CN", date="2026-11-20"), LABELS, findings)
    assert "5" in reader(data).pages[0].extract_text().split()
    assert renderer.draws is (variant is None)
