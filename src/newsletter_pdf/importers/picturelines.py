"""Lines of a paragraph in Markdown that hold a picture alone, and what is typed below one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.tree import SyntaxTreeNode

_CREDIT = re.compile(r"(?:供图|摄影|图片?来源)\s*[:：]\s*(\S.{0,60})")
_CAPTION = re.compile(r"(?:图|附图|图片)\s*[\d０-９一二三四五六七八九十]{1,3}(?![个张次年月日届幅])[^。；;]{0,80}")
_BREAKS = ("softbreak", "hardbreak")


@dataclass(frozen=True, slots=True)
class Run:
    """Nodes of neighbouring lines: one ``picture``, or text. ``first`` is how many lines stand before them."""

    nodes: list[SyntaxTreeNode]
    picture: bool
    first: int


def picture_runs(nodes: list[SyntaxTreeNode]) -> Iterator[Run]:
    """The nodes of a paragraph, cut before and behind each line that holds a picture and nothing else."""
    text: list[SyntaxTreeNode] = []
    first = 0
    for number, line in enumerate(_lines(nodes)):
        filled = [node for node in line if node.type not in _BREAKS and (node.type != "text" or node.content.strip())]
        if len(filled) == 1 and filled[0].type == "image":
            if text:
                yield Run(_without_break(text), False, first)
            yield Run(filled, True, number)
            text, first = [], number + 1
        else:
            text += line
    if text:
        yield Run(_without_break(text), False, first)


def _lines(nodes: list[SyntaxTreeNode]) -> Iterator[list[SyntaxTreeNode]]:
    """The lines, each with the break that ends it."""
    line: list[SyntaxTreeNode] = []
    for node in nodes:
        line.append(node)
        if node.type in _BREAKS:
            yield line
            line = []
    yield line


def _without_break(nodes: list[SyntaxTreeNode]) -> list[SyntaxTreeNode]:
    return nodes[:-1] if nodes[-1].type in _BREAKS else nodes


def credit(line: str) -> str | None:
    """The name in 「供图：某某」, or None."""
    match = _CREDIT.fullmatch(line)
    return None if match is None else match[1].strip()


def is_caption(line: str) -> bool:
    """True for 「图1 会场」."""
    return _CAPTION.fullmatch(line) is not None
