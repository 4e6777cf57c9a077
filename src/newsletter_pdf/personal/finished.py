"""The finished PDF as the stamp sees it: its pages, made ready once for all copies.

Everything that is the same in all copies is written here: the pages with the mark's streams among their contents, the
resources with the mark's font. Only the streams and the font are a reader's own.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import cast

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    PdfObject,
    TextStringObject,
)

FONT = "/NpReader"
"""Name of the mark's font in the resources of every page."""
_LARGEST = 200_000_000  # bytes


class NotStampableError(ValueError):
    """The file cannot be stamped; ``zh`` and the text say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh


@dataclass(frozen=True, slots=True)
class Finished:
    """What a stamp needs to know of the finished file.

    ``objects`` are those written anew, by number; ``boxes`` the distinct pages to be marked, each the corner and size
    in pt and whether it is the cover; the stream of ``boxes[n]`` is the object ``first + 1 + n``, ``first`` the one
    that comes before the page's own content; the font has the numbers from ``font`` on. ``size`` is the first number
    free after them. ``root``, ``info`` and ``identity`` go into the new trailer; ``table`` is True when the file has a
    cross-reference table and no stream (the update has to be of the same kind).
    """

    objects: dict[int, bytes]
    boxes: tuple[tuple[float, float, float, float, bool], ...]
    first: int
    font: int
    size: int
    root: bytes
    info: bytes
    identity: bytes
    previous: int
    table: bool


FONT_OBJECTS = 5
"""Composite font, its descendant, descriptor, program, character map."""


def read_finished(data: bytes, *, lettered: bool = True) -> Finished:
    """Read the PDF ``data`` for marks with letters, or with specks alone.

    Raises :class:`NotStampableError` for one that is damaged, locked or without pages.
    """
    if len(data) > _LARGEST:
        raise NotStampableError("文件太大", "it is too large")
    found = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", data[-2048:])
    if found is None or not data.startswith(b"%PDF-"):
        raise NotStampableError("不是完整的 PDF", "it is no complete PDF")
    previous = int(found[1])
    table = data[previous : previous + 4] == b"xref"
    if not table and not re.match(rb"\d+ 0 obj", data[previous : previous + 20]):
        raise NotStampableError("PDF 的交叉引用表坏了", "its cross-reference table is damaged")
    try:
        with _quiet():
            reader = PdfReader(BytesIO(data), strict=False)
            if reader.is_encrypted:
                raise NotStampableError("PDF 有密码", "it has a password")
            return _prepare(reader, previous, table, lettered)
    except (PyPdfError, KeyError, TypeError, AttributeError, ValueError, IndexError, RecursionError) as error:
        if isinstance(error, NotStampableError):
            raise
        raise NotStampableError("PDF 的结构坏了", "it is damaged") from error


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Without pypdf's remarks, which would stand on the screen."""
    logger = logging.getLogger("pypdf")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _prepare(reader: PdfReader, previous: int, table: bool, lettered: bool) -> Finished:
    pages = list(reader.pages)
    if not pages:
        raise NotStampableError("PDF 没有页", "it has no pages")
    first = int(cast(int, reader.trailer["/Size"]))
    boxes = list(dict.fromkeys(_box(page, number == 0 and len(pages) > 1) for number, page in enumerate(pages)))
    font = first + 1 + len(boxes)
    objects: dict[int, bytes] = {}
    for number, page in enumerate(pages):
        place = boxes.index(_box(page, number == 0 and len(pages) > 1))
        reference = page.indirect_reference
        if reference is None or reference.generation:
            raise NotStampableError("PDF 的页不是单独的对象", "a page of it is no object of its own")
        copied = DictionaryObject(page)
        copied[NameObject("/Contents")] = _contents(page, reader, first, first + 1 + place)
        if lettered:
            copied[NameObject("/Resources")] = _resources(page, reader, font, objects)
        objects[reference.idnum] = written(copied)
    trailer = reader.trailer
    info = trailer.raw_get("/Info") if "/Info" in trailer else None
    return Finished(
        objects=objects,
        boxes=tuple(boxes),
        first=first,
        font=font,
        size=font + (FONT_OBJECTS if lettered else 0),
        root=written(trailer.raw_get("/Root")),
        info=b"" if info is None else written(info),
        identity=_identity(trailer),
        previous=previous,
        table=table,
    )


def _box(page: PageObject, cover: bool) -> tuple[float, float, float, float, bool]:
    if page.get("/Rotate", 0):
        raise NotStampableError("PDF 有转过的页", "it has a page that is turned")
    box = page.mediabox
    return (float(box.left), float(box.bottom), float(box.width), float(box.height), cover)


def _contents(page: PageObject, reader: PdfReader, before: int, after: int) -> ArrayObject:
    """The page's own content between two streams: one that saves the graphics state, one that restores it and marks."""
    own = page.raw_get("/Contents") if "/Contents" in page else ArrayObject()
    resolved = own.get_object() if isinstance(own, IndirectObject) else own
    middle = list(resolved) if isinstance(resolved, ArrayObject) else [own]
    return ArrayObject([IndirectObject(before, 0, reader), *middle, IndirectObject(after, 0, reader)])


def _resources(page: PageObject, reader: PdfReader, font: int, objects: dict[int, bytes]) -> PdfObject:
    """The page's resources with the mark's font. What pages share is written once, under its own number."""
    raw = page.raw_get("/Resources") if "/Resources" in page else DictionaryObject()
    if isinstance(raw, IndirectObject) and raw.idnum in objects:
        return raw
    resources = DictionaryObject(cast(DictionaryObject, raw.get_object()))
    fonts = resources.raw_get("/Font") if "/Font" in resources else DictionaryObject()
    if not (isinstance(fonts, IndirectObject) and fonts.idnum in objects):
        more = DictionaryObject(cast(DictionaryObject, fonts.get_object()))
        more[NameObject(FONT)] = IndirectObject(font, 0, reader)
        if isinstance(fonts, IndirectObject):
            objects[fonts.idnum] = written(more)
        else:
            resources[NameObject("/Font")] = more
    if isinstance(raw, IndirectObject):
        objects[raw.idnum] = written(resources)
        return raw
    return resources


def _identity(trailer: DictionaryObject) -> bytes:
    """The first of the file's two identifiers, which an update keeps (ISO 32000-1, 14.4)."""
    identity = trailer.get("/ID")
    if not isinstance(identity, ArrayObject) or not identity:
        return b""
    first = identity[0]
    if isinstance(first, ByteStringObject):
        return bytes(first)
    return first.original_bytes if isinstance(first, TextStringObject) else b""


def written(value: PdfObject) -> bytes:
    """``value`` as it stands in a file."""
    stream = BytesIO()
    value.write_to_stream(stream)
    return stream.getvalue()
