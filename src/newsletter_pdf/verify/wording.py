"""Texts made comparable letter by letter, and cut into sentences: what a page shows against what should stand there.

Unlike :func:`.lines.fold` this keeps a Chinese comma apart from a Latin one, as an editor does. Only what a file cannot
tell apart is made one: characters that share a glyph in Chinese faces, of which the file names the one it met first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

#: White space, soft hyphens, joiners and marks of direction: nothing is seen of them, and line setting adds its own.
BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]+")
#: Stands in an expected text where a note is called; what is printed there is counted anew on each page.
CALL = "\ufffc"

_PAIRS = (
    "〜～ ⋯… ・· ‧· •· ―— ‑- ‐- ‒– ∼~ ˊ´ ʻ‘ ʼ’ ∕／ ⁄／ \u2329〈 \u232a〉 ⁚︰ ⁝︙ ‵｀ "
    "䎛㖈 㦳㘽 曶㫚 胶㬵 幐㬺 䐠㬻 槩㮣 𤈎㷶 壿墫 𤨁瑨"
)
_TWINS = str.maketrans(
    {pair[0]: pair[1] for pair in _PAIRS.split()} | {chr(0x2780 + n): chr(0x2460 + n) for n in range(10)}
)
# Radicals, compatibility ideographs and ligatures: drawn as the ordinary characters are.
_COMPATIBLE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\U0002f800-\U0002fa1f]+")
# Marks that end a sentence, and those that may follow them (GB/T 15834-2011, 4.1 to 4.3 and 5.1).
_STOPS = frozenset("。！？!?")
_CLOSERS = frozenset(f"”’」』）)】》〉①{CALL}")  # a note call belongs to the sentence before it


def unify(text: str) -> str:
    """``text`` with one character for all that share its glyph."""
    if text.isascii():
        return text
    # A letter with its accents may be one character or several (Unicode Standard Annex 15); faces set it in pieces.
    text = unicodedata.normalize("NFC", text).translate(_TWINS)
    return _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def letters(text: str) -> str:
    """``text`` as compared letter by letter: without blanks, twins made one."""
    return unify(BLANK.sub("", text))


def sentence_ends(keys: Sequence[str]) -> list[int]:
    """Where the sentences of ``keys`` (letters, or a string) end; the last is the end of all."""
    ends, place, last = [], 0, len(keys)
    while place < last:
        if keys[place] in _STOPS:
            while place + 1 < last and (keys[place + 1] in _CLOSERS or keys[place + 1] in _STOPS):
                place += 1
            ends.append(place + 1)
        place += 1
    if not ends or ends[-1] < last:
        ends.append(last)
    return ends
