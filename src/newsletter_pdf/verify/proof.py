"""The proof: everything that can be said of a finished PDF from the PDF alone."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.anchors import parse_anchor
from newsletter_pdf.collection import without_collection
from newsletter_pdf.findings import Findings
from newsletter_pdf.findings import proof as rules
from newsletter_pdf.verify.checkcontents import check_contents
from newsletter_pdf.verify.checkdocument import check_accessibility, check_metadata
from newsletter_pdf.verify.checkfile import FILE_CHECKS
from newsletter_pdf.verify.checkfonts import check_fonts, check_glyphs
from newsletter_pdf.verify.checkoutlines import check_outlines
from newsletter_pdf.verify.checkpages import check_links, check_pages
from newsletter_pdf.verify.checktargets import check_link_areas, check_targets
from newsletter_pdf.verify.context import Context
from newsletter_pdf.verify.enginepages import SecondEngine, SecondReading
from newsletter_pdf.verify.expected import Expected
from newsletter_pdf.verify.figures import characters, fonts_used, images
from newsletter_pdf.verify.model import ContentsEntry, FontUse, Limits, Proof
from newsletter_pdf.verify.pages import page_checks
from newsletter_pdf.verify.pdffile import PdfFile
from newsletter_pdf.verify.pdfobjects import quiet
from newsletter_pdf.verify.textchecks import text_checks

_MOST_BYTES = 200_000_000  # what is larger is not looked into: it is far over every limit, and fills the memory
_MEGABYTE = 1_000_000
_MOST_COMPLAINTS = 5
_TAIL = 1024  # where readers look for the end mark (ISO 32000-1, annex H, note 18)


@dataclass(slots=True)
class _Seen:
    """What is told of a file besides the findings; see :class:`.model.Proof`."""

    pages: int = 0
    contents: tuple[ContentsEntry, ...] = ()
    fonts: tuple[FontUse, ...] = ()
    characters: int = 0
    images: int = 0


def prove(
    pdf: Path,
    *,
    font_names: Collection[str] | None = None,
    font_files: Mapping[str, Path] | None = None,
    expected_pages: int | None = None,
    limits: Limits | None = None,
    expected: Expected | None = None,
    name: str | None = None,
    second: SecondReading | None = None,
) -> Proof:
    """Prove the file ``pdf``; whatever it is, the answer is a :class:`.model.Proof` with findings, never an exception.

    ``font_names`` are the PostScript or family names of the fonts that may be used (None: any), ``font_files`` the
    files of the faces by their PostScript names (None: outlines are not compared). ``expected_pages`` is the number of
    pages laid out (None: unknown). ``expected`` is what the file should show (None: unknown; then the checks that the
    file alone allows), ``name`` how it will be called (None: not looked at). ``second`` is the second engine's reading
    of the same bytes (None: it reads them here). A megabyte has 1,000,000 bytes.
    """
    findings = Findings()
    try:
        size = pdf.stat().st_size
        with pdf.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
            data = file.read() if size <= _MOST_BYTES else b""
    except OSError as error:
        reason = error.strerror or type(error).__name__
        findings.add(rules.NOT_READABLE.at(reason_zh=_os_reason(error), reason_en=reason))
        return Proof(0, 0, "", (), findings)
    _check_size(size, limits or Limits(), findings)
    if size > _MOST_BYTES:
        return Proof(0, size, sha256, (), findings)
    with quiet() as complaints, without_collection():
        seen = _look_into(data, findings, font_names, font_files, expected_pages, limits, expected, name, second)
    if seen.pages:  # without any, NOT_A_PDF has said so already
        for complaint in list(dict.fromkeys(complaints))[:_MOST_COMPLAINTS]:
            findings.add(rules.DAMAGED.at(detail=complaint[:200]))
    return Proof(seen.pages, size, sha256, seen.contents, findings, seen.fonts, seen.characters, seen.images)


def _check_size(size: int, limits: Limits, findings: Findings) -> None:
    shown = f"{size / _MEGABYTE:.1f}"
    if size > limits.fail:
        findings.add(rules.TOO_LARGE.at(size=shown, limit=f"{limits.fail / _MEGABYTE:g}"))
    elif size > limits.warn:
        findings.add(rules.LARGE.at(size=shown, limit=f"{limits.warn / _MEGABYTE:g}"))


def _look_into(
    data: bytes,
    findings: Findings,
    font_names: Collection[str] | None,
    font_files: Mapping[str, Path] | None,
    expected_pages: int | None,
    limits: Limits | None,
    expected: Expected | None,
    name: str | None,
    second: SecondReading | None,
) -> _Seen:
    """Run the checks on a file's bytes; returns what is told of the file besides the findings."""
    if not data:
        findings.add(rules.NOT_A_PDF.at(reason_zh="文件是空的", reason_en="it is empty"))
        return _Seen()
    if b"%PDF-" not in data[:_TAIL]:
        findings.add(rules.NOT_A_PDF.at(reason_zh="开头没有 PDF 标记", reason_en="it does not begin as one"))
        return _Seen()
    if b"%%EOF" not in data[-_TAIL:]:
        findings.add(rules.TRUNCATED.at())
    try:
        file = PdfFile(data)
    except Exception as error:  # pypdf raises many kinds of error on damaged files; each means the same to an editor
        detail = " ".join(str(error).split())[:200] or type(error).__name__
        findings.add(rules.NOT_A_PDF.at(reason_zh=f"结构已损坏（{detail}）", reason_en=f"it is damaged ({detail})"))
        return _Seen()
    if file.encrypted:
        findings.add(rules.ENCRYPTED.at())
        return _Seen()
    if not file.page_objects:
        findings.add(rules.NOT_A_PDF.at(reason_zh="没有页", reason_en="it has no pages"))
        return _Seen()
    engine = second or SecondEngine(data)
    context = Context(file, findings, limits)
    pages = len(file.page_objects)
    if expected_pages is not None and pages != expected_pages:
        findings.add(rules.PAGE_COUNT.at(pages=pages, expected=expected_pages))
    links = check_links, check_link_areas, check_targets
    for check in (_check_origin, check_contents, check_pages, *links, check_glyphs, *page_checks(context)):
        _guarded(check, context)
    _guarded(lambda context: check_fonts(context, font_names), context)
    _guarded(lambda context: check_outlines(context, font_files or {}), context)
    for further in (check_metadata, check_accessibility, *FILE_CHECKS):
        _guarded(further, context)
    for text_check in text_checks(engine, expected, name):
        _guarded(text_check, context)
    seen = _Seen(pages)
    for measure in (_read_contents, _count):
        _guarded(functools.partial(measure, seen), context)
    return seen


