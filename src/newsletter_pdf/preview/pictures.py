"""Pictures of pages, drawn by PDFium from PDF pages when they are asked for."""

from __future__ import annotations

import io
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

_MOST_FILES = 64  # small PDFs that are kept open
_MOST_PICTURES = 160
_WIDEST = 4000  # px


class Pictures:
    """The pages of many small PDF files, by name. Safe to use from several threads; PDFium itself is used by one."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pdfium = threading.Lock()
        self._places: dict[str, tuple[bytes, int]] = {}
        self._open: OrderedDict[int, Any] = OrderedDict()
        self._made: OrderedDict[tuple[str, int], bytes] = OrderedDict()

    def add(self, names: Sequence[str], data: bytes) -> None:
        """Let ``names`` be the names of the pages of the PDF ``data``; names that are known stay what they are."""
        with self._lock:
            for index, name in enumerate(names):
                self._places.setdefault(name, (data, index))

    def keep(self, names: set[str]) -> None:
        """Forget all pages but these."""
        with self._lock:
            self._places = {name: place for name, place in self._places.items() if name in names}

    def png(self, name: str, width: int) -> bytes | None:
        """The page called ``name`` as a PNG, ``width`` px wide; None when there is no such page."""
        width = max(16, min(width, _WIDEST))
        with self._lock:
            made = self._made.get((name, width))
            place = self._places.get(name)
        if made is not None or place is None:
            return made
        with self._pdfium:
            made = self._draw(*place, width)
        with self._lock:
            self._made[name, width] = made
            while len(self._made) > _MOST_PICTURES:
                self._made.popitem(last=False)
        return made

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
            bitmap = page.render(scale=width / page.get_width())
            picture = bitmap.to_pil().convert("RGB")
        finally:
            page.close()
        output = io.BytesIO()
        picture.save(output, "PNG", compress_level=1)  # the way is short
        return output.getvalue()
