"""Block Markdown → model blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal
from urllib.parse import unquote

from markdown_it.tree import SyntaxTreeNode

from newsletter_pdf.findings import Place
from newsletter_pdf.findings import content as content_rules
from newsletter_pdf.findings import images as image_rules
from newsletter_pdf.findings import markup as rules
from newsletter_pdf.findings import misread as misread_rules
from newsletter_pdf.model import (
    Block,
    Callout,
    CodeBlock,
    Figure,
    Inline,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Table,
    Text,
)
from newsletter_pdf.reader.calloutends import ends_misread, is_closed, is_closed_fence, is_end, is_misread
from newsletter_pdf.reader.chartslips import meant_fence
from newsletter_pdf.reader.context import Context, Source
from newsletter_pdf.reader.inline import InlineReader, is_comment, joined, plain_text, shown, split_lines
from newsletter_pdf.reader.lookalikes import callout_in_one_line, report_lookalikes
from newsletter_pdf.reader.tables import has_head, read_table
from newsletter_pdf.source import CALLOUT, CALLOUTS

Where = Literal["article", "list", "quote", "callout", "open", "lead", "page"]
LineTaker = Callable[[list[list[Inline]], Place], list[list[Inline]] | None]
"""Given the lines of the last paragraph, returns those that stay when something was taken out, else None."""

FENCE_KINDS = {"图表": "chart"}
"""Names of fences that mean the same as another."""
_ALLOWED: dict[Where, frozenset[str]] = {
    "article": frozenset(
        {"paragraph", "list", "table", "quote", "callout", "figure", "code", "qr", "process", "chart"}
    ),
    "page": frozenset({"paragraph", "list", "table", "quote"}),
    "callout": frozenset({"paragraph", "list", "table", "quote"}),
    "quote": frozenset({"paragraph", "list"}),
    "list": frozenset({"paragraph", "list"}),
    "lead": frozenset({"paragraph"}),
}
# A call-out that is not closed has swallowed what follows it: that is told once, not for each thing in it.
_ALLOWED["open"] = _ALLOWED["article"] | {"heading"}
_WHERE_WORDS: dict[Where, tuple[str, str]] = {
    "article": ("文章", "an article"),
    "page": ("服务页的文字", "the text of a page"),
    "callout": ("提示框", "a call-out"),
    "open": ("提示框", "a call-out"),
    "quote": ("引文", "a quotation"),
    "list": ("列表项", "a list item"),
    "lead": ("这里的段落", "these paragraphs"),
}
_KIND_WORDS = {
    "list": ("列表", "A list"),
    "table": ("表格", "A table"),
    "quote": ("引文", "A quotation"),
    "callout": ("提示框", "A call-out"),
    "figure": ("图片", "A picture"),
    "code": ("代码块", "Program text"),
    "qr": ("二维码", "A QR code"),
    "process": ("流程图", "A process diagram"),
    "chart": ("图表", "A chart"),
    "heading": ("标题", "A heading"),
}
_KINDS = {
    "bullet_list": "list",
    "ordered_list": "list",
    "table": "table",
    "blockquote": "quote",
    CALLOUT: "callout",
    "heading": "heading",
}
"""Columns that a table may have: in more there is no room for two characters beside each other."""
_CAPTION = re.compile(r"表[:：]\s*(\S.*)")
_CREDIT = re.compile(r"(供图|摄影|摄|图)[:：]\s*(\S.*)")
_ATTRIBUTION = re.compile(r"(?:——|—|--)\s*(\S.*)")
_LABEL = re.compile(r"(导读|关键词|来源|供图|摄影)\s*[:：]")
_BELOW = ("要印在图下的，紧接在图片的下一行写，中间不空行", "A picture's goes right into the line below it")
_ABOVE = ("如果是栏目的导读或关键词，移到文件开头", "If it belongs to the section, move it to the front matter")
_BAD_HEADING = re.compile(r"#{1,6}[^#\s]|＃")

FenceReader = Callable[[SyntaxTreeNode, Place], Block | None]
PictureFinder = Callable[[str, Place], Path | None]


class BlockReader:
    """Reads the blocks of one file or value; ``fences`` reads the fenced blocks with a meaning, by their name."""

    def __init__(
        self,
        context: Context,
        source: Source,
        inline: InlineReader,
        picture: PictureFinder,
        fences: dict[str, FenceReader],
    ) -> None:
        self.context = context
        self.source = source
        self.inline = inline
        self.picture = picture
        self.fences = fences
        self.early_sources: list[tuple[Place, int]] = []
        """Where a source was met before the end of an article, and how many errors there were then."""

    def place(self, node: SyntaxTreeNode) -> Place:
        """Where the node's text begins."""
        first = node.map[0] if node.map else 0
        line = self.source.line(first)
        column = len(line) - len(line.lstrip(" \t\u3000"))
        if node.type == "paragraph" and node.children and node.children[0].content:
            head = node.children[0].content.split("\n", 1)[0]
            column = max(line.find(head), column)
        return self.source.place(first, column)

    def blocks(
        self, nodes: Sequence[SyntaxTreeNode], where: Where, take_source: LineTaker | None = None
    ) -> tuple[Block, ...]:
        """The blocks that ``nodes`` make; what may not stand in ``where`` is reported and left out."""
        nodes = [node for node in nodes if not self._is_silent(node)]
        result: list[Block] = []
        caption: tuple[str, Paragraph] | None = None
        for index, node in enumerate(nodes):
            # A heading typed without its space ends an article as much as the end does.
            last = index == len(nodes) - 1 or is_bad_heading(nodes[index + 1])
            errors = self.context.findings.errors
            block = self._block(node, where, take_source if last else None, caption[0] if caption else None)
            if caption is not None:
                if block is None and self.context.findings.errors > errors:
                    # What follows is wrong itself, and may well have been meant as the table.
                    pass
                elif not isinstance(block, Table):
                    self.context.report(rules.LOOSE_CAPTION, caption[1].place)
                    result.append(caption[1])
                caption = None
            if isinstance(block, Paragraph) and (match := _CAPTION.fullmatch(plain_text(block.children))):
                caption = (match[1].strip(), block)
            elif block is not None:
                result.append(block)
        if caption is not None:
            self.context.report(rules.LOOSE_CAPTION, caption[1].place)
            result.append(caption[1])
        return tuple(result)

    def _is_silent(self, node: SyntaxTreeNode) -> bool:
        return node.type == "footnote_block" or (node.type == "html_block" and is_comment(node.content))

    def _block(
        self, node: SyntaxTreeNode, where: Where, take_source: LineTaker | None, caption: str | None
    ) -> Block | None:
        kind = _KINDS.get(node.type)
        if kind is not None and not self._allowed(kind, where, node):
            return None
        match node.type:
            case "paragraph":
                return self._paragraph(node, where, take_source)
            case "bullet_list" | "ordered_list":
                return self._list(node)
            case "table":
                if not has_head(node):
                    self._empty(node, "table head", "表头")
                return read_table(self.context, self.source, self.inline, node, caption, self.place(node))
            case "blockquote":
                return self._quote(node)
            case "fence":
                return self._fence(node, where)
            case "html_block":
                self.context.report(rules.RAW_HTML, self.place(node), code=shown(node.content))
            case "hr":
                self.context.report(rules.RULE_LINE, self.place(node))
            case _ if node.type == CALLOUT:
                return self._callout(node)
        return None

    def _allowed(self, kind: str, where: Where, node: SyntaxTreeNode) -> bool:
        if kind in _ALLOWED[where]:
            return True
        (where_zh, where_en), (what_zh, what_en) = _WHERE_WORDS[where], _KIND_WORDS[kind]
        fields = {"where": where_en, "where_zh": where_zh, "what": what_en, "what_zh": what_zh}
        self.context.report(rules.NOT_ALLOWED_HERE, self.place(node), **fields)
        return False

    def _paragraph(self, node: SyntaxTreeNode, where: Where, take_source: LineTaker | None) -> Block | None:
        inline = node.children[0]
        place = self.place(node)
        if inline.children and inline.children[0].type == "image" and _is_picture(inline):
            return self._figure(node) if self._allowed("figure", where, node) else None
        if where == "article" and is_bad_heading(node):
            self.context.report(content_rules.HEADING_SPACE, place)
            return None
        if self._misread(node):
            return None
        raw = self.inline.raw(inline, node.map or (0, 1))
        if take_source is not None and (lines := take_source(split_lines(raw), place)) is not None:
            # Line ends go in again between the lines that stay, to be resolved as usual.
            raw = [part for line in lines for part in (Text(text="\n"), *line)][1:]
        children = joined(raw)
        if not children:
            return None
        if where == "article" and (label := _LABEL.match(plain_text(children))):
            if label[1] == "来源":
                self.early_sources.append((place, self.context.findings.errors))
            else:
                zh, en = _BELOW if label[1] in ("供图", "摄影") else _ABOVE
                rule = content_rules.LABEL_IN_ARTICLE
                self.context.report(rule, place, label=label[1] + "：", advice_zh=zh, advice=en)
        return Paragraph(children=children, place=place)

    def _misread(self, node: SyntaxTreeNode) -> bool:
        """Report what was meant as markup and is not read as such; True when the paragraph cannot be printed so."""
        errors = self.context.findings.errors
        first = node.map[0] if node.map else 0
        labels = report_lookalikes(self.context, self.source, node.children[0].content, first)
        if self.context.findings.errors == errors:
            return False
        # The paragraph is not read, but the footnotes that it calls are not forgotten.
        self.inline.called |= labels
        return True

    def _figure(self, node: SyntaxTreeNode) -> Block | None:
        inline = node.children[0]
        image = inline.children[0]
        place = self.place(node)
        lines = split_lines(self.inline.raw(inline, node.map or (0, 1), skip=1))
        rest = joined([part for line in lines[1:] for part in line])
        credit = plain_text(rest).strip() or None
        if credit and (match := _CREDIT.fullmatch(credit)):
            name = match[2].strip()
            credit = f"{name} 摄" if match[1].startswith("摄") and not name.endswith("摄") else name
        alt = self.context.printable(image.content.strip(), lambda _index: place)
        if not alt:
            self.context.report(image_rules.IMAGE_ALT, place)
        title = str(image.attrGet("title") or "").strip()
        first = node.map[0] if node.map else 0
        self.context.passage_on(self.source, first, alt)
        self.context.passage_on(self.source, first, title, last=True)
        caption = self.context.printable(title, lambda _index: place) or None
        path = self.picture(_unquoted(str(image.attrGet("src") or "")), place)
        if path is None or not alt:
            return None
        return Figure(path=path, alt=alt, caption=caption, credit=credit, place=place)

    def _list(self, node: SyntaxTreeNode) -> Block:
        items = []
        for item in node.children:
            blocks = self.blocks(item.children, "list")
            if not item.children:
                self._empty(item, "list item", "列表项")
            items.append(ListItem(blocks=blocks))
        start = node.attrGet("start")
        ordered = node.type == "ordered_list"
        return ListBlock(
            ordered=ordered, start=int(start) if start is not None else 1, items=tuple(items), place=self.place(node)
        )

    def _quote(self, node: SyntaxTreeNode) -> Block | None:
        attribution: list[str] = []

        def take(lines: list[list[Inline]], _place: Place) -> list[list[Inline]] | None:
            match = _ATTRIBUTION.fullmatch(plain_text(joined(lines[-1])))
            if match is None:
                return None
            attribution.append(match[1].strip())
            return lines[:-1]

        errors = self.context.findings.errors
        blocks = self.blocks(node.children, "quote", take)
        if not blocks:
            if self.context.findings.errors == errors:
                self._empty(node, "quotation", "引文")
            return None
        return Quote(blocks=blocks, attribution=attribution[0] if attribution else None, place=self.place(node))

    def _callout(self, node: SyntaxTreeNode) -> Block | None:
        place = self.place(node)
        if (one := callout_in_one_line(node.info)) is not None:
            self.context.report(one.rule, place, **one.fields)
            return None
        name, _, title = node.info.strip().partition(" ")
        title = self.context.printable(title.strip(), lambda _index: place)
        self.context.passage_on(self.source, node.map[0] if node.map else 0, title)
        closed = is_closed(node, self.source)
        if name not in CALLOUTS:
            if not (is_end(node) and ends_misread(node, self.source)):
                self.context.report(rules.UNKNOWN_CALLOUT, place, name=name)
        elif not closed and not is_misread(node, self.source):
            self.context.report(rules.UNCLOSED_CALLOUT, place)
        blocks = self.blocks(node.children, "callout" if closed else "open")
        if not node.children:
            if not is_end(node):
                self._empty(node, "call-out", "提示框")
            return None
        return Callout(title=title or CALLOUTS.get(name), blocks=blocks, place=place)

    def _fence(self, node: SyntaxTreeNode, where: Where) -> Block | None:
        language = node.info.strip().split(" ", 1)[0]
        kind = FENCE_KINDS.get(language, language) if language in self.fences else "code"
        if not self._allowed(kind, where, node):
            return None
        place = self.place(node)
        if not is_closed_fence(node, self.source):
            self.context.report(rules.UNCLOSED_FENCE, place)
            return None
        if language in self.fences:
            return self.fences[language](node, place)
        first = (node.map[0] if node.map else 0) + 1

        def at(index: int) -> Place:
            line = node.content.count("\n", 0, index)
            return self.source.place(first + line, index - (node.content.rfind("\n", 0, index) + 1))

        if self.fences and language and (meant := meant_fence(language)) is not None:
            self.context.report(misread_rules.FENCE_NAME, place, name=language[:20], meant=meant)
        text = self.context.printable(node.content, at)
        return CodeBlock(language=language or None, text=text.removesuffix("\n"), place=place)

    def _empty(self, node: SyntaxTreeNode, what: str, what_zh: str) -> None:
        self.context.report(rules.EMPTY_BLOCK, self.place(node), what=what, what_zh=what_zh)


def is_bad_heading(node: SyntaxTreeNode) -> bool:
    """True for a paragraph that was meant as a heading: no space after the #, or a full-width ＃."""
    return node.type == "paragraph" and _BAD_HEADING.match(node.children[0].content) is not None


def _is_picture(inline: SyntaxTreeNode) -> bool:
    """One image alone on the first line, and no other."""
    rest = inline.children[1:]
    return (not rest or rest[0].type in ("softbreak", "hardbreak")) and all(child.type != "image" for child in rest)


def _unquoted(address: str) -> str:
    """A path as typed: Markdown percent-encodes what is not ASCII."""
    return unquote(address)