def _guarded(check: Callable[[Context], None], context: Context) -> None:
    """Run one check; a file so damaged that the check itself breaks is a finding like any other."""
    try:
        check(context)
    except Exception as error:  # the file is any file: what breaks here is its damage, and the other checks go on
        context.findings.add(rules.DAMAGED.at(detail=f"{type(error).__name__}: {error}"[:200]))


def _check_origin(context: Context) -> None:
    if not any(parse_anchor(name) for name in context.pdf.destinations):
        context.findings.add(rules.NOT_OURS.at())


def _count(seen: _Seen, context: Context) -> None:
    seen.fonts = fonts_used(context.pdf, context.drawn)
    seen.characters = characters(context.pdf)
    seen.images = images(context.pdf)


def _read_contents(seen: _Seen, context: Context) -> None:
    entries = []
    for entry, page in zip(context.entries, context.heading_pages, strict=True):
        label = context.label(page) if page is not None else ""
        entries.append(ContentsEntry(entry.level, entry.number, entry.title, entry.printed, page, label))
    seen.contents = tuple(entries)


def _os_reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "没有这个文件"
    if isinstance(error, IsADirectoryError):
        return "这是一个文件夹"
    if isinstance(error, PermissionError):
        return "没有读取权限"
    return error.strerror or type(error).__name__
