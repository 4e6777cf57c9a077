"""A good issue is spoilt in many ways; each is found by the rule that is meant for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from verify_paper import ROWS, Paper, Printed, codes, pages_of
from verify_spoil import (
    Change,
    Sound,
    add_image,
    add_text,
    at,
    change_text,
    drop,
    paint,
    shift,
    swap_lines,
    wrap,
)

from newsletter_pdf.cli import main
from newsletter_pdf.verify import Limits, Proof, prove
from newsletter_pdf.verify.setting.tags import Kind

HOME = Path(__file__).resolve().parents[2]
Spoil = Callable[[pikepdf.Pdf], None]
PROSE = 9  # a page of running text: two paragraphs that end on it, a heading in the middle, one that runs on


@pytest.fixture(scope="session")
def issue(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """Three sections of the sample issue with all its other parts, built once."""
    out = tmp_path_factory.mktemp("spoilt")
    folder = out / "content" / "2026-11"
    shutil.copytree(HOME / "content", out / "content")
    for name in ("03-privacy", "04-standards", "05-world"):
        (folder / f"{name}.md").unlink()
    assert main(["build", str(folder), "--out", str(out), "--json"]) == 0
    return Sound(out / "2026-11.pdf")


@pytest.fixture
def spoilt(issue: Sound, tmp_path: Path) -> Callable[[Spoil], Proof]:
    """Prove the issue after a change."""

    def change(spoil: Spoil) -> Proof:
        with issue.open() as pdf:
            spoil(pdf)
            pdf.save(tmp_path / "spoilt.pdf")
        return prove(tmp_path / "spoilt.pdf")

    return change


Spoilt = Callable[[Spoil], Proof]


def test_the_issue_itself_has_no_findings(issue: Sound) -> None:
    """What follows is found because it was spoilt, not because it was there."""
    assert [(finding.code, finding.message_en) for finding in prove(issue.path).findings] == []


def test_rewriting_alone_changes_nothing(spoilt: Spoilt) -> None:
    """Content that only went through the tool that spoils is as sound as before."""
    assert codes(spoilt(lambda pdf: change_text(pdf, PROSE, shift(0, 0)))) == set()


# --- off the page, out of the type area ----------------------------------------------------------------------------


@pytest.mark.parametrize(("dx", "dy"), [(700, 0), (-700, 0), (0, 900), (0, -900), (400, 0), (2e7, 0)])
def test_line_moved_off_the_page_is_found(issue: Sound, spoilt: Spoilt, dx: float, dy: float) -> None:
    """A line that stands off the paper, or whose end does."""
    y = issue.rows(PROSE)[5].y
    proof = spoilt(lambda pdf: change_text(pdf, PROSE, at(y, shift(dx, dy))))
    assert "N700" in codes(proof)
    assert pages_of(proof, "N700") == [PROSE + 1]


def test_picture_half_off_the_page_is_found(spoilt: Spoilt) -> None:
    """A picture that the paper's edge cuts; a sharp one, at an empty place."""
    proof = spoilt(lambda pdf: add_image(pdf, 7, (520, 90, 150, 30), (400, 80)))
    assert "N700" in codes(proof)


def test_picture_that_bleeds_off_a_cover_is_in_order(spoilt: Spoilt) -> None:
    """A full-page picture may be 3 mm larger than the page for trimming."""
    assert "N700" not in codes(spoilt(lambda pdf: add_image(pdf, 0, (-8, -8, 611, 858), (1300, 1826))))


@pytest.mark.parametrize(("dx", "dy"), [(-20, 0), (25, 0), (0, -552), (0, 121)])
def test_line_in_a_margin_is_found(issue: Sound, spoilt: Spoilt, dx: float, dy: float) -> None:
    """A line that reaches out of the type area on any side, though it is on the page."""
    y = issue.rows(PROSE)[3].y  # a full line
    proof = spoilt(lambda pdf: change_text(pdf, PROSE, at(y, shift(dx, dy))))
    assert "N701" in codes(proof)
    assert "N700" not in codes(proof)


def test_added_text_in_a_margin_is_found(spoilt: Spoilt) -> None:
    """Text that another program wrote, outside all tags."""
    proof = spoilt(lambda pdf: add_text(pdf, PROSE, 530, 400, 8))
    assert pages_of(proof, "N701") == [PROSE + 1]


