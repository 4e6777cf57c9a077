"""Content streams are read into glyphs with their places, whatever bytes they hold."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter_pdf.verify.actualtext import shares
from newsletter_pdf.verify.cmap import to_cid, to_unicode
from newsletter_pdf.verify.content import read_content
from newsletter_pdf.verify.fontface import FontFace
from newsletter_pdf.verify.geometry import IDENTITY
from newsletter_pdf.verify.glyphs import Form, PageContent, Settings
from newsletter_pdf.verify.lexer import Name, Operand, text_string, tokens, unhex
from newsletter_pdf.verify.lines import fold, lines_of, segments

WIDE = FontFace("Wide", unicode={1: "停", 2: "车", 3: "a"}, widths={1: 1.0, 2: 1.0, 3: 0.5})
SIMPLE = FontFace("Simple", wide=False, unicode={32: " ", 65: "A"}, widths={32: 0.25, 65: 0.6}, default_width=0.0)


SETTINGS = {
    b"Half": Settings(alpha=0.5),
    b"Fine": Settings(pen_alpha=0.5, width=3.0),
    b"Multiply": Settings(blend="Multiply"),
}


class Shelf:
    """Resources for tests: two fonts, a form that shows 停 and one that draws itself, a picture."""

    def font(self, name: bytes) -> FontFace | None:
        return {b"W": WIDE, b"S": SIMPLE}.get(name)

    def form(self, name: bytes) -> Form | None:
        if name == b"F":
            return Form(b"BT /W 10 Tf <0001> Tj ET", (2.0, 0, 0, 2.0, 5.0, 5.0), (0, 0, 9, 9), self)
        return Form(b"/Loop Do", IDENTITY, None, self) if name == b"Loop" else None

    def image(self, _name: bytes) -> object:
        return None

    def is_image(self, name: bytes) -> bool:
        return name == b"I"

    def pixels(self, name: bytes) -> tuple[int, int] | None:
        return (300, 200) if name == b"I" else None

    def settings(self, name: bytes) -> Settings | None:
        return SETTINGS.get(name)

    def properties(self, name: bytes) -> Mapping[bytes, Operand] | None:
        return {b"MCID": 4.0} if name == b"P" else None


def read(content: bytes) -> PageContent:
    return read_content(content, Shelf())


def places(content: bytes) -> list[tuple[str, float, float]]:
    return [(glyph.text, round(glyph.x, 3), round(glyph.y, 3)) for glyph in read(content).glyphs]


# --- places ---------------------------------------------------------------------------------------------------------


def test_glyphs_follow_one_another_by_their_widths() -> None:
    """Each glyph stands where the one before it ends."""
    assert places(b"BT /W 10 Tf 1 0 0 1 100 200 Tm [<000100020003>] TJ <0001> Tj ET") == [
        ("停", 100, 200), ("车", 110, 200), ("a", 120, 200), ("停", 125, 200),
    ]  # fmt: skip


def test_adjustments_move_single_glyphs() -> None:
    """A number in TJ moves what follows by thousandths of an em to the left."""
    assert places(b"BT /W 10 Tf 100 200 Td [<0001>-125<0002>500<0003>]TJ ET") == [
        ("停", 100, 200), ("车", 111.25, 200), ("a", 116.25, 200),
    ]  # fmt: skip


def test_weasyprint_page_matrix_gives_points_from_the_lower_left() -> None:
    """The y axis turned over twice and the scale from CSS pixels come out as pt."""
    page = read(b"1 0 0 -1 0 842 cm q .75 0 0 .75 0 0 cm BT 1 0 0 -1 100 200 Tm /W 16 Tf <0001> Tj ET Q")
    glyph = page.glyphs[0]
    assert (glyph.x, glyph.y, glyph.size, glyph.advance) == (75, 692, 12, 12)


def test_spacing_scale_rise_and_leading() -> None:
    """Tc, Tw, Tz, Ts, TL and T* are heeded; word spacing acts on simple fonts' spaces alone."""
    assert places(b"BT /S 10 Tf 1 Tc 2 Tw (A A) Tj ET") == [("A", 0, 0), (" ", 7, 0), ("A", 12.5, 0)]
    assert places(b"BT /W 10 Tf 50 Tz 3 Ts <00010002> Tj ET") == [("停", 0, 3), ("车", 5, 3)]
    assert places(b"BT /W 10 Tf 20 TL 5 100 Td <0001> Tj T* <0002> Tj <0003> ' ET") == [
        ("停", 5, 100), ("车", 5, 80), ("a", 5, 60),
    ]  # fmt: skip
    assert places(b'BT /S 10 Tf 20 TL 4 1 (A A) " ET') == [("A", 0, -20), (" ", 7, -20), ("A", 14.5, -20)]


