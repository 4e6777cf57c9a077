"""Furniture of a page: folios and running heads, told apart from what the page is about.

The file does not say which text is which, so it is read as a reader would: a folio is a number that stands alone at
one height at the head or foot of most pages; a running head is the outermost line of several pages, at one height and
with the same words; an ornament is painted in the same place on several pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsletter_pdf.verify.geometry import Box
from newsletter_pdf.verify.glyphs import PageContent
from newsletter_pdf.verify.lines import Line, box_around, fold, segments
from newsletter_pdf.verify.pdffile import Sheet

_FOLIO = re.compile(r"[\W_]*第?([0-9]{1,4}|[ivxlcdm]{1,8}|[IVXLCDM]{1,8})页?(?:/[0-9]+)?[\W_]*")
_OUTERMOST = 2  # lines at the head and at the foot that may be furniture
_SAME_HEIGHT = 1.5  # pt
_WHOLE_PAGE = 0.9  # share of the page's area from which a fill is the paper, not a drawing
_ORNAMENT_PAGES = 3
_RULE = 2.0  # pt; a longish mark no thicker than this is a rule


@dataclass(frozen=True, slots=True)
class Folio:
    """A printed page number: its text as ``12`` or ``iv``, its baseline and the rectangle that it fills, pt."""

    text: str
    y: float
    box: Box | None = None


def find_folios(pages: Sequence[Sequence[Line]]) -> dict[int, Folio]:
    """The folio of each page (by 0-based index) that has one; ``pages`` are the lines of each page, top down."""
    candidates: list[tuple[int, Folio]] = []
    for index, lines in enumerate(pages):
        for line in {id(line): line for line in (*lines[:_OUTERMOST], *lines[-_OUTERMOST:])}.values():
            for part in segments(line):
                match = _FOLIO.fullmatch(fold(part.text))
                if match:
                    candidates.append((index, Folio(match[1], part.y, box_around(part.glyphs))))
    pages_at: dict[int, set[int]] = defaultdict(set)
    for index, folio in candidates:
        pages_at[round(folio.y)].add(index)
    if not pages_at:
        return {}
    height = max(pages_at, key=lambda y: (len(pages_at[y]), -y))
    if len(pages_at[height]) < 2:
        return {}
    return {index: folio for index, folio in candidates if abs(folio.y - height) <= _SAME_HEIGHT}


def running_heights(pages: Sequence[Sequence[Line]]) -> list[float]:
    """The baselines, pt, at which running heads and feet stand."""
    texts_at: dict[int, list[str]] = defaultdict(list)
    for lines in pages:
        for line in {id(line): line for line in (*lines[:1], *lines[-1:])}.values():
            texts_at[round(line.y)].append(fold(line.text))
    found = []
    for y, texts in texts_at.items():
        times = Counter(texts)
        repeated = sum(1 for text in texts if times[text] > 1)
        if repeated >= 2 and repeated * 2 >= len(texts):
            found.append(float(y))
    return found


def ornaments(contents: Sequence[PageContent | None]) -> set[tuple[int, ...]]:
    """The boxes, rounded to pt, of what is painted in the same place on several pages."""
    times: Counter[tuple[int, ...]] = Counter()
    for content in contents:
        times.update({_rounded(paint.box) for paint in content.paints} if content else ())
    return {box for box, count in times.items() if count >= _ORNAMENT_PAGES}


@dataclass(frozen=True, slots=True)
class Furniture:
    """What stands on many pages alike."""

    folios: Mapping[int, Folio]
    heights: Sequence[float]
    ornaments: set[tuple[int, ...]]

    def is_empty(self, content: PageContent, lines: Sequence[Line], sheet: Sheet | None) -> bool:
        """Whether the page shows nothing besides its furniture and the paper's colour."""
        for place, line in enumerate(lines):
            outermost = place < _OUTERMOST or place >= len(lines) - _OUTERMOST
            if not (outermost and self._is_furniture(content.index, line)):
                return False
        return not any(self._counts(paint.kind, paint.box, sheet) for paint in content.paints)

    def _is_furniture(self, page: int, line: Line) -> bool:
        folio = self.folios.get(page)
        if folio is not None and abs(folio.y - line.y) <= _SAME_HEIGHT and len(fold(line.text)) <= len(folio.text) + 8:
            return True
        return any(abs(y - line.y) <= _SAME_HEIGHT for y in self.heights)

    def _counts(self, kind: str, box: Box, sheet: Sheet | None) -> bool:
        """Whether something painted is what the page is about: a picture or drawing of its own."""
        if _rounded(box) in self.ornaments:
            return False
        width, height = box[2] - box[0], box[3] - box[1]
        if kind == "image":
            return width > 1 and height > 1
        if sheet is not None and width * height >= _WHOLE_PAGE * sheet.width * sheet.height:
            return False
        # Rules alone say nothing; a running head's is as wide as its words, and so another one on every page.
        return min(width, height) > _RULE or max(width, height) < 10 * min(width, height)


def _rounded(box: Box) -> tuple[int, ...]:
    return tuple(round(edge) for edge in box)
