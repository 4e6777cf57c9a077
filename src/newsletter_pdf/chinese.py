"""Chinese conventions for text nodes: numerals, dates, and characters that only look like the ones meant.

Everything here works on plain text that came out of a parser, never on code, addresses or attributes.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache

_DIGITS = "零一二三四五六七八九"

# Kangxi radicals (U+2F00–2FDF), their supplement (U+2E80–2EFF) and the compatibility ideographs look like the ordinary
# characters and share their glyphs, so what a reader searches for or copies would come out as the rare one.
_LOOKALIKES = (range(0x2E80, 0x2FE0), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
# Full-width figures and letters; marks of that width are Chinese ones and stay.
_FULL_WIDTH = (range(0xFF10, 0xFF1A), range(0xFF21, 0xFF3B), range(0xFF41, 0xFF5B))
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
_MARKS = "，。、；：！？（）「」『』《》〈〉【】〔〕"
_TYPED_SPACE = re.compile(
    f"(?<=[{_HAN}]) +(?=[A-Za-z0-9$£€¥#@])|(?<=[A-Za-z0-9%‰℃°+]) +(?=[{_HAN}])"
    f"|(?<=[{_MARKS}]) +(?=\\S)|(?<=\\S) +(?=[{_MARKS}])"
)
_SAME_GLYPH = {"⋯": "…", "〜": "～"}


def han_number(number: int) -> str:
    """``number`` (0–9999) in Chinese numerals: 1 → 一, 10 → 十, 12 → 十二, 105 → 一百零五.

    Raises ValueError outside that range.
    """
    if not 0 <= number <= 9999:
        raise ValueError(f"no Chinese numeral for {number}")
    if number < 10:
        return _DIGITS[number]
    text = ""
    gap = False
    for unit, value in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, value)
        if digit:
            text += ("零" if gap else "") + _DIGITS[digit] + unit
            gap = False
        elif text:
            gap = True
    return text.removeprefix("一") if text.startswith("一十") else text


def cn_date(date: dt.date) -> str:
    """A date as GB/T 15835 writes it with Arabic numerals: 2026年11月20日."""
    return f"{date.year}年{date.month}月{date.day}日"


def cn_month(date: dt.date) -> str:
    """Year and month: 2026年11月."""
    return f"{date.year}年{date.month}月"


def is_han(char: str) -> bool:
    """True for a Han character (CJK unified ideographs with their extensions, and 〇)."""
    code = ord(char)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or 0x20000 <= code <= 0x3FFFF
        or 0xF900 <= code <= 0xFAFF
        or char == "〇"
    )


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """The ordinary character for a look-alike."""
    if char in _SAME_GLYPH:
        return _SAME_GLYPH[char]
    if any(ord(char) in block for block in _LOOKALIKES + _FULL_WIDTH):
        return unicodedata.normalize("NFKC", char)
    return char


def clean(text: str) -> str:
    """``text`` as it is set: look-alikes, full-width letters and typed spaces put right.

    Look-alike characters become the ones that a reader types and searches for; full-width letters and figures become
    ordinary ones; a space typed between Chinese and Latin, or beside a full-width mark, goes, as
    the gap there is line setting's. For text nodes alone: code and addresses are left as they are.
    """
    if text.isascii():
        return text
    return _TYPED_SPACE.sub("", "".join(map(_plain, text)))
