"""Do running heads name the section that their page belongs to.

Which part a page belongs to is told by the bookmarks of the first level. What a head must read is told by the file
itself: the part's title, or a shortening of it, alike on all pages of the part and unlike those of other parts.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from newsletter_pdf.findings import proof_contents as rules
from newsletter_pdf.verify.checkcontents import short
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.glyphs import Box
from newsletter_pdf.verify.lines import box_around, fold, segments

_SAME_HEIGHT = 1.5  # pt
_HALF = 0.5  # of the page's height: running heads stand above
_FEWEST = 2  # pages of a part from which on a head that is missing on one of them is missed


@dataclass(slots=True)
class _Part:
    """A part of the file: its title as compared, its first page, and its heads by page."""

    title: str
    shown: str
    first: int
    last: int = 0
    heads: dict[int, list[tuple[str, Box | None]]] = field(default_factory=dict)

    @property
    def usual(self) -> str | None:
        """The head that most of its pages have."""
        counts = Counter(text for heads in self.heads.values() for text, _box in heads)
        return counts.most_common(1)[0][0] if counts else None


def check_running_heads(context: Context) -> None:
    """Compare each page's head with its part's title and with the other heads of the part."""
    parts = _parts(context)
    if not parts:
        return
    everywhere = _everywhere(parts)
    for part in parts:
        for page, heads in part.heads.items():
            part.heads[page] = [(text, box) for text, box in heads if text not in everywhere]
    titles = {part.title: part for part in parts}
    usual = {own: part for part in parts if (own := part.usual)}
    for part in parts:
        _check_part(context, part, titles, usual)


def _check_part(context: Context, part: _Part, titles: dict[str, _Part], usual: dict[str, _Part]) -> None:
    own = part.usual
    headed = sum(1 for heads in part.heads.values() if heads)
    for page, heads in part.heads.items():
        inner = page != part.first  # an opening page may have no head
        if not heads and inner and headed >= _FEWEST and headed > len(part.heads) / 2 and context.lines[page]:
            context.findings.add(rules.RUNNING_HEAD_MISSING.at(place(page), title=short(part.shown)))
        for text, box in heads:
            other = titles.get(text) or usual.get(text)
            strays = other is not None and other is not part and text != part.title and not _shortens(text, part.title)
            if strays or (text != own and not _shortens(text, part.title)):
                context.findings.add(rules.RUNNING_HEAD_WRONG.at(place(page, box), head=text, title=short(part.shown)))


def _shortens(text: str, title: str) -> bool:
    """Whether ``text`` is the title, or characters of it in order (境内前沿观察一 for 境内前沿观察一：安全事件)."""
    rest = iter(title)
    return bool(text) and all(char in rest for char in text.rstrip("…."))


def _parts(context: Context) -> list[_Part]:
    """The parts by the bookmarks of the first level, with the heads of their pages."""
    marks = [mark for mark in context.pdf.bookmarks if mark.depth == 1 and mark.target is not None]
    parts = [_Part(fold(mark.title), mark.title, mark.target.page) for mark in marks if mark.target is not None]
    parts.sort(key=lambda part: part.first)
    heights = [y for y in context.furniture.heights if _is_high(context, y)]
    for index, part in enumerate(parts):
        following = parts[index + 1].first if index + 1 < len(parts) else len(context.lines)
        part.last = following - 1
        for page in range(part.first, following):
            part.heads[page] = _heads(context, page, heights)
    return parts


def _is_high(context: Context, y: float) -> bool:
    sheet = next((sheet for sheet in context.pdf.sheets if sheet is not None), None)
    return sheet is not None and y > sheet.height * _HALF


def _heads(context: Context, page: int, heights: list[float]) -> list[tuple[str, Box | None]]:
    """The pieces of the page's running head: its first line, when that stands where running heads do."""
    lines = context.lines[page][:1]
    if not lines or not any(abs(lines[0].y - y) <= _SAME_HEIGHT for y in heights):
        return []
    found = []
    for piece in segments(lines[0]):
        text = fold(piece.text)
        if text and not text.isdigit():
            found.append((text, box_around(piece.glyphs)))
    return found


def _everywhere(parts: list[_Part]) -> set[str]:
    """The pieces that stand in the heads of most parts, such as the name of the periodical."""
    counts: Counter[str] = Counter()
    headed = [part for part in parts if any(part.heads.values())]
    for part in headed:
        counts.update({text for heads in part.heads.values() for text, _box in heads})
    return {text for text, count in counts.items() if count > 1 and count * 2 > len(headed)}
