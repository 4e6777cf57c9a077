"""What does not go into a section file, by kind: how it is called, and which finding tells of it."""

from __future__ import annotations

from collections.abc import Iterable

from newsletter_pdf.findings import Findings
from newsletter_pdf.findings import importing as rules
from newsletter_pdf.findings import wordfiles as word_rules
from newsletter_pdf.importers.manuscript import Unplaced

_EXCERPT = 40
_LONG = 200

# Left out on purpose, as the layout makes it anew or a title cannot hold it: for information.
QUIET = {
    "header": ("页眉", "header"),
    "footer": ("页脚", "footer"),
    "contents": ("目录", "table of contents"),
    "placeholder": ("占位提示", "placeholder text"),
    "field-code": ("域代码里的文字", "text in a field's code"),
    "reading": ("标题里的注音", "reading in a title"),
    "link": ("标题里的链接", "link in a title"),
}
# Something that the author meant for readers, perhaps: a warning each.
LOUD = {
    "hidden": ("隐藏文字", "hidden text"),
    "chart": ("图表", "chart"),
    "diagram": ("SmartArt 图", "SmartArt diagram"),
    "object": ("嵌入的对象", "embedded object"),
    "word-art": ("艺术字或水印", "word art or watermark"),
    "picture": ("图片", "picture"),
    "field": ("没有结果的域", "field without a result"),
    "inserted-file": ("插入的文件", "inserted file"),
    "footnote": ("没有引用的脚注", "footnote without a call"),
    "endnote": ("没有引用的尾注", "endnote without a call"),
    "text": ("文字", "text"),
}
# Told of by findings of their own.
SPOKEN_FOR = frozenset({"comment", "deleted"})


def report_left_out(unplaced: Iterable[Unplaced], findings: Findings) -> None:
    """A finding for each thing that was left out, unless another finding speaks of it already."""
    for item in unplaced:
        if item.kind in SPOKEN_FOR:
            continue
        if item.kind == "":
            findings.add(rules.NOT_PLACED.at(item.place, text=shortened(item.text)))
        elif item.kind == "unaccounted":
            findings.add(word_rules.UNACCOUNTED.at(item.place, text=shortened(item.text, _LONG)))
        elif item.kind == "text-box":
            findings.add(word_rules.TEXT_BOX.at(item.place, text=shortened(item.text, _LONG)))
        elif item.kind in QUIET:
            zh, en = QUIET[item.kind]
            findings.add(word_rules.LEFT_OUT.at(item.place, kind_zh=zh, kind_en=en, text=shortened(item.text)))
        else:
            zh, en = LOUD[item.kind]
            findings.add(word_rules.NOT_TAKEN.at(item.place, kind_zh=zh, kind_en=en, text=shortened(item.text, _LONG)))


def shortened(text: str, limit: int = _EXCERPT) -> str:
    """The beginning of a text on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[:limit] + "…"
