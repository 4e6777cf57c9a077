"""From glyphs to blocks of text with their lines, as the file's tags group them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from newsletter_pdf.verify.glyphs import Glyph, PageContent
from newsletter_pdf.verify.lines import inked
from newsletter_pdf.verify.setting.classes import BLANK_LEFT, BLANK_RIGHT, CENTRED, HANGING, is_han, is_wide_mark
from newsletter_pdf.verify.setting.tags import Kind, Owner, Tags

_NEW_LINE = 0.6  # em between baselines from which on glyphs stand on different lines; a superior stands lower than that
_SMALL = 0.85  # share of the line's type size below which a glyph is a note call or the like
_FULL_WIDTH = 0.75  # em; quotation marks of a Latin face are narrower
_HALF = 0.5


class TextLine:
    """One line of a block: its inked glyphs in the order drawn, on the 0-based ``page``.

    ``size`` is the commonest type size and ``y`` the baseline of its glyphs, pt. ``spaces`` are the indices of glyphs
    that a blank glyph stands before.
    """

    __slots__ = ("glyphs", "page", "size", "spaces", "y")

    def __init__(self, page: int, glyphs: Sequence[Glyph]) -> None:
        self.page = page
        self.glyphs: list[Glyph] = []
        self.spaces: set[int] = set()
        for glyph in glyphs:
            if inked(glyph):
                self.glyphs.append(glyph)
            elif self.glyphs and glyph.shape.text != "":
                self.spaces.add(len(self.glyphs))
        sizes: dict[float, int] = {}
        for glyph in self.glyphs:
            sizes[glyph.size] = sizes.get(glyph.size, 0) + 1
        self.size = max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0
        self.y = next((glyph.y for glyph in self.glyphs if glyph.size == self.size), 0.0)

    @property
    def text(self) -> str:
        """The line's text, with a space where one is drawn."""
        return "".join((" " if index in self.spaces else "") + g.text for index, g in enumerate(self.glyphs))

    @property
    def base_text(self) -> str:
        """The text without note calls and other small glyphs."""
        return "".join(
            (" " if index in self.spaces else "") + glyph.text
            for index, glyph in enumerate(self.glyphs)
            if not self.is_small(glyph)
        )

    def is_small(self, glyph: Glyph) -> bool:
        """Whether the glyph is set much smaller than the line: a note call, an index."""
        return glyph.size < _SMALL * self.size

    @property
    def left(self) -> float:
        """The left edge, pt; of an opening mark, that of the em it would fill."""
        return self.glyphs[0].x

    def right(self, *, centred: bool) -> float:
        """The optical right edge, pt: a mark whose right half is blank counts half.

        ``centred`` tells that stops stand in the middle of their em, as in Traditional Chinese, and count whole.
        """
        last = self.glyphs[-1]
        char = last.text[-1:]
        if char in BLANK_RIGHT and not (centred and char in CENTRED) and is_full_width(last):
            return last.x + _HALF * last.size
        return last.right

    @property
    def hanging_right(self) -> float | None:
        """The right edge when a last comma or full stop is taken as hanging outside, pt; None when it cannot hang."""
        last = self.glyphs[-1]
        return last.x if last.text[-1:] in HANGING else None

    @property
    def stretch(self) -> float | None:
        """The median of the distances between neighbouring Han characters beyond their own width, em.

        None when the line has no two Han characters side by side.
        """
        gaps = sorted(
            (b.x - a.right) / a.size
            for index, (a, b) in enumerate(pairwise(self.glyphs), 1)
            if index not in self.spaces and a.size == b.size and is_han(a.text[-1:]) and is_han(b.text[:1])
        )
        if not gaps:
            return None
        middle = len(gaps) // 2
        return gaps[middle] if len(gaps) % 2 else (gaps[middle - 1] + gaps[middle]) / 2


def is_full_width(glyph: Glyph) -> bool:
    """Whether the glyph is a mark that fills an em, its blank half included."""
    return glyph.advance >= _FULL_WIDTH * glyph.size and is_wide_mark(glyph.text[-1:])


@dataclass
class Block:
    """A block of text with its lines in reading order; ``align`` as in :class:`.tags.Owner`.

    A paragraph that runs on to the next page is one block once :func:`.columns.join_pages` has put it together.
    """

    kind: Kind
    align: str | None
    lines: list[TextLine] = field(default_factory=list)

    @cached_property
    def left(self) -> float:
        """The left edge of the lines after the first (of the first when there is no other), pt."""
        lines = self.lines[1:] or self.lines
        plain = [line.left for line in lines if line.glyphs[0].text[:1] not in BLANK_LEFT]
        return min(plain or [line.left for line in lines])

    @cached_property
    def size(self) -> float:
        """The type size of most lines, pt."""
        sizes = [line.size for line in self.lines]
        return max(set(sizes), key=lambda size: (sizes.count(size), size))

    @property
    def indent(self) -> float:
        """How far the first line is moved in, em."""
        return (self.lines[0].left - self.left) / self.size if self.size else 0.0


def tagged_blocks(contents: Iterable[PageContent | None], tags: Tags) -> list[Block]:
    """The blocks of all pages in the order drawn; what no tag owns (running heads, folios) is left out.

    Some programs tag a paragraph as one element over page breaks; such a one is one block. WeasyPrint gives each
    page's part an element of its own.
    """
    blocks: dict[int, Block] = {}
    for content in contents:
        if content is None:
            continue
        owners = owners_of(content, tags)
        found: dict[int, tuple[Owner, list[Glyph]]] = {}
        for glyph in content.glyphs:
            owner = owners[glyph.mark] if glyph.mark >= 0 else None
            if owner is not None and glyph.visible:
                found.setdefault(owner.number, (owner, []))[1].append(glyph)
        for owner, glyphs in found.values():
            lines = [line for row in split_lines(glyphs) if (line := TextLine(content.index, row)).glyphs]
            if lines:
                blocks.setdefault(owner.number, Block(owner.kind, owner.align)).lines.extend(lines)
    return list(blocks.values())


def owners_of(content: PageContent, tags: Tags) -> list[Owner | None]:
    """The owner of each of the page's marks: that of the innermost mark with an identifier."""
    owners: list[Owner | None] = []
    for mark in content.marks:  # a mark comes after those that enclose it
        if mark.mcid is not None:
            owners.append(tags.owners.get((content.index, mark.mcid)))
        else:
            owners.append(owners[mark.parent] if mark.parent >= 0 else None)
    return owners


def split_lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs of one block cut where the baseline goes down or up by more than a superior's rise."""
    rows: list[list[Glyph]] = []
    baseline = size = 0.0
    for glyph in glyphs:
        if not rows or abs(glyph.y - baseline) > _NEW_LINE * max(glyph.size, size):
            rows.append([])
            baseline, size = glyph.y, 0.0
        rows[-1].append(glyph)
        if glyph.size > size:
            baseline, size = glyph.y, glyph.size
    return rows
