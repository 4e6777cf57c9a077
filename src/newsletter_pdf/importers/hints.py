"""What an import kept as plain text although its author most likely meant more by it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter_pdf.findings import Finding, Place
from newsletter_pdf.findings import manuscripts as rules
from newsletter_pdf.importers.inlines import plain
from newsletter_pdf.importers.manuscript import ManuscriptBlock
from newsletter_pdf.model import Paragraph

# What it seems to be, and what to do about it.
_WORDS = {
    "callout": (
        "像是提示框，但没有写完整；要提示框就写「::: 提示」，最后一行写「:::」",
        "seems to be a call-out, but is not whole; one begins with “::: 提示” and ends with “:::”",
    ),
    "source": (
        "像是来源，不在文章最后，或写法不同；来源写成「来源：…」，放在文章最后一段",
        "seems to be a source, but is not the end or is written otherwise; write “来源：…” as the last paragraph",
    ),
    "author": (
        "来源里还有作者或别的，一起印在来源里；不要印的，从来源里删去",
        "holds an author or more beside the source; all is printed as the source: delete what should not be",
    ),
    "credit": (
        "像是图片说明或摄影者；图题写在图片的引号里，摄影者另起一行写「供图：…」",
        "seems to be a caption or a photographer; a caption goes between the picture's quotes, “供图：…” below it",
    ),
    "lead": (
        "在「导读：」之前，也放进了导读；不是导读的，从 lead 里删去",
        "stood before the label 导读 and went into the lead too; delete it from lead if it is none",
    ),
    "table-head": (
        "是表格的第一行，当作了表头；不是表头的，在栏目文件的表格上面另加一行表头",
        "is the first row of a table and was taken for its head; if it is none, add a head above it",
    ),
}
_TAKEN_FROM = r"(?:转\s*自|摘\s*自|转载自|摘编自|编译自|原载于?|来源于)"
_SOURCE = re.compile(
    r"[（(【［\[〔]\s*(?:信息|消息|文章|稿件)?来\s*源\s*(?:[:：]|[】］\]〕])"
    rf"|^\s*[（(【［\[〔]?\s*{_TAKEN_FROM}\s*(?:[:：《「]|[】］\]〕])|^\s*(?:信息|消息|文章|稿件)?来\s*源\s*[:：]"
    rf"|[（(【［\[〔]\s*(?:本文|原文)?\s*{_TAKEN_FROM}[^（(）)【】]{{1,60}}[）)】］\]〕]\s*[。.]?\s*$"
)
_AUTHOR = re.compile(r"(?:作者|撰稿|记者|责任编辑|责编|编辑|电话)\s*[:：]")
_CREDIT = re.compile(r"^\s*(?:图为.{1,60}|.{0,40}[\u3400-\u9fff]{2,4}[ \u3000/]*摄\s*[)）。]?$)")


def kept_as_text(place: Place, text: str, what: str) -> Finding:
    """The finding that ``text`` stands as it was typed; ``what`` it may have been meant as."""
    zh, en = _WORDS[what]
    return rules.KEPT_AS_TEXT.at(place, text=" ".join(text.split())[:30], what_zh=zh, what=en)


def article_hints(blocks: tuple[ManuscriptBlock, ...], source: str, place: Place) -> Iterator[Finding]:
    """Hints on sources, authors and captions left in an article's text or taken together, one for each paragraph."""
    if _AUTHOR.search(source):
        yield kept_as_text(place, source, "author")
    for block in blocks:
        if isinstance(block, Paragraph):
            text = plain(block.children)
            if _SOURCE.search(text):
                yield kept_as_text(block.place, text, "source")
            elif len(text) < 80 and _CREDIT.match(text):
                yield kept_as_text(block.place, text, "credit")
