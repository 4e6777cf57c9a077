"""What every kind of manuscript is read into: headings and blocks in reading order, each with its place.

A reader of a file format only says what stands in the file; what a typed number, a label or a source line means is
decided once, for all formats, in :mod:`newsletter_pdf.importers.structure`.
"""

from __future__ import annotations

from dataclasses import dataclass

from newsletter_pdf.findings import Place
from newsletter_pdf.model import CodeBlock, Figure, Inline, ListBlock, Paragraph, Quote, Table

ManuscriptBlock = Paragraph | ListBlock | Table | Figure | Quote | CodeBlock
"""The blocks that a manuscript can hold, as section files allow them: lists and quotations hold paragraphs and lists.

A figure's ``path`` is absolute; its ``alt`` may be empty here.
"""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 (section), 2 (group), 3 (article) or deeper, with its number as typed."""

    level: int
    children: tuple[Inline, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something that found no place in the issue; ``text`` is its beginning, as the editor will look for it."""

    place: Place
    text: str

    def as_json(self) -> dict[str, str]:
        """The shape that ``--json`` gives to it."""
        return {"where": str(self.place), "text": self.text}


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One manuscript file. ``unplaced`` holds what the format's reader itself could not take over."""

    items: tuple[Heading | ManuscriptBlock, ...]
    place: Place
    unplaced: tuple[Unplaced, ...] = ()
