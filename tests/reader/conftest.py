"""Fixtures of the reader's tests."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter_pdf.findings import Findings
from newsletter_pdf.reader import read_issue

sys.path.insert(0, str(Path(__file__).parent))
from reader_samples import FACTS, Outcome, Reader


@pytest.fixture
def read(tmp_path: Path) -> Reader:
    """Read an issue: ``body`` of its section, further ``files`` by name, ``front`` matter, ``covers``."""
    folder = tmp_path / "content" / "2026-11"
    (folder / "images").mkdir(parents=True)
    (folder / "issue.yaml").write_text(FACTS, encoding="utf-8")
    for name in ("masthead.yaml", "services.yaml"):
        text = "nameplate: 样\n" if name[0] == "m" else "pages: [{title: 页, blocks: [文字]}]\n"
        (folder.parent / name).write_text(text, encoding="utf-8")

    def run(
        body: str = "### 文\n正文。\n",
        files: dict[str, str] | None = None,
        *,
        front: str = "title: 要闻",
        covers: Callable[[str], bool] | None = None,
    ) -> Outcome:
        (folder / "01-news.md").write_text(f"---\n{front}\n---\n{body}", encoding="utf-8")
        for name, text in (files or {}).items():
            (folder / name).write_text(text, encoding="utf-8")
        findings = Findings()
        issue = read_issue(folder, findings, covers=covers)
        found = []
        for finding in findings:
            place = finding.place
            assert place.file is not None
            name = place.file.name if place.file != folder else "."
            where = ":".join(str(part) for part in (name, place.line, place.column) if part is not None)
            found.append(f"{finding.code} {where}")
        return Outcome(issue, found, findings)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder that ``read`` reads."""
    return tmp_path / "content" / "2026-11"
