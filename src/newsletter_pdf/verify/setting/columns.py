"""Paragraphs over page breaks, the measure of each column, and the lines that justification sets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from newsletter_pdf.verify.setting.blocks import Block, TextLine
from newsletter_pdf.verify.setting.tags import Kind

_SAME_EDGE = 0.04  # em; the width of the window in which right edges agree
_FEWEST = 3  # lines that must agree for an edge to be a column's own
_FULL = 1.0  # em; a line that ends so near the edge may run on
_INDENTED = 0.5  # em
_NEAR = 0.75  # em; a small column's edge within this of the main one is the main one


class Column(NamedTuple):
    """Where lines of one kind of block begin and how large they are: the left edge and type size, rounded, pt."""

    left: int
    size: float


class JustifiedLine(NamedTuple):
    """A line that is not the last of its paragraph: ``off`` is its distance from the right edge, em (long: positive).

    ``stretch`` as :attr:`.blocks.TextLine.stretch`.
    """

    line: TextLine
    off: float
    stretch: float | None


def column_of(block: Block) -> Column:
    """The column that a block stands in."""
    return Column(round(block.left), round(block.size, 1))


def join_pages(blocks: Sequence[Block], *, centred: bool) -> list[Block]:
    """Put paragraphs together that a page break cut in two.

    The lowest block of running text in a column and the highest on the next page are one paragraph when the lower
    part's last line is full and the upper part's first line has no indent though paragraphs of that column have one
    (in a column without indents the full line alone must do).
    """
    text = [block for block in blocks if block.kind is Kind.TEXT]
    indented = {column for column, indent in _indents(text).items() if indent > _INDENTED}
    edges = right_edges(text, centred=centred)
    by_page: dict[tuple[int, float], list[Block]] = defaultdict(list)
    for block in text:
        for page in {block.lines[0].page, block.lines[-1].page}:
            by_page[page, round(block.size, 1)].append(block)
    gone: set[int] = set()
    merged: dict[int, Block] = {}
    for (page, size), here in sorted(by_page.items(), key=lambda item: item[0]):
        following = by_page.get((page + 1, size))
        if not following:
            continue
        last = min(here, key=lambda block: block.lines[-1].y)
        first = max(following, key=lambda block: block.lines[0].y)
        last = merged.get(id(last), last)
        if first is last or first.lines[0].page != page + 1 or id(first) in gone:
            continue
        column = column_of(last) if len(last.lines) > 1 else column_of(first)
        edge = edges.get(column)
        tail, head = last.lines[-1], first.lines[0]
        if edge is None or abs(tail.right(centred=centred) - edge) > _FULL * size:
            continue
        moved_in = (head.left - column.left) / size > _INDENTED
        if not moved_in and (column in indented or abs(first.left - column.left) <= 1):
            joined = Block(last.kind, last.align, [*last.lines, *first.lines])
            gone.update((id(last), id(first)))
            merged[id(last)] = merged[id(first)] = joined
    done: set[int] = set()
    result: list[Block] = []
    for block in blocks:
        whole = _final(block, merged)
        if id(whole) not in done:
            done.add(id(whole))
            result.append(whole)
    return result


def _final(block: Block, merged: dict[int, Block]) -> Block:
    while id(block) in merged:
        block = merged[id(block)]
    return block


def _indents(blocks: Iterable[Block]) -> dict[Column, float]:
    """The commonest first-line indent of each column, em, by half em."""
    found: dict[Column, Counter[float]] = defaultdict(Counter)
    for block in blocks:
        if len(block.lines) > 1:
            found[column_of(block)][round(block.indent * 2) / 2] += 1
    return {column: counts.most_common(1)[0][0] for column, counts in found.items()}


def right_edges(blocks: Iterable[Block], *, centred: bool) -> dict[Column, float]:
    """The right edge of each column, pt: where most lines that are not the last of their block end.

    A column of few lines, or one whose lines do not agree, takes the edge of the largest column when its longest line
    ends near it, and else that longest line's end.
    """
    ends: dict[Column, list[float]] = defaultdict(list)
    for block in blocks:
        for line in block.lines[:-1]:
            ends[column_of(block)].append(line.right(centred=centred))
    if not ends:
        return {}
    main = max(ends, key=lambda column: len(ends[column]))
    main_edge = _mode(sorted(ends[main]), main.size)[0]
    edges: dict[Column, float] = {}
    for column, rights in ends.items():
        rights.sort()
        edge, agreeing = _mode(rights, column.size)
        if agreeing < _FEWEST:
            edge = main_edge if abs(rights[-1] - main_edge) < _NEAR * column.size else rights[-1]
        edges[column] = edge
    return edges


def _mode(rights: Sequence[float], size: float) -> tuple[float, int]:
    """The middle of the narrow window that holds most of the sorted ``rights``, and how many it holds."""
    window, best, start = _SAME_EDGE * size, (0, 0.0), 0
    for stop, right in enumerate(rights):
        while right - rights[start] > window:
            start += 1
        best = max(best, (stop - start + 1, rights[(start + stop) // 2]))
    return best[1], best[0]


def justified_lines(blocks: Iterable[Block], *, aligned: bool, centred: bool) -> list[JustifiedLine]:
    """The justified lines: of running text, not the last of their paragraph.

    ``aligned`` tells that the tags name the text that is justified; else all running text counts as such.
    """
    text = [block for block in blocks if block.kind is Kind.TEXT and (block.align == "Justify" or not aligned)]
    edges = right_edges(text, centred=centred)
    found = []
    for block in text:
        for line in block.lines[:-1]:
            edge = edges[column_of(block)]
            offs = [(line.right(centred=centred) - edge) / line.size]
            if line.hanging_right is not None:
                offs.append((line.hanging_right - edge) / line.size)
            found.append(JustifiedLine(line, min(offs, key=abs), line.stretch))
    return found
