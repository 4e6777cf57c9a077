"""How much room something will take, reckoned before it is laid out: what keeps blocks on the line grid."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

_LATIN = 0.55  # em, the mean of letters, figures and spaces in the text faces
_PX = 0.75  # pt
_UNITS = {"": _PX, "px": _PX, "pt": 1.0, "pc": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4}
_LENGTH = re.compile(r"\s*([0-9]*\.?[0-9]+)(px|pt|pc|in|cm|mm)?\s*")
_UNKNOWN = (None, 2 / 3)
_EXIF_ORIENTATION = 0x0112


def ems(text: object) -> float:
    """About how wide ``text`` runs, in em: 1 for a full-width character, 0.55 for any other."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else _LATIN for char in str(text))


def picture_lines(path: Path, width: float, leading: float, most: float) -> float:
    """The height of a picture in lines, a multiple of one half.

    ``width`` is the measure and ``leading`` the line grid, both in pt; ``most`` is the limit in lines. A picture is as
    large as it is (96 pixels to the inch), or as the measure or ``most`` allow; then it gets the next half line. A file
    that cannot be read counts as one of 3:2: that it cannot is found when it is laid out.
    """
    natural, ratio = _size(path)
    height = min(width, natural or width) * ratio
    return min(max(math.ceil(round(height / leading * 2, 3)), 1) / 2, math.floor(most * 2) / 2)


@cache
def _size(path: Path) -> tuple[float | None, float]:
    """Natural width in pt (None when the picture fills the measure) and height per width."""
    try:
        data = path.read_bytes()
    except OSError:
        return _UNKNOWN
    if b"<svg" in data[:65536].lower():
        return _svg_size(data)
    return _raster_size(path)


def _svg_size(data: bytes) -> tuple[float | None, float]:
    try:
        root = ET.fromstring(data)  # noqa: S314 # the reader refuses document types, and entities with them
    except ET.ParseError:
        return _UNKNOWN
    width, height = (_length(root.get(name)) for name in ("width", "height"))
    if width and height:
        return width, height / width
    box = re.split(r"[\s,]+", root.get("viewBox", "").strip())
    try:
        box_width, box_height = float(box[2]), float(box[3])
    except (IndexError, ValueError):
        return _UNKNOWN
    if box_width <= 0 or box_height <= 0:
        return _UNKNOWN
    ratio = box_height / box_width
    return (width or (height / ratio if height else None)), ratio


def _length(value: str | None) -> float | None:
    """An SVG length in pt; None when it is missing or relative."""
    match = _LENGTH.fullmatch(value or "")
    return float(match[1]) * _UNITS[match[2] or ""] if match else None


def _raster_size(path: Path) -> tuple[float | None, float]:
    from PIL import Image  # costs 40 ms; an issue may have no photographs

    try:
        with Image.open(path, formats=("PNG", "JPEG", "WEBP")) as image:
            width, height = image.size
            # 5 to 8 stand for a camera held upright (Exif 2.32, 4.6.4): what is stored lies on its side.
            if image.getexif().get(_EXIF_ORIENTATION, 1) in range(5, 9):
                width, height = height, width
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return _UNKNOWN
    return width * _PX, height / width
