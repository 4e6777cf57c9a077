"""The PDF of an issue with the report beside it, which says whether it passed its proof and what was read from it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.findings import Findings, Place, Severity
from newsletter_pdf.findings.mailing_sending import NOT_VERIFIED

REPORT = "report.json"
_LARGEST_REPORT = 20_000_000  # bytes


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A line of the contents as the proof read it: level 1 to 3, number, title, the page number printed beside it."""

    level: int
    number: str
    title: str
    page: str


@dataclass(frozen=True, slots=True)
class Proved:
    """The PDF of an issue that passed its proof, with what the proof read from it."""

    path: Path
    data: bytes
    sha256: str
    pages: int | None
    contents: tuple[ContentsRow, ...]


def read_proved(folder: Path, out: Path, findings: Findings) -> Proved | None:
    """The PDF in ``out`` when the report beside it says that this very file passed; else None and N870."""
    path = out / f"{folder.name}.pdf"
    missing = [file.name for file in (path, out / REPORT) if not file.is_file()]
    report: object = None
    data = b""
    if not missing:
        try:
            report = (
                json.loads((out / REPORT).read_bytes()) if (out / REPORT).stat().st_size < _LARGEST_REPORT else None
            )
            data = path.read_bytes()
        except (OSError, ValueError, RecursionError):
            report = None
    sha256 = hashlib.sha256(data).hexdigest()
    wrong = (f"缺少 {', '.join(missing)}", f"{', '.join(missing)} missing") if missing else _wrong(report, sha256)
    if wrong is not None or not isinstance(report, dict):
        zh, en = wrong or ("", "")
        findings.add(NOT_VERIFIED.at(Place(path), reason_zh=zh, reason=en, folder=str(Place(folder))))
        return None
    pages = report.get("pages")
    return Proved(path, data, sha256, pages if isinstance(pages, int) else None, tuple(_contents(report)))


def _wrong(report: object, sha256: str) -> tuple[str, str] | None:
    """Why ``report`` does not prove the PDF with this SHA-256, in Chinese and English; None when it does."""
    if not isinstance(report, dict) or not isinstance(report.get("findings"), list):
        return f"{REPORT} 不是校样报告", f"{REPORT} is no proof report"
    harmless = {Severity.WARNING.value, Severity.INFO.value}
    if any(not isinstance(f, dict) or f.get("severity") not in harmless for f in report["findings"]):
        return "最近一次制作有错误", "the last build had errors"
    if report.get("sha256") != sha256:
        return "PDF 在校验之后被改过", "the PDF was changed after its proof"
    return None


def _contents(report: Mapping[str, object]) -> list[ContentsRow]:
    """The contents that the proof read back from the PDF; what is not as this program writes it is left out."""
    entries = report.get("contents")
    rows = [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return [
        ContentsRow(row["level"], *(str(row.get(key) or "") for key in ("number", "title", "printed")))
        for row in rows
        if row.get("level") in {1, 2, 3} and isinstance(row["level"], int)
    ]
