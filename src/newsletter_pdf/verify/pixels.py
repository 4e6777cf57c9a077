"""By what a raster picture is known again: its size, its bytes, its pixels.

A JPEG is embedded as it is, so its bytes tell it. Anything else is written anew without loss, so that its pixels are
the same. A JPEG that a camera marks as turned is turned and encoded again: there only a coarse likeness can be told.
"""

from __future__ import annotations

import hashlib
import io
import struct
import warnings
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 24_000_000  # of a picture whose pixels are looked at; of a larger one the size tells
_GRAIN = 8  # pixels across and down to which a picture is reduced for a likeness
_UNLIKE = 10.0  # of 255, by which likenesses differ on average from where on they are of other pictures
_ORIENTATION = 0x0112  # Exif 2.3, 4.6.4
_COLOURS = {"/DeviceGray": ("L", 0, 1), "/DeviceRGB": ("RGB", 2, 3)}  # name → Pillow's mode, PNG's colour type, samples


@dataclass(frozen=True, slots=True)
class Pixels:
    """``size`` in pixels across and down; SHA-256 of the ``data`` of a JPEG and of the ``pixels`` of another, in hex.

    ``likeness`` are a few grey values, for what was encoded anew with loss. Each is None when it is not known.
    """

    size: tuple[int, int]
    data: str | None = None
    pixels: str | None = None
    likeness: bytes | None = None

    def differs(self, other: Pixels) -> bool:
        """Whether the two are of different pictures; where nothing can be compared but the size they are not."""
        if self.size != other.size:
            return True
        for one, two in ((self.data, other.data), (self.pixels, other.pixels)):
            if one is not None and two is not None:
                return one != two
        if self.likeness is None or other.likeness is None:
            return False
        off = sum(abs(a - b) for a, b in zip(self.likeness, other.likeness, strict=True))
        return off / len(self.likeness) > _UNLIKE


def pixels_of_file(data: bytes) -> Pixels | None:
    """What an image file shows when it is printed; None when it is no picture that can be read."""
    from PIL.Image import open as open_image  # takes long to import, and an issue may have no photographs

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with open_image(io.BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as image:
                turned = image.getexif().get(_ORIENTATION, 1)
                size = image.size if turned < 5 else (image.size[1], image.size[0])
                if image.format == "JPEG" and turned == 1:
                    return Pixels(size, data=hashlib.sha256(data).hexdigest())
                if image.size[0] * image.size[1] > _MOST_PIXELS:
                    return Pixels(size)
                if turned != 1:
                    from PIL import ImageOps

                    return _looked_at(ImageOps.exif_transpose(image), size, exact=False)
                return _looked_at(image, size, exact=image.mode in ("1", "L", "LA", "P", "RGB", "RGBA"))
    except Exception:  # what Pillow raises for damaged files is of many kinds; the reader has told of them
        return None


def _looked_at(image: Image, size: tuple[int, int], *, exact: bool) -> Pixels:
    from PIL.Image import Resampling

    flat = image.convert("RGB")
    pixels = hashlib.sha256(flat.tobytes()).hexdigest() if exact else None
    return Pixels(size, pixels=pixels, likeness=flat.convert("L").resize((_GRAIN, _GRAIN), Resampling.BOX).tobytes())


def pixels_of_jpeg(size: tuple[int, int], data: bytes, *, like: bool) -> Pixels:
    """What a JPEG in a PDF shows; its likeness only when it is asked for."""
    from PIL.Image import open as open_image

    likeness = None
    if like:
        with open_image(io.BytesIO(data), formats=("JPEG",)) as image:
            likeness = _looked_at(image, size, exact=False).likeness
    return Pixels(size, data=hashlib.sha256(data).hexdigest(), likeness=likeness)


def pixels_of_flate(size: tuple[int, int], data: bytes, space: str, *, predicted: bool) -> Pixels | None:
    """What deflated samples of 8 bits show, ``predicted`` as in PNG (ISO 32000-1, 7.4.4.4) or not; None: unknown."""
    from PIL.Image import frombytes
    from PIL.Image import open as open_image

    if space not in _COLOURS or size[0] * size[1] > _MOST_PIXELS:
        return Pixels(size) if space in _COLOURS else None
    mode, kind, samples = _COLOURS[space]
    if predicted:  # Pillow undoes the prediction a hundred times as fast as Python would
        head = struct.pack("!IIBBBBB", *size, 8, kind, 0, 0, 0)
        parts = (b"IHDR", head), (b"IDAT", data), (b"IEND", b"")
        chunks = [struct.pack("!I", len(p)) + n + p + struct.pack("!I", zlib.crc32(n + p)) for n, p in parts]
        with open_image(io.BytesIO(b"\x89PNG\r\n\x1a\n" + b"".join(chunks)), formats=("PNG",)) as image:
            return _looked_at(image, size, exact=True)
    limit = size[0] * size[1] * samples
    plain = zlib.decompressobj().decompress(data, limit)
    return _looked_at(frombytes(mode, size, plain), size, exact=True)
