"""Does a QR code show the squares (ISO/IEC 18004, modules) that it should, as they are painted on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from newsletter_pdf.verify.geometry import Box
from newsletter_pdf.verify.glyphs import Paint

_QUIET = 4  # modules left light around a code (ISO/IEC 18004, 6.3.8)
_EDGES = (min, min, max, max)
_DARK = 0.5  # luminance below which a scanner takes a module for dark


def shows_code(own: Sequence[Paint], over: Sequence[Paint], modules: Sequence[Sequence[bool]]) -> bool:
    """Whether the paints ``own`` show a code; every module is looked at, in its middle.

    ``over`` is all that is painted on the page from the first of them on: what is pasted over a code is what is read.
    """
    if not own:
        return False
    left, low, right, high = (
        edge(box) for edge, box in zip(_EDGES, zip(*(p.box for p in own), strict=True), strict=True)
    )
    seen = [
        paint
        for paint in over
        if paint.opacity > _DARK
        and paint.box[0] < right
        and left < paint.box[2]
        and paint.box[1] < high
        and low < paint.box[3]
    ]
    return any(_matches(seen, modules, frame) for frame in _frames(own, len(modules)))


def _frames(paints: Sequence[Paint], count: int) -> Iterator[Box]:
    """Where the code may stand: inside the light ground with its margin, or where what is dark does."""
    if not paints or not count:
        return
    ground = max(paints, key=lambda paint: (paint.box[2] - paint.box[0]) * (paint.box[3] - paint.box[1]))
    x0, y0, x1, y1 = ground.box
    quiet, whole = _QUIET, count + 2 * _QUIET
    aside, up = (x1 - x0) * quiet / whole, (y1 - y0) * quiet / whole
    yield x0 + aside, y0 + up, x1 - aside, y1 - up
    dark = [paint.box for paint in paints if _is_dark(paint)]
    if not dark:
        return
    lefts, lows, rights, highs = zip(*dark, strict=True)
    left, low, right, high = min(lefts), min(lows), max(rights), max(highs)
    yield left, low, right, high
    half = (high - low) / count / 2  # the box of horizontal lines reaches as far over their ends as to their sides
    yield left + half, low, right - half, high


def _matches(paints: Sequence[Paint], modules: Sequence[Sequence[bool]], frame: Box) -> bool:
    x0, y0, x1, y1 = frame
    across, down = (x1 - x0) / len(modules), (y1 - y0) / len(modules)
    return all(
        _dark_at(paints, x0 + (column + 0.5) * across, y1 - (row + 0.5) * down) is dark
        for row, line in enumerate(modules)
        for column, dark in enumerate(line)
    )


def _dark_at(paints: Sequence[Paint], x: float, y: float) -> bool:
    top = next((paint for paint in reversed(paints) if paint.holds(x, y)), None)
    return top is not None and _is_dark(top)


def _is_dark(paint: Paint) -> bool:
    if paint.colour is None:
        return False
    red, green, blue = paint.colour
    return 0.3 * red + 0.59 * green + 0.11 * blue < _DARK
