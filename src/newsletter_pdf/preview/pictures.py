"""Pictures of pages, drawn by PDFium from PDF pages when they are asked for."""

from __future__ import annotations

import struct
import threading
import zlib
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any

_MOST_FILES = 8  # small PDFs that are kept open; PDFium keeps some 6 MB for each, opening one takes a few ms
_MOST_BYTES = 96_000_000  # of pictures: some 300 pages as wide as a screen
_WIDEST = 4000  # px
_RGB = 2  # a PNG's type of colour


class Pictures:
    """The pages of many small PDF files, by name. Safe to use from several threads; PDFium itself is used by one.

    Pictures of ``most`` bytes together are kept; more, and those used least lately are drawn again when asked for.
    """

    def __init__(self, most: int = _MOST_BYTES) -> None:
        self._lock = threading.Lock()
        self._pdfium = threading.Lock()
        self._places: dict[str, tuple[bytes, int]] = {}
        self._open: OrderedDict[int, Any] = OrderedDict()
        self._made: OrderedDict[tuple[str, int], bytes] = OrderedDict()
        self._size, self._most = 0, most
        self._width: int | None = None

    def add(self, names: Sequence[str], data: bytes) -> None:
        """Let ``names`` be the names of the pages of the PDF ``data``; names that are known stay what they are."""
        with self._lock:
            for index, name in enumerate(names):
                self._places.setdefault(name, (data, index))

    def keep(self, names: set[str]) -> None:
        """Forget all pages but these."""
        with self._lock:
            self._places = {name: place for name, place in self._places.items() if name in names}

    def made(self, name: str, width: int) -> bytes | None:
        """The picture that :meth:`png` gives when it has been drawn already; else None."""
        with self._lock:
            self._width = width = _drawable(width)
            return self._found(name, width)

    def png(self, name: str, width: int) -> bytes | None:
        """The page called ``name`` as a PNG, ``width`` px wide; None when there is no such page."""
        with self._lock:
            self._width = width = _drawable(width)
            made = self._found(name, width)
            place = self._places.get(name)
        if made is not None or place is None:
            return made
        with self._pdfium:
            # Who asked at the same time may have drawn it by now.
            with self._lock:
                made = self._found(name, width)
            made = made or self._draw(*place, width)
        with self._lock:
            self._size += len(made) - len(self._made.get((name, width), b""))
            self._made[name, width] = made
            while self._size > self._most and len(self._made) > 1:
                self._size -= len(self._made.popitem(last=False)[1])
        return made

    def prepare(self, names: Iterable[str]) -> None:
        """Draw these pages as wide as a page was asked for last, as they will be asked for next; none before that."""
        width = self._width
        if width is not None:
            for name in names:
                self.png(name, width)

    def _found(self, name: str, width: int) -> bytes | None:
        """A picture that there is. It counts as used now: what was used least lately is forgotten first."""
        found = self._made.get((name, width))
        if found is not None:
            self._made.move_to_end((name, width))
        return found

    def close(self) -> None:
        """Close what is open."""
        with self._pdfium:
            while self._open:
                self._open.popitem()[1].close()

    def _draw(self, data: bytes, index: int, width: int) -> bytes:
        import pypdfium2

        document = self._open.get(id(data))
        if document is None:
            document = self._open[id(data)] = pypdfium2.PdfDocument(data)
            document.source = data  # so that no other data has its identity
            while len(self._open) > _MOST_FILES:
                self._open.popitem(last=False)[1].close()
        self._open.move_to_end(id(data))
        page = document[index]
        try:
            picture = page.render(scale=width / page.get_width(), rev_byteorder=True).to_pil().convert("RGB")
        finally:
            page.close()
        return _png(picture.width, picture.height, picture.tobytes())


def _png(width: int, height: int, pixels: bytes) -> bytes:
    """A PNG (ISO/IEC 15948) of ``pixels``, three bytes each, row by row.

    Rows are deflated as they are: of type on white this takes half the time of Pillow's, which always filters them, and
    the file is a quarter smaller. Little is looked for, as the way to the browser is short.
    """
    row = 3 * width
    lines = b"\0" + b"\0".join(pixels[start : start + row] for start in range(0, row * height, row))
    chunks = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, _RGB, 0, 0, 0)),
        (b"IDAT", zlib.compress(lines, 1)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4) for kind, data in chunks
    )


def _drawable(width: int) -> int:
    return max(16, min(width, _WIDEST))
