"""diff.html: the comparison as one file without anything from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from newsletter_pdf import __version__
from newsletter_pdf.difference import wording
from newsletter_pdf.difference.model import Change, Difference, Mark, MarkKind, PagePair, Side, Status
from newsletter_pdf.difference.pictures import Picture, Sheets, open_sheets
from newsletter_pdf.files import write_atomic

#: The most pairs of pages that are pictured; those with changes come first.
MOST = 80
#: And of those with other numbers or running heads only, as one looks like the next.
MOST_MARGINS = 12
_MARKS = {
    MarkKind.REMOVED: ("删去的字", "removed"),
    MarkKind.ADDED: ("新写的字", "added"),
    MarkKind.SENTENCE: ("改动的句子", "the sentence changed"),
    MarkKind.MOVED: ("移到别处的文字", "text moved"),
    MarkKind.FLOWED: ("在另一份里不在这一页的文字", "text that stands on another page in the other proof"),
    MarkKind.LOOK: ("图、颜色、字体不同", "picture, colour or type differs"),
    MarkKind.NUMBER: ("页码、编号或书眉", "number or running head"),
}
_PICTURED = (Status.CHANGED, Status.ADDED, Status.REMOVED, Status.REFLOWED, Status.MARGINS)


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A mark as drawn over a picture: pt from the upper left corner."""

    kind: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class View:
    """One page of a pair: its name, picture, size in pt and marks."""

    name: str
    picture: Picture | None
    width: float
    height: float
    marks: tuple[Rectangle, ...]


@dataclass(frozen=True, slots=True)
class PairView:
    """A pair of pages side by side; None where there is no such page."""

    identity: str
    name: str
    pair: PagePair
    old: View | None
    new: View | None


def difference_page(
    difference: Difference, old: Path, new: Path, lang: str = "zh", progress: Callable[[int, int], None] | None = None
) -> str:
    """The comparison as an HTML page with pictures of the pages that differ (80 pairs at most).

    Every text of the files is escaped. Pages that cannot be drawn are shown without a picture.
    """
    say = wording.sayer(lang)
    chosen = _chosen(difference.pairs)
    views = _views(difference, old, new, chosen, say, progress)
    pictured = {(view.pair.old, view.pair.new): view.identity for view in views}
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    template = environment.from_string(files(__package__).joinpath("diff.html.j2").read_text(encoding="utf-8"))
    wanted = sum(1 for pair in difference.pairs if pair.status in _PICTURED)
    used = {mark.kind for view in views for side in (view.old, view.new) if side for mark in side.marks}
    return template.render(
        d=difference,
        lang=lang,
        say=say,
        words=wording,
        verdict=wording.verdict(difference, say),
        counts=wording.page_counts(difference, say),
        groups=_by_title(difference.changes),
        views=views,
        figures=[look for look in difference.looks if look.figure],
        looks=sorted({look.new.page for look in difference.looks if look.new and not look.figure}),
        pictured=pictured,
        anchors=_anchors(difference, pictured),
        not_shown=wanted - len(views),
        legend=[(kind.value, say(*words)) for kind, words in _MARKS.items() if kind.value in used],
        statuses=[(status, say(*words[:2])) for status, words in wording.STATUS.items() if difference.count(status)],
        status_name=lambda status: say(*wording.STATUS[status][:2]),
        page_name=lambda side, page: wording.page_name(side, page, say),
        version=__version__,
    )


def write_difference(
    difference: Difference,
    old: Path,
    new: Path,
    out: Path,
    lang: str = "zh",
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Write the page to ``out``, whole or not at all. Raises OSError when it cannot be written."""
    text = difference_page(difference, old, new, lang, progress)
    write_atomic(out, text.encode("utf-8", errors="backslashreplace"))


def _chosen(pairs: Iterable[PagePair]) -> list[PagePair]:
    """The pairs to picture, in the order of the pages."""
    told = [pair for pair in pairs if pair.status in _PICTURED]
    margins = [pair for pair in told if pair.status is Status.MARGINS]
    told = [pair for pair in told if pair not in margins[MOST_MARGINS:]]
    if len(told) > MOST:
        kept = {id(pair) for pair in sorted(told, key=lambda pair: _PICTURED.index(pair.status))[:MOST]}
        told = [pair for pair in told if id(pair) in kept]
    return told


def _views(
    difference: Difference,
    old: Path,
    new: Path,
    pairs: Sequence[PagePair],
    say: wording.Say,
    progress: Callable[[int, int], None] | None,
) -> list[PairView]:
    views = []
    with open_sheets(old) as old_sheets, open_sheets(new) as new_sheets:
        for place, pair in enumerate(pairs, 1):
            views.append(
                PairView(
                    f"pages-{place}",
                    wording.pair_name(difference, pair, say),
                    pair,
                    _view(difference.old, pair.old, old_sheets, difference.old_marks, say),
                    _view(difference.new, pair.new, new_sheets, difference.new_marks, say),
                )
            )
            if progress is not None:
                progress(place, len(pairs))
    return views


def _view(
    side: Side, page: int | None, sheets: Sheets | None, marks: Mapping[int, Sequence[Mark]], say: wording.Say
) -> View | None:
    if page is None:
        return None
    width, height = side.sizes[page]
    drawn = tuple(
        Rectangle(mark.kind.value, round(x0, 1), round(height - y1, 1), round(x1 - x0, 1), round(y1 - y0, 1))
        for mark in marks.get(page, ())
        for x0, y0, x1, y1 in (mark.box,)
    )
    picture = None if sheets is None else sheets.picture(page)
    return View(wording.page_name(side, page, say), picture, width, height, drawn)


def _by_title(changes: Sequence[Change]) -> list[tuple[str, list[Change]]]:
    """Changes in a row in one article together."""

    def title(change: Change) -> str:
        spot = change.new_spot or change.old_spot
        return spot.title if spot else ""

    return [(name, list(group)) for name, group in groupby(changes, key=title)]


def _anchors(difference: Difference, pictured: Mapping[tuple[int | None, int | None], str]) -> dict[str, str]:
    """Where a page is pictured: by ``old-`` or ``new-`` and its 0-based number."""
    found: dict[str, str] = {}
    for pair in difference.pairs:
        identity = pictured.get((pair.old, pair.new))
        if identity is not None:
            found.setdefault(f"old-{pair.old}", identity)
            found.setdefault(f"new-{pair.new}", identity)
    return found
