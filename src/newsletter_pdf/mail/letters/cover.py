"""The cover as a small picture for the letter, drawn from the finished PDF."""

from __future__ import annotations

import contextlib
import io
from typing import TYPE_CHECKING

from newsletter_pdf.mail.message import InlinePicture

if TYPE_CHECKING:
    from PIL.Image import Image

NAME = "cover"
LARGEST = 60_000
"""Bytes; with every message goes one."""
WIDTH = 400
"""Pixels, twice what is shown: sharp on dense screens."""


def cover_picture(data: bytes) -> tuple[InlinePicture, float] | None:
    """The first page of the PDF ``data``, at most :data:`LARGEST` bytes, and its height by its width.

    None when it cannot be drawn.
    """
    import pypdfium2 as pdfium

    try:
        with contextlib.closing(pdfium.PdfDocument(data)) as document, contextlib.closing(document[0]) as page:
            width, height = page.get_size()
            with contextlib.closing(page.render(scale=WIDTH / width)) as bitmap:
                image = bitmap.to_pil().convert("RGB")
    except (pdfium.PdfiumError, IndexError, ValueError, ZeroDivisionError, MemoryError):
        return None
    return InlinePicture(NAME, *_smallest(image)), height / width


def _smallest(image: Image) -> tuple[str, bytes]:
    """A PNG of few colours where that is small enough (letters stay sharp), else a JPEG."""
    from PIL.Image import Quantize

    stream = io.BytesIO()
    image.quantize(64, method=Quantize.MEDIANCUT).save(stream, "PNG", optimize=True)
    if stream.tell() <= LARGEST // 2:
        return "png", stream.getvalue()
    for quality in (85, 75, 65, 50, 35, 20):
        stream = io.BytesIO()
        image.save(stream, "JPEG", quality=quality, optimize=True)
        if stream.tell() <= LARGEST:
            break
    return "jpeg", stream.getvalue()
