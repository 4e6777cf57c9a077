"""Pages as pictures: what else than text differs on them, and pictures to show."""

from __future__ import annotations

import base64
import contextlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from newsletter_pdf.verify.flow import Figure
from newsletter_pdf.verify.geometry import Box

if TYPE_CHECKING:
    from PIL.Image import Image

#: Dots an inch of the pictures shown.
RESOLUTION = 80
_COLOURS = 32
_SEEN = 48  # of 255; a fainter difference is none to the eye
_TILE = 8  # pixels; regions are made of tiles
_MARGIN = 2.0  # pt around furniture, whose letters reach beyond their boxes
_FIGURE_RESOLUTION = 100
_SPECK = 0.001  # share of a figure's pixels that may differ by the rounding of edges
_FIGURE_SEEN = 96
_LARGEST = 4_000  # pt; a larger page is drawn smaller


class Picture(NamedTuple):
    """A picture as a data URI, with its size in pixels."""

    uri: str
    width: int
    height: int


class Sheets:
    """The pages of one PDF, drawn by PDFium one at a time. Page numbers are 0-based."""

    def __init__(self, document: Any) -> None:
        self._document = document

    def draw(self, page: int, resolution: float = RESOLUTION) -> Image | None:
        """The page in colour; None when it cannot be drawn."""
        import pypdfium2 as pdfium

        try:
            with contextlib.closing(self._document[page]) as sheet:
                return _render(sheet, resolution)
        except (pdfium.PdfiumError, IndexError, ValueError, MemoryError):
            return None

    def cut(self, figure: Figure) -> Image | None:
        """A figure alone, drawn from its own corner, so that its place on the page changes no pixel."""
        import pypdfium2 as pdfium

        x0, y0, x1, y1 = figure.box
        if x1 - x0 < 1 or y1 - y0 < 1:
            return None
        try:
            with contextlib.closing(self._document[figure.page]) as sheet:
                whole = sheet.get_cropbox()
                sheet.set_cropbox(x0, y0, x1, y1)
                image = _render(sheet, _FIGURE_RESOLUTION)
                sheet.set_cropbox(*whole)
                return image
        except (pdfium.PdfiumError, IndexError, ValueError, MemoryError):
            return None

    def picture(self, page: int) -> Picture | None:
        """The page as a small PNG: few colours keep letters sharp and the file small."""
        from PIL.Image import Quantize

        image = self.draw(page)
        if image is None:
            return None
        stream = io.BytesIO()
        colours = image.getcolors(maxcolors=1 << 14)
        if colours is not None:
            image.quantize(_COLOURS, method=Quantize.FASTOCTREE).save(stream, "PNG")
            kind = "png"
        else:  # a photograph
            image.save(stream, "JPEG", quality=72)
            kind = "jpeg"
        data = base64.b64encode(stream.getvalue()).decode("ascii")
        return Picture(f"data:image/{kind};base64,{data}", image.width, image.height)


@contextlib.contextmanager
def open_sheets(pdf: Path) -> Iterator[Sheets | None]:
    """The pages of ``pdf``; None when PDFium cannot open it."""
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(pdf.read_bytes())
    except (OSError, pdfium.PdfiumError):
        yield None
        return
    with contextlib.closing(document):
        yield Sheets(document)


def _render(sheet: Any, resolution: float) -> Image:
    width, height = sheet.get_size()
    scale = resolution / 72 * min(1.0, _LARGEST / max(width, height, 1))
    bitmap = sheet.render(scale=scale)
    with contextlib.closing(bitmap):
        return bitmap.to_pil().convert("RGB")  # type: ignore[no-any-return]  # pypdfium2 has no type information


def different_regions(one: Image, other: Image, height: float, masks: Sequence[Box]) -> list[Box]:
    """The regions, pt, in which two drawings of a page of ``height`` pt differ outside ``masks``."""
    from PIL import ImageDraw

    if one.size != other.size:
        return [(0.0, 0.0, one.width * height / one.height, height)]
    difference = _difference(one, other, _SEEN)
    scale = one.height / height
    draw = ImageDraw.Draw(difference)
    for x0, y0, x1, y1 in masks:
        left, top = (x0 - _MARGIN) * scale, (height - y1 - _MARGIN) * scale
        draw.rectangle((left, top, (x1 + _MARGIN) * scale, (height - y0 + _MARGIN) * scale), fill=0)
    if difference.getbbox() is None:
        return []
    return [
        (x0 / scale, height - y1 / scale, x1 / scale, height - y0 / scale) for x0, y0, x1, y1 in _regions(difference)
    ]


def same_figure(one: Image | None, other: Image | None) -> bool:
    """Whether two figures look alike."""
    if one is None or other is None:
        return one is other
    if abs(one.width - other.width) > 1 or abs(one.height - other.height) > 1:
        return False
    size = (min(one.width, other.width), min(one.height, other.height))
    difference = _difference(one.crop((0, 0, *size)), other.crop((0, 0, *size)), _FIGURE_SEEN)
    seen = difference.histogram()[255]
    return seen <= _SPECK * size[0] * size[1]


def _difference(one: Image, other: Image, limit: int) -> Image:
    """White where any colour differs by more than ``limit``, else black."""
    from PIL import ImageChops

    red, green, blue = ImageChops.difference(one, other).split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point([255 if value > limit else 0 for value in range(256)])


def _regions(difference: Image) -> list[tuple[int, int, int, int]]:
    """Boxes, in pixels, around tiles with differences that touch each other."""
    small = difference.reduce(_TILE)
    tiles = {divmod(place, small.width)[::-1] for place, value in enumerate(small.tobytes()) if value}
    boxes = []
    while tiles:
        stack = [tiles.pop()]
        group = list(stack)
        while stack:
            x, y = stack.pop()
            near = {(x + dx, y + dy) for dx in (-2, -1, 0, 1, 2) for dy in (-2, -1, 0, 1, 2)} & tiles
            tiles -= near
            stack += near
            group += near
        xs, ys = [x for x, _y in group], [y for _x, y in group]
        boxes.append((min(xs) * _TILE, min(ys) * _TILE, (max(xs) + 1) * _TILE, (max(ys) + 1) * _TILE))
    return sorted(boxes, key=lambda box: (box[1], box[0]))
