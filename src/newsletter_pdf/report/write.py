"""Writing the two report files."""

from __future__ import annotations

import json
from pathlib import Path

from newsletter_pdf.files import write_atomic
from newsletter_pdf.report.data import Report
from newsletter_pdf.report.page import report_page

JSON_NAME = "report.json"
HTML_NAME = "report.html"


def write_report(report: Report, folder: Path, lang: str = "zh") -> tuple[Path, Path]:
    """Write ``report.json`` and ``report.html`` into ``folder``, made when it is missing; returns their paths.

    Messages are in ``lang`` (``zh`` or ``en``). Each file is replaced whole. Raises OSError when one cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report.as_json(lang), ensure_ascii=False, indent=2) + "\n"
    json_path, html_path = folder / JSON_NAME, folder / HTML_NAME
    write_atomic(json_path, _encode(text))
    write_atomic(html_path, _encode(report_page(report, lang)))
    return json_path, html_path


def _encode(text: str) -> bytes:
    # A file name that is not UTF-8 holds surrogates; they are written as escapes, which JSON reads back.
    return text.encode("utf-8", errors="backslashreplace")
