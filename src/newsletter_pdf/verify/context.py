"""What the single checks look at: the file, its lines, folios and contents, each read once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.verify.furniture import Folio, Furniture, find_folios, ornaments, running_heights
from newsletter_pdf.verify.glyphs import Box
from newsletter_pdf.verify.lines import Line, lines_of
from newsletter_pdf.verify.pdffile import PdfFile
from newsletter_pdf.verify.setting.tags import Tags, read_tags
from newsletter_pdf.verify.toc import Entry, read_contents

if TYPE_CHECKING:
    from newsletter_pdf.verify.shown import Shown


class Context:
    """One proof's material; ``findings`` is where checks put what they find."""

    def __init__(self, pdf: PdfFile, findings: Findings) -> None:
        self.pdf = pdf
        self.findings = findings

    @cached_property
    def lines(self) -> list[list[Line]]:
        """The lines of each page, from the top down; none for an unreadable page."""
        return [lines_of(content.glyphs) if content else [] for content in self.pdf.contents]

    @cached_property
    def folios(self) -> dict[int, Folio]:
        """The printed folio of each page that has one, by 0-based page."""
        return find_folios(self.lines)

    @cached_property
    def furniture(self) -> Furniture:
        """What stands on many pages alike."""
        return Furniture(self.folios, running_heights(self.lines), ornaments(self.pdf.contents))

    @cached_property
    def tags(self) -> Tags | None:
        """The structure tree; None when the file has none."""
        return read_tags(self.pdf)

    @cached_property
    def shown(self) -> Shown:
        """The text that the pages show, letter by letter in the order of reading."""
        from newsletter_pdf.verify.shown import read_shown  # it reads a context itself

        return read_shown(self, self.tags)

    @cached_property
    def entries(self) -> list[Entry]:
        """The printed contents."""
        return read_contents(self.pdf)

    def label(self, page: int) -> str:
        """What a reader calls the 0-based ``page``: its label, without labels its folio, else its place in the file."""
        labels = self.pdf.labels
        if labels is not None:
            return labels[page] if page < len(labels) else ""
        folio = self.folios.get(page)
        return folio.text if folio else str(page + 1)


def place(page: int, box: Box | None = None) -> Place:
    """The place of a finding on a 0-based page, and the rectangle on it, pt."""
    return Place(page=page + 1, box=None if box is None else _rounded(box))


def _rounded(box: Box) -> Box:
    x0, y0, x1, y1 = (round(edge, 1) for edge in box)
    return x0, y0, x1, y1
