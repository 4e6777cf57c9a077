"""The parser of Markdown manuscripts, and its inline nodes → inlines, with pictures and notes put aside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote import footnote_plugin

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import manuscripts as rules
from newsletter_pdf.importers.callouts import callout_name
from newsletter_pdf.importers.inlines import SOFT, plain
from newsletter_pdf.importers.manuscript import Unplaced
from newsletter_pdf.importers.pictures import locate_picture
from newsletter_pdf.model import (
    Code,
    Emphasis,
    Figure,
    FootnoteCall,
    Inline,
    LineBreak,
    Link,
    ProperName,
    Ruby,
    Strong,
    Text,
)
from newsletter_pdf.source import ANNOTATION, annotation_plugin, deep_options
from newsletter_pdf.source.emphasis import cjk_emphasis_plugin

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_ADDRESS_MARK = re.compile(r"[./:#@\\]")
_LINKED = ("http://", "https://", "mailto:")


@cache
def manuscript_parser() -> MarkdownIt:
    """The parser of manuscripts."""
    md = MarkdownIt("commonmark", deep_options(html=False)).enable("table")
    md.disable(["code", "lheading", "reference", "html_block", "html_inline"])
    footnote_plugin(md)
    cjk_emphasis_plugin(md)
    # What section files have of their own, as pieces of them come back as manuscripts.
    annotation_plugin(md)
    container_plugin(md, "callout", validate=lambda params, _markup: callout_name(params) is not None)
    # Which links are kept is decided below, where the place is known.
    md.validateLink = lambda _url: True  # type: ignore[assignment, method-assign] # the way to configure it
    return md


class InlineNodes:
    """Reads the inline nodes of one file; ``pictures`` are those met and not yet placed."""

    def __init__(self, path: Path, findings: Findings) -> None:
        self.path = path
        self.findings = findings
        self.notes: dict[int, tuple[str, tuple[Inline, ...]]] = {}
        self.pictures: list[Figure] = []
        self.unplaced: list[Unplaced] = []

    def _leave_out(self, place: Place, text: str) -> None:
        self.unplaced.append(Unplaced(place, text))

    def _inline(self, node: SyntaxTreeNode, place: Place) -> tuple[Inline, ...]:
        return self._inline_of(node.children, place)

    def _inline_of(self, nodes: list[SyntaxTreeNode], place: Place) -> tuple[Inline, ...]:
        return tuple(self._nodes(nodes, place))

    def _nodes(self, nodes: list[SyntaxTreeNode], place: Place) -> Iterator[Inline]:
        for node in nodes:
            match node.type:
                case "text":
                    yield from self._text(node.content, place)
                case "softbreak":
                    yield Text(text=SOFT)
                case "hardbreak":
                    yield LineBreak()
                case "strong":
                    yield Strong(children=self._inline(node, place))
                case "em":
                    yield Emphasis(children=self._inline(node, place))
                case "code_inline":
                    yield Code(text=node.content)
                case "link":
                    yield from self._link(node, place)
                case "image":
                    self._picture(node, place)
                case _ if node.type == ANNOTATION:
                    base, reading = str(node.meta["text"]), str(node.meta["reading"])
                    yield ProperName(text=base) if reading == "-" else Ruby(text=base, reading=reading)
                case "footnote_ref":
                    label, children = self.notes.get(int(node.meta["id"]), ("", ()))
                    if children:
                        yield FootnoteCall(label=label, children=children)
                case _:
                    pass  # the back-link of a note

    def _text(self, text: str, place: Place) -> Iterator[Inline]:
        for index, part in enumerate(_BREAK.split(text)):
            if index:
                yield LineBreak()
            for tag in _TAG.findall(part):
                self.findings.add(rules.HTML_AS_TEXT.at(place, tag=tag[:40]))
            yield Text(text=part)

    def _link(self, node: SyntaxTreeNode, place: Place) -> Iterator[Inline]:
        href = str(node.attrs.get("href", ""))
        children = self._inline(node, place)
        if href.lower().startswith(_LINKED):
            yield Link(href=href, children=children)
        elif not _ADDRESS_MARK.search(unquote(href)):
            # 「[2026](5号)」 is no link but brackets.
            yield from (Text(text="["), *children, Text(text=f"]({unquote(href)})"))
        else:
            self.findings.add(rules.LINK_DROPPED.at(place, href=unquote(href)[:80], text=plain(children)[:40]))
            yield from children

    def _picture(self, node: SyntaxTreeNode, place: Place) -> None:
        src = unquote(str(node.attrs.get("src", "")))
        path = locate_picture(src, self.path, place, self.findings)
        if path is None:
            self._leave_out(place, src[:80])
            return
        title = str(node.attrs.get("title") or "").strip() or None
        alt = " ".join(node.content.split())
        self.pictures.append(Figure(path=path, alt=alt, caption=title, place=place))
