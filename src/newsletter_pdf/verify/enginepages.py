"""The second engine: what PDFium, which Chrome and Edge show PDFs with, reads on the pages of a file.

It reads in a thread of its own, as its work needs no Python; small questions are asked of it without giving up the
interpreter, which would cost more than the answer.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import pypdfium2
import pypdfium2.raw as pdfium

from newsletter_pdf.verify.geometry import Box


@dataclass(slots=True)
class EnginePage:
    """One page as PDFium reads it: its size, pt, its text, and the boxes of the ink of its text, pt."""

    width: float
    height: float
    text: str
    boxes: list[Box] = field(default_factory=list)


class SecondReading(Protocol):
    """Where the proof gets the second engine's pages from."""

    def pages(self) -> tuple[Sequence[EnginePage], str | None]:
        """The pages, and why reading them failed (None when it did not)."""


class SecondEngine:
    """Reads a file's bytes in the background; :meth:`pages` waits for the end."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pages: list[EnginePage] = []
        self._fault: str | None = None
        self._thread = threading.Thread(target=self._read, name="second-engine", daemon=True)
        self._thread.start()

    def pages(self) -> tuple[list[EnginePage], str | None]:
        """The pages, and why reading them failed (None when it did not)."""
        self._thread.join()
        return self._pages, self._fault

    def _read(self) -> None:
        try:
            document = pypdfium2.PdfDocument(self._data)
            try:
                for index in range(len(document)):
                    self._pages.append(_read_page(document[index]))
            finally:
                document.close()
        except Exception as error:  # any file is read here; that the engine cannot is what is to be told
            self._fault = " ".join(str(error).split())[:200] or type(error).__name__


def _read_page(page: pypdfium2.PdfPage) -> EnginePage:
    try:
        textpage = page.get_textpage()
        try:
            width, height = page.get_size()
            read = EnginePage(width, height, textpage.get_text_range())
            left, top, right, bottom = (ctypes.c_double() for _ in range(4))
            edges = [ctypes.byref(each) for each in (left, top, right, bottom)]
            handle = textpage.raw
            for index in range(_count_rects(handle, 0, -1)):
                if _get_rect(handle, index, *edges):
                    read.boxes.append((left.value, bottom.value, right.value, top.value))
            return read
        finally:
            textpage.close()
    finally:
        page.close()


def _quick(function: object, *arguments: object) -> Callable[..., int]:
    """A function of PDFium that keeps hold of the interpreter while it runs: for calls shorter than letting go."""
    prototype = ctypes.PYFUNCTYPE(ctypes.c_int, *arguments)  # type: ignore[arg-type]
    return prototype(ctypes.cast(function, ctypes.c_void_p).value)  # type: ignore[arg-type]


_count_rects = _quick(pdfium.FPDFText_CountRects, ctypes.c_void_p, ctypes.c_int, ctypes.c_int)
_get_rect = _quick(pdfium.FPDFText_GetRect, ctypes.c_void_p, ctypes.c_int, *[ctypes.c_void_p] * 4)
