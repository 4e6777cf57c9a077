"""Tables of a Word file → tables with one head row and no merged cells, as section files have them.

Merged cells are written out: a cell over several rows stands in each, a head of several rows becomes one. Each table
that had any is reported, so that the editor compares it with the original (ECMA-376 Part 1, 17.4).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from newsletter_pdf.findings import Place
from newsletter_pdf.findings import wordfiles as rules
from newsletter_pdf.importers.escaping import footnotes
from newsletter_pdf.importers.hints import kept_as_text
from newsletter_pdf.importers.inlines import plain, tidy
from newsletter_pdf.importers.leftovers import shortened
from newsletter_pdf.importers.word.context import Context
from newsletter_pdf.importers.word.names import MC, Element, W, alternative, child, value, whole
from newsletter_pdf.importers.word.paragraphs import Para
from newsletter_pdf.model import Figure, FootnoteCall, Inline, LineBreak, Strong, Table, TableCell, Text

MAX_COLUMNS = 63
"""Word's own limit."""

_WRAPPERS = {
    *(W + name for name in ("sdt", "sdtContent", "ins", "moveTo", "customXml")),
    *(MC + name for name in ("AlternateContent", "Choice", "Fallback")),
}
_FIGURES = re.compile(r"[-+−－]?[\d０-９][\d０-９,，.．:：/年月日%％‰万亿元个家人次件]*")
_YEAR = re.compile(r"(?:19|20)\d\d年?(?:\d{1,2}月)?")
_HEAD_ROWS = 3
_SHORT = 60
Align = Literal["left", "center", "right"]
_ALIGN: dict[str, Align] = {"center": "center", "right": "right", "end": "right"}
ReadParagraphs = Callable[[Element], list[Para]]
"""Reads all paragraphs within an element, those of tables inside it too."""


@dataclass(slots=True)
class _Cell:
    """A cell of the grid; ``origin`` is the same for all places that one merged cell covers."""

    children: tuple[Inline, ...] = ()
    figures: list[Figure] = field(default_factory=list)
    origin: tuple[int, int] = (0, 0)
    align: Align | None = None

    @property
    def text(self) -> str:
        return plain(self.children).strip()


Grid = list[list[_Cell]]


@dataclass(slots=True)
class TableContent:
    """What a ``w:tbl`` becomes: a table, pictures, or only paragraphs (a box of one cell).

    ``calls`` are notes that none of these can hold.
    """

    table: Table | None = None
    figures: list[Figure] = field(default_factory=list)
    paragraphs: list[Para] = field(default_factory=list)
    calls: list[FootnoteCall] = field(default_factory=list)


def read_table(element: Element, place: Place, context: Context, paragraphs: ReadParagraphs) -> TableContent:
    """Read a table at ``place``; ``paragraphs`` is called for its cells in order."""
    rows = list(_rows(element, context))
    if len(rows) == 1 and len(list(_cells(rows[0]))) == 1:
        return TableContent(paragraphs=paragraphs(rows[0]))
    grid = _grid(rows, context, paragraphs)
    grid = [row for row in grid if any(cell.children or cell.figures for cell in row)]
    if not grid:
        return TableContent()
    if _is_picture_frame(grid):
        return TableContent(figures=_captioned(grid), calls=_calls(grid))
    figures = [figure for _, cell in _own(grid) for figure in cell.figures]
    if figures:
        context.count("cell-picture", grid[0][0].text)
    if not any(cell.text for row in grid for cell in row):
        return TableContent(figures=figures, calls=_calls(grid))
    if _merged(grid):
        text = next((cell.text for row in grid for cell in row if cell.text), "")
        context.findings.add(rules.TABLE_MERGED.at(place, text=shortened(text, 30), count=_merged(grid)))
    caption, grid = _caption(grid)
    depth = _head_depth(grid)
    if depth == 1 and _like_data(grid):
        first = " ".join(cell.text for cell in grid[0])
        context.findings.add(kept_as_text(place, first, "table-head"))
    head = tuple(
        TableCell(children=_joined(cells), align=_column(grid, i))
        for i, cells in enumerate(zip(*grid[:depth], strict=True))
    )
    body = tuple(_written(row) for row in grid[depth:])
    return TableContent(Table(caption=caption, head=head, rows=body, place=place), figures)


# --- the grid -------------------------------------------------------------------------------------------------------


