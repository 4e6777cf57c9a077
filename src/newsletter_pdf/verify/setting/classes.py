"""Characters as measured: marks with a blank half, marks that may not begin or end a line, Han, Latin.

These lists are the measuring's own, taken from the standards and not from the setting, so that a mark forgotten there
is found here. Sources: GB/T 15834-2011, clause 5.1 (places of the marks); W3C CLREQ, 3.1.3 (marks that may not begin or
end a line), 3.1.4 (marks that may not be broken), 3.1.6 (adjacent marks, marks at line ends), 3.2.2 (Han and Latin).
"""

from __future__ import annotations

import re
import unicodedata

_STOPS = "，。、；：！？．"
_CLOSING = "）］｝〕〉》」』】〗〙〛｠”’〞〟"
_OPENING = "（［｛〔〈《「『【〖〘〚｟“‘〝"

#: Their ink stands in the left half of the em, the right half is blank.
BLANK_RIGHT = frozenset(_STOPS + _CLOSING)
#: Their ink stands in the right half.
BLANK_LEFT = frozenset(_OPENING)
#: In Traditional Chinese these stand in the middle of the em.
CENTRED = frozenset(_STOPS)
#: What may hang outside the type area (CLREQ 3.1.6.4).
HANGING = frozenset("，。、．")

_SMALL_KANA = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶー々〻ゝゞヽヾ"
NO_START = frozenset(_STOPS + _CLOSING + "—―⸺…⋯·・～〜／％‰℃°′″" + _SMALL_KANA + ",.;:!?)]}%")
NO_END = frozenset(_OPENING + "￥＄￡№／([{")
_ASCII_MARKS = frozenset(",.;:!?)]}%([{")

_LATIN_UNIT = (
    r"(?:[kKMGTPE]?(?:B|b|bps|Hz|W|V|A|J|N|Pa|m|g|s|L|l|t|Wh)|[mcdnμµ](?:m|g|s|L|l|W|V|A|ol)|km/h|m/s|%|‰|％|℃|℉|°C?"
    r"|dB|ppm|min|h|ha|mol|px|pt|em|bit|USD|EUR|CNY|RMB)(?![A-Za-z])"
)
_HAN_UNIT = (
    "(?:[年月日时分秒天周岁元角吨克斤米里亩升度瓦件条款项章节页期号届次位名人个家万亿千百倍户]"
    "|小时|分钟|公里|公斤|美元)"
)
_FIGURES_END = re.compile(r"[0-9](?:[0-9,.:：]*[0-9])?[,.]? ?\Z")
_FIGURES_START = re.compile(r" ?[,.]?[0-9]")
_UNIT_START = re.compile(rf" ?(?:{_LATIN_UNIT}|{_HAN_UNIT})")
_HAN_FIGURES = "零〇一二三四五六七八九十百千两0-9"
_ORDINAL = re.compile(rf"第 ?[{_HAN_FIGURES}]{{1,7}} ?[期条款章节号页卷册届版项次]")
_LONGEST_PAIR = 12


def is_han(char: str) -> bool:
    """Whether ``char`` is set in the em square as text: Han, kana, bopomofo."""
    code = ord(char)
    return (
        0x3400 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
        or 0x3041 <= code <= 0x30FF
        or 0x3105 <= code <= 0x312F
        or char in "〇々〻"
    ) and char != "・"


def is_latin(char: str) -> bool:
    """Whether ``char`` is a letter or figure of a script that is spaced from Han: Latin, Greek, Cyrillic."""
    return ord(char) < 0x0530 and (char.isalpha() or char.isdecimal())


def is_wide_mark(char: str) -> bool:
    """Whether ``char`` is one of the marks that take an em and ink half of it."""
    return char in BLANK_RIGHT or char in BLANK_LEFT


def counts_as_character(char: str) -> bool:
    """Whether ``char`` is more than a mark or space: what a lone character is counted in."""
    return unicodedata.category(char)[0] not in "PZC"


def no_start(before: str, text: str) -> bool:
    """Whether a line may not begin with ``text`` after a line that ends with ``before``.

    A mark inside a Latin word, as in an address, is the word's: addresses break before a stop (Chicago 14.18).
    """
    if not text or text[0] not in NO_START:
        return False
    return not (text[0] in _ASCII_MARKS and _is_word(before[-1:]) and _is_word(text[1:2]))


def no_end(text: str, after: str) -> bool:
    """Whether a line may not end with ``text`` before a line that begins with ``after``."""
    if not text or text[-1] not in NO_END:
        return False
    return not (text[-1] in _ASCII_MARKS and _is_word(text[-2:-1]) and _is_word(after[:1]))


def broken_pair(before: str, after: str) -> str | None:
    """What of a dash, an ellipsis, a number with its unit or an ordinal is broken between two lines; None if nothing.

    A number is figures followed by a unit of measure, a per-cent sign or a common measure word, or more figures; an
    ordinal is 第 with a number and what it numbers. Sources: GB/T 15834-2011, 5.1 (dashes and
    ellipses are not divided), CLREQ 3.1.4.
    """
    if before[-1:] == after[:1] and before[-1:] in tuple("—―…⋯"):
        return before[-1] + "|" + after[0]
    if figures := _FIGURES_END.search(before):
        unit = _FIGURES_START.match(after) or _UNIT_START.match(after)
        if unit:
            return f"{figures[0]}|{unit[0]}"
    tail, head = before[-_LONGEST_PAIR:], after[:_LONGEST_PAIR]
    for match in _ORDINAL.finditer(tail + head):
        if match.start() < len(tail) < match.end():
            return f"{match[0][: len(tail) - match.start()]}|{match[0][len(tail) - match.start() :]}"
    return None


def _is_word(char: str) -> bool:
    return bool(char) and char.isascii() and not char.isspace()