def test_picture_in_a_margin_is_found(spoilt: Spoilt) -> None:
    """A picture beside the type area."""
    assert "N701" in codes(spoilt(lambda pdf: add_image(pdf, PROSE, (530, 300, 40, 40), (100, 100))))


@pytest.mark.parametrize("scale", [0.7, 0.9])
def test_shrunken_page_is_found(spoilt: Spoilt, scale: float) -> None:
    """A page drawn smaller than the others, about its middle."""
    x, y = 297.6 * (1 - scale), 420.9 * (1 - scale)
    proof = spoilt(lambda pdf: wrap(pdf, PROSE, f"{scale} 0 0 {scale} {x} {y} cm".encode()))
    assert pages_of(proof, "N711") == [PROSE + 1]


def test_shifted_page_is_found(spoilt: Spoilt) -> None:
    """A page whose text stands a few millimetres to the right."""
    assert "N711" in codes(spoilt(lambda pdf: wrap(pdf, PROSE, b"1 0 0 1 9 0 cm")))


# --- overlapping, covered, clipped ----------------------------------------------------------------------------------


@pytest.mark.parametrize("dy", [-28, -20, 0], ids=["on the next line", "half on it", "on its own line's end"])
def test_overlapping_text_is_found(issue: Sound, spoilt: Spoilt, dy: float) -> None:
    """A line pushed onto the next one, wholly or in part, or text written over a line."""
    y = issue.rows(PROSE)[3].y

    def spoil(pdf: pikepdf.Pdf) -> None:
        if dy:
            change_text(pdf, PROSE, at(y, shift(0, dy)))
        else:
            add_text(pdf, PROSE, 200, y + 1)

    assert "N702" in codes(spoilt(spoil))


def test_text_drawn_twice_to_look_bold_is_in_order(spoilt: Spoilt) -> None:
    """The same glyphs again, a hair's breadth aside, are one text."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        add_text(pdf, 7, 100, 100)
        add_text(pdf, 7, 100.3, 100)

    assert "N702" not in codes(spoilt(spoil))


def test_image_over_text_is_found(spoilt: Spoilt) -> None:
    """A picture painted later hides what is below."""
    proof = spoilt(lambda pdf: add_image(pdf, PROSE, (150, 400, 200, 100), (600, 300)))
    assert pages_of(proof, "N703") == [PROSE + 1]


@pytest.mark.parametrize(
    "shape",
    [
        b"1 g 150 400 200 60 re f",
        b"0 g 150 400 m 350 400 l 350 460 l 150 460 l h f*",
        b"1 g 250 340 m 350 440 l 250 540 l 150 440 l h f",
        b".7071 .7071 -.7071 .7071 250 300 cm 1 g 0 0 150 150 re f",
    ],
    ids=["rectangle", "path", "diamond", "turned"],
)
def test_shape_over_text_is_found(spoilt: Spoilt, shape: bytes) -> None:
    """A filled shape painted later, in the paper's colour too."""
    assert "N703" in codes(spoilt(lambda pdf: paint(pdf, PROSE, shape)))


def test_shape_under_text_is_in_order(spoilt: Spoilt) -> None:
    """The same shape painted first is a tint."""
    assert codes(spoilt(lambda pdf: paint(pdf, PROSE, b".9 g 150 400 200 60 re f", before=True))) == {"N683"}


