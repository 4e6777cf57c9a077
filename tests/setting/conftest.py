"""Fixtures of the measuring's tests: papers whose setting is known, measured."""

from __future__ import annotations

from pathlib import Path

import pytest
from setting_paper import Measured, Paragraph, full, write

from newsletter_pdf.verify.setting import Setting, measure


@pytest.fixture
def measured(tmp_path: Path) -> Measured:
    """Measure three sound paragraphs followed by those given."""

    def run(*paragraphs: Paragraph, tagged: bool = True, language: str = "zh-CN", extraction: bool = False) -> Setting:
        sound = [Paragraph(full(number)) for number in range(3)]
        path = write(tmp_path / "paper.pdf", [*sound, *paragraphs], tagged=tagged, language=language)
        return measure(path, extraction=extraction)

    return run
