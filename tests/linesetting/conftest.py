"""Pages set by the engine with line setting in its place, in the project's own faces."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsletter_pdf.fontconfig import fontconfig_file
from newsletter_pdf.render import open_renderer

ROOT = Path(__file__).parents[2]
STYLE = """
@page { size: %gpx 600px; margin: 0 }
html { font: 16px/32px "NL Latin", "NL Serif"; font-feature-settings: "chws" }
body, p { margin: 0 } p { text-align: justify }
em { font-style: normal; font-family: "NL Kai" } code { font-family: "NL Mono", "NL Sans" }
em, strong, code, a, sup { line-height: 0 }
"""


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """WeasyPrint, started with the project's faces and with line setting installed."""
    open_renderer(
        folders=[],
        fontconfig=fontconfig_file(ROOT / "fonts", tmp_path_factory.mktemp("fontconfig")),
        fonts=ROOT / "fonts",
    )
    import weasyprint

    return weasyprint


@pytest.fixture(scope="session")
def lay_out(engine: Any) -> Callable[..., Any]:
    """``lay_out(body, measure)`` lays out HTML in a measure of so many em (of 16 px) and returns the document."""
    from weasyprint.text.fonts import FontConfiguration

    faces = FontConfiguration()

    def run(body: str, measure: float = 20, extra: str = "", lang: str = "zh-CN") -> Any:
        sheet = engine.CSS(string=STYLE % (measure * 16) + extra, font_config=faces)
        html = engine.HTML(string=f'<html lang="{lang}"><body>{body}</body></html>')
        return html.render(stylesheets=[sheet], font_config=faces)

    return run
