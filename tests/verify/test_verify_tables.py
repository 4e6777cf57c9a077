"""Cells of tables by themselves: which is said to be out of its place."""

from __future__ import annotations

from newsletter_pdf.verify.fontface import FontFace
from newsletter_pdf.verify.geometry import Box
from newsletter_pdf.verify.glyphs import Glyph
from newsletter_pdf.verify.pages import tables
from newsletter_pdf.verify.pages.tables import Cell, misplaced

FACE = FontFace("Face", unicode={1: "停"}, widths={1: 1.0})


def cell(row: int, column: int, at: tuple[int, int] | None = None, up: float = 0.0) -> Cell:
    """A cell of one character of 10 pt, in its own place of a grid of 20 pt or in that of ``at``."""
    down, across = at or (row, column)
    box: Box = (across * 20.0, -down * 20.0 + up, across * 20.0 + 10, -down * 20.0 + 10 + up)
    return Cell(row, column, [Glyph(box[0], box[1], 10, 10, 1, FACE.shape(1), FACE, -1, True)], box)


def test_a_table_of_any_size_in_order_is_good() -> None:
    """Also where letters reach a little into the row above, and where most cells are empty."""
    assert misplaced([]) == []
    assert misplaced([cell(3, 2)]) == []
    assert misplaced([cell(row, column) for row in range(90) for column in range(10)]) == []
    assert misplaced([cell(0, 0), cell(1, 0, up=12.9), cell(2, 1), cell(7, 3)]) == []


def test_the_one_in_the_way_of_most_is_misplaced() -> None:
    """Not those that it is in the way of."""
    moved = cell(1, 1, at=(3, 3))
    good = [cell(row, column) for row in range(5) for column in range(5) if (row, column) != (1, 1)]
    assert misplaced([*good, moved]) == [moved]


def test_cells_beyond_what_a_page_holds_are_not_compared_each_with_each() -> None:
    """Ten thousand cells in one place would be fifty million pairs: one is told of."""
    heap = [cell(number, number, at=(0, 0)) for number in range(10_000)]
    assert len(misplaced(heap)) == 1
    assert len(misplaced(heap[: tables._MOST_COMPARED])) == tables._MOST_COMPARED
