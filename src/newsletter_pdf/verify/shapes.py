"""What a fill, a stroke or a clipping path reaches of a page, asked point by point (ISO 32000-1, 8.5).

Most paths are upright rectangles, for which their box tells all; a :class:`Reach` is kept of the others, and worked out
when it is first asked. Points are tested in the path's own space, so that any matrix is taken into account.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from newsletter_pdf.verify.geometry import Box, Matrix, Point, inverse, length_in, multiply, winding

Step = tuple[float, ...]  # to a point by a straight line (x, y), or by a curve (x1, y1, x2, y2, x, y)

_STEPS = 12  # straight lines that stand for a curve
_MOST_STEPS = 20_000  # of one path; one with more is a drawing of so many parts that its box has to do
_MOST_BANDS = 200
_FEW_STEPS = 8
_SAME = 0.01  # pt
_PROJECTING = 2  # line cap style (table 54)


class Pen(NamedTuple):
    """How lines are stroked: their width in the path's own unit, the style of their ends, the share that dashes ink."""

    width: float = 1.0
    cap: int = 0
    share: float = 1.0

    def dashed(self, dashes: Sequence[float]) -> Pen:
        """The pen with the dash array ``dashes``: lengths inked and left out by turns (8.4.3.6)."""
        turns = [*dashes, *dashes] if len(dashes) % 2 else [*dashes]
        whole = sum(turns)
        return self._replace(share=sum(turns[::2]) / whole if whole > 0 else 1.0)


HAIR = Pen()  # what a page begins with


