"""Quotation marks, brackets and title marks: in pairs, the right way round, rightly nested, of one width.

GB/T 15834—2011, 4.8 (quotation marks: “” outside, ‘’ inside), 4.9 (brackets), 4.15 (title marks: 《》, inside 〈〉).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsletter_pdf.copyreading.edits import HAN, MARKS, Edit
from newsletter_pdf.findings import copy as rules

_CLOSE = {"(": ")", "（": "）", "【": "】", "《": "》", "〈": "〉", "「": "」", "『": "』", "“": "”", "‘": "’"}
_KIND = {opener: opener for opener in _CLOSE} | {closer: opener for opener, closer in _CLOSE.items()}
_KIND |= {"(": "（", ")": "（"}
_INNER = {"“": "‘", "《": "〈", "「": "『"}
_SELF_NESTED = frozenset("“《「")
_TOKEN = re.compile("[" + re.escape("".join(_KIND)) + "]")
# 「1）」「a)」「（略）；二）」: the number of an item, written with one bracket.
_ITEM = re.compile(r"(?:^|[\s，。；：、])(?:\d{1,3}|[a-zA-Z]|[一二三四五六七八九十]{1,3}|[ivxIVX]{1,4})$")
_HAN = re.compile(f"[{HAN}]")
_CHINESE = re.compile(f"[{HAN}{MARKS}]")
_STRAIGHT = re.compile('(?<![0-9])"|(?<=[0-9])"(?![0-9\\s]|$)')
_SINGLE = re.compile(r"(?<![A-Za-z0-9'])'([^'\n]{1,60})'(?![A-Za-z'])")
_ANGLES = re.compile(r"(?<!<)<<(?! )([^<>\n]{1,60})(?<! )>>(?!>)")
_SHOWN = 12
_MOST = 2000


class _Pairs:
    """One passage, read from left to right; ``stack`` holds the openers that wait for their partner."""

    def __init__(self, text: str, following: str) -> None:
        self.text = text
        self.following = following
        self.stack: list[tuple[int, str]] = []

    def edits(self) -> Iterator[Edit]:
        for match in _TOKEN.finditer(self.text):
            index, mark = match.start(), match[0]
            if mark in _CLOSE:
                yield from self._open(index, mark)
            elif not self._is_apostrophe(index, mark):
                yield from self._close(index, mark)
        for index, mark in self.stack:
            # A quotation over several paragraphs opens each and is closed in the last.
            if not (mark in "“「‘『" and self.following.lstrip().startswith(mark)):
                yield self._alone(index)

    def _open(self, index: int, mark: str) -> Iterator[Edit]:
        if mark in _SELF_NESTED and any(waiting == mark for _, waiting in self.stack):
            rest = self.text[index + 1 :]
            spare = rest.count(_CLOSE[mark]) - rest.count(mark)
            if spare >= 2:
                yield Edit(rules.QUOTE_ORDER, index, index + 1, _INNER[mark], safe=False, shown=self._near(index))
            elif spare <= 0 and mark != "《":
                # 「“甲“」: the second was meant to close.
                yield Edit(rules.QUOTE_ORDER, index, index + 1, _CLOSE[mark], safe=False, shown=self._near(index))
                self._take(mark)
                return
            else:
                position = next(i for i, (_, waiting) in enumerate(self.stack) if waiting == mark)
                yield self._alone(self.stack.pop(position)[0])
        self.stack.append((index, mark))

    def _close(self, index: int, mark: str) -> Iterator[Edit]:
        kind = _KIND[mark]
        waiting = [position for position, (_, opener) in enumerate(self.stack) if _KIND[opener] == kind]
        if waiting:
            for start, _ in self.stack[waiting[-1] + 1 :]:
                yield self._alone(start)
            start, opener = self.stack[waiting[-1]]
            del self.stack[waiting[-1] :]
            yield from self._pair(start, opener, index, mark)
        elif mark == "”" and self._is_reversed(index):
            yield Edit(rules.QUOTE_ORDER, index, index + 1, "“", safe=False, shown=self._near(index))
            self.stack.append((index, "“"))
        elif not (kind == "（" and _ITEM.search(self.text, max(0, index - 6), index)):
            yield self._alone(index)

    def _pair(self, start: int, opener: str, end: int, closer: str) -> Iterator[Edit]:
        if (opener == "(") != (closer == ")"):
            half = start if opener == "(" else end
            shown = self.text[start : end + 1]
            shown = shown if len(shown) <= _SHOWN else f"{shown[:5]}…{shown[-5:]}"
            yield Edit(rules.BRACKET_WIDTH, half, half + 1, "（" if half == start else "）", shown=shown)
        elif opener == "(" and self._is_chinese(start, end):
            yield Edit(rules.HALFWIDTH_MARK, start, start + 1, "（", shown="(")
            yield Edit(rules.HALFWIDTH_MARK, end, end + 1, "）", shown=")")

    def _is_chinese(self, start: int, end: int) -> bool:
        around = self.text[:start].rstrip(" ")[-1:] + self.text[end + 1 : end + 2]
        return _HAN.search(self.text, start, end) is not None or _HAN.search(around) is not None

    def _is_reversed(self, index: int) -> bool:
        rest = self.text[index + 1 :]
        following = re.search("[“”]", rest)
        return following is not None and following[0] == "“" and rest.count("“") > rest.count("”")

    def _is_apostrophe(self, index: int, mark: str) -> bool:
        return mark == "’" and self.text[index - 1 : index].isascii() and not self._waits("‘")

    def _waits(self, mark: str) -> bool:
        return any(opener == mark for _, opener in self.stack)

    def _take(self, mark: str) -> None:
        position = max(i for i, (_, opener) in enumerate(self.stack) if opener == mark)
        del self.stack[position:]

    def _alone(self, index: int) -> Edit:
        return Edit(rules.UNPAIRED, index, index + 1, None, shown=self._near(index))

    def _near(self, index: int) -> str:
        return self.text[max(0, index - 4) : index + 7].replace("\n", "")


def pair_edits(text: str, following: str = "") -> Iterator[Edit]:
    """Everything wrong with pairs in ``text``; ``following`` is the next paragraph of the file."""
    # More than a paragraph can hold is no copy, and would take for ever.
    if sum(map(text.count, _CLOSE)) <= _MOST:
        yield from _Pairs(text, following).edits()
    if '"' in text:
        yield from _straight(text)
    if "'" in text:
        yield from _straight_single(text)
    if "<<" in text:
        yield from _angles(text)


def _straight(text: str) -> Iterator[Edit]:
    marks = [match.start() for match in _STRAIGHT.finditer(text)]
    if _HAN.search(text) is None:
        return
    if len(marks) % 2:
        index = marks[0]
        yield Edit(rules.STRAIGHT_QUOTES, index, index + 1, None, shown='"')
        return
    alone = "“" not in text and "”" not in text
    for start, end in zip(marks[::2], marks[1::2], strict=True):
        around = text[max(0, start - 1) : end + 2]
        inside = text[start + 1 : end]
        if _CHINESE.search(around) is None:
            continue
        safe = alone and bool(inside) and inside == inside.strip() and not _ends_word(text, start)
        yield Edit(rules.STRAIGHT_QUOTES, start, start + 1, "“", safe, shown='"')
        yield Edit(rules.STRAIGHT_QUOTES, end, end + 1, "”", safe, shown='"')


def _straight_single(text: str) -> Iterator[Edit]:
    """Single straight quotes around Chinese; whether “” or ‘’ is meant only an editor knows."""
    for match in _SINGLE.finditer(text):
        if _HAN.search(match[1]) is not None:
            yield Edit(rules.STRAIGHT_QUOTES, match.start(), match.start() + 1, "“", safe=False, shown="'")
            yield Edit(rules.STRAIGHT_QUOTES, match.end() - 1, match.end(), "”", safe=False, shown="'")


def _angles(text: str) -> Iterator[Edit]:
    """「<<网络安全法>>」: title marks typed as two angles each."""
    for match in _ANGLES.finditer(text):
        if _HAN.search(match[1]) is not None:
            yield Edit(rules.HALFWIDTH_MARK, match.start(), match.start() + 2, "《", shown="<<")
            yield Edit(rules.HALFWIDTH_MARK, match.end() - 2, match.end(), "》", shown=">>")


def _ends_word(text: str, index: int) -> bool:
    before = text[index - 1 : index]
    return before.isascii() and before.isalnum()