def test_saved_state_comes_back() -> None:
    """Q restores the matrix and the font; one too many does no harm."""
    assert places(b"Q q 2 0 0 2 0 0 cm Q BT /W 10 Tf <0001> Tj ET Q Q") == [("停", 0, 0)]


def test_forms_are_read_in_place_and_end() -> None:
    """A form's matrix counts, and a form that draws itself does not hang."""
    glyph = read(b"1 0 0 1 10 0 cm /F Do /Loop Do").glyphs[0]
    assert (glyph.text, glyph.x, glyph.y, glyph.size) == ("停", 15, 5, 20)


def test_invisible_text_is_marked() -> None:
    """Rendering mode 3 shows nothing."""
    assert [glyph.visible for glyph in read(b"BT /W 9 Tf 3 Tr <0001> Tj 0 Tr <0001> Tj ET").glyphs] == [False, True]


def test_marked_content_is_kept_with_its_text() -> None:
    """Nested marks, structure ids and replacement texts are told for each glyph."""
    page = read(
        b"/A <</MCID 2/ActualText <FEFF505C>>> BDC /B BMC BT /W 9 Tf <0001> Tj EMC /C /P BDC <0002> Tj EMC EMC ET"
    )
    assert [(m.tag, m.mcid, m.actual_text, m.parent) for m in page.marks] == [
        ("A", 2, "停", -1), ("B", None, None, 0), ("C", 4, None, 0),
    ]  # fmt: skip
    assert [glyph.mark for glyph in page.glyphs] == [1, 2]


def test_replacement_text_is_given_to_its_glyphs() -> None:
    """What is copied counts: for a glyph without text, for one that says another character, for nested marks."""
    page = read(
        b"/Span <</ActualText <FEFF505C20148F66>>> BDC /X BMC BT /W 9 Tf <0001> Tj EMC <0009> Tj <0002> Tj ET EMC"
    )
    assert [glyph.text for glyph in page.glyphs] == ["停", "—", "车"]
    page = read(b"/Span <</ActualText <FEFF8F66>>> BDC BT /W 9 Tf <0001> Tj EMC <0001> Tj ET")
    assert [glyph.text for glyph in page.glyphs] == ["车", "停"]


@given(st.lists(st.text("甲乙—\ufffc", min_size=1, max_size=2), min_size=1, max_size=8), st.text("甲乙— ", max_size=12))
def test_replacement_text_is_handed_out_whole(own: list[str], actual: str) -> None:
    """Nothing of it is lost, doubled or put in another order."""
    assert "".join(shares(own, actual)) == actual


def test_painted_boxes_are_clipped() -> None:
    """A fill counts as far as its clip lets it be seen, a stroke with its width; what is wholly outside does not."""
    page = read(b"q 0 0 50 50 re W n 10 10 100 100 re f 60 60 9 9 re f Q 1 2 3 4 re S q 8 0 0 9 1 1 cm /I Do Q")
    assert [(paint.kind, paint.box) for paint in page.paints] == [
        ("fill", (10, 10, 50, 50)), ("stroke", (0.5, 1.5, 4.5, 6.5)), ("image", (1, 1, 9, 10)),
    ]  # fmt: skip


def test_inline_images_are_passed_over() -> None:
    """Pixels that look like operators are no operators."""
    page = read(b"9 0 0 9 0 0 cm BI /W 2 /H 2 ID \x00BT /W 9 Tf <0001> Tj\xff EI BT /W 1 Tf <0002> Tj ET")
    assert [glyph.text for glyph in page.glyphs] == ["车"]
    assert page.paints[0].box == (0, 0, 9, 9)


# --- missing glyphs -------------------------------------------------------------------------------------------------


def test_missing_glyphs_are_told() -> None:
    """Glyph 0, a code that the encoding leaves out and a glyph beyond the file are all missing."""
    encoded = FontFace("E", cids={1: 1, 2: 0}, glyph_count=5)
    assert [encoded.is_missing(encoded.shape(code)) for code in (1, 2, 3)] == [False, True, True]
    plain = FontFace("P", glyph_count=5)
    assert [plain.is_missing(plain.shape(code)) for code in (0, 4, 5)] == [True, False, True]


# --- lexer and CMaps ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "value"),
    [
        (b"(a(b)c)", b"a(b)c"),
        (
            rb"(\(\101\n\
x)",
            b"(A\nx",
        ),
        (b"<4 1 4>", b"A@"),
        (b"<>", b""),
        (b"/A#20B", Name(b"A B")),
        (b"-.5", -0.5),
        (b"[1[2]/N(x)]", [1.0, [2.0], Name(b"N"), b"x"]),
        (b"<</K<</L 1>>>>", {b"K": {b"L": 1.0}}),
    ],
)
def test_operands(data: bytes, value: object) -> None:
    """Each kind of operand, with its escapes and nesting."""
    assert list(tokens(data + b" op % (comment)")) == [(b"op", [value])]


