"""Blocks and alignment as the engine's tags tell them."""

from __future__ import annotations

from pathlib import Path

import pytest
from setting_paper import HAN, font_file, han
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from newsletter_pdf.render.alignment import tell_alignment
from newsletter_pdf.verify.pdffile import PdfFile
from newsletter_pdf.verify.setting import measure
from newsletter_pdf.verify.setting.blocks import Block, tagged_blocks
from newsletter_pdf.verify.setting.tags import Kind, read_tags

BODY = f"""
<h1>{HAN[:5]}</h1>
<p class=j>{han(60)}</p>
<p>{han(60, 3)}</p>
<p class=c>{HAN[:4]}</p>
<ul><li>{han(30, 5)}</li></ul>
<table><tr><td><p>{HAN[7:9]}</p></td></tr></table>
<p class=j>{han(9)}<span class=note>{han(40, 2)}</span>{han(20)}</p>
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page as the engine writes it."""
    tell_alignment()
    font = tmp_path_factory.mktemp("font") / "paper.ttf"
    font.write_bytes(font_file(HAN + "abcdefghijklmnopqrstuvwxyz 0123456789."))
    css = f"@font-face {{ font-family: Paper; src: url({font.as_uri()}) }}"
    css += """@page { size: 300pt 800pt; margin: 50pt; @top-center { content: "running head" } }
    html { font: 10pt/20pt Paper } .j { text-align: justify } .c { text-align: center }
    .note { float: footnote; display: block; font-size: 8pt; text-align: justify }"""
    path = tmp_path_factory.mktemp("tags") / "page.pdf"
    html = HTML(string=f"<html lang=zh-CN><title>t</title><style>{css}</style><body>{BODY}</body></html>")
    html.write_pdf(path, pdf_variant="pdf/ua-1", font_config=FontConfiguration())
    return path


@pytest.fixture(scope="module")
def blocks(page: Path) -> list[Block]:
    file = PdfFile(page.read_bytes())
    tags = read_tags(file)
    assert tags is not None
    assert tags.aligned
    return tagged_blocks(file.contents, tags)


def test_kinds_and_alignment_come_from_the_tags(blocks: list[Block]) -> None:
    """Headings, paragraphs, list items, cells and notes are told apart, and how each is aligned."""
    found = {(block.kind, block.align) for block in blocks}
    assert found >= {
        (Kind.HEADING, None),
        (Kind.TEXT, "Justify"),
        (Kind.TEXT, None),
        (Kind.TEXT, "Center"),
        (Kind.CELL, None),
    }


def test_running_heads_are_no_text(blocks: list[Block]) -> None:
    """What stands in the margin belongs to no block."""
    assert not any("running" in line.text for block in blocks for line in block.lines)


def test_a_note_is_a_block_of_its_own(blocks: list[Block]) -> None:
    """A note at the foot of the page is not part of the paragraph that calls it, and is justified by itself."""
    notes = [block for block in blocks if block.size == pytest.approx(8, abs=0.01)]
    assert len(notes) == 1
    assert notes[0].align == "Justify"
    assert len(notes[0].lines) > 1


def test_lines_of_a_paragraph_are_in_order(blocks: list[Block]) -> None:
    """The lines of a paragraph, one under another, make up its text."""
    paragraph = next(block for block in blocks if block.align == "Justify")
    assert "".join(line.text for line in paragraph.lines) == han(60)
    assert [line.y for line in paragraph.lines] == sorted((line.y for line in paragraph.lines), reverse=True)


def test_only_justified_text_is_measured_against_the_edge(page: Path) -> None:
    """The list item and the ragged paragraph are left out."""
    facts = measure(page, extraction=False).facts
    assert facts.aligned
    assert facts.justified < facts.lines - facts.paragraphs
