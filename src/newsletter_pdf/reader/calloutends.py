"""Where call-outs and fences end, and whether they were meant to end there.

The parser closes the outermost call-out at the first ``:::``, and takes a ``:::`` with nothing to close for a new one.
"""

from __future__ import annotations

from markdown_it.tree import SyntaxTreeNode

from newsletter_pdf.reader.context import Source
from newsletter_pdf.reader.lookalikes import is_misread_callout
from newsletter_pdf.source import CALLOUT


def is_closed(node: SyntaxTreeNode, source: Source) -> bool:
    """Whether the call-out has an end of its own: not one that was meant for another call-out that begins in it."""
    if any(child.type == CALLOUT for child in node.children):
        return is_end(node.next_sibling)  # one in the other, and each with its end
    _, end = node.map or (0, 0)
    return source.line(end).lstrip(" >").startswith(node.markup)


def is_closed_fence(node: SyntaxTreeNode, source: Source) -> bool:
    """Whether the fence has a last line of its own; without one it takes all that follows (CommonMark 0.31, 4.5)."""
    first, end = node.map or (0, 0)
    last = source.line(end - 1).strip(" \t>")
    return end - 1 > first and len(last) >= len(node.markup) and set(last) == {node.markup[0]}


def is_misread(node: SyntaxTreeNode, source: Source) -> bool:
    """Whether the call-out holds a line that was meant as its end, which is reported by itself."""
    first, end = node.map or (0, 0)
    return any(is_misread_callout(source.line(number)) for number in range(first, end))


def is_end(node: SyntaxTreeNode | None) -> bool:
    """True for a ``:::`` without a name: the end of something, taken for the beginning of a call-out."""
    return node is not None and node.type == CALLOUT and not node.info.strip()


def ends_misread(node: SyntaxTreeNode, source: Source) -> bool:
    """Whether a ``:::`` without a name ends what is reported before it: a misread beginning, or one in another."""
    before = node.previous_sibling
    while before is not None and before.type != "heading":
        if before.type == CALLOUT:
            return any(child.type == CALLOUT for child in before.children)
        if before.type == "paragraph" and is_misread(before, source):
            return True
        before = before.previous_sibling
    return False
