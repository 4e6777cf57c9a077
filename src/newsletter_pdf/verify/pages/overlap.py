"""Does text lie on other text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from newsletter_pdf.findings import proof_pages as rules
from newsletter_pdf.verify.context import place
from newsletter_pdf.verify.glyphs import Glyph, PageContent
from newsletter_pdf.verify.lines import Line, box_around, inked
from newsletter_pdf.verify.pages.rows import ASCENT, DESCENT, Pages, ink, turned_glyphs

_DEEP = 0.3  # em by which two letters must overlap each way; kerning, accents and tight leading stay below
_ACCENT = 0.1  # em; glyphs no wider are accents on the one before
_SAME_GLYPH = 0.15  # em; the same glyph drawn again so near is drawn twice to look bold
_SHOWN = 12  # characters of a finding's text


def check_overlaps(pages: Pages) -> None:
    """No text on text."""
    for index, content in enumerate(pages.context.pdf.contents):
        if content is None:
            continue
        _check_text(pages, content, pages.context.lines[index])


def _check_text(pages: Pages, content: PageContent, lines: Sequence[Line]) -> None:
    turned = turned_glyphs(content)
    for pairs in _overlaps(lines):
        both = [(a, b) for a, b in pairs if id(a) not in turned and id(b) not in turned]
        if both:
            box = box_around(glyph for pair in both for glyph in pair)
            upper, lower = ("".join(glyph.text for glyph in side)[:_SHOWN] for side in zip(*both, strict=True))
            pages.context.findings.add(rules.TEXT_OVERLAPS.at(place(content.index, box), one=upper, other=lower))


def _overlaps(lines: Sequence[Line]) -> Iterator[list[tuple[Glyph, Glyph]]]:
    """The pairs of glyphs that overlap: those within each line, and those of each two lines that are too near."""
    tallest = max((line.glyphs[0].size for line in lines), default=0.0)
    for index, line in enumerate(lines):
        # Neighbours in the order of their left edges: of any two that overlap one has such a neighbour.
        found = [(a, b) for a, b in pairwise(line.glyphs) if a.x + a.advance - b.x > _DEEP * b.size and overlap(a, b)]
        if found:
            yield found
        reach = ASCENT * tallest + DESCENT * line.glyphs[0].size
        for below in lines[index + 1 :]:
            if line.y - below.y > reach:
                break
            found = crossing(line.glyphs, below.glyphs)
            if found:
                yield found


def crossing(upper: Sequence[Glyph], lower: Sequence[Glyph]) -> list[tuple[Glyph, Glyph]]:
    """The pairs of overlapping glyphs of two lines, each sorted from left to right."""
    found: list[tuple[Glyph, Glyph]] = []
    start = 0
    for glyph in upper:
        while start < len(lower) and lower[start].x + lower[start].advance <= glyph.x:
            start += 1
        for other in lower[start:]:
            if other.x >= glyph.x + glyph.advance:
                break
            if overlap(glyph, other):
                found.append((glyph, other))
    return found


def overlap(one: Glyph, other: Glyph) -> bool:
    """Whether two glyphs lie on each other by more than letters do that stand side by side or one below the other.

    The same glyph again in almost the same place is no overlap: it is drawn twice to look bolder.
    """
    least = _DEEP * min(one.size, other.size)
    top = min(one.y + ASCENT * one.size, other.y + ASCENT * other.size)
    if top - max(one.y - DESCENT * one.size, other.y - DESCENT * other.size) <= least:
        return False
    (left, right), (left2, right2) = ink(one), ink(other)
    if min(right, right2) - max(left, left2) <= least:
        return False
    if one.advance <= _ACCENT * one.size or other.advance <= _ACCENT * other.size:
        return False
    near = max(abs(one.x - other.x), abs(one.y - other.y)) <= _SAME_GLYPH * one.size
    if near and one.code == other.code and one.font is other.font:
        return False
    return inked(one) and inked(other)
