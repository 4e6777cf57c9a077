"""Measures of the spaces in lines: the right edge, stretching, adjacent marks, Han beside Latin."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from newsletter_pdf.verify.glyphs import Glyph
from newsletter_pdf.verify.setting.blocks import Block, TextLine, is_full_width
from newsletter_pdf.verify.setting.classes import BLANK_LEFT, BLANK_RIGHT, is_han, is_latin, is_wide_mark
from newsletter_pdf.verify.setting.columns import JustifiedLine
from newsletter_pdf.verify.setting.model import Key, Row, Spot, make_row

EDGE = 0.02  # em by which a justified line may miss the right edge
LOOSE = 0.08  # em of stretch
VERY_LOOSE = 0.15
LOOSE_SHARE = 0.003
VERY_LOOSE_MOST = 1
MARKS = 1.5  # em that two adjacent marks may take
GAP = 0.1  # em at least between Han and Latin
_SLACK = 0.012  # em; what the rounding of widths to 1/1000 em can do to a sum of a few of them
_AROUND = 8  # characters shown on either side


def edge_row(lines: Sequence[JustifiedLine]) -> Row:
    """Justified lines that miss the right edge."""
    spots = [Spot(item.line.page + 1, item.line.text, item.off) for item in lines if abs(item.off) > EDGE]
    return make_row(Key.OFF_EDGE, len(lines), spots)


def stretch_rows(lines: Sequence[JustifiedLine]) -> list[Row]:
    """Justified lines whose median gap between Han characters is too wide."""
    known = [(item.line, item.stretch) for item in lines if item.stretch is not None]
    rows = []
    for key, limit, most, share in (
        (Key.LOOSE, LOOSE, 0, LOOSE_SHARE),
        (Key.VERY_LOOSE, VERY_LOOSE, VERY_LOOSE_MOST, 0.0),
    ):
        spots = [Spot(line.page + 1, line.text, stretch) for line, stretch in known if stretch > limit]
        rows.append(make_row(key, len(known), spots, most=most, most_share=share))
    return rows


def marks_row(blocks: Iterable[Block]) -> Row:
    """Adjacent marks that together take more than an em and a half.

    Counted are pairs of which at least one blank half stands between the two. What the whole line is stretched by is
    taken off, as that is a measure of its own.
    """
    total = 0
    spots = []
    for block in blocks:
        for line in block.lines:
            for index, (a, b) in enumerate(pairwise(line.glyphs), 1):
                if not (is_wide_mark(a.text[-1:]) and is_wide_mark(b.text[:1])) or index in line.spaces:
                    continue
                if a.text[-1:] in BLANK_LEFT and b.text[:1] in BLANK_RIGHT:
                    continue
                if not (is_full_width(a) or is_full_width(b)):
                    continue
                total += 1
                width = (b.right - a.x) / max(a.size, b.size) - max(line.stretch or 0.0, 0.0)
                if width > MARKS + _SLACK:
                    spots.append(Spot(line.page + 1, _around(line, index), width - MARKS))
    return make_row(Key.WIDE_MARKS, total, spots)


def gap_row(blocks: Iterable[Block]) -> Row:
    """Places inside a line where Han meets a Latin letter or figure with less than a tenth of an em between."""
    total = 0
    spots = []
    for block in blocks:
        for line in block.lines:
            for index, (a, b) in enumerate(pairwise(line.glyphs), 1):
                if not _is_boundary(a, b) or line.is_small(a) or line.is_small(b):
                    continue
                total += 1
                gap = (b.x - a.right) / max(a.size, b.size)
                if gap < GAP - _SLACK:
                    spots.append(Spot(line.page + 1, _around(line, index), GAP - gap))
    return make_row(Key.NO_GAP, total, spots)


def _is_boundary(a: Glyph, b: Glyph) -> bool:
    before, after = a.text[-1:], b.text[:1]
    if not before or not after:
        return False
    return (is_han(before) and is_latin(after)) or (is_latin(before) and is_han(after))


def _around(line: TextLine, index: int) -> str:
    """The text around the place before glyph ``index``, the place marked with a bar."""
    before = "".join(glyph.text for glyph in line.glyphs[max(index - _AROUND, 0) : index])
    after = "".join(glyph.text for glyph in line.glyphs[index : index + _AROUND])
    return f"{before}|{after}"
