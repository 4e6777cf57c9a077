"""Letters that a face sets in pieces: with their accents, and without, they can be read and searched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pypdf import PdfReader
from text_issue import write_issue

from newsletter_pdf.cli import main

TEXT = """这是{诶|ê̄}字，也写 ế 与 ề，{欸|ê̌}和 ị́ 也有。

往后 e 是平常的字，ê 与 i 也是，再写几个字，使得这一段够长一些。
"""


@pytest.mark.parametrize("first", [True, False])
def test_a_letter_set_in_pieces_does_not_take_the_plain_one_away(tmp_path: Path, first: bool) -> None:
    """Standard pinyin has ê with tones, which no face has whole; whichever comes first, the issue is proved."""
    issue = write_issue(tmp_path)
    path = next(iter(sorted(issue.glob("0*.md"))))
    head, _, rest = path.read_text(encoding="utf-8").partition("\n### ")
    paragraphs = TEXT.split("\n\n")
    text = "\n\n".join(paragraphs if first else reversed(paragraphs))
    path.write_text(f"{head}\n### 有音调的字母\n\n{text}\n### {rest}", encoding="utf-8")
    assert main(["build", os.fspath(issue), "--out", os.fspath(tmp_path / "out")]) == 0
    pages = PdfReader(tmp_path / "out" / f"{issue.name}.pdf").pages
    assert any("往后e是平常的字" in "".join(page.extract_text().split()) for page in pages)
