"""An import of one manuscript's text, and what the reader of section files then finds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from imported import TODAY, Imported

from newsletter_pdf.findings import Findings
from newsletter_pdf.importers import import_manuscripts


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
