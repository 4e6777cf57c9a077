"""What the proof counts on the pages, and where on a page its findings point."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, StreamObject
from verify_paper import ROWS, Paper, Printed, Rewrite

from newsletter_pdf.verify import Proof, prove

DOT = "<svg width=20 height=20><title>点</title><circle cx=9 cy=9 r=8 /></svg>"
LEFT = 25 / 25.4 * 72 + 6  # pt: the page's margin and the body's
# A GIF of one red pixel.
PIXEL = "data:image/gif;base64,R0lGODdhAQABAIABAP8AAAAAACwAAAAAAQABAAACAkQBADs="


def _box(proof: Proof, code: str) -> tuple[float, float, float, float]:
    boxes = [finding.place.box for finding in proof.findings if finding.code == code]
    assert len(boxes) == 1
    assert boxes[0] is not None
    return boxes[0]


def test_fonts_are_told_with_the_glyphs_that_pages_show(printed: Printed) -> None:
    """Name, embedding, subset and the number of different glyphs; a character more is a glyph more."""
    before, after = (prove(printed(Paper(after=text))).fonts for text in ("", "<p>\ufffd</p>"))
    assert [(f.name, f.embedded, f.subset, f.mapped) for f in before] == [("Paper-Song", True, True, True)]
    assert after == (replace(before[0], glyphs=before[0].glyphs + 1),)


def test_a_font_without_meaning_for_its_glyphs_is_told(rewrite: Rewrite) -> None:
    """Text in such a font cannot be copied."""

    def edit(writer: PdfWriter) -> None:
        for font in writer.pages[0]["/Resources"]["/Font"].values():
            stream = StreamObject()
            stream.set_data(b"begincmap endcmap")
            font.get_object()[NameObject("/ToUnicode")] = writer._add_object(stream)

    assert [font.mapped for font in prove(rewrite(edit)).fonts] == [False]


def test_characters_are_counted_without_white_space(printed: Printed) -> None:
    """Four characters and two spaces more are four characters more."""
    before, after = (prove(printed(Paper(after=f"<p>停车{text}</p>"))).characters for text in ("", "图 书 ab"))
    assert before > 0
    assert after - before == 4


@pytest.mark.parametrize(
    ("after", "count"),
    [("", 0), (f'<p><img src="{PIXEL}" alt="点"></p>', 1), (DOT * 2, 2)],
)
def test_pictures_are_counted(printed: Printed, after: str, count: int) -> None:
    """Drawn or not, each figure counts once."""
    assert prove(printed(Paper(after=after))).images == count


def test_pictures_of_an_untagged_file_are_counted(printed: Printed) -> None:
    """Without tags each image painted is one."""
    paper = Paper(after=f'<p><img src="{PIXEL}" alt="点"></p>', options={})
    assert prove(printed(paper)).images == 1


def test_a_damaged_file_has_no_figures(tmp_path: Path) -> None:
    """Nothing can be counted there, and nothing is made up."""
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF-1.7 broken")
    proof = prove(path)
    assert (proof.fonts, proof.characters, proof.images) == ((), 0, 0)


def test_a_wrong_page_number_is_boxed_in_the_contents(printed: Printed) -> None:
    """The box holds the entry from its title to its number, and no neighbour."""
    rows = [replace(row, page="9") if row.anchor == "s2" else row for row in ROWS]
    proof = prove(printed(Paper(rows=rows)))
    left, low, right, high = _box(proof, next(f.code for f in proof.findings if "读者来信" in f.message_zh))
    assert left == pytest.approx(LEFT, abs=1)
    assert right == pytest.approx(595.3 - LEFT, abs=1)
    assert 10 <= high - low <= 16  # one line of 12 pt


def test_a_missing_glyph_is_boxed(printed: Printed) -> None:
    """The box is the glyph's own, 12 pt high, behind the one character before it."""
    left, low, _right, high = _box(prove(printed(Paper(after="<p>停\U000f1234车</p>"))), "N542")
    assert left == pytest.approx(LEFT + 12, abs=0.2)
    assert high - low == pytest.approx(12, abs=0.2)


def test_a_link_on_two_lines_is_one_finding(printed: Printed) -> None:
    """Both lines of a broken address are the same fault."""
    text = "停车与图书" * 12
    proof = prove(printed(Paper(after=f'<p><a href="停车">{text}</a></p>')))
    assert _box(proof, "N551")[3] > 0
