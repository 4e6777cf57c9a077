"""The contents page as the layout writes it."""

from __future__ import annotations

import re
from pathlib import Path

from newsletter_pdf.compose.numbering import ContentsLine
from newsletter_pdf.compose.parts import Composer
from newsletter_pdf.findings import Findings
from newsletter_pdf.layouts import load_layout
from newsletter_pdf.reader import read_issue

ROOT = Path(__file__).parents[2]


def test_a_blank_parts_an_articles_number_from_its_title() -> None:
    """It is drawn, so that nobody copies or hears 7.43亿 for the seventh article's 43亿; a bracket needs none."""
    findings = Findings()
    issue = read_issue(ROOT / "content" / "2026-11", findings)
    assert issue is not None
    layout = load_layout("classic", ROOT, {}, findings)
    assert layout is not None
    lines = [
        ContentsLine(2, "（一）", "底座", "33", "s4-g1"),
        ContentsLine(3, "7.", "43亿个门牌号发完之后", "40", "s4-g1-a7"),
    ]
    part = Composer(issue, layout, findings).contents(lines)
    assert part is not None
    text = re.sub(r"<[^>]+>", "", part.html)
    assert "7. 43亿个门牌号发完之后" in text
    assert "（一）底座" in text
    styles = "".join(style for _, style in part.css)
    assert re.search(r"\.level-3 \.number \{[^}]*white-space: pre", styles)
