"""The line grid: found from the text, and the lines that stand off it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from newsletter_pdf.verify.setting.blocks import Block, TextLine
from newsletter_pdf.verify.setting.model import Key, Row, Spot, make_row
from newsletter_pdf.verify.setting.tags import Kind

_TOLERANCE = 0.02  # em
_FEWEST = 3  # lines of text that make a page a text page


class Grid(NamedTuple):
    """The line grid, pt.

    ``pitch`` is the distance of baselines, ``origin`` the height at which all of them stand, modulo the pitch. ``size``
    is the type size of the text that keeps to it.
    """

    pitch: float
    origin: float
    size: float


def find_grid(blocks: Sequence[Block]) -> Grid | None:
    """The grid of the commonest running text; None when there is no paragraph of two lines.

    The pitch is the commonest distance of baselines inside a paragraph, the origin the commonest height of a line
    modulo the pitch.
    """
    lines = Counter(_size(line) for block in blocks if block.kind is Kind.TEXT for line in block.lines)
    if not lines:
        return None
    size = lines.most_common(1)[0][0]
    steps = [
        above.y - below.y
        for block in blocks
        if block.kind is Kind.TEXT
        for above, below in pairwise(block.lines)
        if above.page == below.page and _size(above) == _size(below) == size
    ]
    pitch = _commonest(steps)
    if pitch is None or pitch <= 0:
        return None
    heights = [line.y % pitch for block in blocks for line in block.lines if _size(line) == size]
    origin = _commonest(heights)
    return None if origin is None else Grid(pitch, origin, size)


def grid_row(blocks: Sequence[Block], grid: Grid | None, *, aligned: bool) -> tuple[Row, int]:
    """Lines of text off the grid on text pages, and how many lines stand on half a line of it.

    Counted are lines of running text in the grid's type size on text pages: those with a few lines of justified text
    (``aligned`` tells that the tags name it; else of any running text). A cover, whose lines are set one by one, is
    none. A line half a pitch from the grid is on it, as a heading may take half a line, and is counted apart. Smaller
    text (notes, captions, tables) has baselines of its own and does not count.
    """
    if grid is None:
        return make_row(Key.OFF_GRID, 0, []), 0
    text = [block for block in blocks if block.kind is Kind.TEXT]
    found = [line for block in text for line in block.lines if _size(line) == grid.size]
    times = Counter(
        line.page
        for block in text
        if block.align == "Justify" or not aligned
        for line in block.lines
        if _size(line) == grid.size
    )
    tolerance, half = _TOLERANCE * grid.size, 0
    spots, total = [], 0
    for line in found:
        if times[line.page] < _FEWEST:
            continue
        total += 1
        off = (line.y - grid.origin + grid.pitch / 4) % (grid.pitch / 2) - grid.pitch / 4
        if abs(off) > tolerance:
            spots.append(Spot(line.page + 1, line.text, off))
        elif abs((line.y - grid.origin + grid.pitch / 2) % grid.pitch - grid.pitch / 2) > grid.pitch / 4:
            half += 1
    return make_row(Key.OFF_GRID, total, spots), half


def _size(line: TextLine) -> float:
    return round(line.size, 1)


def _commonest(values: Sequence[float]) -> float | None:
    """The middle of the commonest values, taken to a tenth of a point."""
    if not values:
        return None
    best = Counter(round(value, 1) for value in values).most_common(1)[0][0]
    near = sorted(value for value in values if abs(value - best) <= 0.1)
    return near[len(near) // 2]
