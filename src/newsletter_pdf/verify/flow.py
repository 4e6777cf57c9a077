"""A PDF as one run of text, for comparing two of them: passages in the order of reading, with the place of each letter.

What only follows the page breaks is told apart from the text: running heads and folios, the page numbers and leaders of
contents entries, the numbers of headings and note calls, table heads repeated on the next page.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from newsletter_pdf.verify.geometry import Box
from newsletter_pdf.verify.pdffile import Sheet, Target
from newsletter_pdf.verify.setting.tags import Kind


class Cell(NamedTuple):
    """One glyph with text.

    ``key`` is what is compared, ``text`` what is shown, ``space`` whether a space is drawn before it. ``x``, ``right``
    and the baseline ``y`` are in pt on the 0-based ``page``; ``size`` is the type size, pt; ``style`` an index into
    :attr:`Flow.styles`.
    """

    key: str
    text: str
    space: bool
    page: int
    x: float
    right: float
    y: float
    size: float
    style: int


@dataclass(slots=True)
class Passage:
    """A block of text on one page (a paragraph over a page break is two).

    ``cells`` are its text proper; ``number`` is what numbers it (``（一）``, ``1.``) and ``folio`` the page number of a
    contents entry, both empty for other text. ``note`` tells that it stands outside the run of the text; ``entry`` that
    it is a contents entry. ``joins`` tells that it goes on with the passage before it.
    """

    kind: Kind
    page: int
    align: str | None
    cells: list[Cell]
    number: list[Cell] = field(default_factory=list)
    folio: list[Cell] = field(default_factory=list)
    note: bool = False
    entry: bool = False
    joins: bool = False

    @property
    def text(self) -> str:
        """The text proper, as shown."""
        return show(self.cells)


class Figure(NamedTuple):
    """A picture or drawing: the box of all that its tag covers, pt, on the 0-based ``page``."""

    page: int
    box: Box


class Style(NamedTuple):
    """Type: the font's name and the size, pt."""

    font: str
    size: float


@dataclass(frozen=True, slots=True)
class Flow:
    """Everything of a PDF that a comparison looks at. Pages are 0-based.

    ``margins`` are the running heads and feet of each page without the folio, ``furniture`` the boxes of these and of
    the folio. ``targets`` are the destinations by name, ``links`` the external addresses in order, each with its page,
    ``facts`` the document information, ``alternatives`` what is read out in place of each figure. ``tagged`` tells
    whether the passages come from the file's tags or are guessed from its lines.
    """

    sha256: str
    sheets: list[Sheet | None]
    labels: list[str]
    passages: list[Passage]
    margins: list[str]
    furniture: list[list[Box]]
    figures: list[Figure]
    styles: list[Style]
    targets: Mapping[str, Target | None]
    links: list[tuple[int, str]]
    facts: Mapping[str, str]
    alternatives: list[str]
    tagged: bool

    @property
    def pages(self) -> int:
        """The number of pages."""
        return len(self.sheets)


def show(cells: Sequence[Cell]) -> str:
    """The text of cells, spaces included."""
    return "".join((" " if cell.space else "") + cell.text for cell in cells).strip()
