"""Tables: rows and cells, and whether every row has as many cells as the head."""

from __future__ import annotations

import re
from typing import Literal

from markdown_it.tree import SyntaxTreeNode

from newsletter_pdf.findings import Place
from newsletter_pdf.findings import misread as rules
from newsletter_pdf.findings.notes import TABLE_TOO_WIDE
from newsletter_pdf.model import Table, TableCell
from newsletter_pdf.reader.context import Context, Source
from newsletter_pdf.reader.inline import InlineReader, shown
from newsletter_pdf.reader.lookalikes import split_cells

_ALIGN: dict[str, Literal["left", "center", "right"]] = {"left": "left", "center": "center", "right": "right"}

_BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")
COLUMN_LIMIT = 18  # more do not fit a page


def has_head(node: SyntaxTreeNode) -> bool:
    """True when something stands in the first row of a table."""
    return any(cell.children[0].content.strip() for cell in node.children[0].children[0].children)


def read_table(
    context: Context, source: Source, inline: InlineReader, node: SyntaxTreeNode, caption: str | None, place: Place
) -> Table:
    """The table that ``node`` is. Rows with more cells than the head (they would be lost) or fewer are reported."""
    rows = [row for part in node.children for row in part.children]
    columns = len(rows[0].children)
    for row in rows[1:]:
        _count_cells(context, source, row, columns)
    if columns > COLUMN_LIMIT:
        context.report(TABLE_TOO_WIDE, place, columns=columns, limit=COLUMN_LIMIT)
    cells = tuple(_row(source, inline, row) for row in rows)
    return Table(caption=caption, head=cells[0], rows=cells[1:], place=place)


def _row(source: Source, inline: InlineReader, row: SyntaxTreeNode) -> tuple[TableCell, ...]:
    lines = row.map or (0, 1)
    cells = []
    starts = _cell_starts(source.line(lines[0]))
    for number, cell in enumerate(row.children):
        style = str(cell.attrGet("style") or "")
        start = starts[number] if number < len(starts) else 0
        align = _ALIGN.get(style.removeprefix("text-align:").strip())
        cells.append(TableCell(children=inline.read(cell.children[0], lines, column=start), align=align))
    return tuple(cells)


def _count_cells(context: Context, source: Source, row: SyntaxTreeNode, columns: int) -> None:
    """Compare the row as it is typed: the parser cuts off and fills up."""
    number = row.map[0] if row.map else 0
    line = source.line(number)
    text = line.lstrip(" \t>")
    cells = split_cells(text)
    if len(cells) == columns:
        return
    place = source.place(number, len(line) - len(text))
    fields = {"count": len(cells), "columns": columns}
    if len(cells) > columns:
        context.report(rules.CELLS_LOST, place, lost=shown("｜".join(cells[columns:])), **fields)
    else:
        context.report(rules.CELLS_MISSING, place, **fields)


def _cell_starts(line: str) -> list[int]:
    """Where the cells of a table's row begin, 0-based."""
    first = len(line) - len(line.lstrip(" \t>"))
    bars = [match.start() for match in _BAR.finditer(line)]
    outer = bool(bars) and bars[0] == first
    return [bar + 1 for bar in bars] if outer else [0, *(bar + 1 for bar in bars)]
