"""Fixtures of the layouts' tests."""

from pathlib import Path

import pytest


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A small drawing in the issue's folder."""
    path = tmp_path / "picture.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><rect width="80" height="40"/></svg>',
        encoding="utf-8",
    )
    return path
