"""What may happen between two neighbours: break, trim, gap, squeeze, stretch.

All lengths are in em of the character they belong to: ``trim_left``, ``squeeze_left`` and ``deep_left`` take from the
blank to the right of the first character, those with ``right`` from the blank to the left of the second. The squeeze
is what a mark gives up gladly, the deep one what is left of its blank: a mark is never narrower than half an em
(GB/T 15834-2011 5.1.10, CLREQ 6.2.2.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from newsletter_pdf.linesetting import classes as c

NEVER, ALLOWED, UNICODE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Pair:
    """The rules between two classes.

    ``breaks`` is NEVER, ALLOWED or UNICODE (as UAX 14 has it); ``gap`` says that Chinese meets Latin here; ``slot``
    that the space between characters may grow here.
    """

    breaks: int
    gap: bool = False
    slot: float = 0.0
    trim_left: float = 0.0
    trim_right: float = 0.0
    squeeze_left: float = 0.0
    squeeze_right: float = 0.0
    deep_left: float = 0.0
    deep_right: float = 0.0


# The blank beside a mark: half an em; a quarter on either side of a centred one.
_AFTER = {c.CLOSE: 0.5, c.STOP: 0.5, c.CENTRED: 0.25}
_BEFORE = {c.OPEN: 0.5, c.CENTRED: 0.25}
BESIDE_MARK = 1.5
_WESTERN = frozenset((c.LATIN, c.DIGIT, c.SYMBOL))
_FULL = frozenset((c.HAN, c.KANA, c.SMALL, c.PICTURE))


@cache
def pair(first: str, second: str, squeeze: float = 0.25) -> Pair:
    """The rules between the classes ``first`` and ``second``; ``squeeze`` is the most that a mark gives up, in em."""
    breaks = _breaks(first, second)
    if second == c.JOINED or second == c.RAISED:
        return Pair(breaks)
    gap = (first in c.IDEOGRAPHIC and second in _WESTERN) or (first in _WESTERN and second in c.IDEOGRAPHIC)
    after, before = _AFTER.get(first, 0.0), _BEFORE.get(second, 0.0)
    trim_left = trim_right = 0.0
    # Adjacent marks (CLREQ 6.3.2): one of the two blanks that meet, or the one before another mark, is taken away.
    if after and (second in _AFTER or second in _BEFORE or second == c.DOT):
        trim_left = after
    elif before and (first == c.OPEN or first == c.DOT):
        trim_right = before
    blank_left, blank_right = after - trim_left, before - trim_right
    shrink_left, shrink_right = min(squeeze, blank_left / 2), min(squeeze, blank_right / 2)
    plain = (
        gap
        or (first in _FULL and (second in _FULL or second == c.BLANK))
        or (first in (c.SUFFIX, c.RAISED, c.BLANK) and second in _FULL)
    )
    blank = (first in _FULL or first in _WESTERN) and second == c.OPEN
    blank = blank or (first in (c.CLOSE, c.STOP) and (second in _FULL or second in _WESTERN))
    slot = 1.0 if plain else BESIDE_MARK if blank else 0.0
    if not squeeze:
        blank_left = blank_right = 0.0
    return Pair(
        breaks, gap, slot, -trim_left, -trim_right, shrink_left, shrink_right,
        blank_left - shrink_left, blank_right - shrink_right,
    )  # fmt: skip


def _breaks(first: str, second: str) -> int:
    """Whether a line may end between the two classes."""
    if c.JOINED in (first, second) or c.FIXED_SPACE in (first, second) or second == c.SPACE:
        return NEVER
    if first == c.SPACE:
        return NEVER if second in c.NO_START and second in c.CJK else UNICODE
    if first not in c.CJK and second not in c.CJK:
        return UNICODE
    if second in c.NO_START or first in c.NO_END or c.QUOTE in (first, second):
        return NEVER
    if c.OTHER in (first, second):
        return UNICODE
    return ALLOWED
