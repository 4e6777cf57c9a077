"""Markdown text → tokens, with the dialect that section files are written in.

CommonMark with tables, footnotes, call-outs (``::: 名称``) and front matter. Left out on purpose: code by indentation
(editors indent paragraphs) and underlined headings (a ``---`` below a paragraph would silently make it a heading).
Links of every kind and raw HTML come through as tokens, so that they can be refused with their place.
"""

from __future__ import annotations

from functools import cache

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


def _any_link(url: str) -> bool:  # noqa: ARG001 # the library calls it with this name
    return True


@cache
def _parser(front_matter: bool) -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": True}).enable("table").disable(["code", "lheading"])
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

    Token maps are 0-based [first line, line after the last).
    """
    # The line end keeps the container plugin from looking beyond the text (mdit-py-plugins 0.7).
    return _parser(front_matter).parse(text + "\n")


def parse_tree(text: str, *, front_matter: bool = False) -> SyntaxTreeNode:
    """As :func:`parse_markdown`, as a tree."""
    return SyntaxTreeNode(parse_markdown(text, front_matter=front_matter))
