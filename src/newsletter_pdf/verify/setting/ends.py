"""Measures of where lines end: lone characters, forbidden starts and ends, broken pairs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from newsletter_pdf.verify.setting.blocks import Block, TextLine
from newsletter_pdf.verify.setting.classes import broken_pair, counts_as_character, no_end, no_start
from newsletter_pdf.verify.setting.model import Key, Row, Spot, make_row
from newsletter_pdf.verify.setting.tags import Kind

_SHOWN = 8  # characters shown on either side of a line's end
_PROSE = (Kind.TEXT, Kind.HEADING, Kind.CAPTION)


def lone_row(blocks: Iterable[Block]) -> Row:
    """Paragraphs, headings and captions of several lines whose last line is one character, with or without marks."""
    total = 0
    spots = []
    for block in blocks:
        if block.kind not in _PROSE or len(block.lines) < 2 or all(len(line.glyphs) == 1 for line in block.lines):
            continue  # text of one character a line runs down the page
        total += 1
        last = block.lines[-1].base_text
        if sum(map(counts_as_character, last)) <= 1:
            spots.append(Spot(block.lines[-1].page + 1, f"{block.lines[-2].text[-_SHOWN:]}|{last}"))
    return make_row(Key.LONE, total, spots)


def forbidden_row(blocks: Iterable[Block]) -> Row:
    """Line ends at which a mark begins or ends a line that may not (避头尾), or a note call begins one."""
    total = 0
    spots = []
    for above, below in _line_ends(blocks):
        total += 1
        before, after = above.text, below.text
        called = below.is_small(below.glyphs[0]) and below.glyphs[0].y > below.y
        if called or no_start(before, after) or no_end(before, after):
            spots.append(_spot(above, below))
    return make_row(Key.FORBIDDEN, total, spots)


def broken_row(blocks: Iterable[Block]) -> Row:
    """Line ends inside a dash, an ellipsis, a number with its unit or an ordinal."""
    total = 0
    spots = []
    for above, below in _line_ends(blocks):
        total += 1
        if broken_pair(above.base_text, below.base_text):
            spots.append(_spot(above, below))
    return make_row(Key.BROKEN, total, spots)


def _line_ends(blocks: Iterable[Block]) -> Iterator[tuple[TextLine, TextLine]]:
    for block in blocks:
        if block.kind is not Kind.OTHER:
            yield from pairwise(block.lines)


def _spot(above: TextLine, below: TextLine) -> Spot:
    return Spot(above.page + 1, f"{above.text[-_SHOWN:]}|{below.text[:_SHOWN]}")
