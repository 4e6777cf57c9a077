"""Pages, fonts, links and metadata that are not in order are found."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)
from verify_paper import BODY, FONTS, Paper, Printed, Rewrite, build_font, codes, pages_of

from newsletter_pdf.verify import prove

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


def test_tint_of_one_page_does_not_fill_it(printed: Printed) -> None:
    """A background of this page alone is not content either."""
    css = "@page tinted { background: #eee } .tinted { page: tinted; break-before: page }"
    paper = Paper(css=css, after='<div class="tinted"></div>')
    assert pages_of(prove(printed(paper), font_names=FONTS), "N510") == [9]


def test_picture_that_fills_the_page_is_content(printed: Printed, tmp_path: Path) -> None:
    """A photograph as large as the paper is no background."""
    Image.new("RGB", (4, 4), "navy").save(tmp_path / "photo.png")
    css = "@page photo { margin: 0 } .photo { page: photo; break-before: page } img { width: 210mm; height: 297mm }"
    photo = f'<div class="photo"><img alt="停车" src="{(tmp_path / "photo.png").as_uri()}"></div>'
    assert "N510" not in codes(prove(printed(Paper(css=css, after=photo)), font_names=FONTS))


def test_running_head_of_its_own_does_not_fill_a_page(printed: Printed) -> None:
    """Other words in the running head, with a rule of another width, are furniture as on the other pages."""
    empty = "<div style=\"break-before: page; string-set: section '另一个标题目录图书'\"></div>"
    assert pages_of(prove(printed(Paper(after=empty)), font_names=FONTS), "N510") == [9]


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
    proof = prove(printed(Paper(after="<p>停\ufffd车</p>")), font_names=FONTS)
    assert codes(proof) == {"N543"}
    assert "停□车" in next(iter(proof.findings)).message_zh


@pytest.mark.parametrize(("mapping", "expected"), [(b"<%04x> <>", {"N543"}), (b"<%04x> <505C>", set())])
def test_glyph_with_empty_text_is_found(rewrite: Rewrite, mapping: bytes, expected: set[str]) -> None:
    """A glyph that takes room but copies as nothing is as lost as one without any text."""

    def edit(writer: PdfWriter) -> None:
        page = writer.pages[7]
        name, font = next(iter(page["/Resources"]["/Font"].items()))
        code = int(font.get_object()["/DescendantFonts"][0].get_object()["/W"][0])
        cmap, content = StreamObject(), StreamObject()
        cmap.set_data(b"1 beginbfchar " + mapping % code + b" endbfchar")
        own = DictionaryObject(font.get_object())
        own[NameObject("/ToUnicode")] = writer._add_object(cmap)
        fonts = DictionaryObject({NameObject(name): own})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        content.set_data(b"BT %s 12 Tf 100 400 Td <%04x> Tj ET" % (name.encode(), code))
        page[NameObject("/Contents")] = writer._add_object(content)

    # The glyph is the font's first, a blank one, which the second engine passes over.
    assert codes(prove(rewrite(edit))) - {"N527", "N738"} == expected


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


def test_links_without_area_are_found(printed: Printed) -> None:
    """A link whose line has no height cannot be clicked; all of a page are one finding."""
    paper = Paper(css=".body a { line-height: 0 }", after='<p><a href="#s1">停车</a>，<a href="#s2">图书</a></p>')
    proof = prove(printed(paper), font_names=FONTS)
    assert codes(proof) == {"N552"}
    assert pages_of(proof, "N552") == [8]


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
