"""What it means where text and pages part: missing, altered, doubled, moved or foreign."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import NamedTuple

from newsletter_pdf.verify.expected import ExpectedPassage
from newsletter_pdf.verify.layoutwords import LayoutWords, is_number
from newsletter_pdf.verify.matching import Matching, Part, Trouble
from newsletter_pdf.verify.wording import letters, sentence_ends

_SHORTEST_MOVE = 6  # letters; a shorter sentence must fill its place to be known there
_SHORTEST_DOUBLE = 4
_ALIKE = 0.5  # of their letters that two versions of a sentence share
_LEAST_ALIKE = 0.2  # the same when one stands in the place of the other
_LONGEST_COMPARED = 1500
_LONGEST_NUMBER = 8  # letters, brackets included
_MOST_COMPARED = 400  # pairs, so that a file that is quite another one is told as quickly


class Altered(NamedTuple):
    """A part, and what stands there instead: the letters ``start`` to ``stop`` of the stream."""

    part: Part
    start: int
    stop: int


class Found(NamedTuple):
    """A part that stands at ``start`` to ``stop``, where it should not."""

    part: Part
    start: int
    stop: int


@dataclass(slots=True)
class Verdict:
    """The outcome. ``missing`` are parts with the place where they should be; ``foreign`` are places of text."""

    missing: list[tuple[Part, int]] = field(default_factory=list)
    altered: list[Altered] = field(default_factory=list)
    doubled: list[Found] = field(default_factory=list)
    moved: list[Found] = field(default_factory=list)
    foreign: list[tuple[int, int]] = field(default_factory=list)


def judge(
    matching: Matching, passages: Sequence[ExpectedPassage], text: str, words: LayoutWords, *, ordered: bool = True
) -> Verdict:
    """Tell what each trouble of ``matching`` is.

    When the text is not known to be ``ordered`` as it is read, what is found elsewhere is where it should be.
    """
    judge = _Judge(passages, text, words, matching.troubles, ordered)
    verdict = judge.run()
    if not ordered:  # words in drawings cannot be told from text then, nor is a text whole that others are drawn into
        verdict.moved.clear()
        verdict.foreign.clear()
    return verdict


def _beside(codes: Sequence[tuple[str, int, int, int, int]], offset: int, *, last: bool) -> int:
    """The place in the second text beside ``offset`` of the first; ``last``: after what was put in there."""
    found = [
        j1 + round((offset - i1) * (j2 - j1) / (i2 - i1)) if kind != "equal" and i2 > i1 else j1 + offset - i1
        for kind, i1, i2, j1, j2 in codes
        if i1 <= offset <= i2
    ]
    found += [j2 for kind, i1, _i2, _j1, j2 in codes if kind == "insert" and i1 == offset]
    return (max if last else min)(found, default=0)


class _Judge:
    def __init__(
        self,
        passages: Sequence[ExpectedPassage],
        text: str,
        words: LayoutWords,
        troubles: Sequence[Trouble],
        ordered: bool,
    ) -> None:
        self.ordered = ordered
        self.passages, self.text, self.words = passages, text, words
        self.troubles = troubles
        # What is left of each trouble: parts not explained, stretches of text not explained.
        self.parts = [list(trouble.parts) for trouble in troubles]
        self.gaps = [[(each.start, each.stop)] if each.start < each.stop else [] for each in troubles]
        self.verdict = Verdict()
        self.budget = _MOST_COMPARED
        self.keys = [letters(passage.text) for passage in passages]
        self.whole = "".join(self.keys)
        self.starts = list(accumulate((len(key) for key in self.keys[:-1]), initial=0))

    def run(self) -> Verdict:
        self.find_moved()
        for place in range(len(self.troubles)):
            self.find_altered(place)
            for start, stop in self.gaps[place]:
                self.find_doubled(place, start, stop)
            self.verdict.missing += [(part, self.troubles[place].start) for part in self.parts[place]]
        return self.verdict

    def find_moved(self) -> None:
        """Take out the parts that stand in what is left of another place."""
        for parts in self.parts:
            for part in list(parts):
                there = self.elsewhere(part)
                if there is not None:
                    parts.remove(part)
                    self.verdict.moved.append(Found(part, *there))

    def elsewhere(self, part: Part) -> tuple[int, int] | None:
        for place, gaps in enumerate(self.gaps):
            for index, (start, stop) in enumerate(gaps):
                found = part.find(self.text, start, stop)
                short = self.ordered and len(part.key) < _SHORTEST_MOVE
                if found is None or (short and found != (start, stop)):
                    continue
                gaps[index : index + 1] = [
                    rest for rest in (self.strip(place, start, found[0]), self.strip(place, found[1], stop)) if rest
                ]
                return found
        return None

    def strip(
        self, place: int, start: int, stop: int, following: ExpectedPassage | None = None
    ) -> tuple[int, int] | None:
        """A stretch without the layout's words at its ends; None when nothing is left."""
        trouble = self.troubles[place]
        before = None if trouble.before is None else self.passages[trouble.before]
        after = following or (None if trouble.after is None else self.passages[trouble.after])
        first, last = self.words.strip(self.text[start:stop], before, after)
        if not self.ordered and is_number(self.text[start + first : start + last]):
            return None  # the number of something that is drawn elsewhere
        return (start + first, start + last) if first < last else None

    def find_altered(self, place: int) -> None:
        """Pair parts with what stands in their place: letter by letter, then each with what is most like it."""
        parts, gaps = self.parts[place], self.gaps[place]
        if len(gaps) == 1 and parts:
            self.pair_letters(place, gaps[0])
        for part in list(parts):
            pieces = ((self.alike(part.key, *piece), piece, gap) for gap in gaps for piece in self.pieces(*gap, part))
            best = max(pieces, default=None)
            if best is not None and best[0] >= _ALIKE:
                _share, piece, gap = best
                parts.remove(part)
                self.take(place, part, piece, gap)
        if len(parts) == 1 and len(gaps) == 1 and self.least(parts[0], gaps[0], True) == 0:
            self.take(place, parts.pop(), gaps[0], gaps[0])  # one name in another's place

    def pair_letters(self, place: int, gap: tuple[int, int]) -> None:
        """Lay all parts against all that stands there; each part's letters end up beside its version."""
        parts = self.parts[place]
        wanted, shown = "".join(part.key for part in parts), self.text[slice(*gap)]
        if self.budget <= 0 or max(len(wanted), len(shown)) > _LONGEST_COMPARED:
            return
        self.budget -= 1
        codes = SequenceMatcher(None, wanted, shown, autojunk=False).get_opcodes()
        offset, rest = 0, gap
        for part in list(parts):
            begin, end = _beside(codes, offset, last=True), _beside(codes, offset + len(part.key), last=False)
            offset += len(part.key)
            piece = self.strip_for(part, gap[0] + begin, gap[0] + end)
            if piece is None:
                continue
            alone = len(parts) == 1 and len(self.troubles[place].parts) == 1
            if self.alike(part.key, *piece) >= self.least(part, piece, alone):
                parts.remove(part)
                rest = self.take(place, part, piece, rest) or (piece[1], piece[1])

    def take(self, place: int, part: Part, piece: tuple[int, int], gap: tuple[int, int]) -> tuple[int, int] | None:
        """Tell ``piece`` of ``gap`` as a version of ``part``; gives what is left of the gap after it."""
        at = self.gaps[place].index(gap)
        before = self.strip(place, gap[0], piece[0], self.passages[part.owner])
        after = self.strip(place, piece[1], gap[1])
        self.gaps[place][at : at + 1] = [rest for rest in (before, after) if rest]
        self.verdict.altered.append(Altered(part, *piece))
        return after

    def strip_for(self, part: Part, start: int, stop: int) -> tuple[int, int] | None:
        """A stretch without the number before ``part`` and the layout's words around; None when nothing is left.

        An end that is the part's own end stays, as a stop is a word of the layout's, too.
        """
        if start >= stop:
            return None
        text, passage = self.text[start:stop], self.passages[part.owner]
        first, last = self.words.strip(text, None, None)
        last = len(text) if part.key[-1] == text[-1] else last
        if part.key[0] == text[0]:
            first = 0
        else:
            lengths = range(min(last - first, _LONGEST_NUMBER), 0, -1)
            numbers = (n for n in lengths if self.words.explain(text[first : first + n], None, passage)[0])
            first += next(numbers, 0)
        return (start + first, start + last) if first < last else None

    def least(self, part: Part, gap: tuple[int, int], alone: bool) -> float:
        """How alike they must be: a name or figure in another's place need not be alike at all."""
        size = gap[1] - gap[0]
        short = max(size, len(part.key)) <= 2 * _SHORTEST_MOVE
        return 0.0 if short and alone else _LEAST_ALIKE if alone else _ALIKE / 2

    def pieces(self, start: int, stop: int, part: Part) -> list[tuple[int, int]]:
        """The sentences of a stretch; the whole of a short one, too."""
        ends = [0, *sentence_ends(self.text[start:stop])]
        pieces = [(start + begin, start + end) for begin, end in pairwise(ends)]
        if len(pieces) > 1 and stop - start < 2 * len(part.key):
            pieces.append((start, stop))
        return pieces

    def alike(self, key: str, start: int, stop: int) -> float:
        """The share of letters that a part and a stretch of text have in common, in order."""
        if self.budget <= 0 or max(len(key), stop - start) > _LONGEST_COMPARED:
            return 0.0
        size = len(key) + stop - start
        if 2 * min(len(key), stop - start) < _LEAST_ALIKE * size:
            return 0.0
        self.budget -= 1
        return SequenceMatcher(None, key, self.text[start:stop], autojunk=False).ratio()

    def find_doubled(self, place: int, start: int, stop: int) -> None:
        """Tell text that stands elsewhere already from text that nobody wrote."""
        ends = [0, *sentence_ends(self.text[start:stop])]
        open_from: int | None = None
        for begin, end in pairwise(ends):
            first, last = start + begin, start + end
            stripped = self.strip(place, first, last)
            owner = self.owner(self.text[slice(*stripped)]) if stripped else None
            if stripped and owner is not None:
                if open_from is not None:
                    self.add_foreign(place, open_from, first)
                    open_from = None
                if stripped[1] - stripped[0] > 1:  # a single letter may stand anywhere
                    self.verdict.doubled.append(Found(Part(owner, self.text[slice(*stripped)], None), *stripped))
            elif open_from is None:
                open_from = first
        if open_from is not None:
            self.add_foreign(place, open_from, stop)

    def add_foreign(self, place: int, start: int, stop: int) -> None:
        rest = self.strip(place, start, stop)
        if rest:
            self.verdict.foreign.append(rest)

    def owner(self, sentence: str) -> int | None:
        """The passage in which ``sentence`` begins, as the passages follow each other."""
        if len(sentence) < _SHORTEST_DOUBLE:
            return self.keys.index(sentence) if sentence in self.keys else None
        found = self.whole.find(sentence)
        return bisect_right(self.starts, found) - 1 if found >= 0 else None
