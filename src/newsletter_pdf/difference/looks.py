"""What differs to the eye though the text is the same: figures, colours, lines."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

from newsletter_pdf.difference.marks import Marker
from newsletter_pdf.difference.model import Look, MarkKind, PagePair, Spot, Status
from newsletter_pdf.difference.pictures import Sheets, different_regions, open_sheets, same_figure
from newsletter_pdf.difference.sentences import Text
from newsletter_pdf.verify.flow import Figure, Flow
from newsletter_pdf.verify.geometry import Box

_STILL = (Status.UNCHANGED, Status.MOVED, Status.MARGINS)


class Compared(Protocol):
    """What the comparison knows when it comes to looks."""

    old_path: Path
    new_path: Path
    old: Text
    new: Text
    old_marks: Marker
    new_marks: Marker

    def tell(self, stage: str, done: int, total: int, /) -> None:
        """Tell the progress."""


class Looks(NamedTuple):
    """What was found, and the pairs of pages with their status put right."""

    looks: list[Look]
    pairs: list[PagePair]


def find_looks(work: Compared, pairs: Sequence[PagePair], told: Collection[tuple[int, int]]) -> Looks:
    """Draw the pairs of pages whose text is the same and in its place, and the figures of all others.

    ``told`` are pairs whose type differs, which was said already.
    """
    with open_sheets(work.old_path) as old, open_sheets(work.new_path) as new:
        if old is None or new is None:
            return Looks([], list(pairs))
        looks: list[Look] = []
        changed: set[int] = set()
        for place, pair in enumerate(pairs):
            work.tell("diff-compare", place + 1, len(pairs))
            if (
                pair.old is not None
                and pair.new is not None
                and pair.status in _STILL
                and (pair.old, pair.new) not in told
            ):
                regions = _regions(work, old, new, pair.old, pair.new)
                if regions:
                    changed.add(place)
                    looks.append(_look(work, pair.old, pair.new, regions))
        changed |= _figures(work, old, new, pairs, looks)
    judged = [
        PagePair(pair.old, pair.new, Status.CHANGED) if place in changed else pair for place, pair in enumerate(pairs)
    ]
    return Looks(looks, judged)


def _regions(work: Compared, old: Sheets, new: Sheets, page: int, other: int) -> list[Box]:
    a, b = old.draw(page), new.draw(other)
    sheet = work.new.flow.sheets[other]
    if a is None or b is None or sheet is None or a.tobytes() == b.tobytes():
        return []
    masks = [*work.old.flow.furniture[page], *work.new.flow.furniture[other]]
    masks += _number_boxes(work.old.flow, page) + _number_boxes(work.new.flow, other)
    return different_regions(a, b, sheet.width if sheet.rotation % 180 else sheet.height, masks)


def _number_boxes(flow: Flow, page: int) -> list[Box]:
    """The boxes of numbers that follow the page breaks; with a contents entry's goes its leader."""
    boxes: list[Box] = []
    for passage in flow.passages:
        if passage.page != page:
            continue
        for cells in (passage.number, passage.folio):
            if not cells:
                continue
            left, right = min(cell.x for cell in cells), max(cell.right for cell in cells)
            if cells is passage.folio and passage.cells[-1].y == cells[0].y:
                left = passage.cells[-1].right
            size = max(cell.size for cell in cells)
            boxes.append((left, cells[0].y - 0.3 * size, right, cells[0].y + size))
    return boxes


def _look(work: Compared, page: int, other: int, regions: Sequence[Box]) -> Look:
    for box in regions:
        work.old_marks.box(MarkKind.LOOK, page, box)
        work.new_marks.box(MarkKind.LOOK, other, box)
    figure = any(each.page == other and _overlap(each.box, box) for each in work.new.flow.figures for box in regions)
    return Look(Spot(page, title_at(work.old, page)), Spot(other, title_at(work.new, other)), figure)


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def title_at(text: Text, page: int) -> str:
    """The title of the first article on a page."""
    return next((sentence.title for sentence in text.sentences if sentence.page == page), "")


def _figures(work: Compared, old: Sheets, new: Sheets, pairs: Sequence[PagePair], looks: list[Look]) -> set[int]:
    """Compare the figures of pages that were set anew, wherever they are now; gives the places of changed pairs."""
    still_old = {pair.old for pair in pairs if pair.status in _STILL}
    still_new = {pair.new for pair in pairs if pair.status in _STILL}
    left = [figure for figure in work.old.flow.figures if figure.page not in still_old]
    right = [figure for figure in work.new.flow.figures if figure.page not in still_new]
    if not left and not right:
        return set()
    drawn = [new.cut(figure) for figure in right]
    taken: set[int] = set()
    gone: list[Figure] = []
    for figure in left:
        image = old.cut(figure)
        alike = (n for n, other in enumerate(drawn) if n not in taken and same_figure(image, other))
        place = next(alike, None)
        if place is None:
            gone.append(figure)
        else:
            taken.add(place)
    come = [figure for n, figure in enumerate(right) if n not in taken]
    together = {(pair.old, pair.new): place for place, pair in enumerate(pairs)}
    changed: set[int] = set()
    for one, other in _paired(gone, come, together):
        if one is not None:
            work.old_marks.box(MarkKind.LOOK, one.page, one.box)
        if other is not None:
            work.new_marks.box(MarkKind.LOOK, other.page, other.box)
        looks.append(
            Look(
                Spot(one.page, title_at(work.old, one.page)) if one else None,
                Spot(other.page, title_at(work.new, other.page)) if other else None,
                figure=True,
            )
        )
        pages = (one.page if one else None, other.page if other else None)
        changed |= {
            place
            for pair, place in together.items()
            if None not in pair and (pair[0] == pages[0] or pair[1] == pages[1])
        }
    return changed


def _paired(
    gone: Sequence[Figure], come: Sequence[Figure], together: dict[tuple[int | None, int | None], int]
) -> list[tuple[Figure | None, Figure | None]]:
    """Figures of paired pages as old and new version, and others in order when as many came as went."""
    rest = list(come)
    pairs: list[tuple[Figure | None, Figure | None]] = []
    alone: list[Figure] = []
    for figure in gone:
        version = next((other for other in rest if (figure.page, other.page) in together), None)
        if version is None:
            alone.append(figure)
        else:
            rest.remove(version)
            pairs.append((figure, version))
    if len(alone) == len(rest):
        return pairs + list(zip(alone, rest, strict=True))
    return pairs + [(figure, None) for figure in alone] + [(None, figure) for figure in rest]
