"""Does each table cell stand in its own row and column: the tags tell which, the page where it stands.

Rows lie below each other and columns beside each other without overlapping, whatever is set in them and however it is
aligned. So text that was moved into another cell's place is found by its reaching into others' rows or columns.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from newsletter_pdf.findings import proof_pages as rules
from newsletter_pdf.verify.checkstructure import span, table_of
from newsletter_pdf.verify.context import place
from newsletter_pdf.verify.geometry import Box
from newsletter_pdf.verify.glyphs import Glyph, PageContent
from newsletter_pdf.verify.lines import box_around, inked
from newsletter_pdf.verify.pages.rows import Pages, turned_glyphs
from newsletter_pdf.verify.structure import Element

_Where = tuple[int, int, int]  # number of the table, row, column

_SLACK = 0.3  # em by which letters may reach out of their line, as superior figures do
_MOST_COMPARED = 500  # cells of a table on one page, each with each; a page of type has no room for so many
_SHOWN = 12  # characters of a finding's text


@dataclass(frozen=True, slots=True)
class Cell:
    """What a page shows of a cell that stands in one row and one column; its text and box."""

    row: int
    column: int
    glyphs: Sequence[Glyph]
    box: Box


def check_tables(pages: Pages) -> None:
    """Every cell in its row and column on each page that its table stands on."""
    for page, marks in sorted(_marks(pages).items()):
        content = pages.context.pdf.contents[page]
        for cells in _tables(content, marks) if content is not None else ():
            off = misplaced(cells)
            if off:
                text = "".join(glyph.text for glyph in off[0].glyphs)[:_SHOWN]
                glyphs = [glyph for cell in off for glyph in cell.glyphs]
                pages.context.findings.add(rules.CELL_MISPLACED.at(place(page, box_around(glyphs)), text=text))


def _marks(pages: Pages) -> Mapping[int, Mapping[int, _Where]]:
    """By 0-based page and marked content where what it holds belongs, for cells that stand in one row and one column.

    A table within a cell is a table of its own and no part of the cell.
    """
    found: dict[int, dict[int, _Where]] = defaultdict(dict)
    tree = pages.context.tree
    tables = [element for element in tree.elements if element.tag == "Table"] if tree is not None else []
    for number, table in enumerate(tables):
        for row, column, cell in _grid(table):
            for holder in (cell, *cell.below()):
                for page, mcid in holder.content:
                    if page is not None:
                        found[page][mcid] = number, row, column
    return found


def _tables(content: PageContent, marks: Mapping[int, _Where]) -> Iterator[list[Cell]]:
    """The cells that a page shows, one table after another."""
    tables: dict[int, list[Cell]] = defaultdict(list)
    for (table, row, column), glyphs in _glyphs(content, marks).items():
        box = box_around(glyphs)
        if box is not None:
            tables[table].append(Cell(row, column, glyphs, box))
    yield from tables.values()


def _grid(table: Element) -> Iterator[tuple[int, int, Element]]:
    """Row, column and cell for the cells that fill one place of the grid each."""
    hanging: dict[int, int] = {}
    rows = [element for element in table.below() if element.tag == "TR" and table_of(element) is table]
    for number, row in enumerate(rows):
        taken = {column for column, left in hanging.items() if left > 0}
        hanging = {column: left - 1 for column, left in hanging.items() if left > 1}
        column = 0
        for cell in (kid for kid in row.kids if kid.tag in ("TH", "TD")):
            while column in taken:
                column += 1
            down, across = span(cell, "/RowSpan"), span(cell, "/ColSpan")
            if down == across == 1:
                yield number, column, cell
            for step in range(column, column + across):
                taken.add(step)
                if down > 1:
                    hanging[step] = down - 1
            column += across


def _glyphs(content: PageContent, marks: Mapping[int, _Where]) -> Mapping[_Where, list[Glyph]]:
    """The glyphs that a page shows of each cell."""
    owners: list[_Where | None] = []
    for mark in content.marks:
        above = owners[mark.parent] if mark.parent >= 0 else None
        owners.append(above if mark.mcid is None else marks.get(mark.mcid, above))
    turned = turned_glyphs(content)
    found: dict[_Where, list[Glyph]] = defaultdict(list)
    for glyph in content.glyphs:
        owner = owners[glyph.mark] if glyph.mark >= 0 else None
        if owner is not None and glyph.visible and inked(glyph) and id(glyph) not in turned:
            found[owner].append(glyph)
    return found


def misplaced(cells: Sequence[Cell]) -> list[Cell]:
    """The cells that reach into the rows or columns of most others that they should not.

    Of two cells that are in each other's way the one is misplaced that is so with more cells; both when that is equal.
    Of a table with more cells than a page has room for it is the first that is in another's way.
    """
    first = _first_crossed(cells)
    if first is None or len(cells) > _MOST_COMPARED:
        return [] if first is None else [first]
    against: dict[int, int] = defaultdict(int)
    pairs = [(one, two) for at, one in enumerate(cells) for two in range(at + 1, len(cells)) if _clash(one, cells[two])]
    for one, two in pairs:
        against[id(one)] += 1
        against[id(cells[two])] += 1
    found: dict[int, Cell] = {}
    for one, at in pairs:
        for cell, other in ((one, cells[at]), (cells[at], one)):
            if against[id(cell)] >= against[id(other)]:
                found[id(cell)] = cell
    return list(found.values())


def _clash(one: Cell, other: Cell) -> bool:
    """Whether two cells stand in the wrong order, or in each other's rows or columns."""
    slack = _SLACK * min(one.glyphs[0].size, other.glyphs[0].size)
    if one.row != other.row:
        upper, lower = (one, other) if one.row < other.row else (other, one)
        if lower.box[3] > upper.box[1] + slack:
            return True
    if one.column != other.column:
        left, right = (one, other) if one.column < other.column else (other, one)
        if right.box[0] < left.box[2] - slack:
            return True
    return False


def _first_crossed(cells: Sequence[Cell]) -> Cell | None:
    """A cell that may stand in another's way, found in time that grows with their number alone; None: none does."""
    rows: dict[int, list[Cell]] = defaultdict(list)
    columns: dict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append(cell)
        columns[cell.column].append(cell)
    slack = _SLACK * min((cell.glyphs[0].size for cell in cells), default=0.0)
    floor, edge = math.inf, -math.inf
    for row in sorted(rows):
        highest = max(rows[row], key=lambda cell: cell.box[3])
        if highest.box[3] > floor + slack:
            return highest
        floor = min(floor, min(cell.box[1] for cell in rows[row]))
    for column in sorted(columns):
        leftmost = min(columns[column], key=lambda cell: cell.box[0])
        if leftmost.box[0] < edge - slack:
            return leftmost
        edge = max(edge, max(cell.box[2] for cell in columns[column]))
    return None