def test_translucent_shape_over_text_is_in_order(spoilt: Spoilt) -> None:
    """A marker's stroke hides nothing."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        state = pikepdf.Dictionary(Type=pikepdf.Name.ExtGState, ca=0.3)
        name = pdf.pages[PROSE].add_resource(pdf.make_indirect(state), pikepdf.Name.ExtGState)
        paint(pdf, PROSE, f"{name} gs 1 1 0 rg 150 400 200 60 re f".encode())

    assert codes(spoilt(spoil)) == {"N683"}


def test_outline_around_text_is_in_order(spoilt: Spoilt) -> None:
    """A frame has lines only."""
    assert codes(spoilt(lambda pdf: paint(pdf, PROSE, b"150 400 200 60 re S"))) == {"N683"}


def test_clipped_line_is_found(issue: Sound, spoilt: Spoilt) -> None:
    """A clipping path that goes through a line of text."""
    y = issue.rows(PROSE)[-1].y
    proof = spoilt(lambda pdf: wrap(pdf, PROSE, f"0 {y + 6} 596 800 re W n".encode()))
    assert "N704" in codes(proof)


def test_text_clipped_away_is_found(spoilt: Spoilt) -> None:
    """A clipping path that leaves nothing of half a page."""
    assert "N704" in codes(spoilt(lambda pdf: wrap(pdf, PROSE, b"0 400 596 442 re W n")))


def test_crop_box_through_text_is_found(spoilt: Spoilt) -> None:
    """What a viewer shows of the page ends in the middle of the last column of characters."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[PROSE].CropBox = pikepdf.Array([0, 0, 516, 841.89])

    assert "N704" in codes(spoilt(spoil))


# --- breaks ---------------------------------------------------------------------------------------------------------


def test_heading_left_at_the_foot_is_found(issue: Sound, spoilt: Spoilt) -> None:
    """All text after a heading is gone from its page."""
    rows = issue.rows(PROSE)
    heading = [row for row in rows if row.kind is Kind.HEADING][-1]

    def below(x: float, y: float) -> tuple[float, float] | None:
        return None if issue.folio_y(PROSE) + 5 < y < heading.y - 5 else (x, y)

    proof = spoilt(lambda pdf: change_text(pdf, PROSE, below))
    assert pages_of(proof, "N705") == [PROSE + 1]


def running_on(issue: Sound) -> int:
    """A page whose last paragraph has several lines and goes on with several on the next."""
    for page in issue.pages.body[:-1]:
        tail, head = issue.rows(page), issue.rows(page + 1)
        last, first = (
            [row for row in tail if row.owner == tail[-1].owner],
            [r for r in head if r.owner == head[0].owner],
        )
        plain = tail[-1].kind is head[0].kind is Kind.TEXT and last[0].left - last[-1].left > 20
        if plain and len(last) > 1 and len(first) > 1 and abs(head[0].left - last[-1].left) < 1:
            return page
    raise LookupError("the sample has no such page")


def test_first_line_alone_at_the_foot_is_found(issue: Sound, spoilt: Spoilt) -> None:
    """Of a paragraph that runs over the page's end one line is left before it."""
    page = running_on(issue)
    lines = [row for row in issue.rows(page) if row.owner == issue.rows(page)[-1].owner]

    def spoil(pdf: pikepdf.Pdf) -> None:
        for row in lines[1:]:
            change_text(pdf, page, at(row.y, drop))

    assert pages_of(spoilt(spoil), "N706") == [page + 1]


def test_last_line_alone_at_the_head_is_found(issue: Sound, spoilt: Spoilt) -> None:
    """Of a paragraph that runs over the page's end one line is left after it."""
    page = running_on(issue) + 1
    lines = [row for row in issue.rows(page) if row.owner == issue.rows(page)[0].owner]

    def spoil(pdf: pikepdf.Pdf) -> None:
        for row in lines[:-1]:
            change_text(pdf, page, at(row.y, drop))
        change_text(pdf, page, at(lines[-1].y, shift(0, lines[0].y - lines[-1].y)))

    assert pages_of(spoilt(spoil), "N707") == [page + 1]


def test_layout_that_allows_single_lines_has_them(issue: Sound, tmp_path: Path) -> None:
    """Where orphans and widows are 1 by intent nothing is found."""
    page = running_on(issue)
    lines = [row for row in issue.rows(page) if row.owner == issue.rows(page)[-1].owner]
    with issue.open() as pdf:
        for row in lines[1:]:
            change_text(pdf, page, at(row.y, drop))
        pdf.save(tmp_path / "lone.pdf")
    assert "N706" in codes(prove(tmp_path / "lone.pdf"))
    assert "N706" not in codes(prove(tmp_path / "lone.pdf", limits=Limits(orphans=1)))


