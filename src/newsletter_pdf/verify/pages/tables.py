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

_SLACK = 0.3  # em by which letters may reach out of their line, as superior figures do
_SHOWN = 12  # characters of a finding's text


@dataclass(frozen=True, slots=True)
class _Cell:
    """What a page shows of a cell that stands in one row and one column; its text and box."""

    row: int
    column: int
    glyphs: Sequence[Glyph]
    box: Box


def check_tables(pages: Pages) -> None:
    """Every cell in its row and column on each page that its table stands on."""
    tree = pages.context.tree
    if tree is None:
        return
    for table in tree.elements:
        if table.tag != "Table":
            continue
        for page, cells in _on_pages(pages, table).items():
            off = _misplaced(cells) if _is_crossed(cells) else []
            if off:
                text = "".join(glyph.text for glyph in off[0].glyphs)[:_SHOWN]
                glyphs = [glyph for cell in off for glyph in cell.glyphs]
                pages.context.findings.add(rules.CELL_MISPLACED.at(place(page, box_around(glyphs)), text=text))


def _on_pages(pages: Pages, table: Element) -> Mapping[int, list[_Cell]]:
    """The cells of a table by the 0-based page, as far as they stand in one row and one column."""
    marks: dict[tuple[int, int], tuple[int, int]] = {}
    for row, column, cell in _grid(table):
        for holder in (cell, *cell.below()):
            for page, mcid in holder.content:
                if page is not None:
                    marks[page, mcid] = row, column
    found: dict[int, list[_Cell]] = {}
    for page in sorted({page for page, _mcid in marks}):
        content = pages.context.pdf.contents[page]
        if content is None:
            continue
        found[page] = []
        for (row, column), glyphs in _glyphs(content, page, marks).items():
            box = box_around(glyphs)
            if box is not None:
                found[page].append(_Cell(row, column, glyphs, box))
    return found


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


def _glyphs(
    content: PageContent, page: int, marks: Mapping[tuple[int, int], tuple[int, int]]
) -> Mapping[tuple[int, int], list[Glyph]]:
    """The glyphs that a page shows of each cell."""
    owners: list[tuple[int, int] | None] = []
    for mark in content.marks:
        above = owners[mark.parent] if mark.parent >= 0 else None
        owners.append(above if mark.mcid is None else marks.get((page, mark.mcid), above))
    turned = turned_glyphs(content)
    found: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
    for glyph in content.glyphs:
        owner = owners[glyph.mark] if glyph.mark >= 0 else None
        if owner is not None and glyph.visible and inked(glyph) and id(glyph) not in turned:
            found[owner].append(glyph)
    return found


def _misplaced(cells: Sequence[_Cell]) -> list[_Cell]:
    """The cells that reach into the rows or columns of most others that they should not.

    Of two cells that are in each other's way the one is misplaced that is so with more cells; both when that is equal.
    """
    against: dict[int, int] = defaultdict(int)
    pairs = [(one, two) for at, one in enumerate(cells) for two in range(at + 1, len(cells)) if _clash(one, cells[two])]
    for one, two in pairs:
        against[id(one)] += 1
        against[id(cells[two])] += 1
    found: dict[int, _Cell] = {}
    for one, at in pairs:
        for cell, other in ((one, cells[at]), (cells[at], one)):
            if against[id(cell)] >= against[id(other)]:
                found[id(cell)] = cell
    return list(found.values())


def _clash(one: _Cell, other: _Cell) -> bool:
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


def _is_crossed(cells: Sequence[_Cell]) -> bool:
    """Whether any cell may stand in another's way, told in time that grows with their number alone."""
    rows: dict[int, list[_Cell]] = defaultdict(list)
    columns: dict[int, list[_Cell]] = defaultdict(list)
    for cell in cells:
        rows[cell.row].append(cell)
        columns[cell.column].append(cell)
    floor, edge = math.inf, -math.inf
    for row in sorted(rows):
        if max(cell.box[3] for cell in rows[row]) > floor:
            return True
        floor = min(floor, min(cell.box[1] for cell in rows[row]))
    for column in sorted(columns):
        if min(cell.box[0] for cell in columns[column]) < edge:
            return True
        edge = max(edge, max(cell.box[2] for cell in columns[column]))
    return False
