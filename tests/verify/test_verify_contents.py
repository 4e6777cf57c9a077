"""A sound PDF passes the proof; contents that do not tell the truth are found."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    NameObject,
)
from verify_paper import FONTS, LONG, ROWS, Paper, Printed, Rewrite, Row, codes, pages_of

from newsletter_pdf.verify import ContentsEntry, prove

# --- a sound file -----------------------------------------------------------------------------------------------


def test_sound_issue_has_no_findings(sound: Path) -> None:
    """A PDF as the program makes it passes with every check switched on."""
    proof = prove(sound, font_names=FONTS, expected_pages=8)
    assert [(f.code, f.message_zh) for f in proof.findings] == []
    assert proof.good


def test_proof_tells_pages_size_and_hash(sound: Path) -> None:
    """Pages, size in bytes and SHA-256 are those of the file."""
    proof = prove(sound)
    data = sound.read_bytes()
    assert (proof.pages, proof.size, proof.sha256) == (8, len(data), hashlib.sha256(data).hexdigest())


def test_contents_are_read_back_as_printed(sound: Path) -> None:
    """Number, title, printed page, physical page and label of every entry, a title on two lines included."""
    assert prove(sound).contents == (
        ContentsEntry(1, "", "本月要闻", "1", 2, "1"),
        ContentsEntry(2, "（一）", "全国", "2", 3, "2"),
        ContentsEntry(3, "1.", "图书馆延长开放", "2", 3, "2"),
        ContentsEntry(3, "2.", LONG, "3", 4, "3"),
        ContentsEntry(1, "", "读者来信", "4", 5, "4"),
        ContentsEntry(3, "1.", "公园里的长椅", "5", 6, "5"),
        ContentsEntry(3, "2.", "一条小路的名字", "6", 7, "6"),
    )


def test_highlights_on_the_cover_are_not_contents(printed: Printed) -> None:
    """Links from the cover to articles, which print no page, are no entries and nothing is doubled."""
    paper = Paper(cover='<p>停车与图书</p><p><a href="#s1-g1-a1">图书馆延长开放</a></p>')
    proof = prove(printed(paper), font_names=FONTS)
    assert codes(proof) == set()
    assert len(proof.contents) == len(ROWS)


def test_body_links_between_articles_are_accepted(printed: Printed) -> None:
    """Internal links in running text, and http and mailto links, are sound."""
    links = '<a href="#s1">停车</a><a href="https://example.org/a?b=1">图书</a><a href="mailto:a@example.org">目录</a>'
    assert codes(prove(printed(Paper(after=f"<p>{links}</p>")), font_names=FONTS)) == set()


def test_contents_may_stop_at_groups(printed: Printed) -> None:
    """A layout may print fewer levels; what is deeper is then not missed."""
    paper = Paper(rows=[row for row in ROWS if "-a" not in row.anchor])
    assert codes(prove(printed(paper), font_names=FONTS)) == set()


def test_leaders_drawn_as_graphics_leave_titles_whole(printed: Printed) -> None:
    """Without leader characters the number is told from a title that ends in dots by the gap alone."""
    rows = [replace(row, label="2. 一条小路…") if row.anchor == "s2-g0-a2" else row for row in ROWS]
    css = ".contents a::after { content: attr(data-page); float: right }"
    proof = prove(printed(Paper(rows=rows, titles={row.anchor: row.label for row in rows}, css=css)), font_names=FONTS)
    assert codes(proof) == set()
    assert (proof.contents[-1].title, proof.contents[-1].printed) == ("一条小路…", "6")


@pytest.mark.parametrize("between", ['<span style="padding-left: 1em"></span>', " "], ids=["gap", "blank"])
def test_a_number_before_a_figure_is_no_decimal(printed: Printed, between: str) -> None:
    """“2.” and “43万条小路” are read as number and title; a title that itself begins with 2.43 stays whole."""
    labels = {"s2-g0-a1": "1.43条长椅", "s2-g0-a2": f"2.{between}43条小路"}
    rows = [replace(row, label=labels.get(row.anchor, row.label)) for row in ROWS]
    proof = prove(printed(Paper(rows=rows)), font_names=FONTS)
    read = [(entry.number, entry.title) for entry in proof.contents][-2:]
    assert read == [("", "1.43条长椅"), ("2.", "43条小路")]


# --- contents that do not tell the truth --------------------------------------------------------------------------


def with_row(anchor: str, **changes: str) -> list[Row]:
    return [replace(row, **changes) if row.anchor == anchor else row for row in ROWS]


def test_wrong_printed_number_is_found(printed: Printed) -> None:
    """A contents page number that is not the heading's page, told on the page of the contents."""
    proof = prove(printed(Paper(rows=with_row("s2-g0-a1", page="6"))), font_names=FONTS)
    assert codes(proof) == {"N521"}
    assert pages_of(proof, "N521") == [2]
    assert "公园里的长椅" in next(iter(proof.findings)).message_zh


