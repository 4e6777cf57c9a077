"""The geometry and the comparisons of the proof of pages, by themselves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.verify.fontface import FontFace
from newsletter_pdf.verify.geometry import is_inside
from newsletter_pdf.verify.glyphs import Cut, Glyph, PageContent, Paint, Picture
from newsletter_pdf.verify.pages.area import outermost
from newsletter_pdf.verify.pages.folios import number_of
from newsletter_pdf.verify.pages.heads import relation
from newsletter_pdf.verify.pages.overlap import crossing, overlap
from newsletter_pdf.verify.pages.pictures import is_stretched

FACE = FontFace("Face", unicode={1: "停", 2: "车"}, widths={1: 1.0, 2: 1.0})
PLACES = st.floats(0, 300)


def glyph(x: float, y: float, size: float = 10, code: int = 1) -> Glyph:
    return Glyph(x, y, size, size, code, FACE.shape(code), FACE, -1, True)


@given(PLACES, PLACES, PLACES, PLACES, st.floats(5, 30), st.floats(5, 30))
def test_overlap_is_mutual(x: float, y: float, x2: float, y2: float, size: float, size2: float) -> None:
    """Which of two glyphs is named first does not matter, and what is a size apart never overlaps."""
    one, other = glyph(x, y, size, 1), glyph(x2, y2, size2, 2)
    assert overlap(one, other) == overlap(other, one)
    if abs(x - x2) >= max(size, size2) or abs(y - y2) >= max(size, size2):
        assert not overlap(one, other)


@given(st.lists(PLACES, min_size=1, max_size=12), st.lists(PLACES, min_size=1, max_size=12), st.floats(-8, 8))
def test_all_overlaps_of_two_lines_are_found(upper: list[float], lower: list[float], dy: float) -> None:
    """Sweeping along two lines finds the pairs that comparing all with all finds."""
    one = [glyph(x, 100 + dy) for x in sorted(upper)]
    other = [glyph(x, 100, code=2) for x in sorted(lower)]
    assert crossing(one, other) == [(a, b) for a in one for b in other if overlap(a, b)]


@given(PLACES, PLACES, st.floats(1, 100), st.floats(1, 100))
def test_point_in_rectangle(x: float, y: float, width: float, height: float) -> None:
    """The middle of a rectangle lies inside it, a point beyond any side outside."""
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    middle = x + width / 2, y + height / 2
    assert is_inside(*middle, corners)
    assert not is_inside(x - width, middle[1], corners)
    assert not is_inside(middle[0], y + 2 * height, corners)


@given(st.integers(100, 3000), st.integers(100, 3000), st.floats(0.1, 2))
def test_a_picture_at_one_scale_is_not_stretched(width: int, height: int, scale: float) -> None:
    """Whatever its size; a twentieth wider it is stretched."""
    box = (0.0, 0.0, 1.0, 1.0)
    assert not is_stretched(Picture((width, height), (width * scale, height * scale), box))
    assert is_stretched(Picture((width, height), (width * scale * 1.05, height * scale), box))


@given(st.text("停车图书目录", min_size=1, max_size=12), st.data())
def test_every_short_form_is_related_to_its_title(title: str, data: st.DataObject) -> None:
    """Some letters of a title in their order are a short form of it; other letters are not."""
    kept = data.draw(st.lists(st.booleans(), min_size=len(title), max_size=len(title)))
    short = "".join(letter for letter, keep in zip(title, kept, strict=True) if keep)
    assert relation(short, title) == 1
    assert relation("另一个", title) == 0


@pytest.mark.parametrize(("folio", "number"), [("12", 12), ("iv", 4), ("XL", 40), ("a1", None), ("", None)])
def test_numbers_of_folios(folio: str, number: int | None) -> None:
    """Arabic and Roman numerals."""
    assert number_of(folio) == number


@given(st.lists(st.integers(0, 19), unique=True), st.integers(0, 20), st.integers(0, 20))
def test_dropped_glyphs_leave_the_runs_with_theirs(indices: list[int], one: int, other: int) -> None:
    """What counts glyphs means the same glyphs after some are taken out."""
    start, stop = sorted((one, other))
    glyphs = [glyph(x, 0) for x in range(20)]
    content = PageContent(0, list(glyphs), turned=[(start, stop)], cuts=[Cut(start, stop, None)])
    content.paints.append(Paint("fill", (0, 0, 1, 1), drawn=stop))
    content.drop(sorted(indices))
    kept = [each for index, each in enumerate(glyphs) if index not in indices]
    run = [each for index, each in enumerate(glyphs) if start <= index < stop and index not in indices]
    assert content.glyphs == kept
    assert content.glyphs[slice(*content.turned[0])] == run
    assert content.glyphs[content.cuts[0].start : content.cuts[0].stop] == run
    assert content.glyphs[: content.paints[0].drawn] == [g for g in kept if g.x < stop]


@given(st.lists(PLACES, max_size=30), st.integers(1, 5))
def test_outermost_edge_has_its_company(values: list[float], least: int) -> None:
    """The edge found is shared by as many as asked for, and none farther out is."""

    def company(edge: float) -> int:
        return sum(1 for value in values if edge - 1 <= value <= edge)

    edge = outermost(values, least)
    assert edge is None or company(edge) >= least
    assert all(company(value) < least for value in values if edge is None or value > edge)
