"""The proof finds each thing that can be wrong with a finished PDF, and nothing in a sound one."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)
from verify_paper import BODY, LONG, ROWS, Paper, Row, build_font

from newsletter_pdf.findings import proof as rules
from newsletter_pdf.verify import ContentsEntry, Limits, Proof, prove

Printed = Callable[[Paper], Path]
Rewrite = Callable[[Callable[[PdfWriter], None]], Path]
FONTS = {"Paper Song"}


def codes(proof: Proof) -> set[str]:
    return {finding.code for finding in proof.findings}


def pages_of(proof: Proof, code: str) -> list[int | None]:
    return [finding.place.page for finding in proof.findings if finding.code == code]


@pytest.fixture
def sound(sound_bytes: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "sound.pdf"
    path.write_bytes(sound_bytes)
    return path


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
    """The folio printed on one page is not its label."""
    proof = prove(printed(Paper(css="#s2 { string-set: folio '9' }")), font_names=FONTS)
    assert codes(proof) == {"N513"}
    assert pages_of(proof, "N513") == [6]


def test_missing_page_labels_are_found_once(printed: Printed) -> None:
    """Without labels the folios are what contents are compared with, so that one fault is one finding."""
    assert codes(prove(printed(Paper(labels=None)), font_names=FONTS)) == {"N512"}


# --- pages --------------------------------------------------------------------------------------------------------


def test_wrong_page_count_is_found(sound: Path) -> None:
    """Other pages than were laid out."""
    assert codes(prove(sound, expected_pages=9)) == {"N508"}


def test_page_with_running_head_and_folio_alone_is_empty(printed: Printed) -> None:
    """Furniture does not make a page."""
    proof = prove(
        printed(Paper(after='<div style="break-before: page"></div>', css="h1 { string-set: section content() }"))
    )
    assert "N510" in codes(proof)
    assert pages_of(proof, "N510") == [9]


def test_blank_page_is_found(rewrite: Rewrite) -> None:
    """A page with no content at all."""
    proof = prove(rewrite(lambda writer: writer.add_blank_page() and None), font_names=FONTS)
    assert pages_of(proof, "N510") == [9]


def test_page_that_shows_only_a_drawing_is_not_empty(printed: Printed) -> None:
    """A picture is content, with no word beside it."""
    drawing = (
        '<div style="break-before: page"><svg width="200" height="200"><title>图</title>'
        '<circle cx="90" cy="90" r="80"/></svg></div>'
    )
    assert "N510" not in codes(prove(printed(Paper(after=drawing)), font_names=FONTS))


def test_page_of_one_line_is_not_empty(printed: Printed) -> None:
    """A short last line of running text is content."""
    paper = Paper(after=f'<p style="break-before: page">{BODY[:4]}</p>')
    assert "N510" not in codes(prove(printed(paper), font_names=FONTS))


def test_paper_colour_does_not_fill_a_page(printed: Printed) -> None:
    """A page-wide background is not content."""
    paper = Paper(css="@page { background: #eee }", after='<div style="break-before: page"></div>')
    assert pages_of(prove(printed(paper), font_names=FONTS), "N510") == [9]


def test_other_paper_size_is_found(printed: Printed) -> None:
    """Pages that are not A4."""
    proof = prove(printed(Paper(css="@page :first { size: letter }")), font_names=FONTS)
    assert codes(proof) == {"N511"}
    assert pages_of(proof, "N511") == [1]


def test_turned_page_is_found(rewrite: Rewrite) -> None:
    """A4 on its side is not A4 as printed."""
    proof = prove(rewrite(lambda writer: writer.pages[3].rotate(90) and None), font_names=FONTS)
    assert codes(proof) == {"N511"}


def test_unreadable_page_is_found(rewrite: Rewrite) -> None:
    """A page whose content stream cannot be decoded."""

    def edit(writer: PdfWriter) -> None:
        stream = StreamObject()
        stream[NameObject("/Filter")] = NameObject("/Unheard")
        stream.set_data(b"BT ET")
        writer.pages[7][NameObject("/Contents")] = writer._add_object(stream)

    assert pages_of(prove(rewrite(edit)), "N514") == [8]


# --- fonts --------------------------------------------------------------------------------------------------------


def test_foreign_font_is_found(printed: Printed, tmp_path: Path) -> None:
    """A font that is not among those allowed, though embedded."""
    build_font(tmp_path / "other.ttf", "Other Hei", "停车图书")
    face = f"@font-face {{ font-family: Other Hei; src: url({(tmp_path / 'other.ttf').as_uri()}) }}"
    paper = Paper(css=face + "i { font: normal 12pt Other Hei }", after="<p><i>停车</i></p>")
    proof = prove(printed(paper), font_names=FONTS)
    assert codes(proof) == {"N541"}
    assert "Other-Hei" in next(iter(proof.findings)).message_zh


@pytest.mark.parametrize("name", ["Paper Song", "Paper-Song", "PaperSong-Test"])
def test_font_is_known_by_family_or_postscript_name(sound: Path, name: str) -> None:
    """The allowed names may be families or the names inside the font files."""
    assert codes(prove(sound, font_names={name})) == set()


def test_font_that_is_not_embedded_is_found(rewrite: Rewrite) -> None:
    """A font of which the file holds the name alone."""

    def edit(writer: PdfWriter) -> None:
        for font in writer.pages[0]["/Resources"]["/Font"].values():
            del font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]["/FontFile2"]

    assert codes(prove(rewrite(edit), font_names=FONTS)) == {"N540"}


def test_missing_glyph_is_found(printed: Printed) -> None:
    """A character that no font has, named with its code point."""
    proof = prove(printed(Paper(after="<p>停\U000f1234车</p>")), font_names=FONTS)
    assert codes(proof) == {"N542"}
    assert pages_of(proof, "N542") == [8]
    assert "U+F1234" in next(iter(proof.findings)).message_zh


def test_glyph_outside_the_embedded_file_is_found(rewrite: Rewrite) -> None:
    """A glyph id that the embedded font does not reach shows nothing."""

    def edit(writer: PdfWriter) -> None:
        name = next(iter(writer.pages[7]["/Resources"]["/Font"]))
        stream = StreamObject()
        stream.set_data(b"BT %s 12 Tf 100 400 Td <fff0> Tj ET" % name.encode())
        writer.pages[7][NameObject("/Contents")] = writer._add_object(stream)

    assert pages_of(prove(rewrite(edit)), "N542") == [8]


def test_replacement_character_is_found(printed: Printed) -> None:
    """U+FFFD in the text is text that was lost before."""
    assert codes(prove(printed(Paper(after="<p>停\ufffd车</p>")), font_names=FONTS)) == {"N543"}


def test_glyphs_without_text_are_found(rewrite: Rewrite) -> None:
    """Glyphs that the font gives no meaning cannot be copied."""

    def edit(writer: PdfWriter) -> None:
        for font in writer.pages[0]["/Resources"]["/Font"].values():
            stream = StreamObject()
            stream.set_data(b"begincmap endcmap")
            font.get_object()[NameObject("/ToUnicode")] = writer._add_object(stream)

    assert "N543" in codes(prove(rewrite(edit)))


# --- links, metadata, accessibility -------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://", "javascript:alert(1)", "https:example.org"])
def test_incomplete_address_is_found(rewrite: Rewrite, address: str) -> None:
    """An external link that works nowhere but here, or nowhere."""

    def edit(writer: PdfWriter) -> None:
        annotation = writer.pages[1]["/Annots"][0].get_object()
        link = DictionaryObject(annotation)
        del link["/Dest"]
        link[NameObject("/A")] = DictionaryObject(
            {NameObject("/S"): NameObject("/URI"), NameObject("/URI"): TextStringObject(address)}
        )
        writer.pages[7][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])

    proof = prove(rewrite(edit), font_names=FONTS)
    assert codes(proof) == {"N551"}
    assert pages_of(proof, "N551") == [8]


def test_link_that_leads_nowhere_is_found(rewrite: Rewrite) -> None:
    """An internal link to a destination that is not in the file."""

    def edit(writer: PdfWriter) -> None:
        link = DictionaryObject(writer.pages[1]["/Annots"][0].get_object())
        link[NameObject("/Dest")] = TextStringObject("nowhere")
        writer.pages[7][NameObject("/Annots")] = ArrayObject([writer._add_object(link)])

    assert codes(prove(rewrite(edit), font_names=FONTS)) == {"N550"}


def test_missing_title_and_language_are_found(printed: Printed) -> None:
    """Without them the file is not accessible."""
    proof = prove(printed(Paper(head=Paper().head.replace("<title>停车与图书</title>", ""), lang="")), font_names=FONTS)
    assert codes(proof) == {"N560"}
    assert len(proof.findings) == 2


def test_missing_author_and_dates_are_warnings(printed: Printed) -> None:
    """Useful, but no reason to hold the issue back."""
    proof = prove(printed(Paper(head="<title>停车与图书</title>")), font_names=FONTS)
    assert codes(proof) == {"N561"}
    assert len(proof.findings) == 3
    assert proof.good


@pytest.mark.parametrize("key", ["/MarkInfo", "/StructTreeRoot", "/ViewerPreferences"])
def test_claimed_accessibility_must_be_there(rewrite: Rewrite, key: str) -> None:
    """A file that claims PDF/UA needs the parts it asks for."""
    assert codes(prove(rewrite(lambda writer: writer.root_object.__delitem__(key)), font_names=FONTS)) == {"N562"}


def test_no_tags_are_needed_without_the_claim(printed: Printed) -> None:
    """A plain PDF claims nothing."""
    assert codes(prove(printed(Paper(options={})), font_names=FONTS)) == set()


def test_figure_without_alternative_text_is_found(printed: Printed) -> None:
    """Every figure of an accessible file has its text; the page is told."""
    paper = Paper(after='<p>停车</p><svg width="20" height="20"><circle cx="9" cy="9" r="8"/></svg>')
    proof = prove(printed(paper), font_names=FONTS)
    assert codes(proof) == {"N563"}
    assert pages_of(proof, "N563") == [8]


# --- files that are not what they should be -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("warn", "fail", "expected"), [(1000, 10**6, {"N507"}), (500, 1000, {"N506"}), (10**6, 10**6, set())]
)
def test_size_limits(sound: Path, warn: int, fail: int, expected: set[str]) -> None:
    """Above the first limit a warning, above the second an error, and only one of them."""
    assert codes(prove(sound, limits=Limits(warn=warn, fail=fail))) == expected


def test_truncated_file_is_found(sound: Path) -> None:
    """A copy that stopped half-way."""
    sound.write_bytes(sound.read_bytes()[:-600])
    assert "N502" in codes(prove(sound))


def test_encrypted_file_is_found(rewrite: Rewrite) -> None:
    """A file with a password is told apart from a damaged one."""
    path = rewrite(lambda writer: writer.encrypt("", "owner", algorithm="RC4-128"))
    assert codes(prove(path)) == {"N503"}


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "N501"),
        (b"plain text, no PDF", "N501"),
        (b"%PDF-1.7\n%%EOF\n", "N501"),
        (b"%PDF-1.7\ntrailer<</Root 1 0 R>>startxref\n0\n%%EOF", "N501"),
    ],
)
def test_what_is_no_pdf_is_found(tmp_path: Path, data: bytes, code: str) -> None:
    """Empty, of another kind, or a shell with nothing in it."""
    path = tmp_path / "no.pdf"
    path.write_bytes(data)
    proof = prove(path)
    assert codes(proof) == {code}
    assert (proof.pages, proof.contents) == (0, ())


def test_absent_file_and_folder_are_findings(tmp_path: Path) -> None:
    """A wrong path is told, not raised."""
    assert codes(prove(tmp_path / "none.pdf")) == {"N500"}
    assert codes(prove(tmp_path)) == {"N500"}


def test_pdf_of_another_program_is_found(tmp_path: Path) -> None:
    """Without our heading marks nothing can be proved of the contents."""
    writer = PdfWriter()
    writer.add_blank_page(595.276, 841.89)
    writer.write(tmp_path / "other.pdf")
    assert {"N505", "N510"} <= codes(prove(tmp_path / "other.pdf"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_damaged_files_never_raise_nor_log(
    sound_bytes: bytes, tmp_path: Path, caplog: pytest.LogCaptureFixture, data: st.DataObject
) -> None:
    """Whatever happens to a file's bytes, the answer is findings and no log line."""
    damaged = bytearray(sound_bytes)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        damaged[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    path = tmp_path / "damaged.pdf"
    path.write_bytes(bytes(damaged))
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        prove(path, font_names=FONTS, expected_pages=8)
    assert caplog.records == []


def test_every_object_of_the_file_may_be_nonsense(rewrite: Rewrite) -> None:
    """Wrong types where the proof looks are findings, not faults."""
    for key in ("/Names", "/Outlines", "/PageLabels", "/StructTreeRoot", "/Metadata", "/MarkInfo", "/Lang"):
        for value in (NumberObject(7), ArrayObject([FloatObject(1.5)]), TextStringObject("x"), DictionaryObject()):

            def edit(writer: PdfWriter, key: str = key, value: object = value) -> None:
                writer.root_object[NameObject(key)] = value  # type: ignore[assignment] # nonsense is meant

            proof = prove(rewrite(edit), font_names=FONTS)
            assert "N504" not in codes(proof), [f.message_en for f in proof.findings]


def test_rules_of_the_proof_are_complete() -> None:
    """Every code is declared once and is in the range of the proof."""
    listed = [rule.code for rule in rules.RULES]
    assert len(set(listed)) == len(listed)
    assert all(code.startswith("N5") for code in listed)
