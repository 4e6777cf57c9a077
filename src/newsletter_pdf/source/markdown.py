"""Markdown text → tokens, with the dialect that section files are written in.

CommonMark with tables, footnotes, call-outs (``::: 名称``) and front matter. Left out on purpose: code by indentation
(editors indent paragraphs), underlined headings (a ``---`` below a paragraph would silently make it a heading) and link
definitions (a line 「[注]: 说明」 would silently be left out of print).
Links of every kind and raw HTML come through as tokens, so that they can be refused with their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from newsletter_pdf.source.annotation import annotation_plugin
from newsletter_pdf.source.emphasis import cjk_emphasis_plugin

CALLOUT = "container_callout"
"""Node type of a call-out; its ``info`` is what follows the colons."""


_NOTE_TEXT = re.compile(r" {0,3}\[\^([^\]\s]+)\]:")
MAX_NESTING = 60
"""How deep lists, quotations, emphasis and such may stand in one another; a list item is two steps."""


class TooDeepError(Exception):
    """Something is nested deeper than ``MAX_NESTING``; ``line`` (0-based) is that of the outermost block."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line + 1}")
        self.line = line


def check_nesting(tokens: Sequence[Token]) -> None:
    """Raise TooDeepError when ``tokens`` are nested deeper than ``MAX_NESTING``.

    The parser must be made with :func:`deep_options`: by itself it drops what is nested too deep without a word.
    """
    line = depth = 0
    for token in tokens:
        if depth == 0 and token.map is not None:
            line = token.map[0]
        depth += token.nesting
        inner = depth
        for child in token.children or ():
            inner += child.nesting
            if inner > MAX_NESTING:
                raise TooDeepError(line)
        if depth > MAX_NESTING:
            raise TooDeepError(line)


def deep_options(*, html: bool) -> dict[str, Any]:
    """Options of the parser with which nothing is dropped that :func:`check_nesting` would not find."""
    return {"html": html, "maxNesting": MAX_NESTING + 10}


def _any_link(url: str) -> bool:  # noqa: ARG001 # the library calls it with this name
    return True


@cache
def _parser(front_matter: bool) -> MarkdownIt:
    md = MarkdownIt("commonmark", deep_options(html=True)).enable("table")
    md.disable(["code", "lheading", "reference"])
    if front_matter:
        front_matter_plugin(md)
    footnote_plugin(md)
    container_plugin(md, "callout", validate=lambda _params, _markup: True)
    cjk_emphasis_plugin(md)
    annotation_plugin(md)
    # All links become tokens here; which are allowed is checked where the place is known.
    md.validateLink = _any_link  # type: ignore[method-assign] # the library's own way to configure it
    return md


def parse_markdown(text: str, *, front_matter: bool = False) -> list[Token]:
    """The tokens of ``text``; with ``front_matter`` a leading ``---`` block is a token of its own.

    Token maps are 0-based [first line, line after the last). Raises :class:`TooDeepError`.
    """
    # The line end keeps the container plugin from looking beyond the text (mdit-py-plugins 0.7).
    tokens = _parser(front_matter).parse(text + "\n")
    check_nesting(tokens)
    return tokens


def parse_tree(text: str, *, front_matter: bool = False) -> SyntaxTreeNode:
    """As :func:`parse_markdown`, as a tree."""
    return SyntaxTreeNode(parse_markdown(text, front_matter=front_matter))


def note_texts(tree: SyntaxTreeNode, lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """The lines where the texts of footnotes begin (0-based), their labels, and the lines; program text is no note."""
    code = {number for node in tree.walk() if node.type == "fence" and node.map for number in range(*node.map)}
    for index, line in enumerate(lines):
        match = _NOTE_TEXT.match(line)
        if match is not None and index not in code:
            yield index, match[1], line
