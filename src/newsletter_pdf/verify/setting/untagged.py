"""Paragraphs of a file without tags, guessed as a reader would: by indents, gaps and type sizes.

A file that this tool makes has tags in the PDF/UA variant, and then these are the exact answer; this is for the other
variants and for other programs' files.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from newsletter_pdf.verify.furniture import find_folios, running_heights
from newsletter_pdf.verify.glyphs import PageContent
from newsletter_pdf.verify.lines import Line, lines_of, segments
from newsletter_pdf.verify.setting.blocks import Block, TextLine
from newsletter_pdf.verify.setting.tags import Kind

_INDENT = 0.8  # em from which on a line is moved in
_WIDER = 1.3  # times the usual leading, from which on a gap ends a paragraph
_SHORT = 2.5  # em; a line that ends so much before the longest ends its paragraph
_SAME_HEIGHT = 1.5  # pt
_COLUMN_GAP = 3.0  # em between parts of one baseline that are no text of one line


def guessed_blocks(contents: Sequence[PageContent | None]) -> list[Block]:
    """The blocks of all pages from the top down, without running heads and folios."""
    pages = [lines_of(content.glyphs) if content else [] for content in contents]
    folios, heads = find_folios(pages), running_heights(pages)
    kept: list[list[Line]] = []
    for index, lines in enumerate(pages):
        heights = [*heads, *([folios[index].y] if index in folios else [])]
        kept.append([line for line in lines if not any(abs(line.y - y) <= _SAME_HEIGHT for y in heights)])
    rows = [
        (index, line) for index, lines in enumerate(kept) for line in lines if len(segments(line, _COLUMN_GAP)) == 1
    ]
    if not rows:
        return []
    body = Counter(_size(line) for _page, line in rows).most_common(1)[0][0]
    text = [(page, line) for page, line in rows if _size(line) == body]
    left = Counter(round(line.left, 1) for _page, line in text).most_common(1)[0][0]
    right = max(line.right for _page, line in text)
    steps = Counter(round(above.y - below.y, 1) for lines in kept for above, below in pairwise(lines))
    leading = steps.most_common(1)[0][0] if steps else 0.0
    blocks: list[Block] = []
    previous: tuple[int, Line] | None = None
    for page, line in rows:
        size = _size(line)
        if previous is None or _begins(page, line, previous, left=left, right=right, leading=leading):
            blocks.append(Block(Kind.TEXT if size == body else Kind.OTHER, None))
        blocks[-1].lines.append(TextLine(page, line.glyphs))
        previous = (page, line)
    return blocks


def _begins(page: int, line: Line, previous: tuple[int, Line], *, left: float, right: float, leading: float) -> bool:
    """Whether ``line`` is the first of its paragraph."""
    before, above = previous
    size = _size(line)
    if size != _size(above) or line.left > left + _INDENT * size or above.right < right - _SHORT * size:
        return True
    return page == before and above.y - line.y > _WIDER * leading


def _size(line: Line) -> float:
    sizes = Counter(round(glyph.size, 1) for glyph in line.glyphs)
    return sizes.most_common(1)[0][0]
