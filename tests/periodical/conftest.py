"""A content folder with some issues, and what the checks of facts say of one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter_pdf.findings import Findings
from newsletter_pdf.periodical import check_facts
from newsletter_pdf.reader import read_issue

MASTHEAD = """organisations:
  - role: 主办单位
    names: [澄江数字治理促进会]
board:
  - role: 总编辑
    people: [方砚秋]
  - role: 编辑部
    style: names
    people: [白芷, 成咏之]
"""
Issue = Callable[..., Path]
Told = Callable[[Path], list[str]]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """``content/`` with a complete masthead."""
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "masthead.yaml").write_text(MASTHEAD, encoding="utf-8")
    return folder


@pytest.fixture
def issue(content: Path) -> Issue:
    """Write an issue; ``facts`` are lines of issue.yaml, ``body`` follows the section's head."""

    def _write(name: str, date: str, number: int, *facts: str, body: str = "", head: str = "") -> Path:
        folder = content / name
        folder.mkdir()
        lines = ["title: 样刊", f"date: {date}", f"number: {number}", *facts]
        (folder / "issue.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
        text = f"---\ntitle: 要闻\n{head}---\n\n{body or '### 一篇文章' + chr(10) * 2 + f'{name} 的正文。' + chr(10)}"
        (folder / "01-news.md").write_text(text, encoding="utf-8")
        return folder

    return _write


@pytest.fixture
def findings() -> Callable[[Path], Findings]:
    """The findings about an issue's facts."""

    def _check(folder: Path) -> Findings:
        passages: list = []
        trouble = Findings()
        read = read_issue(folder, trouble, passages=passages)
        assert read is not None, [finding.message_zh for finding in trouble]
        found = Findings()
        check_facts(read, passages, found)
        return found

    return _check


@pytest.fixture
def told(findings: Callable[[Path], Findings]) -> Told:
    """As ``code file:line``, in the order found."""

    def _told(folder: Path) -> list[str]:
        result = []
        for finding in findings(folder):
            name = finding.place.file.name if finding.place.file else ""
            result.append(f"{finding.code} {name}:{finding.place.line}")
        return result

    return _told
