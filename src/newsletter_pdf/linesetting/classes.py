"""Character classes of line setting: what a character is to its neighbours.

A class is one letter, so that the classes of a text are a string of the same length, made by ``str.translate`` and
searched with regular expressions.
"""

from __future__ import annotations

import re
import unicodedata

HAN = "H"
KANA = "K"
SMALL = "s"  # small kana, iteration marks, prolonged sound: set like kana, but never first in a line
OPEN = "O"  # full-width opening mark: its left half is blank
CLOSE = "C"  # full-width closing mark: its right half is blank
STOP = "P"  # full-width pause or stop: its right half is blank
CENTRED = "Z"  # pause or stop in the middle of its em (Traditional Chinese)
DOT = "M"  # interpunct
DASH = "D"
ELLIPSIS = "E"
WAVE = "W"  # ～ and other connectors of full width
SUFFIX = "u"  # ％ ‰ ℃: belongs to what stands before
PREFIX = "f"  # ￥ ＄ №: belongs to what follows
BLANK = "I"  # ideographic space
OBJECT = "X"  # an atomic inline: a picture, an inline block
PICTURE = "J"  # emoji and full-width symbols: no gap to Latin
RAISED = "v"  # note calls and other superiors
LATIN = "A"
DIGIT = "d"
SYMBOL = "y"  # + # @ & * and the currency and per-cent signs of Latin text
HYPHEN = "h"  # - / – | _ = ~
NARROW_CLOSE = "c"
NARROW_OPEN = "o"
QUOTE = "q"  # ' and ", whose side only the context tells
SPACE = " "
FIXED_SPACE = "N"  # no-break spaces and joiners: no line ends on either side
JOINED = "m"  # combining marks, variation selectors, soft hyphens: part of what stands before
OTHER = "a"  # other scripts: the engine's own opportunities, no gap

# Classes with rules of their own; a pair without one of them is left to Unicode's line breaking (UAX 14).
CJK = frozenset("HKsOCPZMDEWufIXJv")
IDEOGRAPHIC = frozenset("HKs")
MARKS = frozenset("OCPZ")
# 避头: never first in a line (CLREQ 6.1.1, strict; GB/T 15834-2011 5.1; JLREQ 3.1.7).
NO_START = frozenset("sCPZMDEWuvch m")
# 避尾: never last in a line.
NO_END = frozenset("Oof")

_FIXED: dict[str, str] = {
    OPEN: "（〔［｛〈《「『【〖〘〚｟“‘〝",
    CLOSE: "）〕］｝〉》」』】〗〙〛｠”’〞〟",
    STOP: "。，、：；！？．",
    DOT: "·・‧•",
    DASH: "—―⸺⸻",
    ELLIPSIS: "…⋯",
    WAVE: "～〜–－゠",
    SUFFIX: "％‰‱℃℉°′″￠",
    PREFIX: "￥＄￡№￦",
    BLANK: "\u3000",
    OBJECT: "\ufffc",
    SMALL: "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ々〻ゝゞヽヾー",
    SYMBOL: "+#@&*%$£€¥©®™§",
    HYPHEN: "-/|_=~\\‐‑‒−<>^",
    NARROW_CLOSE: ")]},.;:!?",
    NARROW_OPEN: "([{",
    QUOTE: "'\"`",
    SPACE: " ",
    FIXED_SPACE: "\u00a0\u2007\u202f\u2060\u200d\ufeff",
    JOINED: "\u00ad\u200c\ufe0e\ufe0f\u200e\u200f",
    OTHER: "\u200b\n\t",
    HAN: "〇〆",
}


def classify(char: str) -> str:
    """The class of one character, judged by itself."""
    code = ord(char)
    if code < 0x80:
        return DIGIT if char.isdigit() else LATIN if char.isalpha() else OTHER
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Mc") or 0x1F3FB <= code <= 0x1F3FF or 0xE0000 <= code <= 0xE0FFF:
        return JOINED
    if 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF or 0x2E80 <= code <= 0x2FDF:
        return HAN
    if 0x3041 <= code <= 0x30FF or 0x3100 <= code <= 0x312F or 0x31A0 <= code <= 0x31FF:
        return KANA
    if category in ("Lu", "Ll", "Lt", "Lm") and code < 0x2000:
        return LATIN
    if 0xFF10 <= code <= 0xFF19 or 0xFF21 <= code <= 0xFF3A or 0xFF41 <= code <= 0xFF5A:
        return PICTURE
    if code >= 0x1F000 or (unicodedata.east_asian_width(char) in ("W", "F") and category[0] == "S"):
        return PICTURE
    if category in ("No", "Nl", "So") and 0x2100 <= code < 0x3400:
        return PICTURE
    return DIGIT if category == "Nd" else OTHER


class _Table(dict[int, str]):
    """Code point → class, filled as characters come along (for ``str.translate``)."""

    def __missing__(self, code: int) -> str:
        found = self[code] = classify(chr(code))
        return found


_TABLE = _Table((ord(char), name) for name, chars in _FIXED.items() for char in chars)

# Marks that Latin faces set narrow: what they are depends on the face that the engine took.
AMBIGUOUS = re.compile("[“”‘’—…·]")
_NARROW = {"“": NARROW_OPEN, "‘": NARROW_OPEN, "”": NARROW_CLOSE, "’": NARROW_CLOSE, "—": HYPHEN, "…": NARROW_CLOSE}
_RTL = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u202a-\u202e\u2066-\u2069\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def classes(text: str) -> str:
    """The classes of ``text``, one letter a character."""
    return text.translate(_TABLE)


def narrow_class(char: str) -> str | None:
    """The class of an ambiguous mark set narrow (less than ¾ em); None when its width changes nothing."""
    return _NARROW.get(char)


def right_to_left(text: str) -> bool:
    """True when ``text`` has characters that run from right to left, or that change the direction."""
    return not text.isascii() and _RTL.search(text) is not None