def test_section_that_ends_in_two_lines_is_found(issue: Sound, spoilt: Spoilt) -> None:
    """The last page of a section is nearly empty: a warning."""
    page = issue.pages.parts[3][0] - 1  # the second section's last
    keep = {round(row.y) for row in issue.rows(page)[:2]} | {round(issue.folio_y(page)), round(issue.head_y(page))}
    proof = spoilt(lambda pdf: change_text(pdf, page, lambda x, y: (x, y) if round(y) in keep else None))
    assert pages_of(proof, "N708") == [page + 1]


def test_blanked_page_is_found(spoilt: Spoilt) -> None:
    """Nothing is left on a page: it is empty, and has no folio."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[PROSE].Contents = pdf.make_stream(b"")

    assert {"N510", "N716", "N718"} <= codes(spoilt(spoil))


# --- pictures -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pixels", "expected"),
    [((416, 208), set()), ((400, 200), {"N709"}), ((450, 210), {"N710"}), ((50, 25), {"N709"}), ((450, 450), {"N710"})],
)
def test_coarse_and_stretched_pictures_are_found(spoilt: Spoilt, pixels: tuple[int, int], expected: set[str]) -> None:
    """A picture 200 pt by 100 pt needs 417 pixels by 208, within half a dot an inch, in that proportion."""
    proof = spoilt(lambda pdf: add_image(pdf, 7, (100, 95, 199.5, 99.75), pixels))
    assert codes(proof) & {"N709", "N710"} == expected


# --- running heads and folios ---------------------------------------------------------------------------------------


def inner_pages(issue: Sound) -> tuple[int, int]:
    """Two pages with running heads, of the first section and of the second."""
    (first, _), (second, _) = [part for part in issue.pages.parts if part[0] in issue.pages.sections][:2]
    return first + 2, second + 3


def test_exchanged_running_heads_are_found(issue: Sound, spoilt: Spoilt) -> None:
    """The head of another section, on each of two pages."""
    one, other = inner_pages(issue)
    proof = spoilt(lambda pdf: swap_lines(pdf, (one, issue.head_y(one)), (other, issue.head_y(other))))
    assert pages_of(proof, "N715") == [one + 1, other + 1]


def test_running_heads_of_whole_sections_exchanged_are_found(issue: Sound, spoilt: Spoilt) -> None:
    """Each section's pages have the other's head: alike within the section, and still wrong."""
    first, second, third = sorted(issue.pages.sections)[:3]
    count = min(second - first, third - second) - 1
    left_over = [*range(first + 1 + count, second), *range(second + 1 + count, third)]

    def spoil(pdf: pikepdf.Pdf) -> None:
        for step in range(1, count + 1):
            one, other = first + step, second + step
            swap_lines(pdf, (one, issue.head_y(one)), (other, issue.head_y(other)))
        for page in left_over:
            change_text(pdf, page, at(issue.head_y(page), drop))

    proof = spoilt(spoil)
    wrong = {*range(first + 1, first + 1 + count), *range(second + 1, second + 1 + count)}
    assert {page - 1 for page in pages_of(proof, "N715") if page} >= wrong


def test_missing_running_head_is_found(issue: Sound, spoilt: Spoilt) -> None:
    """One page inside a section has lost its head."""
    page, _other = inner_pages(issue)
    proof = spoilt(lambda pdf: change_text(pdf, page, at(issue.head_y(page), drop)))
    assert codes(proof) == {"N716"}
    assert pages_of(proof, "N716") == [page + 1]


def test_exchanged_pages_are_found(issue: Sound, spoilt: Spoilt) -> None:
    """Two pages of different sections have changed places: heads and folios tell it."""
    one, other = inner_pages(issue)

    def spoil(pdf: pikepdf.Pdf) -> None:
        taken = pdf.pages[one]
        pdf.pages[one] = pdf.pages[other]
        pdf.pages[other] = taken

    proof = spoilt(spoil)
    assert {"N715", "N717"} <= codes(proof)
    assert pages_of(proof, "N715") == [one + 1, other + 1]


def test_exchanged_pages_of_one_section_are_found(issue: Sound, spoilt: Spoilt) -> None:
    """Where the heads are alike the folios tell it."""
    page, _other = inner_pages(issue)

    def spoil(pdf: pikepdf.Pdf) -> None:
        taken = pdf.pages[page]
        pdf.pages[page] = pdf.pages[page + 2]
        pdf.pages[page + 2] = taken

    assert {"N513", "N717"} <= codes(spoilt(spoil))


def test_deleted_page_is_found(issue: Sound, spoilt: Spoilt) -> None:
    """The folios jump over the page that is gone, whatever the labels say."""
    page, _other = inner_pages(issue)
    proof = spoilt(lambda pdf: pdf.pages.__delitem__(page))
    assert pages_of(proof, "N717") == [page + 1]


def test_doubled_page_is_found(issue: Sound, spoilt: Spoilt) -> None:
    """The same folio twice."""
    page, _other = inner_pages(issue)
    assert "N717" in codes(spoilt(lambda pdf: pdf.pages.insert(page + 1, pdf.pages[page])))


def test_exchanged_folios_are_found(issue: Sound, spoilt: Spoilt) -> None:
    """Two folios have changed places."""
    one, other = inner_pages(issue)
    proof = spoilt(lambda pdf: swap_lines(pdf, (one, issue.folio_y(one)), (other, issue.folio_y(other))))
    assert {"N513", "N717"} <= codes(proof)


@pytest.mark.parametrize("change", [drop, shift(0, 18)], ids=["gone", "moved"])
def test_missing_folio_is_found(issue: Sound, spoilt: Spoilt, change: Change) -> None:
    """A page prints no folio, or not where the others do."""
    page, _other = inner_pages(issue)
    proof = spoilt(lambda pdf: change_text(pdf, page, at(issue.folio_y(page), change)))
    assert pages_of(proof, "N718") == [page + 1]


# --- cross-references -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<a href="#s1-g1-a2">见第3页</a>', False),
        ('<a href="#s1-g1-a2">见第2页</a>', True),
        ('<a href="#s2-g0-a1">见第3页</a>', True),
        ('<a href="#s2-g0-a1">《公园里的长椅》</a>', False),
        ('<a href="#s2-g0-a2">《公园里的长椅》</a>', True),
        ('<a href="#s2-g0-a2">公园里的停车</a>', False),
        ("<span>本期第5页</span>", False),
        ("<span>本期第99页</span>", True),
        ("<span>《停车》第99页</span>", False),
    ],
)
def test_references_lead_where_their_words_say(printed: Printed, link: str, found: bool) -> None:
    """A page or a title that a link names is where it leads; a page named without a link is one of the issue."""
    proof = prove(printed(Paper(after=f"<p>{link}</p>")))
    assert codes(proof) == ({"N719"} if found else set())


@pytest.mark.parametrize(("anchor", "found"), [("s2-g0-a2", False), ("s2-g0-a1", True)])
def test_a_title_that_begins_with_a_figure_is_known_without_its_number(
    printed: Printed, anchor: str, found: bool
) -> None:
    """“2. 43条小路” is the article “43条小路”, not one called “2.43条小路”."""
    rows = [replace(row, label="2. 43条小路") if row.anchor == "s2-g0-a2" else row for row in ROWS]
    paper = Paper(rows=rows, titles={row.anchor: row.label for row in rows})
    paper.after = f'<p><a href="#{anchor}">《43条小路》</a></p>'
    assert codes(prove(printed(paper))) == ({"N719"} if found else set())


def test_a_page_with_more_than_any_honest_one_is_not_looked_at_for_ever(spoilt: Spoilt) -> None:
    """Thousands of shapes over its text, or of clipping paths within each other: it counts as one nobody can read."""
    shapes = b"1 0 0 rg " + b"0 0 m 0 900 l 0.1 900 l 600 0 l f " * 20_000
    clips = b"0 0 m 0 900 l 600 910 l 600 0 l W n " * 20_000
    assert "N514" in codes(spoilt(lambda pdf: paint(pdf, PROSE, shapes)))
    assert "N514" in codes(spoilt(lambda pdf: wrap(pdf, PROSE, clips)))


def test_a_drawing_of_many_shapes_over_text_is_looked_at(spoilt: Spoilt) -> None:
    """Some hundreds that reach into the text are compared with it, and hide it."""
    found = codes(spoilt(lambda pdf: paint(pdf, PROSE, b"1 0 0 rg " + b"0 0 m 0 900 l 600 900 l 600 0 l f " * 20)))
    assert "N703" in found
    assert "N514" not in found
