"""What a line looks like: whether it could be a heading, and how it differs from the text around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from newsletter_pdf.findings import Place
from newsletter_pdf.importers.labels import after_keywords_label, after_lead_label, find_source

LONGEST = 60
"""Most characters of a line that is taken for a heading without a style that says so."""

_HAN = "零〇一二三四五六七八九十百"
# The four levels of GB/T 9704—2012, 7.3.3, in their order, with the chapters of longer texts before them.
_FORMS = (
    ("第一章", re.compile(rf"第[{_HAN}\d]{{1,4}}[章部编篇][\s　:：、.]?")),
    ("第一节", re.compile(rf"第[{_HAN}\d]{{1,4}}节[\s　:：、.]?")),
    ("一、", re.compile(rf"[{_HAN}]{{1,4}}\s*[、.．](?![{_HAN}])")),
    ("（一）", re.compile(rf"[（(]\s*[{_HAN}]{{1,4}}\s*[）)]")),
    ("1.", re.compile(r"\d{1,3}\s*(?:[.．](?!\d)|、(?!\d))")),
    ("（1）", re.compile(r"[（(]\s*\d{1,3}\s*[）)]|\d{1,3}[)）]|[①-⑳]")),
)
RANK = {name: rank for rank, (name, _) in enumerate(_FORMS)}
_STOPS = "。；;，,、：:"
_BYLINE = re.compile(
    r"(?:作者|文|撰文|撰稿|供稿|编辑|责任编辑|校对|摄影|供图|日期|时间|单位|通讯员|记者)\s*[/／:：丨|]"
    r"|[—–-]{1,2}|[（(].*[）)]$|\d{4}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?$|(?:图|表)\s*[\d一二三四五六七八九十]|第\s*\d+\s*页"
)
_DISPLAY_FONTS = re.compile(r"黑体|小标宋|大标宋|SimHei|STHeiti|Heiti|方正大黑|华文中宋|STZhongsong", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph as far as it could be a heading. ``level`` as the style says: 0 title, 1–9 heading.

    ``size`` in pt. ``eligible`` is False for what can be none: tables, captions, items of a list.
    """

    text: str
    place: Place
    level: int | None = None
    size: float | None = None
    bold: bool = False
    centred: bool = False
    font: str | None = None
    eligible: bool = True


@dataclass(slots=True)
class Kind:
    """Lines that look alike: the same form of number, or the same size, weight and place."""

    form: str | None
    size: float
    reason_zh: str
    reason_en: str
    lines: list[int] = field(default_factory=list)
    stands_out: bool = True


def could_be(line: Line) -> bool:
    """Whether a line could be a heading by its words alone: short, no sentence, no label, no name of an author."""
    text = line.text.strip()
    return (
        line.eligible
        and 0 < len(text) <= LONGEST
        and text[-1] not in _STOPS
        and "。" not in text
        and after_lead_label(text) is None
        and after_keywords_label(text) is None
        and find_source(text) is None
        and not _BYLINE.match(text)
    )


def number_form(text: str) -> str | None:
    """The form of the number before ``text``, named by its first member (「一、」「（一）」「1.」 …), or None."""
    stripped = text.lstrip()
    for name, pattern in _FORMS:
        match = pattern.match(stripped)
        if match is not None and match.end() < len(stripped):
            return name
    return None


class Body:
    """What most of the text looks like: headings are what differs from it."""

    def __init__(self, lines: Sequence[Line]) -> None:
        sizes: Counter[float] = Counter()
        fonts: Counter[str | None] = Counter()
        bold = total = 0
        for line in lines:
            length = len(line.text)
            total += length
            bold += length if line.bold else 0
            sizes[line.size or 0] += length
            fonts[line.font] += length
        self.size = sizes.most_common(1)[0][0] if sizes else 0
        self.font = fonts.most_common(1)[0][0] if fonts else None
        self.bold = bold > 0.6 * total

    def kind_of(self, line: Line) -> tuple[object, Kind] | None:
        """The key and an empty kind for a line that could be a heading."""
        if not could_be(line):
            return None
        size = line.size or 0
        form = number_form(line.text)
        looks_zh, looks_en = self._looks(line)
        if form is not None:
            told = f"「{form}」式编号" + (f"、{looks_zh}" if looks_zh else "")
            return (form, bool(looks_zh)), Kind(
                *(form, size, told, f"numbers like “{form}”" + (looks_en and ", " + looks_en)),
                stands_out=bool(looks_zh),
            )
        if not looks_zh:
            return None
        return (None, looks_zh), Kind(None, size, looks_zh, looks_en)

    def _looks(self, line: Line) -> tuple[str, str]:
        zh, en = [], []
        if line.bold and not self.bold:
            zh.append("加粗")
            en.append("bold")
        if line.size and self.size and line.size >= self.size + 1:
            zh.append(f"{line.size:g} 磅")
            en.append(f"{line.size:g} pt")
        if line.centred and len(line.text) <= 40:
            zh.append("居中")
            en.append("centred")
        if line.font and line.font != self.font and _DISPLAY_FONTS.search(line.font):
            zh.append(line.font)
            en.append(line.font)
        return "、".join(zh), ", ".join(en)

    def accept(self, kind: Kind, lines: Sequence[Line]) -> bool:
        """Whether a kind heads text: one that looks like the text has to be followed by longer text, not its like."""
        if kind.stands_out:
            return True
        own = set(kind.lines)
        heads = 0
        for index in kind.lines:
            following = next((i for i in range(index + 1, len(lines)) if lines[i].text.strip()), None)
            if following is not None and following not in own:
                after = lines[following]
                longer = not after.eligible or len(after.text) > len(lines[index].text) or number_form(after.text)
                heads += 1 if longer else 0
        return heads * 2 > len(kind.lines)
