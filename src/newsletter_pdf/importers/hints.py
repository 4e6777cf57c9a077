"""What an import kept as plain text although its author most likely meant more by it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter_pdf.findings import Finding, Place
from newsletter_pdf.findings import manuscripts as rules
from newsletter_pdf.importers.inlines import plain
from newsletter_pdf.importers.manuscript import ManuscriptBlock
from newsletter_pdf.model import Paragraph

_WORDS = {
    "callout": ("像是提示框，但没有写完整", "seems to be a call-out, but is not whole"),
    "source": (
        "像是来源，不在文章最后，或写法不同",
        "seems to be a source, but is not the end or is written otherwise",
    ),
    "author": ("来源里还有作者，一起印在来源里", "holds an author beside the source; both are printed as the source"),
    "credit": ("像是图片说明或摄影者", "seems to be a caption or a photographer"),
    "lead": ("在「导读：」之前，也放进了导读", "stood before the label 导读 and went into the lead too"),
}
_SOURCE = re.compile(
    r"(?:[（(【［\[〔]\s*(?:信息|消息|文章|稿件)?来\s*源\s*(?:[:：]|[】］\]〕])"
    r"|^\s*(?:[（(]\s*)?(?:转自|摘自|转载自|原载|来源于)\s*[:：《「]|^\s*(?:信息|消息|文章|稿件)?来\s*源\s*[:：])"
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
