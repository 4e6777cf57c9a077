"""What every kind of manuscript is read into: headings and blocks in reading order, each with its place.

A reader of a file format only says what stands in the file; what a typed number, a label or a source line means is
decided once, for all formats, in :mod:`newsletter_pdf.importers.structure`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from newsletter_pdf.findings import Place
from newsletter_pdf.model import Block, Callout, CodeBlock, Figure, Inline, ListBlock, Paragraph, Quote, Table


class NamedCallout(Callout):
    """A call-out with the name that it was typed with; it may have a title of its own."""

    name: str
    blocks: tuple[Block, ...]
    place: Place


ManuscriptBlock = Paragraph | ListBlock | Table | Figure | Quote | CodeBlock | NamedCallout
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
    """Something that found no place in the issue, with its whole text.

    ``kind`` is empty for text of the manuscript itself, else what it is (``comment``, ``text-box``, ``header`` …, see
    :mod:`newsletter_pdf.importers.leftovers`); ``author`` is known of comments and revisions.
    """

    place: Place
    text: str
    kind: str = ""
    author: str = ""

    def as_json(self) -> dict[str, str]:
        """The shape that ``--json`` gives to it."""
        shape = {"where": str(self.place), "kind": self.kind or "text", "text": self.text}
        return {**shape, "author": self.author} if self.author else shape


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph's whole text in a manuscript, for the account (:mod:`newsletter_pdf.importers.account`).

    ``runs`` is the text as the file divides it. ``once`` is False for a text that the file says more than once and
    that need stand only once: the header of each chapter, a sentence that was moved.
    """

    place: Place
    runs: tuple[str, ...]
    once: bool = True


@dataclass(frozen=True, slots=True)
class GuessedHeading:
    """A heading that no style or mark says to be one; level 0 for a line that looked like one and is none."""

    place: Place
    level: int
    title: str
    reason_zh: str
    reason_en: str

    def as_json(self, lang: str = "zh") -> dict[str, object]:
        """The shape that ``--json`` gives to it."""
        reason = self.reason_en if lang == "en" else self.reason_zh
        return {"where": str(self.place), "level": self.level, "title": self.title, "reason": reason}


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One manuscript file. ``unplaced`` holds what the format's reader itself could not take over.

    ``pictures`` are the bytes of figures whose files lie inside the manuscript, by the path that the figures name.
    ``passages`` is all text of the file, when its format has more places for text than the reader may know of.
    """

    items: tuple[Heading | ManuscriptBlock, ...]
    place: Place
    unplaced: tuple[Unplaced, ...] = ()
    guesses: tuple[GuessedHeading, ...] = ()
    pictures: Mapping[Path, bytes] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()
