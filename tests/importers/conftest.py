"""An import of one manuscript's text, and what the reader of section files then finds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from newsletter_pdf.findings import Findings
from newsletter_pdf.importers import ImportResult, import_manuscripts
from newsletter_pdf.model import Issue
from newsletter_pdf.reader import read_issue

TODAY = dt.date(2026, 11, 20)


@dataclass(frozen=True)
class Imported:
    """What an import did; ``codes`` without the one that says that issue.yaml is a template."""

    result: ImportResult
    findings: Findings
    folder: Path

    @property
    def codes(self) -> list[str]:
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


@pytest.fixture
def import_text(tmp_path: Path) -> Callable[..., Imported]:
    """Imports a manuscript given as text or bytes, under a file name."""

    def run(text: str | bytes, name: str = "01.md", *, replace: bool = False) -> Imported:
        manuscript = tmp_path / "in" / name
        manuscript.parent.mkdir(exist_ok=True)
        manuscript.write_bytes(text if isinstance(text, bytes) else text.encode())
        findings = Findings()
        folder = tmp_path / "content" / "2026-11"
        result = import_manuscripts([manuscript], folder, findings, replace=replace, today=TODAY)
        return Imported(result, findings, folder)

    return run
