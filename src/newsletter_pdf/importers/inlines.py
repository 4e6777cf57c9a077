"""Work on inline nodes by the offsets of their plain text: cut, join lines, tidy."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from newsletter_pdf.model import Code, Emphasis, FootnoteCall, Inline, LineBreak, Link, ProperName, Ruby, Strong, Text
from newsletter_pdf.source import line_joint

SOFT = "\x0b"
"""Stands in a Text for a line end inside a paragraph, until it is known whether the lines belong together."""


def plain(children: Iterable[Inline]) -> str:
    """The text without markup; a forced line break counts as a line end, a footnote call as nothing."""
    return "".join(_plain(child) for child in children)


def _plain(node: Inline) -> str:
    match node:
        case Text(text=text) | Code(text=text) | Ruby(text=text) | ProperName(text=text):
            return text
        case LineBreak():
            return "\n"
        case FootnoteCall():
            return ""
        case _:
            return plain(node.children)


def readings(children: Iterable[Inline]) -> list[str]:
    """The readings above characters, which :func:`plain` leaves out; those of notes apart."""
    found: list[str] = []
    for child in children:
        if isinstance(child, Ruby):
            found.append(child.reading)
        elif isinstance(child, Strong | Emphasis | Link):
            found += readings(child.children)
    return found


def cut(children: Iterable[Inline], start: int, end: int | None = None) -> tuple[Inline, ...]:
    """The nodes that print the plain text from ``start`` up to ``end`` (the end of the text when None).

    Markup is kept around what is left of it; a footnote call at either edge is kept.
    """
    nodes = tuple(children)
    stop = len(plain(nodes)) if end is None else end
    out: list[Inline] = []
    offset = 0
    for node in nodes:
        length = len(_plain(node))
        low, high = max(start - offset, 0), min(stop - offset, length)
        touches = low < high or (length == 0 and start <= offset <= stop)
        offset += length
        if not touches:
            continue
        match node:
            case Text() | Code():
                out.append(node.model_copy(update={"text": node.text[low:high]}))
            case LineBreak() | FootnoteCall() | Ruby() | ProperName():
                out.append(node)
            case _:
                out.append(node.model_copy(update={"children": cut(node.children, low, high)}))
    return tuple(out)


def tidy(children: Iterable[Inline]) -> tuple[Inline, ...]:
    """The same text in the fewest nodes: neighbours of one kind are merged, empty and nested emphasis goes.

    Blanks and line breaks at both ends go too, as Markdown cannot hold them there.
    """
    nodes = _merge(children, ())
    text = plain(nodes)
    left, right = len(text) - len(text.lstrip()), len(text.rstrip())
    return _merge(cut(nodes, left, right), ()) if (left, right) != (0, len(text)) else nodes


def _merge(children: Iterable[Inline], within: tuple[str, ...]) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for node in _unnested(children, within):
        if isinstance(node, Strong | Emphasis | Link):
            inner = _merge(node.children, (*within, node.kind))
            if not inner:
                continue
            node = node.model_copy(update={"children": inner})
        elif isinstance(node, Text | Code) and not node.text:
            continue
        last = out[-1] if out else None
        if isinstance(node, Text | Code) and isinstance(last, Text | Code) and node.kind == last.kind:
            out[-1] = node.model_copy(update={"text": last.text + node.text})
        elif isinstance(node, Strong | Emphasis) and isinstance(last, Strong | Emphasis) and node.kind == last.kind:
            merged = _merge(last.children + node.children, (*within, node.kind))
            out[-1] = node.model_copy(update={"children": merged})
        else:
            out.append(node)
    return tuple(out)


def _unnested(children: Iterable[Inline], within: tuple[str, ...]) -> Iterable[Inline]:
    """Emphasis inside the same emphasis, and a link inside a link, says nothing more: only its content counts."""
    for node in children:
        if isinstance(node, Strong | Emphasis | Link) and node.kind in within:
            yield from _unnested(node.children, within)
        else:
            yield node


def without_emphasis(children: Iterable[Inline]) -> tuple[Inline, ...]:
    """The nodes with strong and plain emphasis dissolved; links and all else stay."""
    out: list[Inline] = []
    for node in children:
        if isinstance(node, Strong | Emphasis):
            out.extend(without_emphasis(node.children))
        elif isinstance(node, Link):
            out.append(node.model_copy(update={"children": without_emphasis(node.children)}))
        else:
            out.append(node)
    return tuple(out)


def without_markup(children: Iterable[Inline]) -> tuple[Inline, ...]:
    """The nodes as text, with nothing but line breaks and footnote calls left in it."""
    out: list[Inline] = []
    for node in children:
        match node:
            case Code(text=text):
                out.append(Text(text=text))
            case Strong() | Emphasis() | Link():
                out.extend(without_markup(node.children))
            case _:
                out.append(node)
    return tuple(out)


def without_calls(children: Iterable[Inline]) -> tuple[Inline, ...]:
    """The nodes without the footnote calls in them."""
    out: list[Inline] = []
    for node in children:
        if isinstance(node, Strong | Emphasis | Link):
            out.append(node.model_copy(update={"children": without_calls(node.children)}))
        elif not isinstance(node, FootnoteCall):
            out.append(node)
    return tuple(out)


def soft_lines(children: tuple[Inline, ...]) -> list[tuple[Inline, ...]]:
    """The nodes divided at the :data:`SOFT` marks, one tuple for each line as typed."""
    text = plain(children)
    lines: list[tuple[Inline, ...]] = []
    start = 0
    for position, character in enumerate(text):
        if character == SOFT:
            lines.append(cut(children, start, position))
            start = position + 1
    lines.append(cut(children, start))
    return lines


def join_soft(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """The nodes as one line: a :data:`SOFT` mark vanishes beside Chinese text and is a space elsewhere."""
    text = plain(children)
    if SOFT not in text:
        return children

    def joint(position: int) -> str:
        before, after = text[:position].rstrip(SOFT), text[position + 1 :].lstrip(SOFT)
        return line_joint(before[-1:], after[:1])

    return _replace_soft(children, 0, joint)


def _replace_soft(children: tuple[Inline, ...], offset: int, joint: Callable[[int], str]) -> tuple[Inline, ...]:
    out: list[Inline] = []
    for node in children:
        if isinstance(node, Text):
            parts = (joint(offset + i) if c == SOFT else c for i, c in enumerate(node.text))
            out.append(Text(text="".join(parts)))
        elif isinstance(node, Strong | Emphasis | Link):
            out.append(node.model_copy(update={"children": _replace_soft(node.children, offset, joint)}))
        else:
            out.append(node)
        offset += len(_plain(node))
    return tuple(out)
