"""What stands between two passages of text and is the layout's: labels, brackets, numbers, leaders and page numbers.

A number is allowed only where one belongs, so that a figure that nobody wrote is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from newsletter_pdf.verify.expected import Expected, ExpectedPassage, Role
from newsletter_pdf.verify.wording import CALL, letters

_LONGEST = 400  # letters; a leader of a contents entry fills a line at most
_HAN = "〇零一二三四五六七八九十百"
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0}
_CIRCLED = "①-⑳㉑-㉟㊱-㊿"
_CALL = rf"(?:[{_CIRCLED}]|[0-9]{{1,3}}|[*†‡§]{{1,3}})"
_NUMBER = (
    rf"第?[（(\[〔]?(?P<number>[0-9]{{1,3}}|[{_HAN}]{{1,5}}|[{_CIRCLED}]|[a-z](?![a-z])|[ivxIVX]{{1,5}})"
    r"[）)\]〕]?[.．、:：]?"
)
_LONE = re.compile(_NUMBER)
_ENTRY_END = "[·.…‥]*(?:[0-9]{1,4}|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})?"
_NUMBERED = frozenset((Role.CAPTION, Role.NOTE, Role.ENTRY))


class LayoutWords:
    """The layout's words, compiled. Asked of what stands between the passages ``before`` and ``after``."""

    def __init__(self, expected: Expected) -> None:
        words = _any(expected.words)
        words = f"(?:{words}|[•▪■●○◆])*+"
        heads = f"(?:{_any(expected.table_heads)})?"
        self._patterns = {
            (entry, table, numbered): re.compile(
                (_ENTRY_END if entry else "") + words + (heads if table else "")
                + (f"(?:{_NUMBER})?" if numbered else "") + words
            )
            for entry in (False, True)
            for table in (False, True)
            for numbered in (False, True)
        }  # fmt: skip
        self._explain = lru_cache(maxsize=None)(self._matched)

    def explain(
        self, gap: str, before: ExpectedPassage | None, after: ExpectedPassage | None
    ) -> tuple[bool, int | None]:
        """Whether ``gap`` is the layout's alone, and the number in it (None when there is none)."""
        if not gap:
            return True, None
        if len(gap) > _LONGEST:
            return False, None
        entry = before is not None and before.role is Role.ENTRY
        table = before is not None and after is not None and before.role is after.role is Role.CELL
        numbered = after is not None and (after.number is not None or after.role in _NUMBERED)
        return self._explain(gap, entry, table, numbered)

    def _matched(self, gap: str, entry: bool, table: bool, numbered: bool) -> tuple[bool, int | None]:
        match = self._patterns[entry, table, numbered].fullmatch(gap)
        if match is None:
            return False, None
        return True, number_value(match["number"]) if numbered and match["number"] else None

    def strip(self, gap: str, before: ExpectedPassage | None, after: ExpectedPassage | None) -> tuple[int, int]:
        """The part of ``gap`` that is not the layout's: what is explained at its beginning and end left out."""
        start, stop = 0, len(gap)
        for end in range(min(stop, _LONGEST), 0, -1):
            if self.explain(gap[:end], before, None)[0]:
                start = end
                break
        for begin in range(max(start, stop - _LONGEST), stop):
            if self.explain(gap[begin:], None, after)[0]:
                return start, begin
        return start, stop


def _any(words: Iterable[str]) -> str:
    keys = {letters(word) for word in words} - {""}
    return "|".join(re.escape(key) for key in sorted(keys, key=lambda key: (-len(key), key))) or "(?!)"


def with_calls(key: str) -> re.Pattern[str]:
    """A pattern for a text with note calls, whatever they are printed as."""
    return re.compile(_CALL.join(re.escape(part) for part in key.split(CALL)))


def is_number(text: str) -> bool:
    """Whether ``text`` is a printed number and nothing else."""
    return bool(_LONE.fullmatch(text))


def number_value(text: str) -> int | None:
    """The value of a printed number: ``3``, ``三``, ``③``, ``c`` or ``iii`` is 3."""
    if text.isascii() and text.isdigit():
        return int(text)
    if all(char in _HAN for char in text):
        return han_value(text)
    for first, value in (("①", 1), ("㉑", 21), ("㊱", 36)):
        if len(text) == 1 and 0 <= ord(text) - ord(first) < 20:
            return ord(text) - ord(first) + value
    if len(text) == 1 and text not in "ivx":
        return ord(text.lower()) - ord("a") + 1
    values = {"i": 1, "v": 5, "x": 10}
    total = 0
    for char, following in zip(text.lower(), [*text.lower()[1:], ""], strict=True):
        value = values.get(char, 0)
        total += -value if values.get(following, 0) > value else value
    return total


def han_value(text: str) -> int | None:
    """The value of a Chinese numeral up to 999, or of digits in a row (二〇二六 is 2026)."""
    if "十" not in text and "百" not in text:
        return int("".join(str(_DIGITS[char]) for char in text)) if text else None
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit
