"""Small issues to proof-read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter_pdf.findings import Findings
from newsletter_pdf.reader import read_issue
from newsletter_pdf.source import Passage

ISSUE = "title: 样刊\ndate: 2026-11-20\nnumber: 11\n"
HEAD = "---\ntitle: 要闻\n---\n\n### 一篇文章\n\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write an issue whose one article has this body; gives its folder."""

    def _write(body: str, *, issue: str = ISSUE, head: str = HEAD, newline: str = "\n", mark: str = "") -> Path:
        folder = tmp_path / "content" / "2026-11"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "issue.yaml").write_bytes(issue.encode())
        text = f"{mark}{head}{body}\n"
        (folder / "01-news.md").write_bytes(text.replace("\n", newline).encode())
        return folder

    return _write


@pytest.fixture
def passages() -> Callable[[Path], list[Passage]]:
    """The words of an issue folder."""

    def _read(folder: Path) -> list[Passage]:
        found: list[Passage] = []
        read_issue(folder, Findings(), passages=found)
        return found

    return _read
