"""What the single checks look at: the file, its lines, folios and contents, each read once."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.verify.figures import drawn_codes
from newsletter_pdf.verify.fontface import FontFace
from newsletter_pdf.verify.furniture import Folio, Furniture, find_folios, ornaments, running_heights
from newsletter_pdf.verify.geometry import Box
from newsletter_pdf.verify.headings import heading_page
from newsletter_pdf.verify.lines import Line, lines_of
from newsletter_pdf.verify.model import Limits
from newsletter_pdf.verify.pdffile import PdfFile
from newsletter_pdf.verify.setting.tags import Tags, read_tags
from newsletter_pdf.verify.structure import Tree, read_tree
from newsletter_pdf.verify.toc import Entry, read_contents

if TYPE_CHECKING:
    from newsletter_pdf.verify.shown import Shown


class Context:
    """One proof's material; ``findings`` is where checks put what they find."""

    def __init__(self, pdf: PdfFile, findings: Findings, limits: Limits | None = None) -> None:
        self.pdf = pdf
        self.findings = findings
        self.limits = limits or Limits()

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

    @cached_property
    def heading_pages(self) -> list[int | None]:
        """The 0-based page on which the heading of each entry really stands; None where there is no such heading."""
        return [heading_page(entry, self.lines, {other.page for other in self.entries}) for entry in self.entries]

    @cached_property
    def drawn(self) -> dict[FontFace, set[int]]:
        """The codes of each font that the pages show."""
        return drawn_codes(self.pdf)

    @cached_property
    def tree(self) -> Tree | None:
        """The structure tree; None when the file has none."""
        return read_tree(self.pdf)

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
