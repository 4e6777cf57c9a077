"""What ``import`` says on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from newsletter_pdf.cli import main


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_what_stops_the_import_stands_last(tmp_path: Path, capsys: pytest.CaptureFixture[str], dry: list[str]) -> None:
    """Below the hints, of which a manuscript may have hundreds, and below the outline."""
    manuscript = tmp_path / "a.md"
    hints = "图为会场全景。李四 摄\n\n（来源：甲；电话：1）\n\n转自：某报"
    manuscript.write_text(f"# 甲\n\n### 文\n\n正文。\n\n# 甲\n\n### 文\n\n{hints}\n\n正文。\n", encoding="utf-8")
    assert main(["import", str(manuscript), "--issue", str(tmp_path / "content" / "2026-12"), *dry]) == 1
    told = capsys.readouterr().out
    assert told.count("警告") >= 1
    assert told.rindex("警告 N") < told.index("错误 N604")
    assert "没有导入" in told.splitlines()[-1]
