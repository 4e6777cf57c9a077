"""Findings in SARIF 2.1.0 (OASIS), which editors and code hosts show beside the lines they speak of."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote

from newsletter_pdf import __version__
from newsletter_pdf.findings import Finding, Severity

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif(findings: Iterable[Finding], lang: str, base: Path) -> dict[str, object]:
    """The findings of one run as a SARIF log; files below ``base`` are told relative to it.

    Lines and columns are 1-based, columns counted in characters (``columnKind`` unicodeCodePoints, 3.14.17).
    """
    found = list(findings)
    codes = sorted({finding.code for finding in found})
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "newsletter-pdf",
                        "version": __version__,
                        "rules": [{"id": code} for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, lang, base, codes) for finding in found],
            }
        ],
    }


def _result(finding: Finding, lang: str, base: Path, codes: list[str]) -> dict[str, object]:
    hint = finding.hint(lang)
    text = finding.message(lang) + (f"\n{hint}" if hint else "")
    result: dict[str, object] = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": _LEVELS[finding.severity],
        "message": {"text": text},
    }
    place = finding.place
    if place.file is not None:
        location: dict[str, object] = {"artifactLocation": {"uri": _address(place.file, base)}}
        if place.line is not None:
            region = {"startLine": place.line}
            if place.column is not None:
                region["startColumn"] = place.column
            location["region"] = region
        result["locations"] = [{"physicalLocation": location}]
    elif place.page is not None:
        result["properties"] = {"page": place.page}
    return result


def _address(path: Path, base: Path) -> str:
    try:
        return quote(path.resolve().relative_to(base.resolve()).as_posix())
    except ValueError:
        return path.resolve().as_uri()
