"""Points, boxes and matrices of a page (ISO 32000-1, 8.3): pt, x to the right, y up."""

from __future__ import annotations

import math
from collections.abc import Sequence

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]  # x0, y0, x1, y1 with x0 <= x1 and y0 <= y1, pt
Point = tuple[float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
FARTHEST = 1e6  # pt; what lies farther out is no page's
EVERYWHERE: Box = (-FARTHEST, -FARTHEST, FARTHEST, FARTHEST)


def multiply(m: Matrix, n: Matrix) -> Matrix:
    """``m`` followed by ``n`` (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = m
    g, h, i, j, k, o = n
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + o)


def inverse(matrix: Matrix) -> Matrix | None:
    """The matrix that undoes ``matrix``; None when nothing can, as it makes all points one line or one point."""
    a, b, c, d, e, f = matrix
    size = a * d - b * c
    if not abs(size) > 1e-12:
        return None
    return d / size, -b / size, -c / size, a / size, (c * f - d * e) / size, (b * e - a * f) / size


def box_of(points: Sequence[Point], matrix: Matrix) -> Box | None:
    """The box around transformed points; None when it is no place on a page."""
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x, y in points]
    ys = [b * x + d * y + f for x, y in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    return box if all(-FARTHEST < edge < FARTHEST for edge in box) else None


def intersect(one: Box, other: Box | None) -> Box | None:
    """What two boxes share; ``other`` None is the whole plane, the result None is nothing."""
    if other is None:
        return one
    box = (max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3]))
    return box if box[0] <= box[2] and box[1] <= box[3] else None


def length_in(box: Box, one: Point, other: Point) -> float | None:
    """The length of the part of a straight line that lies in ``box``, pt; None when none of it does."""
    first, last = 0.0, 1.0
    for start, end, low, high in ((one[0], other[0], box[0], box[2]), (one[1], other[1], box[1], box[3])):
        if start == end:
            if not low <= start <= high:
                return None
            continue
        enters, leaves = sorted(((low - start) / (end - start), (high - start) / (end - start)))
        first, last = max(first, enters), min(last, leaves)
    return None if first > last else (last - first) * math.hypot(other[0] - one[0], other[1] - one[1])


def is_inside(x: float, y: float, corners: Sequence[Point]) -> bool:
    """Whether a point lies inside a polygon, by the even-odd rule (ISO 32000-1, 8.5.3.3.3)."""
    return winding(x, y, corners)[1] % 2 == 1


def winding(x: float, y: float, corners: Sequence[Point]) -> tuple[int, int]:
    """How often a polygon winds around a point, and how often a ray from the point to the right crosses it."""
    around = crossed = 0
    x0, y0 = corners[-1]
    for x1, y1 in corners:
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            crossed += 1
            around += 1 if y1 > y0 else -1
        x0, y0 = x1, y1
    return around, crossed