def _rows(element: Element, context: Context) -> Iterator[Element]:
    """The rows that the final text has, also those inside content controls."""
    for node in element.iterchildren():
        if node.tag == W + "tr":
            deleted = child(node, W + "trPr", W + "del")
            if deleted is None:
                yield node
            else:
                context.count("deleted")
                text = " ".join(
                    "".join(t.text or "" for t in p.iter(W + "t", W + "delText")) for p in node.iter(W + "p")
                )
                context.leave_out("deleted", text, deleted.get(W + "author") or "")
                context.paragraph += sum(1 for _ in node.iter(W + "p"))
        elif node.tag in _WRAPPERS and not _second(node):
            yield from _rows(node, context)


def _cells(row: Element) -> Iterator[Element]:
    for node in row.iterchildren():
        if node.tag == W + "tc":
            yield node
        elif node.tag in _WRAPPERS and not _second(node):
            yield from _cells(node)


def _second(node: Element) -> bool:
    """Whether another form of the same counts (``mc:AlternateContent``)."""
    parent = node.getparent()
    return node.tag in {MC + "Choice", MC + "Fallback"} and parent is not None and alternative(parent) is not node


def _grid(rows: list[Element], context: Context, paragraphs: ReadParagraphs) -> Grid:
    grid: Grid = []
    for number, row in enumerate(rows):
        cells = [_Cell() for _ in range(_span(value(row, W + "trPr", W + "gridBefore"), least=0))]
        for column, cell in enumerate(cells):
            cell.origin = (number, column)
        for element in _cells(row):
            column = len(cells)
            properties = child(element, W + "tcPr")
            width = min(_span(value(properties, W + "gridSpan")), MAX_COLUMNS - column)
            if width <= 0:
                _take_in(_read_cell(element, context, paragraphs), cells[-1])
                context.count("columns", cells[-1].text)
                continue
            found = _read_cell(element, context, paragraphs)
            found.origin = (number, column)
            merge = child(properties, W + "vMerge")
            sideways = child(properties, W + "hMerge")
            above = grid[-1][column] if grid and column < len(grid[-1]) else None
            # A merge without „restart“ continues the cell above (17.4.85), or the one before it (hMerge, 17.4.22).
            if merge is not None and merge.get(W + "val") != "restart" and above is not None:
                found = _covered(found, above)
            elif sideways is not None and sideways.get(W + "val") != "restart" and cells:
                found = _covered(found, cells[-1])
            cells += [found] * width
        grid.append(cells)
    columns = max((len(row) for row in grid), default=0)
    for number, cells in enumerate(grid):
        cells += [_Cell(origin=(number, column)) for column in range(len(cells), columns)]
    return grid


def _take_in(surplus: _Cell, last: _Cell) -> None:
    """A cell beyond the last column that a table can have stands in the last one."""
    last.children = (*last.children, *([LineBreak()] if last.children else []), *surplus.children)
    last.figures += surplus.figures


def _covered(hidden: _Cell, by: _Cell) -> _Cell:
    """The covering cell; text that stands in the covered one, which Word does not show, is kept with it."""
    if hidden.children and hidden.text != by.text:
        by.children = (*by.children, LineBreak(), *hidden.children)
    by.figures += hidden.figures
    return by


def _span(text: str | None, least: int = 1) -> int:
    number = whole(text)
    return least if number is None else min(max(number, least), MAX_COLUMNS)


def _read_cell(element: Element, context: Context, paragraphs: ReadParagraphs) -> _Cell:
    if next(element.iter(W + "tbl"), None) is not None:
        context.count("nested-table")
    cell = _Cell()
    children: list[Inline] = []
    for para in paragraphs(element):
        label = (Text(text=para.number.label + " "),) if para.number is not None and not para.number.bullet else ()
        line = tidy((*label, *para.inlines()))
        if line:
            children += [*([LineBreak()] if children else []), *line]
        cell.figures += para.figures
    cell.children = tuple(children)
    alignments = {_ALIGN.get(value(p, W + "pPr", W + "jc") or "") for p in element.iterchildren(W + "p")}
    cell.align = alignments.pop() if len(alignments) == 1 else None
    return cell


def _own(grid: Grid) -> Iterator[tuple[tuple[int, int], _Cell]]:
    """Each cell once, at its first place."""
    seen: set[tuple[int, int]] = set()
    for number, row in enumerate(grid):
        for column, cell in enumerate(row):
            if cell.origin not in seen:
                seen.add(cell.origin)
                yield (number, column), cell


