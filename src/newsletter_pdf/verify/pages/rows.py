"""Rows: the lines of a page with what the proof of pages needs to know of each, and which of them are furniture.

A row is furniture when it is no part of the text: in a file with tags what stands in marked content that no element
owns, or at the height of folio or running head; in a file without tags the latter alone. Text that stands in no marked
content of a tagged file is therefore a row like any other, wherever it stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from newsletter_pdf.anchors import parse_anchor
from newsletter_pdf.verify.context import Context
from newsletter_pdf.verify.geometry import Box
from newsletter_pdf.verify.glyphs import Glyph, PageContent
from newsletter_pdf.verify.lines import Line
from newsletter_pdf.verify.setting.blocks import owners_of
from newsletter_pdf.verify.setting.classes import BLANK_LEFT, BLANK_RIGHT, HANGING
from newsletter_pdf.verify.setting.tags import Kind, Owner

ASCENT, DESCENT = 0.88, 0.12  # em over and under the baseline that Chinese type fills
_HALF = 0.5
_FULL_WIDTH = 0.75  # em; marks narrower than this are a Latin face's
_SAME_HEIGHT = 1.5  # pt
_SMALL = 0.85  # share of a paragraph's type size below which a row is of readings or note calls


class Row(NamedTuple):
    """One line of text on the 0-based ``page``.

    ``y`` is the baseline, ``left`` and ``right`` the optical edges (of a mark with a blank half that of the other),
    ``hang`` the right edge when a stop may hang outside, ``size`` the larger type size at the two ends, all in pt.
    ``owner`` is the block of the tags that the whole line belongs to, None when there is none or more than one;
    ``begins`` the one that its first glyph does.
    """

    page: int
    y: float
    left: float
    right: float
    hang: float
    size: float
    owner: Owner | None
    begins: Owner | None
    line: Line

    @property
    def kind(self) -> Kind | None:
        """What the block is."""
        return self.owner.kind if self.owner else None

    @property
    def note(self) -> bool:
        """Whether it stands outside the run of the text."""
        return self.owner is not None and self.owner.note

    @property
    def top(self) -> float:
        """The upper edge of the type, pt."""
        return self.y + ASCENT * self.size

    @property
    def bottom(self) -> float:
        """The lower edge of the type, pt."""
        return self.y - DESCENT * self.size

    @property
    def box(self) -> Box:
        """The rectangle that the type fills, pt."""
        return self.left, self.bottom, self.right, self.top


class Pages:
    """The rows and the furniture of every page, each read once."""

    def __init__(self, context: Context) -> None:
        self.context = context

    @cached_property
    def rows(self) -> list[list[Row]]:
        """The rows of each page that are no furniture, from the top down."""
        return [rows for rows, _furniture in self._split]

    @cached_property
    def furniture(self) -> list[list[Line]]:
        """The running heads, feet and folios of each page, from the top down."""
        return [furniture for _rows, furniture in self._split]

    @cached_property
    def _split(self) -> list[tuple[list[Row], list[Line]]]:
        tags = self.context.tags
        result = []
        for index, content in enumerate(self.context.pdf.contents):
            owners = owners_of(content, tags) if content is not None and tags is not None else None
            rows: list[Row] = []
            furniture: list[Line] = []
            folio = self.context.folios.get(index)
            heights = [*self.context.furniture.heights, *([folio.y] if folio else [])]
            for line in self.context.lines[index]:
                own = _owned(line, owners, any(abs(line.y - y) <= _SAME_HEIGHT for y in heights))
                if own is None or len(own.glyphs) < len(line.glyphs):
                    furniture.append(line if own is None else _rest(line, own))
                if own is not None:
                    rows.append(_row(index, own, owners))
            result.append((rows, furniture))
        return result

    @cached_property
    def numbered(self) -> range:
        """The 0-based pages from the first that prints a folio to the end of the part in which the last one does.

        Those outside, such as a cover, have a design of their own.
        """
        folios = self.context.folios
        if not folios:
            return range(0)
        following = [page for page, _title in self.parts if page > max(folios)]
        return range(min(folios), min(following, default=len(self.context.lines)))

    @cached_property
    def body(self) -> range:
        """The 0-based pages from the first heading's on; all that are numbered when the file names no heading."""
        targets = self.context.pdf.destinations
        pages = [target.page for name, target in targets.items() if target is not None and parse_anchor(name)]
        return range(min(pages), len(self.context.lines)) if pages else self.numbered

    @cached_property
    def parts(self) -> list[tuple[int, str]]:
        """First page and title of each part, in order: the bookmarks of the first level."""
        found = [
            (mark.target.page, mark.title) for mark in self.context.pdf.bookmarks if mark.depth == 1 and mark.target
        ]
        return sorted(found, key=lambda part: part[0])

    @cached_property
    def sections(self) -> set[int]:
        """The pages on which sections begin: their destinations are ``s1``, ``s2`` and so on."""
        targets = self.context.pdf.destinations
        return {target.page for name, target in targets.items() if target and name[:1] == "s" and name[1:].isdigit()}


