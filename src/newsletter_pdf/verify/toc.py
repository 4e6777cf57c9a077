"""The printed table of contents, read back from the file.

The contents are the pages before the first section on which links lead to headings and end in page numbers. An entry
is what its links cover: number, title (on one line or several), leader, and at the right the page number. Where the
number's column stands is taken from the page itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from newsletter_pdf.anchors import Anchor, parse_anchor
from newsletter_pdf.verify.geometry import Box
from newsletter_pdf.verify.glyphs import Glyph, PageContent
from newsletter_pdf.verify.lines import Line, box_around, fold, inked, lines_of
from newsletter_pdf.verify.pdffile import Link, PdfFile, Target

_PAGE_NUMBER = re.compile(r"[0-9]+|[ivxlcdm]+|[IVXLCDM]+")
_NUMBERS = {
    2: re.compile(r"[(（][〇零一二三四五六七八九十百]+[)）]"),
    3: re.compile(r"\d{1,3}(?:[.．](?!\d)|、)"),
}
_LEADER = frozenset(".·…․‥⋯•_-—。")
_BEFORE_FIGURE = re.compile(r"\s*\d{1,3}[.．、](?=\d)")
_APART = 0.15  # em; a number stands further from its title than a decimal point from its figures
_COLUMN = 1.5  # pt by which right edges of page numbers may differ


@dataclass(frozen=True, slots=True)
class Entry:
    """One printed entry: ``label`` is number and title as printed, ``page`` the 0-based page of the contents.

    ``box`` is the rectangle that it fills there, pt.
    """

    page: int
    name: str
    anchor: Anchor | None
    target: Target | None
    label: str
    printed: str
    box: Box | None = None

    @property
    def level(self) -> int:
        """Level in the contents; an entry for something else than an article, group or section counts as level 1."""
        return self.anchor.level if self.anchor else 1

    @property
    def number(self) -> str:
        """The number before the title, such as ``（一）`` or ``1.``; empty when there is none."""
        pattern = _NUMBERS.get(self.level)
        match = pattern.match(self.label) if pattern else None
        return match[0] if match else ""

    @property
    def title(self) -> str:
        """The title without its number."""
        return self.label[len(self.number) :].strip()


def read_contents(pdf: PdfFile) -> list[Entry]:
    """The entries of the printed contents in order; empty when the file has none."""
    first = pdf.destinations.get("s1")
    end = first.page if first else len(pdf.page_objects)
    by_page: dict[int, list[Link]] = defaultdict(list)
    for link in pdf.links:
        if link.page < end and link.name is not None:
            by_page[link.page].append(link)
    entries: list[Entry] = []
    for index, links in sorted(by_page.items()):
        content = pdf.contents[index]
        if content is not None and any(parse_anchor(link.name or "") for link in links):
            entries += _page_entries(content, links)
    return entries


def _page_entries(content: PageContent, links: Sequence[Link]) -> list[Entry]:
    """The entries of one page; none when most of its links end in no page number (a cover's highlights, say)."""
    glyphs = PageGlyphs(content.glyphs)
    blocks: list[tuple[Link, list[Line]]] = []
    for _name, group in groupby(links, key=lambda link: link.name):
        together = list(group)
        lines = lines_of(glyphs.covered([link.box for link in together]))
        if lines:
            blocks.append((together[0], lines))
    if not blocks:
        return []
    edges = Counter(round(lines[-1].right) for _link, lines in blocks)
    column, _count = edges.most_common(1)[0]
    entries: list[Entry] = []
    for link, lines in blocks:
        part: list[Line] = []
        for line in lines:
            part.append(line)
            if _page_number(line, column):
                entries.append(_entry(content.index, link, part, column))
                part = []
        if part:
            entries.append(_entry(content.index, link, part, column))
    numbered = sum(1 for entry in entries if entry.printed)
    return entries if numbered * 2 > len(entries) else []


class PageGlyphs:
    """A page's glyphs by height, so that those of one link are found without looking at all of them."""

    def __init__(self, glyphs: Iterable[Glyph]) -> None:
        self.glyphs = sorted(glyphs, key=lambda glyph: glyph.y)
        self._heights = [glyph.y for glyph in self.glyphs]

    def covered(self, boxes: Sequence[Box]) -> list[Glyph]:
        """The glyphs whose baseline's middle lies in one of the boxes, each once."""
        found: dict[int, Glyph] = {}
        for left, low, right, high in boxes:
            first, last = bisect_left(self._heights, low - 1), bisect_right(self._heights, high)
            for index in range(first, last):
                glyph = self.glyphs[index]
                if left - 0.5 <= glyph.x + glyph.advance / 2 <= right + 0.5:
                    found[index] = glyph
        return list(found.values())


def _page_number(line: Line, column: float) -> int:
    """How many glyphs at the line's end are its page number; 0 when it has none in the number's column."""
    if abs(line.right - column) > _COLUMN:
        return 0
    count = 0
    edge = line.right
    for glyph in reversed(line.glyphs):
        text = fold(glyph.text)
        if not text or not text.isalnum() or not text.isascii() or edge - glyph.right > glyph.size / 2:
            break
        count += 1
        edge = glyph.x
    if not count or not _PAGE_NUMBER.fullmatch(fold("".join(g.text for g in line.glyphs[-count:]))):
        return 0
    before = [glyph for glyph in line.glyphs[:-count] if inked(glyph)]
    if not before:
        return count  # a number alone on the last line of a long title
    last = before[-1]
    apart = edge - last.right > last.size / 4
    return count if apart or last.text in _LEADER else 0


def _entry(page: int, link: Link, lines: Sequence[Line], column: float) -> Entry:
    *upper, last = lines
    count = _page_number(last, column)
    printed = fold("".join(glyph.text for glyph in last.glyphs[-count:])) if count else ""
    rest = list(last.glyphs[: len(last.glyphs) - count])
    if count:
        rest = _without_leader(rest, last.glyphs[-count].x)
    name = link.name or ""
    label = _spaced([*(glyph for line in upper for glyph in line.glyphs), *rest])
    box = box_around(glyph for line in lines for glyph in line.glyphs)
    return Entry(page, name, parse_anchor(name), link.target, " ".join(label.split()), printed, box)


def _spaced(glyphs: Sequence[Glyph]) -> str:
    """The text of an entry; a title that begins with a figure is kept apart from its number as it is in the print.

    Without that the seventh article's 43亿 would be read as the decimal number 7.43亿.
    """
    text = "".join(glyph.text for glyph in glyphs)
    match = _BEFORE_FIGURE.match(text)
    if match is None:
        return text
    length = 0
    for glyph, following in pairwise(glyphs):
        length += len(glyph.text)
        if length >= match.end():
            gap = following.x - glyph.right
            return f"{text[:length]} {text[length:]}" if gap > _APART * glyph.size else text
    return text


def _without_leader(glyphs: list[Glyph], edge: float) -> list[Glyph]:
    """Drop the run of one leader character before the page number at ``edge``, pt; a title's own dots stay.

    A leader is long, or reaches to the number, or stands apart from the title; a title's ellipsis is two characters at
    most, right behind its last word.
    """
    while glyphs and not inked(glyphs[-1]):
        glyphs.pop()
    if not glyphs or glyphs[-1].text not in _LEADER:
        return glyphs
    last, rest, run = glyphs[-1], list(glyphs), 0
    begin = last.x
    while rest and (rest[-1].text == last.text or not inked(rest[-1])):
        glyph = rest.pop()
        if inked(glyph):
            run, begin = run + 1, glyph.x
    apart = bool(rest) and begin - rest[-1].right > last.size / 4
    return rest if run > 2 or apart or edge - last.right <= 2 * last.size else glyphs
