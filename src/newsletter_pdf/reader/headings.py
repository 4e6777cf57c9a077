"""Headings: their text, the numbers that manuscripts have typed into them, their length."""

from __future__ import annotations

import re

from markdown_it.tree import SyntaxTreeNode

from newsletter_pdf.findings import Place, sectionfiles
from newsletter_pdf.findings import content as rules
from newsletter_pdf.findings import markup as markup_rules
from newsletter_pdf.reader.context import Context, Source
from newsletter_pdf.reader.inline import InlineReader, plain_text

MAX_TITLE = 120
LONG_TITLE = 60
"""Characters; two lines of the contents hold about sixty."""
MAX_HEAD = 30
"""Em; the running head of the classic layout has 296 pt for the section, set in 9.5 pt."""

_HAN_DIGIT = "[一二三四五六七八九十百]"
_HAN_NUMBER = _HAN_DIGIT + "{1,4}"
# 「（一）」「(1)」「一、」「1.」「1．」「1、」. A decimal (「3.5亿元」), a plain figure (「5G」) and a figure that
# the title goes on with (「一、二线城市」「1、2号线」) are no numbering.
TYPED_NUMBER = re.compile(
    rf"\s*(?:第{_HAN_NUMBER}(?:部分|[编章篇辑])(?:[\s、：:]+)|[（(]\s*(?:{_HAN_NUMBER}|\d{{1,3}})\s*[)）]|{_HAN_NUMBER}、(?!{_HAN_DIGIT})|\d{{1,3}}(?:[.．](?![\d.])|、(?!\d)))\s*",
    re.A,
)
_MARKUP = {
    "strong": ("加粗", "bold"),
    "em": ("强调", "emphasis"),
    "link": ("链接", "a link"),
    "footnote_ref": ("脚注", "a footnote"),
}


def without_number(context: Context, written: str, place: Place) -> str:
    """A title without the number typed before it, which is reported."""
    match = TYPED_NUMBER.match(written)
    if match is None or not written[match.end() :]:
        return written
    context.report(rules.TYPED_NUMBER, place, number=match[0].strip())
    return written[match.end() :]


def report_long(context: Context, title: str, place: Place) -> None:
    """Report a title that can be printed, but is long."""
    if LONG_TITLE < len(title) <= MAX_TITLE:
        context.report(rules.TITLE_LONG, place, length=len(title), limit=LONG_TITLE)


def report_long_head(context: Context, title: str, place: Place) -> None:
    """Report what does not fit the running head on one line."""
    width = sum(1.0 if ord(character) > 0xFF else 0.55 for character in title)
    if width > MAX_HEAD:
        shown = title if len(title) <= 20 else title[:19] + "…"
        context.report(sectionfiles.LONG_HEAD, place, title=shown, length=round(width), limit=MAX_HEAD)


class HeadingReader:
    """Reads the headings of one section file."""

    def __init__(self, context: Context, source: Source, inline: InlineReader) -> None:
        self.context = context
        self.source = source
        self.inline = inline

    def place(self, node: SyntaxTreeNode) -> Place:
        """Where the heading's # marks stand."""
        first = node.map[0] if node.map else 0
        line = self.source.line(first)
        return self.source.place(first, len(line) - len(line.lstrip(" ")))

    def title(self, node: SyntaxTreeNode) -> str | None:
        """The heading's text without typed number and markup, or None when nothing is left (reported)."""
        place = self.place(node)
        inline = node.children[0]
        self._report_markup(inline, place)
        written = plain_text(self.inline.read(inline, node.map or (0, 1))).replace("\n", "").strip()
        title = without_number(self.context, written, place)
        if not title:
            self.context.report(rules.EMPTY_HEADING, place)
            return None
        if len(title) > MAX_TITLE:
            self.context.report(rules.TITLE_TOO_LONG, place, length=len(title), limit=MAX_TITLE)
        report_long(self.context, title, place)
        return title

    def _report_markup(self, inline: SyntaxTreeNode, place: Place) -> None:
        for node in inline.walk(include_self=False):
            if node.type in _MARKUP:
                what_zh, what = _MARKUP[node.type]
                self.context.report(markup_rules.HEADING_MARKUP, place, what=what, what_zh=what_zh)

    def wrong_level(self, node: SyntaxTreeNode) -> None:
        """Report a heading of a level that has no meaning in a section file."""
        self.context.report(rules.HEADING_LEVEL, self.place(node), marks=node.markup)
