"""Inline nodes → Markdown of section files, so that reading it gives the same nodes again.

Only what Markdown would act on is escaped, as editors have to read and change these files. Each result is read back
before it is used; emphasis that Markdown cannot express in its place is left out rather than printed as asterisks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from markdown_it.tree import SyntaxTreeNode

from newsletter_pdf.importers.inlines import plain, tidy, without_emphasis, without_markup
from newsletter_pdf.model import Code, Emphasis, FootnoteCall, Inline, LineBreak, Link, ProperName, Ruby, Strong, Text
from newsletter_pdf.source import parse_tree

# Marks that act anywhere in a line; < and & only before what could be a tag, an address or an entity, _ not inside a
# word. Both braces of a template command, so that the two never stand side by side in the file.
_ANYWHERE = re.compile(r"[\\*`\[\]]|<(?=[!-~])|&(?=[#A-Za-z])|~(?=~)|[!<&^]$|\{[{%]|\{(?=[^{}|\s][^{}|]*\|[^{}|\s])")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LINE_START = re.compile(r"(?P<number>\d{1,9})(?=[.)](?:[ \t]|$))|(?=[#>=|~]|[-+](?:[ \t-]|$)|:[:-])")
_HREF_BRACKETS = re.compile(r"[\s<>()\\]")
Signature = list[tuple[str, str]]


def inline_markdown(children: Iterable[Inline], *, cell: bool = False) -> tuple[str, bool]:
    """One paragraph's Markdown (lines after a forced break on lines of their own), or a table cell's on one line.

    The second value is False when emphasis, or a link or code at that, had to be left out.
    """
    nodes = tidy(children)
    text = _render(nodes, cell=cell)
    if _reads_back(text, nodes, cell=cell):
        return text, True
    simpler = tidy(without_emphasis(nodes))
    text = _render(simpler, cell=cell)
    if not _reads_back(text, simpler, cell=cell):
        text = _render(tidy(without_markup(nodes)), cell=cell)
    return text, False


def heading_markdown(title: str) -> str:
    """A heading's text, without the marks before it."""
    text = _escape(" ".join(title.split("\n")))
    return re.sub(r"(?<![^ \t])(#+)$", lambda m: "\\" + m[1], text)


def alt_markdown(text: str) -> str:
    """The text between the square brackets of an image."""
    return _escape(" ".join(text.split()))


def caption_markdown(text: str) -> str:
    """An image's title in double quotes."""
    return '"' + re.sub(r'(["\\]|&(?=[#A-Za-z]))', r"\\\1", re.sub(r"[ \t\n\r\f\v]+", " ", text).strip()) + '"'


def line_start_escaped(line: str) -> str:
    """``line`` with a backslash before what would begin a list, heading, quotation, table or call-out."""
    match = _LINE_START.match(line)
    if match is None:
        return line
    at = match.end("number") if match["number"] else 0
    return f"{line[:at]}\\{line[at:]}"


def _render(nodes: tuple[Inline, ...], *, cell: bool) -> str:
    lines = "".join(_node(node, following) for node, following in _pairs(nodes))
    if cell:
        return re.sub(r"\s*\\\n\s*", " ", lines).replace("|", "\\|")
    return "\n".join(line_start_escaped(line.lstrip()) for line in lines.split("\n"))


def _pairs(nodes: tuple[Inline, ...]) -> Iterator[tuple[Inline, Inline | None]]:
    """Each node with the one behind it, None behind the last; nothing for no nodes, as in an empty cell."""
    return zip(nodes, (*nodes[1:], None), strict=False)


def _node(node: Inline, following: Inline | None = None) -> str:
    match node:
        case Text(text=text):
            escaped = _escape(text)
            bare = following is None or isinstance(following, Strong | Emphasis | Text | LineBreak)
            return re.sub(r"\\([!<&^])$", r"\1", escaped) if bare else escaped
        case Code(text=text):
            return _code(text)
        case LineBreak():
            return "\\\n"
        case FootnoteCall(label=label):
            return f"[^{label}]"
        case Link(href=href, children=children):
            target = f"<{href}>" if _HREF_BRACKETS.search(href) else href
            return f"[{_nodes(children)}]({target})"
        case Strong(children=children):
            return f"**{_nodes(children)}**"
        case Ruby(text=text, reading=reading):
            return f"{{{text}|{reading}}}"
        case ProperName(text=text):
            return f"{{{text}|-}}"
        case Emphasis(children=children):
            return f"*{_nodes(children)}*"


