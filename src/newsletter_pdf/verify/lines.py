"""From glyphs to lines of text, and texts made comparable.

Nothing here relies on how the glyphs were grouped in the file: line setting may move every one of them by itself.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from newsletter_pdf.verify.geometry import Box
from newsletter_pdf.verify.glyphs import Glyph

_SAME_LINE = 0.3  # em; a superior figure stands higher than this, the next line far lower
_ASCENT, _DESCENT = 0.88, 0.12  # em over and under the baseline that Chinese type fills
_ACCENT = 0.1  # em; later glyphs of a cluster are no wider
_NOT_COMPARED = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
# Characters that share one glyph in Chinese faces, so that the file may name either (U+301C for U+FF5E, …).
_TWINS = str.maketrans({"〜": "~", "⋯": "…", "・": "·", "•": "·", "‧": "·", "―": "—", "‐": "-", "‑": "-", "–": "-"})


class Line(NamedTuple):
    """Glyphs on one baseline from left to right; ``y`` is the baseline, pt."""

    y: float
    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """The line's text as the glyphs say it."""
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def left(self) -> float:
        """The left edge of the first glyph, pt."""
        return self.glyphs[0].x

    @property
    def right(self) -> float:
        """The right edge of the last glyph, pt."""
        return max(glyph.right for glyph in self.glyphs)


def fold(text: str) -> str:
    """``text`` as compared: without white space, joiners and soft hyphens, compatible forms made one (NFKC)."""
    return unicodedata.normalize("NFKC", _NOT_COMPARED.sub("", text).translate(_TWINS)).translate(_TWINS)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Visible glyphs gathered on baselines, from the top of the page down; blanks at the ends of a line are dropped."""
    ordered = sorted((glyph for glyph in glyphs if glyph.visible), key=lambda glyph: -glyph.y)
    rows: list[list[Glyph]] = []
    for glyph in ordered:
        if rows and rows[-1][0].y - glyph.y < _SAME_LINE * max(glyph.size, rows[-1][0].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines = []
    for row in rows:
        row.sort(key=lambda glyph: glyph.x)
        while row and not inked(row[-1]):
            row.pop()
        while row and not inked(row[0]):
            row.pop(0)
        if row:
            lines.append(Line(_baseline(row), tuple(row)))
    return lines


def inked(glyph: Glyph) -> bool:
    """Whether something is to be seen of the glyph; one without text counts when it takes room, a space does not."""
    return _is_inked(glyph.shape.text) if glyph.shape.text else takes_room(glyph)


@lru_cache(maxsize=8192)
def _is_inked(text: str) -> bool:
    return bool(fold(text))


def takes_room(glyph: Glyph) -> bool:
    """Whether the glyph is more than an accent on the one before it, whose text covers both."""
    return glyph.shape.text is None or glyph.advance > _ACCENT * glyph.size


def box_around(glyphs: Iterable[Glyph]) -> Box | None:
    """The rectangle that the type of ``glyphs`` fills, pt; None when there are none."""
    boxes = [(g.x, g.y - _DESCENT * g.size, g.right, g.y + _ASCENT * g.size) for g in glyphs]
    if not boxes:
        return None
    lefts, lows, rights, highs = zip(*boxes, strict=True)
    return min(lefts), min(lows), max(rights), max(highs)


def segments(line: Line, gap: float = 1.5) -> list[Line]:
    """The parts of a line that stand more than ``gap`` em apart, such as running head and folio."""
    parts: list[list[Glyph]] = []
    edge = 0.0
    for glyph in line.glyphs:
        if not inked(glyph):
            continue
        if parts and glyph.x - edge < gap * glyph.size:
            parts[-1].append(glyph)
        else:
            parts.append([glyph])
        edge = glyph.right
    return [Line(line.y, tuple(part)) for part in parts]


def _baseline(row: Sequence[Glyph]) -> float:
    """The baseline of the largest type in the row."""
    return max(row, key=lambda glyph: glyph.size).y