def test_text_strings_know_their_encodings() -> None:
    """UTF-16 and UTF-8 marks are heeded; without one it is Latin-1."""
    assert [text_string(raw) for raw in (b"\xfe\xff\x50\x5c", b"\xef\xbb\xbf\xe5\x81\x9c", b"caf\xe9")] == [
        "停", "停", "café",
    ]  # fmt: skip


def test_cmaps() -> None:
    """Single mappings, ranges with a start and with a list, clusters, characters beyond the BMP, CIDs."""
    cmap = b"1 beginbfchar <01> <505C> <0002> <00660069> <0003> <> <0004> <D840DC00> endbfchar\n"
    cmap += b"2 beginbfrange <10> <12> <0061> <20> <21> [<0041> <0042>] endbfrange"
    assert to_unicode(cmap) == {
        1: "停", 2: "fi", 3: "", 4: "\U00020000", 16: "a", 17: "b", 18: "c", 32: "A", 33: "B",
    }  # fmt: skip
    assert to_cid(b"begincidchar <01> 7 endcidchar begincidrange <10> <11> 3 endcidrange") == {1: 7, 16: 3, 17: 4}


@settings(max_examples=300)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_without_an_error(data: bytes) -> None:
    """Neither lexer, reader nor CMaps mind what they are given."""
    read(data)
    to_unicode(data)
    to_cid(data)
    unhex(data)


OPERATORS = (
    b"q Q cm BT ET Tf Td TD Tm T* Tj TJ ' \" Tc Tw Tz TL Ts Tr BMC BDC EMC m l c re W n f S sh Do BI ID EI".split()
)
OPERANDS = [
    b"1",
    b"-9999999999999",
    b"1e5",
    b"/W",
    b"/F",
    b"/I",
    b"<0001>",
    b"(A)",
    b"[<0001>-5]",
    b"<</MCID 1>>",
    b"[",
    b">>",
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(OPERATORS + OPERANDS), max_size=60))
def test_any_operators_are_read_without_an_error(words: list[bytes]) -> None:
    """Operators with too few, too many or the wrong operands are passed over; every place is a number."""
    page = read(b"BT /W 9 Tf " + b" ".join(words))
    assert all(abs(glyph.x) < 1e7 and abs(glyph.y) < 1e7 for glyph in page.glyphs)


# --- lines ----------------------------------------------------------------------------------------------------------


def test_lines_are_made_by_place_not_by_order() -> None:
    """Glyphs drawn in any order and one by one make lines from the top down, left to right."""
    page = read(b"BT /W 10 Tf 1 0 0 1 20 80 Tm<0002>Tj 1 0 0 1 10 100 Tm<0001>Tj 1 0 0 1 10 81 Tm<0001>Tj ET")
    assert [line.text for line in lines_of(page.glyphs)] == ["停", "停车"]


def test_segments_are_parted_by_gaps() -> None:
    """A running head and a folio on one baseline are two texts."""
    page = read(b"BT /W 10 Tf [<00010002>-4000<0003>] TJ ET")
    assert [part.text for part in segments(lines_of(page.glyphs)[0])] == ["停车", "a"]


@pytest.mark.parametrize(
    ("one", "other"), [("1. 甲 乙", "1.甲\u2060乙"), ("〜", "～"), ("⋯⋯", "……"), ("\u2f00", "一"), ("甲\n乙", "甲乙")]
)
def test_texts_alike_to_a_reader_are_equal(one: str, other: str) -> None:
    """White space, joiners and characters that share a glyph make no difference."""
    assert fold(one) == fold(other)


def test_texts_unlike_to_a_reader_differ() -> None:
    """Folding goes no further than that."""
    assert len({fold(text) for text in ("甲乙", "甲丙", "甲。乙", "1甲乙", "甲—乙")}) == 5


# --- what hides and what is hidden -----------------------------------------------------------------------------------


def test_paints_tell_what_was_drawn_before_them() -> None:
    """The number of glyphs below, the opacity, an image's pixels and print size."""
    page = read(b"BT /W 10 Tf 0 0 Td <00010002> Tj ET /Half gs 0 0 9 9 re f q 30 0 0 20 5 5 cm /I Do Q")
    fill, image = page.paints
    assert (fill.kind, fill.drawn, fill.opacity) == ("fill", 2, 0.5)
    assert image.picture is not None
    assert (image.picture.pixels, image.picture.size) == ((300, 200), (30.0, 20.0))