def _nodes(nodes: tuple[Inline, ...]) -> str:
    return "".join(_node(node, following) for node, following in _pairs(nodes))


def _escape(text: str) -> str:
    escaped = _ANYWHERE.sub(lambda match: "".join("\\" + character for character in match[0]), text.replace("\n", " "))
    return _UNDERSCORE.sub(r"\\_", escaped)


def _code(text: str) -> str:
    flat = text.replace("\n", " ")
    runs = {len(run) for run in re.findall("`+", flat)}
    fence = "`" * next(size for size in range(1, len(runs) + 2) if size not in runs)
    pad = " " if flat[:1] in "` " or flat[-1:] in "` " else ""
    if not flat.strip(" "):
        pad = ""
    return f"{fence}{pad}{flat}{pad}{fence}"


# --- reading back ---------------------------------------------------------------------------------------------------


def _reads_back(text: str, nodes: tuple[Inline, ...], *, cell: bool) -> bool:
    """Whether the reader of section files finds the same nodes in ``text``."""
    source = f"| {text} |\n| - |\n" if cell else text
    calls = dict.fromkeys(_labels(nodes))
    source += "".join(f"\n\n[^{label}]: -" for label in calls)
    paragraphs = [node for node in parse_tree(source).walk() if node.type == "inline"]
    if not paragraphs:
        return not nodes
    return _merge(_read(paragraphs[0].children)) == _merge(_wanted(nodes, cell=cell))


def _labels(nodes: Iterable[Inline]) -> Iterable[str]:
    for node in nodes:
        if isinstance(node, FootnoteCall):
            yield node.label
        elif isinstance(node, Strong | Emphasis | Link):
            yield from _labels(node.children)


def _merge(signature: Signature) -> Signature:
    merged: Signature = []
    for kind, text in signature:
        if kind == "text" and merged and merged[-1][0] == "text":
            merged[-1] = (kind, merged[-1][1] + text)
        elif kind != "text" or text:
            merged.append((kind, text))
    return merged


def _wanted(nodes: Iterable[Inline], *, cell: bool) -> Signature:
    out: Signature = []
    for node in nodes:
        match node:
            case Text(text=text) | Code(text=text) | Ruby(text=text) | ProperName(text=text):
                out.append((node.kind, text))
            case LineBreak():
                out.append(("text", " ") if cell else (node.kind, ""))
            case FootnoteCall(label=label):
                out.append((node.kind, label))
            case _:
                address = node.href if isinstance(node, Link) else ""
                out += [(node.kind, address), *_wanted(node.children, cell=cell), (f"/{node.kind}", "")]
    return out


def _read(nodes: Iterable[SyntaxTreeNode]) -> Signature:
    out: Signature = []
    for node in nodes:
        match node.type:
            case "text":
                out.append(("text", node.content))
            case "code_inline":
                out.append(("code", node.content))
            case "hardbreak":
                out.append(("break", ""))
            case "annotation":
                kind = "name" if node.meta["reading"] == "-" else "ruby"
                out.append((kind, str(node.meta["text"])))
            case "footnote_ref":
                out.append(("footnote", str(node.meta.get("label", ""))))
            case "strong" | "em" | "link":
                kind = {"em": "emphasis"}.get(node.type, node.type)
                address = str(node.attrs.get("href", "")) if node.type == "link" else ""
                out += [(kind, address), *_read(node.children), (f"/{kind}", "")]
            case other:
                out.append((other, node.content))
    return out


def footnotes(nodes: Iterable[Inline]) -> dict[str, tuple[Inline, ...]]:
    """The notes called in ``nodes``, label → text, in the order of their calls."""
    found: dict[str, tuple[Inline, ...]] = {}
    for node in nodes:
        if isinstance(node, FootnoteCall):
            found.setdefault(node.label, node.children)
            found |= {k: v for k, v in footnotes(node.children).items() if k not in found}
        elif isinstance(node, Strong | Emphasis | Link):
            found |= {k: v for k, v in footnotes(node.children).items() if k not in found}
    return found


def is_blank(children: Iterable[Inline]) -> bool:
    """True when nothing would be printed."""
    return not plain(children).strip()
