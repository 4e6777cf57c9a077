"""Unicode's line breaking (UAX 14, through Pango) and the division of words (Pyphen)."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import pyphen
from weasyprint.text.ffi import ffi
from weasyprint.text.line_break import get_log_attrs

# The bits of PangoLogAttr, in the order of its declaration.
_LINE_BREAK, _GRAPHEME = 1, 4
_SOFT_HYPHEN = "\u00ad"
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def breaks(text: str, lang: str | None) -> tuple[bytes, bytes]:
    """For every place 0…len(text), whether UAX 14 lets a line end there, and whether a grapheme starts there."""
    if not text:
        return b"\0", b"\0"
    attrs = get_log_attrs(text, lang)
    words = memoryview(ffi.buffer(attrs)).cast("I")
    bits = bytes(word & 0xFF for word in words.tolist())
    return bits.translate(_BREAKS), bits.translate(_GRAPHEMES)


_BREAKS = bytes(int(bool(value & _LINE_BREAK)) for value in range(256))
_GRAPHEMES = bytes(int(bool(value & _GRAPHEME)) for value in range(256))


def hyphenation(text: str, style: Any) -> list[int]:
    """Where the words of ``text`` may be divided: at soft hyphens; without any, as the language's patterns say."""
    if _SOFT_HYPHEN in text:
        return [index + 1 for index, char in enumerate(text) if char == _SOFT_HYPHEN and 0 < index + 1 < len(text)]
    if style["hyphens"] != "auto":
        return []
    total, left, right = style["hyphenate_limit_chars"]
    dictionary = _dictionary(style["lang"], left, right)
    if dictionary is None:
        return []
    found: list[int] = []
    for match in _WORD.finditer(text):
        word = match[0]
        if len(word) >= total and word[0].isascii():
            found.extend(match.start() + place for place in dictionary.positions(word))
    return found


@lru_cache(maxsize=64)
def _dictionary(lang: str, left: int, right: int) -> Any:
    """The patterns of a language; None when there are none."""
    known = pyphen.language_fallback(lang)
    return pyphen.Pyphen(lang=known, left=left, right=right) if known else None