@dataclass(slots=True, eq=False)
class Reach:
    """A path as it was painted: its ``pieces`` in the space of ``matrix``; with a ``pen`` its line, else its inside."""

    pieces: Sequence[Sequence[Step]]
    matrix: Matrix
    even_odd: bool = False
    pen: Pen | None = None
    _back: Matrix | None = field(default=None, init=False)
    _bands: _Bands | None = field(default=None, init=False)
    _lines: list[tuple[Point, Point]] | None = field(default=None, init=False)
    _aside: float | None = field(default=None, init=False)

    @property
    def steps(self) -> int:
        """How many straight lines and curves it has."""
        return sum(len(piece) - 1 for piece in self.pieces)

    @property
    def encloses(self) -> bool:
        """Whether any of its pieces is more than a straight line."""
        return any(len(piece) > 2 or len(piece[-1]) > 2 for piece in self.pieces)

    @property
    def aside(self) -> float:
        """How far its line reaches to its sides on the page, at most, pt."""
        if self._aside is None:
            self._aside = half_width(self.matrix, self.pen) if self.pen is not None else 0.0
        return self._aside

    def most(self, box: Box) -> float:
        """The area that its line covers at most of an upright ``box`` of the page, sq pt: a thin line covers little.

        Told of a line of few steps alone; of another it is infinite.
        """
        if self._lines is None:
            if self.pen is None or self.steps > _FEW_STEPS:
                return math.inf
            a, b, c, d, e, f = self.matrix
            drawn = [[(a * x + c * y + e, b * x + d * y + f) for x, y in line] for line in _straightened(self.pieces)]
            self._lines = [pair for line in drawn for pair in pairwise(line)]
        aside = self.aside
        # A corner of a projecting end is farther from the line than its side.
        around = (box[0] - 1.5 * aside, box[1] - 1.5 * aside, box[2] + 1.5 * aside, box[3] + 1.5 * aside)
        within = [length_in(around, *line) for line in self._lines]
        return sum((length + 2 * aside) * 2 * aside for length in within if length is not None)

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of the page is reached."""
        if self._bands is None:
            self._bands = _Bands(_straightened(self.pieces), self.pen.width / 2 if self.pen is not None else 0.0)
            self._back = inverse(self.matrix)
        if self._back is None:
            return False
        a, b, c, d, e, f = self._back
        x, y = a * x + c * y + e, b * x + d * y + f
        lines = self._bands.at(y)
        if self.pen is not None:
            return any(left <= x <= right and _is_near(x, y, line, self.pen) for left, right, line in lines)
        around = crossed = 0
        for _left, right, line in lines:
            if x <= right:  # what is crossed lies to the right
                turns, times = winding(x, y, line)
                around += turns
                crossed += times
        return crossed % 2 == 1 if self.even_odd else around != 0


class _Line(NamedTuple):
    """A line, and how far to the left and to the right it reaches, as stroked."""

    left: float
    right: float
    points: Sequence[Point]


class _Bands:
    """The lines of a path by the heights at which they are: a code of squares has hundreds, and few at each height."""

    def __init__(self, lines: Sequence[Sequence[Point]], aside: float) -> None:
        heights = [(min(y for _x, y in line) - aside, max(y for _x, y in line) + aside) for line in lines]
        self.low = min((low for low, _high in heights), default=0.0)
        self.high = max((high for _low, high in heights), default=-1.0)
        count = min(len(lines), _MOST_BANDS)
        self.size = (self.high - self.low) / count if count else 0.0
        self.bands: list[list[_Line]] = [[] for _band in range(max(count, 1))]
        for line, (low, high) in zip(lines, heights, strict=True):
            placed = _Line(min(x for x, _y in line) - aside, max(x for x, _y in line) + aside, line)
            for band in range(self._band(low), self._band(high) + 1):
                self.bands[band].append(placed)

    def _band(self, y: float) -> int:
        return min(int((y - self.low) / self.size), len(self.bands) - 1) if self.size > 0 else 0

    def at(self, y: float) -> Sequence[_Line]:
        """The lines that may reach a height."""
        return self.bands[self._band(y)] if self.low <= y <= self.high else ()


def _straightened(pieces: Sequence[Sequence[Step]]) -> list[list[Point]]:
    lines: list[list[Point]] = []
    if sum(map(len, pieces)) > _MOST_STEPS:
        return lines
    for piece in pieces:
        line: list[Point] = []
        for step in piece:
            if len(step) == 2 or not line:
                line.append((step[-2], step[-1]))
                continue
            (x0, y0), (x1, y1, x2, y2, x3, y3) = line[-1], step
            for number in range(1, _STEPS + 1):
                t = number / _STEPS
                u = 1 - t
                one, two, three, four = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
                line.append(
                    (one * x0 + two * x1 + three * x2 + four * x3, one * y0 + two * y1 + three * y2 + four * y3)
                )
        if line:
            lines.append(line)
    return lines


def _is_near(x: float, y: float, line: Sequence[Point], pen: Pen) -> bool:
    """Whether a line stroked with ``pen`` reaches a point; where lines meet, as if the joint were round."""
    reach, last = pen.width / 2, len(line) - 2
    closed = line[0] == line[-1]
    for index in range(last + 1):
        (x0, y0), (x1, y1) = line[index], line[index + 1]
        length = math.hypot(x1 - x0, y1 - y0)
        if not length:
            continue
        along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / length
        if abs((x - x0) * (y1 - y0) - (y - y0) * (x1 - x0)) > reach * length:
            continue
        if 0 <= along <= length:
            return True
        at_start = along < 0
        end = not closed and (index == 0 if at_start else index == last)
        over = -along if at_start else along - length
        if end and pen.cap == _PROJECTING:
            if over <= reach:
                return True
        elif (not end or pen.cap) and math.hypot(x - (x0 if at_start else x1), y - (y0 if at_start else y1)) <= reach:
            return True
    return False


@dataclass(slots=True)
class Path:
    """A path as it is built up: its ``pieces``, and all their ``points``, the control points of curves among them."""

    points: list[Point] = field(default_factory=list)
    pieces: list[list[Step]] = field(default_factory=list)

    def move(self, x: float, y: float) -> None:
        """Begin a piece."""
        self.points.append((x, y))
        self.pieces.append([(x, y)])

    def step(self, *numbers: float) -> None:
        """Go on by a straight line (two numbers) or a curve (six); without a beginning from where it leads to."""
        self.points.extend(zip(numbers[::2], numbers[1::2], strict=True))
        if self.pieces:
            self.pieces[-1].append(numbers)
        else:
            self.pieces.append([numbers])

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle."""
        corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        self.points += corners
        self.pieces.append([*corners, (x, y)])

    def close(self) -> None:
        """Lead the last piece back to where it began."""
        if self.pieces:
            first = self.pieces[-1][0]
            self.pieces[-1].append(first[-2:])

    def inside(self, matrix: Matrix, box: Box, *, even_odd: bool) -> Reach | None:
        """What it encloses; None when that is all of ``box``, the upright box around it."""
        if len(self.pieces) == 1 and _is_upright(self.points, matrix, box):
            return None
        return Reach(self.pieces, matrix, even_odd)

    def line(self, matrix: Matrix, pen: Pen) -> Reach:
        """What stroking it with ``pen`` reaches."""
        return Reach(self.pieces, matrix, pen=pen)


def _is_upright(points: Sequence[Point], matrix: Matrix, box: Box) -> bool:
    """Whether a path goes around its ``box`` from corner to corner."""
    if not 4 <= len(points) <= 5:
        return False
    a, b, c, d, e, f = matrix
    x0, y0, x1, y1 = box
    seen: list[tuple[bool, bool]] = []
    for px, py in points:
        x, y = a * px + c * py + e, b * px + d * py + f
        if min(abs(x - x0), abs(x - x1)) > _SAME or min(abs(y - y0), abs(y - y1)) > _SAME:
            return False
        corner = abs(x - x0) < abs(x - x1), abs(y - y0) < abs(y - y1)
        if seen and (corner[0] != seen[-1][0]) == (corner[1] != seen[-1][1]):
            return False
        seen.append(corner)
    return len({*seen}) == 4


def half_width(matrix: Matrix, pen: Pen) -> float:
    """How far a line of ``pen`` reaches to its sides on the page, at most, pt."""
    a, b, c, d, _e, _f = multiply(matrix, (pen.width / 2, 0, 0, pen.width / 2, 0, 0))
    return max(math.hypot(a, b), math.hypot(c, d))
