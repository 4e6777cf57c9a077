"""Writing the two report files."""

from __future__ import annotations

import json
from pathlib import Path

from newsletter_pdf.files import write_atomic
from newsletter_pdf.report.data import Report
from newsletter_pdf.report.page import report_page
from newsletter_pdf.report.pictures import Pages

JSON_NAME = "report.json"
HTML_NAME = "report.html"


def report_files(report: Report, lang: str = "zh", pages: Pages | None = None) -> dict[str, bytes]:
    """The contents of ``report.json`` and ``report.html``, by name; messages are in ``lang`` (``zh`` or ``en``).

    ``pages`` are those of the file that the report speaks of, when they are open already.
    """
    text = json.dumps(report.as_json(lang), ensure_ascii=False, indent=2) + "\n"
    return {JSON_NAME: _encode(text), HTML_NAME: _encode(report_page(report, lang, pages=pages))}


def write_report(report: Report, folder: Path, lang: str = "zh") -> tuple[Path, Path]:
    """Write ``report.json`` and ``report.html`` into ``folder``, made when it is missing; returns their paths.

    Messages are in ``lang`` (``zh`` or ``en``). Each file is replaced whole. Raises OSError when one cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in report_files(report, lang).items():
        write_atomic(folder / name, data)
    return folder / JSON_NAME, folder / HTML_NAME


def _encode(text: str) -> bytes:
    # A file name that is not UTF-8 holds surrogates; they are written as escapes, which JSON reads back.
    return text.encode("utf-8", errors="backslashreplace")
