"""What an import did, for all tests of importing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.findings import Findings
from newsletter_pdf.importers import ImportResult
from newsletter_pdf.model import Issue
from newsletter_pdf.reader import read_issue

TODAY = dt.date(2026, 11, 20)


@dataclass(frozen=True)
class Imported:
    """An import and what was found."""

    result: ImportResult
    findings: Findings
    folder: Path

    @property
    def codes(self) -> list[str]:
        """The findings' codes, without the one that says that issue.yaml is a template."""
        return [finding.code for finding in self.findings if finding.code != "N659"]

    def where(self, code: str) -> list[int | None]:
        """The lines at which ``code`` was found."""
        return [finding.place.line for finding in self.findings if finding.code == code]

    def read(self) -> Issue:
        """The issue as the reader sees it; anything that would stop a build fails the test."""
        findings = Findings()
        issue = read_issue(self.folder, findings)
        assert issue is not None, [(f.code, str(f.place), f.message_en) for f in findings]
        return issue

    def section_text(self) -> str:
        """The text of the only section file."""
        (path,) = self.folder.glob("*.md")
        return path.read_text(encoding="utf-8")
