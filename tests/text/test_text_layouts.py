"""Whatever the layout and its options, a sound issue has no finding: what the layout prints is told from the text."""

from __future__ import annotations

from pathlib import Path

import pytest
from text_issue import write_issue

from newsletter_pdf.cli import main


@pytest.mark.parametrize(
    ("layout", "options"),
    [
        ("classic", "  pdf_variant: none\n"),
        ("jade", "  emphasis: dots\n  front_folios: none\n"),
        ("classic", "  contents_depth: 1\n  running_head: false\n  nameplate_direction: horizontal\n"),
    ],
    ids=["without tags", "jade, dots", "short contents, no heads"],
)
def test_sound_issue_has_no_finding(
    tmp_path: Path, layout: str, options: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without tags, with another layout, with fewer levels and no running heads."""
    assert main(["build", str(write_issue(tmp_path, options, layout)), "--out", str(tmp_path / "out")]) == 0
    assert "没有发现问题" in capsys.readouterr().out
