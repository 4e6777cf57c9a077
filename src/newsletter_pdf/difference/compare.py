"""Two proofs compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from newsletter_pdf.difference.align import Alignment, align, versions
from newsletter_pdf.difference.asides import (
    altered_alternatives,
    altered_facts,
    altered_links,
    altered_margins,
    renumbered,
    reparagraphed,
    restyled,
)
from newsletter_pdf.difference.letters import compare_letters, one_sided
from newsletter_pdf.difference.looks import find_looks
from newsletter_pdf.difference.marks import Marker
from newsletter_pdf.difference.model import Change, Difference, MarkKind, Move, PagePair, Side, Spot, Status
from newsletter_pdf.difference.pages import Layouts, Traces, judge_pages, pair_pages, trace
from newsletter_pdf.difference.runs import Gap, Run
from newsletter_pdf.difference.sentences import Sentence, Text, read_text
from newsletter_pdf.verify.flow import Cell, Flow
from newsletter_pdf.verify.flowreader import read_flow
from newsletter_pdf.verify.setting.tags import Kind

#: What is told of the progress: the stage, how many steps of how many are done.
Progress = Callable[[str, int, int], None]


def compare(old: Path, new: Path, progress: Progress | None = None) -> Difference:
    """Compare two PDFs; the whole takes a few seconds for a hundred pages.

    Raises UnreadableSideError when one of them is no sound PDF or cannot be read.
    """
    tell = progress or (lambda _stage, _done, _total: None)
    flow_a = read_side(old, lambda done, total: tell("diff-old", done, total))
    flow_b = read_side(new, lambda done, total: tell("diff-new", done, total))
    if flow_a.tagged != flow_b.tagged:  # what is guessed is compared with what is guessed
        flow_a, flow_b = (
            read_side(path, None, use_tags=False) if flow.tagged else flow
            for path, flow in ((old, flow_a), (new, flow_b))
        )
    return _Comparison(old, new, flow_a, flow_b, tell).run()


class UnreadableSideError(Exception):
    """One of the two files cannot be compared: which, and why, in Chinese and English."""

    def __init__(self, pdf: Path, zh: str, en: str) -> None:
        super().__init__(f"{pdf}: {en}")
        self.pdf = pdf
        self.zh = zh
        self.en = en


def read_side(pdf: Path, progress: Callable[[int, int], None] | None, *, use_tags: bool = True) -> Flow:
    """Read one of the files; raises UnreadableSideError."""
    from newsletter_pdf.verify.setting import UnreadablePdfError

    try:
        return read_flow(pdf, progress, use_tags=use_tags)
    except UnreadablePdfError as error:
        raise UnreadableSideError(pdf, error.zh, error.en) from error
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UnreadableSideError(pdf, reason, reason) from error


class _Comparison:
    """One comparison, step by step."""

    def __init__(self, old: Path, new: Path, old_flow: Flow, new_flow: Flow, tell: Progress) -> None:
        self.old_path, self.new_path, self.tell = old, new, tell
        self.old, self.new = read_text(old_flow), read_text(new_flow)
        self.old_marks, self.new_marks = Marker(), Marker()
        self.runs: list[Run] = []
        self.old_changed: set[int] = set()
        self.new_changed: set[int] = set()

    def run(self) -> Difference:
        """The outcome."""
        old, new = self.old.flow, self.new.flow
        alignment = align(self.old, self.new)
        self.runs = list(alignment.runs)
        changes = [change for gap in alignment.gaps for change in self._changes(gap)]
        moves = self._moves(alignment)
        traces = trace(self.old, self.new, self.runs)
        traces.old_changed, traces.new_changed = self.old_changed, self.new_changed
        layouts = Layouts(old), Layouts(new)
        pairs = pair_pages(old, new, traces)
        self._mark_moved_pages(alignment, pairs, layouts, traces)
        styles = restyled(self.old, self.new, self.runs, self.new_marks)
        paragraphs, cut = reparagraphed(self.old, self.new, alignment.same, self.old_marks, self.new_marks)
        for one, other in styles.pages | cut:
            traces.old_changed.add(one)
            traces.new_changed.add(other)
        judged = judge_pages(pairs, *layouts, traces)
        looks = find_looks(self, judged, styles.pages)
        judged = looks.pairs
        moved = {self.old.sentences[i].start for i, _j in alignment.moved}
        self._mark_flow(judged, [run for run in self.runs if run.old not in moved])
        return Difference(
            _side(self.old_path, old),
            _side(self.new_path, new),
            tuple(judged),
            tuple(changes),
            tuple(moves),
            tuple(looks.looks),
            styles.found,
            paragraphs,
            renumbered(self.old, self.new, alignment.same, self.old_marks, self.new_marks),
            altered_margins(old, new, judged, self.old_marks, self.new_marks),
            altered_links(old, new),
            (*altered_alternatives(old, new), *altered_facts(old, new)),
            self.old_marks.marks(),
            self.new_marks.marks(),
        )

    # sentences --------------------------------------------------------------------------------------------------

    def _changes(self, gap: Gap) -> list[Change]:
        changes = []
        for part in _together(versions(self.old, self.new, gap), self.old, self.new):
            change = self._change(part)
            if change is not None:
                changes.append(change)
        return changes

    def _change(self, part: Gap) -> Change | None:
        old, new = _cells(self.old, part.old), _cells(self.new, part.new)
        if not old or not new:
            self._mark_one_sided(old, new)
            return Change(one_sided(old), one_sided(new), _spot(self.old, part.old), _spot(self.new, part.new))
        letters = compare_letters(old, new)
        self.runs += letters.runs
        if not letters.old_changed and not letters.new_changed:
            return None
        self.old_marks.letters(MarkKind.SENTENCE, [cell for _place, cell in old])
        self.new_marks.letters(MarkKind.SENTENCE, [cell for _place, cell in new])
        gone = [cell for place, cell in old if place in letters.old_changed]
        come = [cell for place, cell in new if place in letters.new_changed]
        self.old_marks.letters(MarkKind.REMOVED, gone)
        self.new_marks.letters(MarkKind.ADDED, come)
        self.old_changed.update(cell.page for cell in gone)
        self.new_changed.update(cell.page for cell in come)
        first_old = gone[0].page if gone else old[0][1].page
        first_new = come[0].page if come else new[0][1].page
        return Change(
            letters.old,
            letters.new,
            Spot(first_old, _title(self.old, part.old)),
            Spot(first_new, _title(self.new, part.new)),
        )

    def _mark_one_sided(self, old: Sequence[tuple[int, Cell]], new: Sequence[tuple[int, Cell]]) -> None:
        gone, come = [cell for _place, cell in old], [cell for _place, cell in new]
        self.old_marks.letters(MarkKind.REMOVED, gone)
        self.new_marks.letters(MarkKind.ADDED, come)
        self.old_changed.update(cell.page for cell in gone)
        self.new_changed.update(cell.page for cell in come)

    # moves ------------------------------------------------------------------------------------------------------

    def _moves(self, alignment: Alignment) -> list[Move]:
        moves = []
        steps = enumerate(alignment.moved)
        for _key, group in groupby(steps, key=lambda step: (step[1][0] - step[0], step[1][1] - step[0])):
            pairs = [pair for _place, pair in group]
            first, other = self.old.sentences[pairs[0][0]], self.new.sentences[pairs[0][1]]
            moves.append(
                Move(
                    self.old.show(first.start, first.stop),
                    len(pairs),
                    Spot(self.old.cells[first.start].page, first.title),
                    Spot(self.new.cells[other.start].page, other.title),
                )
            )
        return moves

    def _mark_moved_pages(
        self,
        alignment: Alignment,
        pairs: Sequence[tuple[int | None, int | None]],
        layouts: tuple[Layouts, Layouts],
        traces: Traces,
    ) -> None:
        """Text that moved changes its pages, unless the whole page moved with it."""
        whole = {
            (one, other)
            for one, other in pairs
            if one is not None and other is not None and layouts[0].alike(one, layouts[1], other)
        }
        for i, j in alignment.moved:
            old, new = _cells(self.old, (i,)), _cells(self.new, (j,))
            if all((a.page, b.page) in whole for (_i, a), (_j, b) in zip(old, new, strict=True)):
                continue
            self.old_marks.letters(MarkKind.MOVED, [cell for _place, cell in old])
            self.new_marks.letters(MarkKind.MOVED, [cell for _place, cell in new])
            traces.old_changed.update(cell.page for _place, cell in old)
            traces.new_changed.update(cell.page for _place, cell in new)

    # pages ------------------------------------------------------------------------------------------------------

    def _mark_flow(self, pairs: Sequence[PagePair], runs: Sequence[Run]) -> None:
        """Mark the text of ``runs`` that stands on another page than the partner of its page."""
        told = (Status.REFLOWED, Status.CHANGED)
        partners: Mapping[int, set[int]] = defaultdict(set)
        for pair in pairs:
            if pair.old is not None and pair.new is not None and pair.status in told:
                partners[pair.old].add(pair.new)
        known = {page for pages in partners.values() for page in pages}
        gone: list[Cell] = []
        come: list[Cell] = []
        for run in sorted(runs):
            a, b = self.old.cells[run.old : run.old + run.length], self.new.cells[run.new : run.new + run.length]
            for one, other in zip(a, b, strict=True):
                if other.page not in partners.get(one.page, ()):
                    if one.page in partners:
                        gone.append(one)
                    if other.page in known:
                        come.append(other)
        self.old_marks.letters(MarkKind.FLOWED, gone)
        self.new_marks.letters(MarkKind.FLOWED, come)


def _together(parts: Sequence[Gap], old: Text, new: Text) -> list[Gap]:
    """Sentences added, or removed, side by side in one paragraph or table as one."""
    joined: list[Gap] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last is not None and _follows(last.old, part.old, last.new or part.new, old):
            joined[-1] = Gap((*last.old, *part.old), ())
        elif last is not None and _follows(last.new, part.new, last.old or part.old, new):
            joined[-1] = Gap((), (*last.new, *part.new))
        else:
            joined.append(part)
    return joined


def _follows(before: Sequence[int], after: Sequence[int], others: Sequence[int], text: Text) -> bool:
    if others or not before or not after or after[0] != before[-1] + 1:
        return False
    one, other = text.sentences[before[-1]], text.sentences[after[0]]
    # The cells of a table are told together, too: one by one they say little.
    return one.paragraph == other.paragraph or one.passage.kind is other.passage.kind is Kind.CELL


def _cells(text: Text, sentences: Sequence[int]) -> list[tuple[int, Cell]]:
    return [
        (place, text.cells[place])
        for index in sentences
        for place in range(text.sentences[index].start, text.sentences[index].stop)
    ]


def _spot(text: Text, sentences: Sequence[int]) -> Spot | None:
    if not sentences:
        return None
    sentence: Sentence = text.sentences[sentences[0]]
    return Spot(text.cells[sentence.start].page, sentence.title)


def _title(text: Text, sentences: Sequence[int]) -> str:
    return text.sentences[sentences[0]].title


def _side(path: Path, flow: Flow) -> Side:
    sizes = tuple((sheet.width, sheet.height) if sheet else (595.0, 842.0) for sheet in flow.sheets)
    return Side(_name(path), flow.sha256, tuple(flow.labels), sizes)


def _name(path: Path) -> str:
    """The file's name with that of its folder, as two proofs often have one name."""
    return "/".join(path.resolve().parts[-2:]).lstrip("/")
