"""Cells of tables that stand in another's place on the page, while text, order and tags stay as they were."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pikepdf
from mutation_tools import Sample, elements, kids, mutation
from pikepdf import Array, Dictionary, Pdf

Place = tuple[int, int]  # row and column, from 0
Shift = tuple[float, float]


def _mcids(pdf: Pdf, element: Dictionary, page: int | None = None) -> Iterator[tuple[int, int]]:
    """The marked content of an element and of all below it: 0-based page and identifier."""
    numbers = {leaf.objgen: index for index, leaf in enumerate(pdf.pages)}
    page = numbers[element.Pg.objgen] if "/Pg" in element else page
    for kid in element.K if isinstance(element.K, Array) else [element.K]:
        if isinstance(kid, Dictionary):
            if "/MCID" in kid:
                yield (numbers[kid.Pg.objgen] if "/Pg" in kid else page or 0), int(kid.MCID)
            elif "/K" in kid:
                yield from _mcids(pdf, kid, page)
        else:
            yield page or 0, int(kid)


def _rows(table: Dictionary) -> list[list[Dictionary]]:
    found = []
    for kid in kids(table):
        if kid.S == "/TR":
            found.append(kids(kid))
        elif kid.S in ("/THead", "/TBody", "/TFoot"):
            found += _rows(kid)
    return found


def _table(pdf: Pdf) -> tuple[int, list[list[set[int]]]]:
    """The page of a table of four rows and three columns at least, and the identifiers of its cells' content."""
    for table in elements(pdf, "Table"):
        rows = _rows(table)
        places = [[list(_mcids(pdf, cell)) for cell in row] for row in rows]
        pages = {page for row in places for cell in row for page, _mcid in cell}
        if len(rows) >= 4 and min(map(len, rows)) >= 3 and len(pages) == 1:
            return pages.pop(), [[{mcid for _page, mcid in cell} for cell in row] for row in places]
    raise LookupError("the sample has no such table")


def _move(pdf: Pdf, page: int, moves: list[tuple[set[int], Callable[[dict[int, Shift]], Shift]]]) -> None:
    """Move the text of marked content; each move is told where the others' first text stands."""
    instructions = list(pikepdf.parse_content_stream(pdf.pages[page]))
    open_: list[int | None] = []
    held: list[int | None] = []
    starts: dict[int, Shift] = {}
    for instruction in instructions:
        name = str(instruction.operator)
        if name in ("BMC", "BDC"):
            given = instruction.operands[1] if name == "BDC" else None
            own = int(given.MCID) if isinstance(given, Dictionary) and "/MCID" in given else None
            open_.append(own if own is not None else open_[-1] if open_ else None)
        elif name == "EMC":
            open_.pop()
        held.append(open_[-1] if open_ else None)
        if name == "Tm" and held[-1] is not None:
            starts.setdefault(held[-1], (float(instruction.operands[4]), float(instruction.operands[5])))
    kept = []
    for instruction, mcid in zip(instructions, held, strict=True):
        operands = list(instruction.operands)
        for mcids, shift in moves:
            if mcid in mcids and str(instruction.operator) == "Tm":
                dx, dy = shift(starts)
                operands[4:6] = [float(operands[4]) + dx, float(operands[5]) + dy]
        kept.append((operands, instruction.operator))
    pdf.pages[page].Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def _towards(own: set[int], other: set[int]) -> Callable[[dict[int, Shift]], Shift]:
    def shift(starts: dict[int, Shift]) -> Shift:
        (x, y), (to_x, to_y) = starts[min(own)], starts[min(other)]
        return to_x - x, to_y - y

    return shift


def _exchange(pdf: Pdf, pairs: list[tuple[Place, Place]]) -> None:
    page, cells = _table(pdf)
    moves = []
    for (row, column), (row2, column2) in pairs:
        one, other = cells[row][column], cells[row2][column2]
        moves += [(one, _towards(one, other)), (other, _towards(other, one))]
    _move(pdf, page, moves)


@mutation("two cells of a column exchanged on the page", "N712")
def _(pdf: Pdf, _sample: Sample) -> None:
    _exchange(pdf, [((1, 1), (3, 1))])


@mutation("two cells of a row exchanged on the page", "N712")
def _(pdf: Pdf, _sample: Sample) -> None:
    _exchange(pdf, [((2, 1), (2, 2))])


@mutation("two rows exchanged on the page", "N712")
def _(pdf: Pdf, _sample: Sample) -> None:
    _exchange(pdf, [((1, column), (2, column)) for column in range(3)])


@mutation("two columns exchanged on the page", "N712")
def _(pdf: Pdf, _sample: Sample) -> None:
    _exchange(pdf, [((row, 1), (row, 2)) for row in range(4)])


@mutation("the head of a table exchanged with a row", "N712")
def _(pdf: Pdf, _sample: Sample) -> None:
    _exchange(pdf, [((0, column), (2, column)) for column in range(3)])


@mutation("one cell moved down to the next row", "N712")
def _(pdf: Pdf, _sample: Sample) -> None:
    page, cells = _table(pdf)
    _move(pdf, page, [(cells[1][1], _towards(cells[1][1], cells[2][1]))])
