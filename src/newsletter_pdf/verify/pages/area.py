"""The type area (版心), as the text of all pages tells it.

The file does not say where it is, so it is read as one would with a ruler: where many lines begin and end, and how far
up and down the text of many pages goes. What few lines or pages show is no evidence. There the right margin is taken to
be as wide as the left one, and running head and folio are the bounds above and below, as no text stands beside them.
How high it is the layout tells where it is known: so far below its head no text stands, however few pages are full.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from newsletter_pdf.verify.pages.rows import Pages, Row
from newsletter_pdf.verify.setting.tags import Kind

_SAME = 1.0  # pt by which edges that are one may differ
_FEWEST_PAGES = 3  # with lines that agree on an edge
_FEWEST_TOPS = 8  # pages that agree on where text begins: titles of all sizes begin pages, too
_FEWEST_BOTTOMS = 24  # pages from which on some are full
_SHARE = 0.15  # of all pages
_APART = 0.5  # em at least between text and folio
_TALLEST_FURNITURE = 0.15  # share of the page's height at its head and at its foot where furniture stands


@dataclass(frozen=True, slots=True)
class TypeArea:
    """The edges, pt; an edge that the file gives no evidence of is None. ``size`` is that of most rows."""

    left: float | None
    right: float | None
    bottom: float | None
    top: float | None
    size: float

    def excess(self, box: tuple[float | None, float | None, float | None, float | None]) -> float:
        """How far a box (left, bottom, right, top; None where that side does not matter) reaches out of it, pt."""
        left, bottom, right, top = box
        return max(
            0.0,
            self.left - left if self.left is not None and left is not None else 0.0,
            self.bottom - bottom if self.bottom is not None and bottom is not None else 0.0,
            right - self.right if self.right is not None and right is not None else 0.0,
            top - self.top if self.top is not None and top is not None else 0.0,
        )


def type_area(pages: Pages) -> TypeArea:
    """The type area of the pages that are numbered."""
    # Words in a drawing stand where it has room for them.
    texts = ([row for row in pages.rows[index] if row.kind is not Kind.DRAWING] for index in pages.numbered)
    of_pages = [rows for rows in texts if rows]
    sizes = sorted(row.size for page in of_pages for row in page)
    share = int(_SHARE * len(of_pages))
    least = max(_FEWEST_PAGES, share)
    left = _negative(_outermost_of_pages([[-row.left for row in page] for page in of_pages], least))
    size = sizes[len(sizes) // 2] if sizes else 0.0
    sheet = next((sheet for sheet in pages.context.pdf.sheets if sheet is not None), None)
    mirrored = sheet.width - left if sheet is not None and left is not None else None
    right = _outermost_of_pages([[row.right for row in page] for page in of_pages], least)
    if right is None or (mirrored is not None and mirrored > right):
        right = mirrored  # lines of whole characters, or ragged ones, may end short of the measure
    low, high = _furniture(pages)
    # A page may end a line or more short; a foot that pages agree on is reached by text, and a part of a line more.
    bottom = _negative(_outermost_of_pages([[-min(row.bottom for row in page)] for page in of_pages], _FEWEST_PAGES))
    if len(of_pages) < _FEWEST_BOTTOMS:
        bottom = None  # in a short issue many end early and few are full
    if bottom is not None:
        bottom -= _leading(of_pages)
    top = outermost([max(row.top for row in page) for page in of_pages], max(_FEWEST_TOPS, share))
    foot = _foot(of_pages, top, pages.context.limits.text_height, least)
    return TypeArea(
        left,
        right,
        bottom=max((y for y in (bottom, low, foot) if y is not None), default=None),
        top=min((y for y in (top, high) if y is not None), default=None),
        size=size,
    )


def _foot(of_pages: Sequence[Sequence[Row]], top: float | None, height: float | None, least: int) -> float | None:
    """The lower edge of a type area ``height`` pt high with its upper edge at ``top``; None when it cannot be told.

    ``top`` is that of the type, half a line's lead lower than the area's own; so the edge found is lower, too, which
    less than a line never passes. Style sheets of a layout may set another height than its options say: many pages that
    go lower tell so.
    """
    if top is None or height is None:
        return None
    foot = top - height
    lower = sum(1 for page in of_pages if min(row.bottom for row in page) < foot - _SAME)
    return foot if lower < least else None


def _outermost_of_pages(pages: Sequence[Sequence[float]], least: int) -> float | None:
    """The largest value that lines of at least ``least`` pages agree on, within a point; None when there is none.

    Lines of one page alone, however many, may all be where they should not be.
    """
    ordered = sorted((value, number) for number, values in enumerate(pages) for value in values)
    for at in range(len(ordered) - 1, -1, -1):
        value = ordered[at][0]
        agreeing = {
            number for near, number in ordered[bisect_left(ordered, (value - _SAME, -1)) : at + 1] if near <= value
        }
        if len(agreeing) >= least:
            return value
    return None


def _leading(of_pages: Sequence[Sequence[Row]]) -> float:
    """The commonest distance from one line to the next, pt."""
    steps = Counter(round(upper.y - lower.y, 1) for page in of_pages for upper, lower in pairwise(page))
    return max(steps, key=lambda step: (steps[step], step), default=0.0)


def outermost(values: Sequence[float], least: int) -> float | None:
    """The largest of ``values`` that at least ``least`` of them agree on, within a point; None when there is none."""
    ordered = sorted(values)
    for value in reversed(ordered):
        if bisect_right(ordered, value) - bisect_left(ordered, value - _SAME) >= least:
            return value
    return None


def _negative(value: float | None) -> float | None:
    return None if value is None else -value


def _furniture(pages: Pages) -> tuple[float | None, float | None]:
    """The upper edge of the folios and the lower edge of the running heads, where these stand at foot and head."""
    low: float | None = None
    high: float | None = None
    context = pages.context
    for index in pages.numbered:
        sheet, folio = context.pdf.sheets[index], context.folios.get(index)
        if sheet is None:
            continue
        if folio is not None and folio.box is not None:
            if folio.y < _TALLEST_FURNITURE * sheet.height:
                low = folio.box[3] + _APART * (folio.box[3] - folio.box[1])
            elif folio.y > (1 - _TALLEST_FURNITURE) * sheet.height:
                high = min(folio.box[1], high if high is not None else folio.box[1])
        for y in context.furniture.heights:
            if y > (1 - _TALLEST_FURNITURE) * sheet.height:
                high = min(y, high if high is not None else y)
    return low, high