def _calls(grid: Grid) -> list[FootnoteCall]:
    """The notes called in the cells, in order."""
    found = footnotes(node for _, cell in _own(grid) for node in cell.children)
    return [FootnoteCall(label=label, children=children) for label, children in found.items()]


def _merged(grid: Grid) -> int:
    """How many cells cover more than one place."""
    places: dict[tuple[int, int], int] = {}
    for row in grid:
        for cell in row:
            places[cell.origin] = places.get(cell.origin, 0) + 1
    return sum(1 for count in places.values() if count > 1)


# --- pictures -------------------------------------------------------------------------------------------------------


def _is_picture_frame(grid: Grid) -> bool:
    """A table that only puts pictures side by side, with short texts below them at most."""
    cells = [cell for _, cell in _own(grid)]
    if not any(cell.figures for cell in cells):
        return False
    for number, row in enumerate(grid):
        for column, cell in enumerate(row):
            above = grid[number - 1][column] if number else None
            beneath = above is not None and (above.figures or above is cell)
            if cell.text and not cell.figures and (len(cell.text) > _SHORT or not beneath):
                return False
    return True


def _captioned(grid: Grid) -> list[Figure]:
    out = []
    for (number, column), cell in _own(grid):
        below = next((row[column] for row in grid[number + 1 :] if row[column].origin != cell.origin), None)
        beneath = below.text if below is not None and not below.figures else ""
        caption = f"{cell.text}　{beneath}".strip()
        for figure in cell.figures:
            out.append(figure.model_copy(update={"caption": " ".join(caption.split()) or figure.caption}))
    return out


# --- the table ------------------------------------------------------------------------------------------------------


def _caption(grid: Grid) -> tuple[str | None, Grid]:
    """A first row of one cell over all columns is the table's title."""
    first = grid[0]
    title = len(grid) > 2 and len(first) > 1 and len({cell.origin for cell in first}) == 1 and first[0].text
    if not title or footnotes(first[0].children):
        return None, grid
    if any(cell.origin == first[0].origin for cell in grid[1]):
        return None, grid
    return " ".join(title.split()), grid[1:]


def _head_depth(grid: Grid) -> int:
    """How many rows are the head: as deep as the cells of the first row reach, when it has cells over columns."""
    first = grid[0]
    if len({cell.origin for cell in first}) == len(first):
        return 1
    depth = max(sum(1 for row in grid if row[column].origin == cell.origin) for column, cell in enumerate(first))
    return depth if depth < len(grid) and depth <= _HEAD_ROWS else 1


def _like_data(grid: Grid) -> bool:
    """Whether the first row looks as those below it do: figures in a column of figures, and nothing in bold."""
    head, *body = grid
    if not body or any(isinstance(node, Strong) for cell in head for node in cell.children):
        return False
    return any(
        _FIGURES.fullmatch(cell.text) is not None
        and _YEAR.fullmatch(cell.text) is None
        and all(_FIGURES.fullmatch(row[column].text) is not None for row in body)
        for column, cell in enumerate(head)
    )


def _joined(cells: tuple[_Cell, ...]) -> tuple[Inline, ...]:
    """The cells of a column's head from the top down: 「数量：上半年」."""
    out: list[Inline] = []
    last: tuple[int, int] | None = None
    for cell in cells:
        if cell.origin != last and cell.text:
            out += [*([Text(text="：")] if out else []), *_light(cell.children)]
        last = cell.origin
    return tidy(out)


def _light(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Without bold: the layout sets a table's head as it does."""
    out: list[Inline] = []
    for node in nodes:
        out += _light(node.children) if isinstance(node, Strong) else (node,)
    return tuple(out)


def _written(row: list[_Cell]) -> tuple[TableCell, ...]:
    """A row of the body; a cell over columns stands in the first of them, in bold when it is a heading of rows."""
    heading = len(row) > 1 and len({cell.origin for cell in row}) == 1
    cells = []
    for column, cell in enumerate(row):
        again = column > 0 and row[column - 1].origin == cell.origin
        children = () if again else cell.children
        if heading and children:
            children = tidy((Strong(children=children),))
        cells.append(TableCell(children=children, align=None))
    return tuple(cells)


def _column(grid: Grid, column: int) -> Align | None:
    """The alignment that all cells of a column below the head share."""
    alignments = {row[column].align for row in grid[1:] if row[column].text}
    return alignments.pop() if len(alignments) == 1 else None
