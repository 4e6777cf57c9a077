"""What is still to be written is told where it is typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter_pdf.copyreading import proofread
from newsletter_pdf.findings import Findings
from newsletter_pdf.reader import read_issue


def unfinished(folder: Path, text: str) -> list[tuple[int | None, str]]:
    """Lines and messages of N785 in an issue whose one article is ``text``."""
    (folder / "issue.yaml").write_text("title: 刊\ndate: 2026-11-20\nnumber: 1\n", encoding="utf-8")
    (folder / "01-a.md").write_text(f"---\ntitle: 栏目\n---\n\n### 文章\n\n{text}\n", encoding="utf-8")
    findings = Findings()
    passages: list[object] = []
    read_issue(folder, findings, passages=passages)
    proofread(passages, findings)
    return [(found.place.line, found.message_zh) for found in findings if found.code == "N785"]


@pytest.mark.parametrize(
    "text",
    [
        "［此处数字待补］",
        "本月举办讲座XX场。",
        "人数，待核实。",
        "见第×页。",
        "电话：×××。",
        "（图略）",
        "此处缺图。",
        "TODO 再写一段。",
        "主讲人【】到场。",
    ],
)
def test_marks_an_editor_leaves_for_himself_are_told(text: str, tmp_path: Path) -> None:
    """Each with its line."""
    assert [line for line, _ in unfinished(tmp_path, text)] == [7]


@pytest.mark.parametrize(
    "text",
    [
        "有待补充完善的制度，各地尚待补齐。",
        "待补偿的农户已经登记，补助待发放。",
        "长 3×4 米，宽 2 米。",
        "XX 染色体有两条。",
        "结果有待核实后公布。",
        "《待定稿》是一部小说。",
        "`TODO` 是代码里的记号。",
    ],
)
def test_ordinary_words_are_left_alone(text: str, tmp_path: Path) -> None:
    """Words that only look alike."""
    assert unfinished(tmp_path, text) == []
