"""Plain text without Markdown headings: every line a paragraph, headings recognised as in a Word file."""

from __future__ import annotations

import re
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.importers.decoding import read_manuscript_text
from newsletter_pdf.importers.guessing import report_guesses, title_from_name
from newsletter_pdf.importers.headings import recognise
from newsletter_pdf.importers.inlines import tidy
from newsletter_pdf.importers.looks import Line
from newsletter_pdf.importers.manuscript import Heading, Manuscript, ManuscriptBlock
from newsletter_pdf.importers.markdown import markdown_manuscript
from newsletter_pdf.model import Paragraph, Text

_MARKED = re.compile(r"^[ \u3000]{0,3}#{1,6}[ \t]*[^#\s]", re.MULTILINE)
_SECTION_FILE = re.compile(r"---[ \t]*\n")


def read_plain_text(path: Path, findings: Findings) -> Manuscript | None:
    """Read a ``.txt`` file: as Markdown when it has a heading marked with ``#``, else line by line.

    Returns None when the file cannot be read or is no manuscript; the findings say why.
    """
    text = read_manuscript_text(path, findings)
    if text is None:
        return None
    if _SECTION_FILE.match(text) or _MARKED.search(text):
        return markdown_manuscript(text, path, findings)
    lines = []
    paragraphs = []
    for number, row in enumerate(text.split("\n"), start=1):
        words = tidy((Text(text=row.replace("\t", " ")),))
        if words:
            place = Place(file=path, line=number)
            lines.append(Line(" ".join(row.split()), place))
            paragraphs.append(Paragraph(children=words, place=place))
    found = recognise(lines)
    guesses = report_guesses(lines, found, findings)
    items: list[Heading | ManuscriptBlock] = [title_from_name(path, findings)] if found.untitled else []
    for index, paragraph in enumerate(paragraphs):
        level = found.levels.get(index)
        items.append(paragraph if level is None else Heading(level, paragraph.children, paragraph.place))
    return Manuscript(tuple(items), Place(file=path, line=1), guesses=guesses)
