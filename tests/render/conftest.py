"""The engine, started with the project's faces."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from newsletter_pdf.fonts import fontconfig_file
from newsletter_pdf.render import open_renderer

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """WeasyPrint, started so that it knows the project's faces."""
    open_renderer(folders=[], fontconfig=fontconfig_file(ROOT / "fonts", tmp_path_factory.mktemp("fontconfig")))
    import weasyprint

    return weasyprint