@pytest.mark.parametrize(
    ("path", "inside", "outside"),
    [
        (b"1 2 3 4 re f", [(1.1, 2.1), (3.9, 5.9)], [(0.9, 3), (4.1, 3)]),
        (b"0 0 m 4 0 l 0 4 l h f", [(1, 1)], [(3, 3)]),
        (b"0 0 4 4 re 8 8 4 4 re f", [(1, 1), (9, 9)], [(6, 6)]),
        (b"0 0 9 9 re 3 3 3 3 re f", [(4, 4), (1, 1)], [(10, 1)]),
        (b"0 0 9 9 re 3 3 3 3 re f*", [(1, 1)], [(4, 4)]),
        (b"0 0 m 4 4 l 4 0 l 0 4 l f", [(0.5, 2), (3.5, 2)], [(2, 0.5)]),
        (b"0 5 m 0 12 10 12 10 5 c 10 -2 0 -2 0 5 c f", [(5, 9), (5, 1)], [(0.3, 9.9)]),
        (b"0 0 m 0 6 10 10 v 10 0 l f", [(9, 5)], [(1, 5)]),
        (b".7071 .7071 -.7071 .7071 0 0 cm 0 0 10 10 re f", [(0, 5), (6, 7)], [(6, 1)]),
        (b"2 w 0 0 m 10 0 l S", [(5, 0.9), (0.1, -0.9)], [(5, 1.1), (-0.1, 0)]),
        (b"2 w 2 J 0 0 m 10 0 l S", [(-0.9, 0), (10.9, 0.9)], [(11.1, 0)]),
        (b"2 w 1 J 0 0 m 10 0 l S", [(-0.9, 0)], [(-0.9, 0.9)]),
        (b"2 w 0 0 m 10 0 l 10 10 l S", [(10.5, -0.5), (10.9, 5)], [(5, 5)]),
        (b"2 w 0 0 m 10 0 l 10 10 l s", [(5, 5)], [(3, 7)]),
        (b"10 0 0 1 0 0 cm 1 w 0 0 m 0 9 l S", [(4.9, 5)], [(5.1, 5)]),
        (b"/Fine gs 0 0 m 10 0 l S", [(5, 1.4)], [(5, 1.6)]),
        (b"10 0 5 10 0 0 cm /I Do", [(1, 1), (14, 9)], [(1, 9), (14, 1)]),
        (b"0 0 m 10 0 l 0 10 l W n 0 0 10 10 re f", [(1, 1)], [(9, 9)]),
        (b"0 0 m 10 0 l 0 10 l W n /Shade sh", [(1, 1)], [(9, 9)]),
        (b"0 0 0 0 0 0 cm 0 0 m 10 0 l 0 10 l f", [], [(0, 0)]),
    ],
)
def test_paints_tell_which_points_they_reach(
    path: bytes, inside: list[tuple[float, float]], outside: list[tuple[float, float]]
) -> None:
    """By the rule of filling, the pen, the matrix and the clipping paths."""
    (paint,) = read(path).paints
    assert all(paint.holds(*point) for point in inside)
    assert not any(paint.holds(*point) for point in outside)


def test_fill_and_stroke_are_two_paints() -> None:
    """Both hide what is below, each in its colour; the path clips what comes later alone."""
    fill, stroke, later = read(b"1 0 0 rg 4 w 0 0 m 9 0 l 0 9 l W b 0 0 20 20 re f").paints
    assert (fill.kind, fill.colour, stroke.kind, stroke.colour) == ("fill", (1, 0, 0), "stroke", (0, 0, 0))
    assert stroke.holds(-1, 1)
    assert not later.holds(8, 8)


@pytest.mark.parametrize(
    ("state", "opacity"),
    [
        (b"", 1),
        (b"/Half gs", 0.5),
        (b"/Multiply gs", 1),
        (b"/Multiply gs 1 1 0 rg", 0),
        (b"/Multiply gs 0.2 g", 0.8),
        (b"/Multiply gs /Half gs", 0.5),
    ],
)
def test_blended_paint_hides_what_it_makes_alike(state: bytes, opacity: float) -> None:
    """Black multiplied with what is below hides it; a marker's yellow does not."""
    assert read(state + b" 0 0 9 9 re f").paints[0].opacity == pytest.approx(opacity)


def test_runs_near_a_clipping_path_are_told() -> None:
    """A run well inside is not, one that crosses the edge is, one outside altogether has nothing left."""
    show = b" BT /W 10 Tf 1 0 0 1 %d 50 Tm <00010002> Tj ET"
    page = read(b"0 0 100 100 re W n" + show % 30 + show % 85 + b" 200 200 9 9 re W n" + show % 30)
    assert [(cut.start, cut.stop, cut.clip) for cut in page.cuts] == [(2, 4, (0, 0, 100, 100)), (4, 6, None)]


def test_turned_runs_are_told() -> None:
    """Text that runs up the page."""
    page = read(b"BT /W 10 Tf 1 0 0 1 0 0 Tm <0001> Tj 0 1 -1 0 50 0 Tm <00010002> Tj ET")
    assert page.turned == [(1, 3)]
