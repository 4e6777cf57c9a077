"""Regions to mark on the pictures of pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from newsletter_pdf.difference.model import Mark, MarkKind
from newsletter_pdf.verify.flow import Cell
from newsletter_pdf.verify.geometry import Box

_BELOW, _ABOVE = 0.22, 0.95  # em from the baseline
_NEAR = 1.2  # em between letters of one region
_ORDER = list(MarkKind)


class Marker:
    """Collects the marks of one file by 0-based page."""

    def __init__(self) -> None:
        self._marks: dict[int, dict[Mark, None]] = defaultdict(dict)

    def letters(self, kind: MarkKind, cells: Iterable[Cell]) -> None:
        """Mark letters; those that stand side by side on a line make one region."""
        for row in _rows(cells):
            size = max(cell.size for cell in row)
            left, right = min(cell.x for cell in row), max(cell.right for cell in row)
            self.box(kind, row[0].page, (left, row[0].y - _BELOW * size, right, row[0].y + _ABOVE * size))

    def box(self, kind: MarkKind, page: int, box: Box) -> None:
        """Mark a region."""
        self._marks[page].setdefault(Mark(kind, box))

    def marks(self) -> dict[int, tuple[Mark, ...]]:
        """All marks by page, wide ones first, so that the changed letters lie on top of their sentence."""
        return {
            page: tuple(sorted(marks, key=lambda mark: _ORDER.index(mark.kind)))
            for page, marks in sorted(self._marks.items())
        }


def _rows(cells: Iterable[Cell]) -> list[Sequence[Cell]]:
    rows: list[list[Cell]] = []
    for cell in cells:
        last = rows[-1][-1] if rows else None
        if (
            last is not None
            and last.page == cell.page
            and abs(last.y - cell.y) < 0.5
            and -0.5 < (cell.x - last.right) / max(cell.size, 1) < _NEAR
        ):
            rows[-1].append(cell)
        else:
            rows.append([cell])
    return list(rows)
