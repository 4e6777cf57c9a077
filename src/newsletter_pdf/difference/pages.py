"""Which page of the new file is which page of the old one, and what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from newsletter_pdf.difference.model import PagePair, Status
from newsletter_pdf.difference.runs import Run
from newsletter_pdf.difference.sentences import Text
from newsletter_pdf.verify.flow import Cell, Flow

_SAME_PLACE = 0.3  # pt
_MOSTLY = 0.5  # share of a page's letters


@dataclass(slots=True)
class Traces:
    """What is known of the pages of both files: shared letters, and pages with letters of their own (0-based)."""

    shared: Counter[tuple[int, int]] = field(default_factory=Counter)
    old_letters: Counter[int] = field(default_factory=Counter)
    new_letters: Counter[int] = field(default_factory=Counter)
    old_changed: set[int] = field(default_factory=set)
    new_changed: set[int] = field(default_factory=set)


def trace(old: Text, new: Text, runs: Iterable[Run]) -> Traces:
    """Count what the pages share; which pages changed is filled in by others."""
    traces = Traces()
    traces.old_letters.update(cell.page for cell in old.cells)
    traces.new_letters.update(cell.page for cell in new.cells)
    for run in runs:
        a, b = old.cells[run.old : run.old + run.length], new.cells[run.new : run.new + run.length]
        traces.shared.update((one.page, other.page) for one, other in zip(a, b, strict=True))
    return traces


def pair_pages(old: Flow, new: Flow, traces: Traces) -> list[tuple[int | None, int | None]]:
    """Pair the pages that share most; pages without text are paired by their place between the others.

    A page whose letters all stood on pages that have another partner is shown beside the one that most came from, so a
    page of either file may occur twice. The pairs are in the order of the new file.
    """
    partner: dict[int, int] = {}
    taken: dict[int, int] = {}
    by_share = sorted(traces.shared.items(), key=lambda item: (-item[1], abs(item[0][0] - item[0][1]), item[0]))
    for (one, other), _count in by_share:
        if one not in taken and other not in partner:
            partner[other], taken[one] = one, other
    _pair_between(old, new, traces, partner, taken)
    pairs: list[tuple[int | None, int | None]] = []
    for page in range(new.pages):
        best = _origin(traces.shared, page, side=1, letters=traces.new_letters[page])
        pairs.append((partner.get(page, best), page))
    for page in range(old.pages):
        if page not in taken:
            best = _origin(traces.shared, page, side=0, letters=traces.old_letters[page])
            pairs.insert(_position(pairs, page), (page, best))
    return pairs


def _pair_between(old: Flow, new: Flow, traces: Traces, partner: dict[int, int], taken: dict[int, int]) -> None:
    """Pair pages left over that stand at the same place between pairs and share nothing with any other page."""
    known_old = {one for one, _other in traces.shared}
    known_new = {other for _one, other in traces.shared}
    for step, start, end in ((1, 0, new.pages), (-1, new.pages - 1, -1)):
        previous = -1 if step == 1 else old.pages
        for page in range(start, end, step):
            if page in partner:
                previous = partner[page]
                continue
            candidate = previous + step
            if (
                page not in known_new
                and 0 <= candidate < old.pages
                and candidate not in taken
                and candidate not in known_old
            ):
                partner[page], taken[candidate] = candidate, page
                previous = candidate


def _origin(shared: Mapping[tuple[int, int], int], page: int, *, side: int, letters: int) -> int | None:
    """The page of the other file that most of a page's letters are on, when most are there at all."""
    counts = {pair[1 - side]: count for pair, count in shared.items() if pair[side] == page}
    if not counts or sum(counts.values()) < _MOSTLY * letters:
        return None
    return max(counts, key=lambda other: counts[other])


def _position(pairs: Sequence[tuple[int | None, int | None]], page: int) -> int:
    """Where a page that only the old file has is shown: behind the last page before it."""
    places = [place for place, (one, _other) in enumerate(pairs) if one is not None and one < page]
    return max(places) + 1 if places else 0


class Layouts:
    """The text of each page with its places, to tell pages that are set alike."""

    def __init__(self, flow: Flow) -> None:
        self._cells: dict[int, list[Cell]] = defaultdict(list)
        self._numbers: dict[int, str] = defaultdict(str)
        for passage in flow.passages:
            self._cells[passage.page] += passage.cells
            extra = (*passage.number, *passage.folio)
            self._numbers[passage.page] += "".join(cell.key for cell in extra) + "\n"
        self._flow = flow

    def alike(self, page: int, other: Layouts, other_page: int) -> bool:
        """Whether two pages have the same text in the same places."""
        a, b = self._cells.get(page, []), other._cells.get(other_page, [])
        if len(a) != len(b) or self._flow.sheets[page] != other._flow.sheets[other_page]:
            return False
        return all(
            one.key == two.key and abs(one.x - two.x) <= _SAME_PLACE and abs(one.y - two.y) <= _SAME_PLACE
            for one, two in zip(a, b, strict=True)
        )

    def same_numbers(self, page: int, other: Layouts, other_page: int) -> bool:
        """Whether the numbering, page numbers in contents and running heads are the same, too."""
        return (
            self._numbers.get(page) == other._numbers.get(other_page)
            and self._flow.margins[page] == other._flow.margins[other_page]
        )


def judge_pages(
    pairs: Iterable[tuple[int | None, int | None]], old: Layouts, new: Layouts, traces: Traces
) -> list[PagePair]:
    """The status of each pair, as far as text and its places tell."""
    judged: list[PagePair] = []
    for one, other in pairs:
        if one is None or other is None:
            status = Status.ADDED if one is None else Status.REMOVED
        elif one in traces.old_changed or other in traces.new_changed:
            status = Status.CHANGED
        elif not old.alike(one, new, other):
            status = Status.REFLOWED
        elif not old.same_numbers(one, new, other):
            status = Status.MARGINS
        else:
            status = Status.UNCHANGED if one == other else Status.MOVED
        judged.append(PagePair(one, other, status))
    return judged
