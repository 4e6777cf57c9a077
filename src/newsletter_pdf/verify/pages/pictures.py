"""Are images sharp enough in print, and as wide and high as they were taken."""

from __future__ import annotations

from newsletter_pdf.findings import proof_pages as rules
from newsletter_pdf.verify.context import place
from newsletter_pdf.verify.glyphs import Picture
from newsletter_pdf.verify.pages.rows import Pages

FEWEST_DPI = 150.0
MOST_STRETCH = 0.02  # by which the scales of the two directions may differ
_TINT = 2  # pixels either way; so small an image is a colour or a gradient, and stretched on purpose
_ROUNDING = 1.0  # pixel by which an image may be cut or filled up to whole pixels


def check_pictures(pages: Pages) -> None:
    """Every image at 150 dots an inch at least, and not stretched."""
    for index, content in enumerate(pages.context.pdf.contents):
        for paint in content.paints if content else ():
            picture = paint.picture
            if picture is None or min(picture.pixels) <= _TINT or min(picture.size) <= 0:
                continue
            at, add = place(index, paint.box), pages.context.findings.add
            across, down = resolution(picture)
            if min(across, down) < FEWEST_DPI - 0.5:
                add(rules.IMAGE_COARSE.at(at, dpi=round(min(across, down)), least=round(FEWEST_DPI)))
            if is_stretched(picture):
                add(rules.IMAGE_STRETCHED.at(at, percent=round(100 * (max(across, down) / min(across, down) - 1))))


def resolution(picture: Picture) -> tuple[float, float]:
    """The dots an inch across and down at which an image is printed."""
    (width, height), (across, down) = picture.pixels, picture.size
    return 72 * width / across, 72 * height / down


def is_stretched(picture: Picture) -> bool:
    """Whether the scales across and down differ by more than two hundredths, one pixel's rounding aside."""
    (width, height), (across, down) = picture.pixels, picture.size
    horizontal, vertical = across / width, down / height
    off = abs(horizontal - vertical)
    rounding = max(_ROUNDING / width, _ROUNDING / height)
    return off > (MOST_STRETCH + rounding) * min(horizontal, vertical)