def test_missing_printed_number_is_found(printed: Printed) -> None:
    """An entry that prints no page number."""
    css = '.contents a[href="#s2"]::after { content: "" }'
    assert codes(prove(printed(Paper(css=css)), font_names=FONTS)) == {"N522"}


def test_missing_entry_is_found(printed: Printed) -> None:
    """An article of the body without an entry, told on the article's page."""
    proof = prove(printed(Paper(rows=[row for row in ROWS if row.anchor != "s1-g1-a2"])), font_names=FONTS)
    assert codes(proof) == {"N523"}
    assert pages_of(proof, "N523") == [5]


@pytest.mark.parametrize("position", [3, 5, 7], ids=["next to it", "further down", "at the end"])
def test_doubled_entry_is_found(printed: Printed, position: int) -> None:
    """An entry printed twice, wherever the second one stands."""
    rows = list(ROWS)
    rows.insert(position, ROWS[2])
    proof = prove(printed(Paper(rows=rows)), font_names=FONTS)
    assert "N524" in codes(proof)
    assert codes(proof) <= {"N524", "N525"}
    assert len(proof.contents) == len(ROWS) + 1


def test_entries_out_of_order_are_found(printed: Printed) -> None:
    """Two entries that changed places, though each tells the truth."""
    rows = list(ROWS)
    rows[5], rows[6] = rows[6], rows[5]
    assert codes(prove(printed(Paper(rows=rows)), font_names=FONTS)) == {"N525"}


def test_entries_out_of_order_on_one_page_are_found(printed: Printed) -> None:
    """The order counts, too, where the page numbers are the same."""
    rows = list(ROWS)
    rows[1], rows[2] = rows[2], rows[1]
    assert codes(prove(printed(Paper(rows=rows)), font_names=FONTS)) == {"N525"}


def test_title_that_differs_from_its_heading_is_found(printed: Printed) -> None:
    """The contents say another title than the page (and the bookmark)."""
    titles = {row.anchor: row.label for row in ROWS} | {"s1-g1-a1": "1. 旧标题"}
    assert codes(prove(printed(Paper(titles=titles)), font_names=FONTS)) == {"N527", "N532"}


def test_number_that_differs_from_its_heading_is_found(printed: Printed) -> None:
    """The same title under another number is not the same heading."""
    proof = prove(printed(Paper(rows=with_row("s1-g1-a1", label="3. 图书馆延长开放"))), font_names=FONTS)
    assert codes(proof) == {"N527", "N532"}


@pytest.mark.parametrize(("heading", "entry"), [("本月要闻另", "本月要闻"), ("本月要", "本月要闻")])
def test_heading_must_be_the_whole_title(printed: Printed, heading: str, entry: str) -> None:
    """A heading longer or shorter than its entry is not taken for it."""
    titles = {row.anchor: row.label for row in ROWS} | {"s1": heading}
    assert "N527" in codes(prove(printed(Paper(rows=with_row("s1", label=entry), titles=titles)), font_names=FONTS))


