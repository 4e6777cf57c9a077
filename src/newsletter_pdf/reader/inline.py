"""Inline Markdown → model inlines, with the place of everything that is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from markdown_it.tree import SyntaxTreeNode

from newsletter_pdf.findings import Place
from newsletter_pdf.findings import markup as rules
from newsletter_pdf.findings.notes import NOTE_TOO_LONG
from newsletter_pdf.model import Code, Emphasis, FootnoteCall, Inline, LineBreak, Link, ProperName, Ruby, Strong, Text
from newsletter_pdf.reader.context import TEMPLATE, Context, Source, good_address
from newsletter_pdf.reader.cursor import Cursor
from newsletter_pdf.source import GAP, line_joint

_LINE_END = re.compile(r"(?<![ \t\u3000])[ \t\u3000]*\n[ \t\u3000]*")
NOTE_LIMIT = 1000
"""Characters that a footnote may have: about half a page of the type that notes are set in."""
_NOTE_CALL = re.compile(r"\[\^([^\]\s]+)\]")
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)")


class InlineReader:
    """Reads inline content of one file; ``footnotes`` are its footnotes by label."""

    def __init__(self, context: Context, source: Source, footnotes: dict[str, SyntaxTreeNode] | None = None) -> None:
        self.context = context
        self.source = source
        self.footnotes = footnotes or {}
        self.called: set[str] = set()
        self.notes_read: dict[str, tuple[Inline, ...]] = {}
        self.misread: frozenset[str] = frozenset()
        """Labels of footnotes whose text is there but typed in a way that is not read; reported where it stands."""

    def read(self, node: SyntaxTreeNode, lines: Sequence[int], *, column: int = 0) -> tuple[Inline, ...]:
        """All of an ``inline`` node that stands in the 0-based source ``lines`` [first, after last).

        It begins on the first of them at or behind the 0-based ``column``.
        """
        return joined(self.raw(node, lines, column=column))

    def raw(
        self, node: SyntaxTreeNode, lines: Sequence[int], *, notes: bool = True, skip: int = 0, column: int = 0
    ) -> list[Inline]:
        """As :meth:`read`, line ends still there as texts of their own; ``skip`` leaves out the first children."""
        cursor = Cursor(self.source, lines, column)
        cursor.passage = self.context.passage(self.source)
        return self._children(node, cursor, notes=notes, skip=skip)

    def _children(self, node: SyntaxTreeNode, cursor: Cursor, *, notes: bool, skip: int = 0) -> list[Inline]:
        result: list[Inline] = []
        for child in node.children[skip:]:
            result.extend(self._one(child, cursor, notes=notes))
        return result

    def _one(self, node: SyntaxTreeNode, cursor: Cursor, *, notes: bool) -> list[Inline]:
        match node.type:
            case "text":
                return self._text(node.content, cursor)
            case "softbreak":
                cursor.passage.add_mark("\n", cursor.at())
                cursor.next_line()
                return [Text(text="\n")]
            case "hardbreak":
                cursor.passage.add_mark("\n", cursor.at())
                cursor.next_line()
                return [LineBreak()]
            case "strong" | "em":
                children = joined(self._children(node, cursor, notes=notes))
                if not children:
                    return []
                return [Strong(children=children) if node.type == "strong" else Emphasis(children=children)]
            case "code_inline":
                literal = cursor.seek(node.content)
                cursor.passage.add_mark(GAP, cursor.at())
                text = self.context.printable(node.content, cursor.at)
                if literal:
                    cursor.skip(node.content)
                return [Code(text=text)] if text else []
            case "link":
                return self._link(node, cursor, notes=notes)
            case "annotation":
                return self._annotation(node, cursor)
            case "image":
                cursor.seek("![")
                self.context.report(rules.INLINE_IMAGE, cursor.at())
                cursor.skip("![")
            case "html_inline":
                self._html(node.content, cursor)
            case "footnote_ref":
                return self._footnote(node, cursor, notes=notes)
        return []

    def _text(self, content: str, cursor: Cursor) -> list[Inline]:
        literal = cursor.seek_text(content)
        for match in TEMPLATE.finditer(content):
            place = cursor.at(match.start()) if literal else cursor.find_unescaped(match[0][:2])
            if place is not None:
                self.context.report(rules.TEMPLATE_COMMAND, place, code=match[0])
        for match in _NOTE_CALL.finditer(content):
            place = cursor.at(match.start()) if literal else cursor.find_unescaped(match[0])
            if place is not None and match[1] not in self.misread:
                self.context.report(rules.NO_FOOTNOTE, place, label=match[1])
        if literal and "**" in content:
            self.context.report(rules.LOOSE_MARKS, cursor.at(content.index("**")))
        text = self.context.printable(content, cursor.at if literal else lambda _offset: cursor.at())
        if literal:
            cursor.passage.add(content, cursor.at(), exact=self.source.exact)
            cursor.skip(content)
        else:
            self._note_written(content, cursor)
        return [Text(text=text)] if text else []

    def _note_written(self, content: str, cursor: Cursor) -> None:
        start = self.source.place(cursor.line)
        found = cursor.seek_written(content)
        if found is None or not self.source.exact:
            cursor.passage.add(content, cursor.at(), exact=False)
        else:
            cursor.passage.add_written(content, start, *found)

    def _annotation(self, node: SyntaxTreeNode, cursor: Cursor) -> list[Inline]:
        cursor.seek(node.content)
        cursor.passage.add(node.meta["text"], cursor.at(), exact=False)
        base = self.context.printable(node.meta["text"], cursor.at)
        reading = self.context.printable(node.meta["reading"], cursor.at)
        cursor.skip(node.content)
        return [ProperName(text=base) if reading == "-" else Ruby(text=base, reading=reading)]

    def _link(self, node: SyntaxTreeNode, cursor: Cursor, *, notes: bool) -> list[Inline]:
        place = cursor.find_unescaped("<" if node.markup == "autolink" else "[") or cursor.at()
        children = joined(self._children(node, cursor, notes=notes))
        href = str(node.attrGet("href") or "")
        if not good_address(href):
            self.context.report(rules.BAD_LINK, place, href=href[:80])
        if not children:
            children = (Text(text=href),)
        if node.markup != "autolink" and cursor.seek("]("):
            cursor.column = _address_end(self.source.line(cursor.line), cursor.column + 1)
        return [Link(href=href, children=children)]

    def _html(self, content: str, cursor: Cursor) -> None:
        cursor.seek(content.split("\n", 1)[0])
        tag = _TAG.match(content)
        closes = tag is not None and bool(tag[1]) and tag[2].lower() in cursor.open_tags
        if tag is not None:
            cursor.open_tags.add(tag[2].lower())
        # An element is one mistake: its end is not reported again.
        if not is_comment(content) and not closes:
            self.context.report(rules.RAW_HTML, cursor.at(), code=shown(content))
        cursor.skip(content.split("\n", 1)[0])

    def _footnote(self, node: SyntaxTreeNode, cursor: Cursor, *, notes: bool) -> list[Inline]:
        label = note_label(node)
        written = f"[^{label}]"
        cursor.seek(written)
        place = cursor.at()
        cursor.skip(written)
        note = self.footnotes.get(label)
        if not notes or note is None:
            self.context.report(rules.FOOTNOTE_FORM, place, label=label)
            return []
        if label not in self.notes_read:
            self.notes_read[label] = self._note(note, label, place, cursor)
        self.called.add(label)
        children = self.notes_read[label]
        return [FootnoteCall(label=label, children=children)] if children else []

    def _note(self, note: SyntaxTreeNode, label: str, place: Place, cursor: Cursor) -> tuple[Inline, ...]:
        """The text of a note, empty when something about it is reported; ``place`` is that of its first call."""
        paragraphs = [child for child in note.children if child.type != "footnote_anchor"]
        if not paragraphs and note.children:
            paragraphs = list(note.children)
        if len(paragraphs) != 1 or paragraphs[0].type != "paragraph":
            self.context.report(rules.FOOTNOTE_FORM, place, label=label)
            return ()
        paragraph = paragraphs[0]
        lines = paragraph.map or (cursor.line, cursor.end)
        children = joined(self.raw(paragraph.children[0], lines, notes=False))
        if not plain_text(children).strip():
            self.context.report(rules.EMPTY_BLOCK, place, what="footnote", what_zh="脚注")
            return ()
        if (length := len(plain_text(children))) > NOTE_LIMIT:
            self.context.report(NOTE_TOO_LONG, place, label=label, length=length, limit=NOTE_LIMIT)
            return ()
        return children


def _address_end(line: str, start: int) -> int:
    """The column behind the address of a link whose bracket opens at ``start``, with its title if any."""
    depth, quote, column = 0, "", start
    while column < len(line):
        character = line[column]
        if character == "\\":
            column += 1
        elif quote:
            quote = "" if character == quote else quote
        elif character in '"<' or (character == "'" and line[column - 1] == " "):
            quote = ">" if character == "<" else character
        else:
            depth += (character == "(") - (character == ")")
            if depth == 0:
                return column + 1
        column += 1
    return start + 1


def note_label(node: SyntaxTreeNode) -> str:
    """The label of a footnote or its call; those written in line (``^[…]``) are named by their number."""
    return str(node.meta.get("label") or int(node.meta.get("id", 0)) + 1)


def is_comment(html: str) -> bool:
    """True for a comment, which is not printed and therefore allowed."""
    html = html.strip()
    return html.startswith("<!--") and html.endswith("-->") and "<!--" not in html[4:]


def shown(code: str, limit: int = 40) -> str:
    """The beginning of some code on one line, to show in a message."""
    line = " ".join(code.split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def plain_text(inlines: Sequence[Inline]) -> str:
    """The text alone, without footnotes."""
    parts: list[str] = []
    for inline in inlines:
        match inline:
            case Text() | Code() | Ruby() | ProperName():
                parts.append(inline.text)
            case Strong() | Emphasis() | Link():
                parts.append(plain_text(inline.children))
            case LineBreak():
                parts.append("\n")
            case FootnoteCall():
                pass
    return "".join(parts)


def split_lines(inlines: Sequence[Inline]) -> list[list[Inline]]:
    """The raw inlines of a block, line by line as the editor typed them."""
    lines: list[list[Inline]] = [[]]
    for inline in inlines:
        if isinstance(inline, LineBreak) or (isinstance(inline, Text) and inline.text == "\n"):
            lines.append([])
        else:
            lines[-1].append(inline)
    return lines


def joined(inlines: Sequence[Inline]) -> tuple[Inline, ...]:
    """Adjacent texts as one, line ends resolved as Chinese needs it, no blanks at either end."""
    merged: list[Inline] = []
    for inline in inlines:
        last = merged[-1] if merged else None
        if isinstance(inline, Text) and isinstance(last, Text):
            merged[-1] = Text(text=last.text + inline.text)
        else:
            merged.append(inline)
    result: list[Inline] = []
    for index, inline in enumerate(merged):
        if isinstance(inline, Text):
            # Just the neighbours are looked at: the whole text before and after would take quadratic time.
            before = _edge(reversed(merged[:index]), -1) if "\n" in inline.text else ""
            after = _edge(iter(merged[index + 1 :]), 0) if "\n" in inline.text else ""
            text = _join(inline.text, before, after)
            if text:
                result.append(Text(text=text))
        else:
            result.append(inline)
    return tuple(result)


def _edge(inlines: Iterator[Inline], index: int) -> str:
    """The character that the first of ``inlines`` with a text has at ``index``."""
    texts = (plain_text((inline,)) for inline in inlines)
    return next((text[index] for text in texts if text), "")


def _join(text: str, before: str, after: str) -> str:
    if "\n" not in text:
        return text

    def joint(match: re.Match[str]) -> str:
        left = text[match.start() - 1] if match.start() > 0 else before
        right = text[match.end()] if match.end() < len(text) else after
        return line_joint(left, right)

    return _LINE_END.sub(joint, text)
