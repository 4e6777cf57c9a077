"""Reading a PDF as a :class:`.flow.Flow`."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from pypdf.generic import DictionaryObject

from newsletter_pdf.collection import without_collection
from newsletter_pdf.findings import Findings
from newsletter_pdf.verify.context import Context
from newsletter_pdf.verify.flow import Flow
from newsletter_pdf.verify.passages import PassageReader
from newsletter_pdf.verify.pdffile import PdfFile
from newsletter_pdf.verify.pdfobjects import array, dictionary, entry, quiet, resolve, text
from newsletter_pdf.verify.setting import UnreadablePdfError
from newsletter_pdf.verify.setting.tags import read_tags

_MOST_BYTES = 200_000_000
_MOST_ELEMENTS = 500_000
_HEAD = 1024  # bytes in which readers look for the mark of a PDF
#: Facts that every build changes by itself.
_UNTOLD = frozenset(("Producer", "Creator", "ModDate", "CreationDate"))


def read_flow(pdf: Path, progress: Callable[[int, int], None] | None = None, *, use_tags: bool = True) -> Flow:
    """Read ``pdf``; ``progress`` is told how many of how many pages are read.

    Without ``use_tags`` the passages are guessed, as when a file without tags is compared with one that has them.
    Raises OSError when the file cannot be read and UnreadablePdfError when it is no sound PDF.
    """
    if pdf.stat().st_size > _MOST_BYTES:
        raise UnreadablePdfError("文件太大", "it is too large")
    data = pdf.read_bytes()
    if b"%PDF-" not in data[:_HEAD]:
        raise UnreadablePdfError("不是 PDF 文件", "it is no PDF")
    with quiet(), without_collection():
        try:
            file = PdfFile(data)
            flow = None if file.encrypted else _flow(file, hashlib.sha256(data).hexdigest(), progress, use_tags)
        except Exception as error:  # pypdf raises many kinds of error on damaged files
            detail = f"{type(error).__name__}: {error}"[:200]
            raise UnreadablePdfError(f"结构已损坏（{detail}）", f"it is damaged ({detail})") from error
    if flow is None:
        raise UnreadablePdfError("文件加了密", "it is encrypted")
    if not flow.pages:
        raise UnreadablePdfError("里面没有页", "it has no pages")
    return flow


def _flow(file: PdfFile, sha256: str, progress: Callable[[int, int], None] | None, use_tags: bool) -> Flow:
    context = Context(file, Findings())
    total = len(file.page_objects)
    reader = PassageReader(context, read_tags(file) if use_tags else None)
    for index in range(total):
        reader.read_page(index)
        if progress is not None:
            progress(index + 1, total)
    facts = {key: value for key, value in file.information.items() if key not in _UNTOLD}
    if file.language:
        facts["Language"] = file.language
    return Flow(
        sha256=sha256,
        sheets=file.sheets,
        labels=[context.label(page) for page in range(total)],
        passages=reader.finish(),
        margins=reader.margins,
        furniture=reader.furniture,
        figures=reader.figures,
        styles=list(reader.styles),
        targets=file.destinations,
        links=[(link.page, link.uri) for link in file.links if link.uri],
        facts=facts,
        alternatives=_alternatives(file),
        tagged=reader.tagged,
    )


def _alternatives(file: PdfFile) -> list[str]:
    """The alternative texts of the figures, in the order of reading (ISO 32000-1, 14.9.3)."""
    found: list[str] = []
    stack: list[object] = [dictionary(file.root, "/StructTreeRoot")]
    seen: set[int] = set()
    while stack and len(seen) < _MOST_ELEMENTS:
        element = resolve(stack.pop())
        if not isinstance(element, DictionaryObject) or id(element) in seen:
            continue
        seen.add(id(element))
        if text(element, "/S") == "/Figure":
            found.append(text(element, "/Alt") or "")
        stack += reversed(array(element, "/K") or [entry(element, "/K")])
    return found
