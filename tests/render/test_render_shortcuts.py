"""What is done in fewer steps than the engine takes has the engine's result, to the byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from newsletter_pdf.compose import Part
from newsletter_pdf.findings import Findings
from newsletter_pdf.render import open_renderer

FACES = Path(__file__).parents[2] / "fonts"
TEXT = "甲乙丙，“丁戊”（己）abc 12 庚辛——壬癸。Latin fi ffl 混排，A级 V 字。"
STYLES = """
@page :first { @bottom-center { content: "首" } }
@page :left { @top-left { content: "左" counter(page) } }
@page :right { @top-left { content: "右" counter(page) } }
p { text-align: justify; word-spacing: 1px } em { letter-spacing: 2px }
"""
Make = Callable[..., Part]


@pytest.fixture
def drawn(fontconfig: Path, part: Make) -> Callable[[], Any]:
    """Some pages as a renderer of its own draws them, with several page styles and fonts."""
    made = part("a", f"<h1>章</h1><p>{TEXT * 8}<p><em>{TEXT}</em><b>{TEXT}</b><p>{TEXT * 12}", STYLES)

    def draw() -> Any:
        renderer = open_renderer(folders=[], fontconfig=fontconfig, fonts=FACES, variant="pdf/ua-1")
        laid_out = renderer.lay_out(made, Findings())
        assert laid_out.pages > 4
        return renderer.draw(laid_out, 1, Findings())

    return draw


def test_glyphs_that_go_straight_to_the_stream_are_the_engines(
    drawn: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streams, widths and names of glyphs are those of the engine's own writing, which is left for odd text."""
    straight = drawn()
    from newsletter_pdf.render.hooks import draw

    monkeypatch.setattr(draw, "show", lambda *_all: False)
    engines = drawn()
    assert straight.sheets == engines.sheets
    assert straight.fonts == engines.fonts


def test_pages_that_share_a_style_look_as_with_one_of_their_own(
    drawn: Callable[[], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """First, left and right pages have their own heads and folios; the margins are the same as without sharing."""
    shared = drawn()
    from weasyprint.layout import page

    from newsletter_pdf.render.hooks import pagestyles

    sharing = page.set_page_type_computed_styles
    asked: list[Any] = []

    def alone(page_type: Any, html: Any, style_for: Any) -> None:
        style_for.__dict__.pop("styles_of_pages", None)
        asked.append(page_type)
        sharing(page_type, html, style_for)

    monkeypatch.setattr(pagestyles.page, "set_page_type_computed_styles", alone)
    assert drawn().sheets == shared.sheets
    assert len({(each.side, each.index == 0) for each in asked}) == 3


def test_a_glyph_that_no_face_has_is_left_to_the_engine(fontconfig: Path, part: Make) -> None:
    """It is told, as ever, and the text around it stands."""
    renderer = open_renderer(folders=[], fontconfig=fontconfig, fonts=FACES, variant="pdf/ua-1")
    laid_out = renderer.lay_out(part("a", "<p>甲\U0001f98a乙"), Findings())
    told = Findings()
    renderer.draw(laid_out, 1, told)
    assert len(told) == 1
