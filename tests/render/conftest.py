"""The engine, started with the project's faces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsletter_pdf.compose import Part
from newsletter_pdf.findings import Findings
from newsletter_pdf.fontconfig import fontconfig_file
from newsletter_pdf.render import open_renderer

ROOT = Path(__file__).parents[2]
FACES = ROOT / "fonts"
STYLE = """
@page { size: 300px 200px; margin: 30px; @bottom-center { content: counter(page) } @top-left { content: string(head) } }
html { font: 16px/24px "NL Latin", "NL Serif" }
h1 { string-set: head content(); bookmark-level: 1 } body, p { margin: 0 }
"""
Make = Callable[..., Part]


@pytest.fixture(scope="session")
def fontconfig(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The configuration that knows the project's faces and no others."""
    return fontconfig_file(FACES, tmp_path_factory.mktemp("fontconfig"))


@pytest.fixture(scope="session")
def engine(fontconfig: Path) -> Any:
    """WeasyPrint, started with the project's faces."""
    open_renderer(folders=[], fontconfig=fontconfig, fonts=FACES)
    import weasyprint

    return weasyprint


@pytest.fixture
def renderer(fontconfig: Path, tmp_path: Path) -> Any:
    """A renderer of tagged files that may read ``tmp_path``."""
    return open_renderer(folders=[tmp_path], fontconfig=fontconfig, fonts=FACES, variant="pdf/ua-1")


@pytest.fixture
def part(tmp_path: Path) -> Make:
    """``part(name, body, style)`` is a part of small pages with a folio and a running head."""

    def make(name: str, body: str, style: str = "") -> Part:
        html = f"<!doctype html><html lang=zh-CN><title>t</title><body>{body}"
        return Part(name, html, ((tmp_path / "a.css", STYLE + style),))

    return make


@pytest.fixture
def findings() -> Findings:
    """Findings that are to stay empty unless a test says so."""
    return Findings()
