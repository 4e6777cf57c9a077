"""Pictures from a Word file as files that an issue can hold: PNG, JPEG, WebP, SVG stay, other rasters become PNG."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass

from PIL import Image, UnidentifiedImageError

MAX_PIXELS = 120_000_000
"""Largest picture that is converted or cut, in pixels: A3 at 600 dpi."""

_KEPT = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}
_TURNS = (None, Image.Transpose.ROTATE_270, Image.Transpose.ROTATE_180, Image.Transpose.ROTATE_90)


@dataclass(frozen=True, slots=True)
class Crop:
    """How much is cut off each side, 0–1 of the picture's size; ``turn`` counts quarter turns clockwise."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    turn: int = 0

    @property
    def nothing(self) -> bool:
        """Whether the picture is shown whole and upright."""
        return self == Crop()


def usable_picture(data: bytes, crop: Crop) -> tuple[bytes | None, str]:
    """The bytes for a picture file and its extension; None with ``metafile`` or an empty text when it cannot be used.

    A picture that Word shows cut is cut: what an author has cut away is not meant for readers.
    """
    if _is_metafile(data):
        return None, "metafile"
    if data.lstrip()[:5] in {b"<?xml", b"<svg "} or b"<svg" in data[:1024]:
        return data, ".svg"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > MAX_PIXELS:
                    return None, ""
                kind = picture.format or ""
                if kind in _KEPT and crop.nothing:
                    return data, _KEPT[kind]
                picture.load()
                return _written(_cut(picture, crop), kind)
    except (
        *(UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, OverflowError, MemoryError),
        *(Image.DecompressionBombError, Image.DecompressionBombWarning),
    ):
        return None, ""


def _cut(picture: Image.Image, crop: Crop) -> Image.Image:
    width, height = picture.size
    box = (
        round(crop.left * width),
        round(crop.top * height),
        round((1 - crop.right) * width),
        round((1 - crop.bottom) * height),
    )
    if box[0] < box[2] and box[1] < box[3] and box != (0, 0, width, height):
        picture = picture.crop(box)
    turn = _TURNS[crop.turn % 4]
    return picture if turn is None else picture.transpose(turn)


def _written(picture: Image.Image, kind: str) -> tuple[bytes, str]:
    stream = io.BytesIO()
    if kind in {"JPEG", "MPO"}:
        # MPO is what cameras write: a JPEG with another behind it.
        picture.save(stream, "JPEG", quality=95, subsampling=0)
        return stream.getvalue(), ".jpg"
    if picture.mode not in {"1", "L", "LA", "P", "RGB", "RGBA"}:
        picture = picture.convert("RGB")
    picture.save(stream, "PNG")
    return stream.getvalue(), ".png"


def _is_metafile(data: bytes) -> bool:
    """EMF ([MS-EMF] 2.3.4.2: type 1 and „ EMF“ at 40) or WMF ([MS-WMF] 2.3.2: placeable key, or a plain header)."""
    emf = data[:4] == b"\x01\x00\x00\x00" and data[40:44] == b" EMF"
    return (
        emf or data[:4] == b"\xd7\xcd\xc6\x9a" or data[:6] in {b"\x01\x00\x09\x00\x00\x03", b"\x02\x00\x09\x00\x00\x03"}
    )