def _owned(line: Line, owners: Sequence[Owner | None] | None, at_furniture: bool) -> Line | None:
    """The part of a line that is text; None when the line is furniture."""
    if owners is None:
        return None if at_furniture else line
    if not at_furniture:
        mark = line.glyphs[0].mark
        return line if mark < 0 or owners[mark] is not None or _has_owner(line, owners) else None
    own = tuple(glyph for glyph in line.glyphs if glyph.mark >= 0 and owners[glyph.mark] is not None)
    return Line(line.y, own) if own else None


def _has_owner(line: Line, owners: Sequence[Owner | None]) -> bool:
    return any(glyph.mark < 0 or owners[glyph.mark] is not None for glyph in line.glyphs)


def _rest(line: Line, own: Line) -> Line:
    taken = {id(glyph) for glyph in own.glyphs}
    return Line(line.y, tuple(glyph for glyph in line.glyphs if id(glyph) not in taken))


def _row(page: int, line: Line, owners: Sequence[Owner | None] | None) -> Row:
    first, last = line.glyphs[0], line.glyphs[-1]
    size = max(first.size, last.size)
    begins = owners[first.mark] if owners is not None and first.mark >= 0 else None
    ends = owners[last.mark] if owners is not None and last.mark >= 0 else None
    right = ink(last)[1]
    hang = last.x if last.text[-1:] in HANGING else right
    return Row(page, line.y, ink(first)[0], right, hang, size, begins if begins == ends else None, begins, line)


def ink(glyph: Glyph) -> tuple[float, float]:
    """The left and right edge of the part of a glyph's width that is not blank by design, pt.

    Full-width brackets, quotation marks, commas and stops fill half an em (CLREQ, 3.1.6).
    """
    left, right = glyph.x, glyph.x + glyph.advance
    text = glyph.shape.text
    if text and glyph.advance >= _FULL_WIDTH * glyph.size:
        if text[-1] in BLANK_RIGHT:
            return left, left + _HALF * glyph.size
        if text[0] in BLANK_LEFT:
            return left + _HALF * glyph.size, right
    return left, right


def fragments(rows: Sequence[Row]) -> list[list[Row]]:
    """The rows of a page by block, from the top down; rows of no block, notes and small rows are left out."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        if row.begins is not None and not row.begins.note:
            found.setdefault(row.begins.number, []).append(row)
    result = []
    for group in found.values():
        size = max(row.size for row in group)
        result.append([row for row in group if row.size >= _SMALL * size])
    return result


def quoted(row: Row, most: int = 16) -> str:
    """A row's beginning as messages quote it."""
    text = " ".join(row.line.text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def turned_glyphs(content: PageContent) -> set[int]:
    """The identities of glyphs that do not run from left to right; their extent is not their advance."""
    return {id(glyph) for start, stop in content.turned for glyph in content.glyphs[start:stop]}
