"""Soft masks (ISO 32000-1, 11.5 and 11.6.5.2): how much of what is painted under one is to be seen."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter_pdf.verify.glyphs import Glyph, Paint
from newsletter_pdf.verify.transparency import Colour, Mask, Veil

_MIDDLE = 0.35  # em above the baseline


def mask_of(paints: Sequence[Paint], *, luminosity: bool, backdrop: Colour) -> Mask:
    """The mask that ``paints`` make. What has no colour that is known, as an image, is taken to let all through."""

    def value(x: float, y: float) -> float:
        level = _luminance(backdrop) if luminosity else 0.0
        for paint in paints:
            if not paint.holds(x, y):
                continue
            own = _luminance(paint.colour) if luminosity and paint.colour is not None else 1.0
            alpha = paint.veil.alpha * paint.veil.through(x, y)
            level = own * alpha + level * (1 - alpha)
        return level

    return value


def _luminance(colour: Colour) -> float:
    red, green, blue = colour
    return 0.3 * red + 0.59 * green + 0.11 * blue  # 11.3.5.3


def unmask(glyphs: list[Glyph], begun: int, veil: Veil, least: float) -> None:
    """Mark the glyphs from ``begun`` on as invisible, of which the masks of ``veil`` leave less than ``least``."""
    for index, glyph in enumerate(glyphs[begun:], begun):
        seen = veil.alpha * veil.through(glyph.x + glyph.advance / 2, glyph.y + _MIDDLE * glyph.size)
        if seen < least:
            glyphs[index] = glyph._replace(visible=False)