def test_contents_without_links_are_found(printed: Printed) -> None:
    """Headings, but no printed contents that lead to them."""
    assert codes(prove(printed(Paper(rows=[])), font_names=FONTS)) == {"N520", "N510"}


def test_link_to_another_heading_is_found(rewrite: Rewrite) -> None:
    """A contents link to another article than its words say."""

    def edit(writer: PdfWriter) -> None:
        names = writer.root_object["/Names"]["/Dests"]["/Names"]
        there = {str(names[i]): names[i + 1] for i in range(0, len(names), 2)}
        at = next(i for i in range(0, len(names), 2) if names[i] == "s1-g1-a1")
        names[at + 1] = there["s2-g0-a1"]

    proof = prove(rewrite(edit), font_names=FONTS)
    assert codes(proof) == {"N526"}
    assert proof.contents[2].page_index == 3


def test_bookmark_to_another_page_is_found(rewrite: Rewrite) -> None:
    """A bookmark with the right words that leads to a wrong page."""

    def edit(writer: PdfWriter) -> None:
        first = writer.root_object["/Outlines"]["/First"]
        first[NameObject("/Dest")] = ArrayObject([writer.pages[6].indirect_reference, *first["/Dest"][1:]])

    assert codes(prove(rewrite(edit), font_names=FONTS)) == {"N531"}


def test_bookmark_with_other_words_is_found(printed: Printed) -> None:
    """A bookmark that leaves out the number."""
    css = "#s1-g1-a1 { bookmark-label: '图书馆延长开放' }"
    assert codes(prove(printed(Paper(css=css)), font_names=FONTS)) == {"N532"}


def test_missing_bookmark_is_found(printed: Printed) -> None:
    """A heading without a bookmark."""
    assert codes(prove(printed(Paper(css="h2 { bookmark-level: none }")), font_names=FONTS)) == {"N530"}


def test_wrong_page_labels_are_found(printed: Printed) -> None:
    """Labels that start one too high contradict the contents and the folios."""
    paper = Paper(labels=[(0, {"S": "/r"}), (2, {"S": "/D", "St": 2})])
    assert codes(prove(printed(paper), font_names=FONTS)) == {"N513", "N521"}


def test_one_wrong_folio_is_found(printed: Printed) -> None:
    """The folio printed on one page is not its label, and breaks the run of the folios."""
    proof = prove(printed(Paper(css="#s2 { string-set: folio '9' }")), font_names=FONTS)
    assert codes(proof) == {"N513", "N717"}
    assert pages_of(proof, "N513") == [6]


def test_missing_page_labels_are_found_once(printed: Printed) -> None:
    """Without labels the folios are what contents are compared with, so that one fault is one finding."""
    assert codes(prove(printed(Paper(labels=None)), font_names=FONTS)) == {"N512"}


@pytest.mark.parametrize("leader", ['leader(" ·")', '" · ·"', '" ……"'])
def test_leaders_of_any_length_are_no_part_of_titles(printed: Printed, leader: str) -> None:
    """A leader is dropped however short it came out and however far from the number it ends."""
    css = (
        f".contents a::after {{ content: {leader} }}"
        ".contents a::before { content: attr(data-page); position: absolute; right: -6pt; bottom: 0; text-indent: 0 }"
        ".contents p { position: relative }"
    )
    paper = Paper(rows=[row for row in ROWS if row.anchor != "s1-g1-a2"], css=css)
    proof = prove(printed(paper), font_names=FONTS)
    assert [entry.title for entry in proof.contents][:3] == ["本月要闻", "全国", "图书馆延长开放"]
    assert [entry.printed for entry in proof.contents] == ["1", "2", "2", "4", "5", "6"]
    assert codes(proof) == {"N523"}
