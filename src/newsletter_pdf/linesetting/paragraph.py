"""A paragraph made ready for line breaking: characters with widths, the rules between them, the places to break.

Lengths are in one unit throughout, the caller's (the engine's is CSS px); em values are multiplied by the em of their
run. Places are character indices: place p is before character p.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from newsletter_pdf.linesetting import classes as c
from newsletter_pdf.linesetting.opportunities import CUT, DESIGNATION, FREE, penalties
from newsletter_pdf.linesetting.options import LineEnd, Options
from newsletter_pdf.linesetting.pairs import ALLOWED, UNICODE, Pair, pair

LARGEST_GAP = 0.25  # between Chinese and Latin, in em (CLREQ on mixed text)
SMALLEST_GAP = 0.125  # in a line that is too full (CLREQ 6.2.2.3: an eighth of an em at least)
SPACE_STRETCH = 0.25  # a word space grows by this much at first, in em
DESIGNATION_STRETCH = 0.06  # one in a designation, as in TLS 1.3, which has to be seen as one
SPACE_SHRINK = 1 / 3  # a word space gives up this much of itself
TRACK = 0.025  # the most that characters close up, in em, when marks have given all
_HANGING = frozenset("。，、．")
_NARROW = 0.75
_APOSTROPHE = re.compile("(?<=[A-Za-z])’(?=[A-Za-z])")
_APOSTROPHE_WIDTH = 0.3  # when the face is Chinese, in em
_SPACES = re.compile(" ")


@dataclass(slots=True)
class Run:
    """A stretch of text in one style, or one object (text U+FFFC).

    ``advances`` has one width a character; the first of a cluster has the cluster's, the others 0. ``whole`` holds
    the places of the run (0-based, within it) that lie inside a cluster. ``hyphens`` are places where a word may be
    divided, with ``hyphen`` the width of the mark. ``centred`` are the stops that stand in the middle of their em.
    """

    text: str
    advances: list[float]
    em: float
    raised: bool = False
    verbatim: bool = False
    nowrap: bool = False
    whole: frozenset[int] = frozenset()
    hyphens: Sequence[int] = ()
    hyphen: float = 0.0
    centred: frozenset[str] = frozenset()


@dataclass(slots=True)
class Stop:
    """A place where a line may end.

    The line's last character is before ``end`` (its spaces dropped), the next line starts at ``start``. ``hyphen`` is
    the width of the hyphen that is added, 0 for none.
    """

    end: int
    start: int
    penalty: float
    hyphen: float = 0.0


@dataclass(slots=True)
class Paragraph:
    """The paragraph between two forced breaks and everything the total fit asks of it.

    All lists have one entry a character and concern what follows it, up to the next: ``space`` the natural extra
    space, ``squeeze`` what can be taken away, ``deep`` what marks can give beyond that, ``gaps`` and ``words`` what
    CJK–Latin gaps and word spaces can take first, ``slots`` the weight of the place when the space between characters
    grows. ``natural`` and the other sums are running totals, one longer.
    """

    text: str
    kinds: str
    advances: list[float]
    ems: list[float]
    space: list[float]
    squeeze: list[float]
    deep: list[float]
    gaps: list[float]
    words: list[float]
    slots: list[float]
    penalties: list[float | None]
    hyphens: dict[int, float]
    graphemes: Sequence[int]
    options: Options
    natural: list[float] = field(init=False)
    squeeze_sum: list[float] = field(init=False)
    deep_sum: list[float] = field(init=False)
    early_sum: list[float] = field(init=False)
    slot_sum: list[float] = field(init=False)

    def total(self) -> None:
        """Make the running totals; to be called when the lists are final."""
        self.natural = [0.0, *accumulate(map(float.__add__, self.advances, self.space))]
        self.squeeze_sum = [0.0, *accumulate(self.squeeze)]
        self.deep_sum = [0.0, *accumulate(self.deep)]
        self.early_sum = [0.0, *accumulate(map(float.__add__, self.gaps, self.words))]
        self.slot_sum = [0.0, *accumulate(self.slots)]

    def start_trim(self, index: int) -> float:
        """What the character at ``index`` gives up when it is a line's first: half an em before an opening mark."""
        kind = self.kinds[index]
        if kind == c.OPEN:
            return 0.5 * self.ems[index]
        return 0.25 * self.ems[index] if kind == c.CENTRED else 0.0

    def end_trim(self, index: int) -> float:
        """What the character at ``index`` gives up when it is a line's last."""
        kind = self.kinds[index]
        if kind not in "CPZ":
            return 0.0
        rule = self.options.line_end
        if rule is LineEnd.FULL:
            return 0.0
        if rule is LineEnd.HANG and self.text[index] in _HANGING:
            return self.advances[index]
        return (0.25 if kind == c.CENTRED else 0.5) * self.ems[index]

    def width(self, start: int, end: int, hyphen: float = 0.0) -> float:
        """The natural width of a line with the characters ``start`` to ``end`` (exclusive)."""
        if end <= start:
            return 0.0
        last = end - 1
        width = self.natural[end] - self.space[last] - self.natural[start]
        return width - self.start_trim(start) - self.end_trim(last) + hyphen

    def stops(self, *, cut: bool = False) -> list[Stop]:
        """The places where lines may end, in order, without the paragraph's start and end.

        With ``cut`` every place between graphemes is one, those that no rule allows with a prohibitive penalty.
        """
        found: list[Stop] = []
        text, total = self.text, len(self.text)
        for place in range(1, total):
            penalty = self.penalties[place]
            hyphen = 0.0
            if penalty is None:
                if place in self.hyphens:
                    penalty, hyphen = FREE, self.hyphens[place]
                elif cut and self.graphemes[place]:
                    forbidden = self.kinds[place] in c.NO_START or self.kinds[place - 1] in c.NO_END
                    penalty = CUT * (4 if forbidden else 1)
                else:
                    continue
            end = place
            while end and text[end - 1] == " ":
                end -= 1
            start = place
            while start < total and text[start] == " ":
                start += 1
            if end > 0 and start < total and (not found or found[-1].start < start):
                found.append(Stop(end, start, penalty, hyphen))
        return found


def analyse(
    runs: Sequence[Run],
    allowed: Sequence[int],
    graphemes: Sequence[int],
    options: Options,
    before: Mapping[int, float] | None = None,
    after: Mapping[int, float] | None = None,
) -> Paragraph:
    """Make a paragraph of ``runs``.

    ``allowed`` and ``graphemes`` have a flag for each place 0…n: whether UAX 14 lets a line end there, and whether a
    grapheme starts there. ``before`` and ``after`` are the widths of borders, padding and margins that stand before
    or after a character and stay with it.
    """
    text = "".join(run.text for run in runs)
    kinds, advances, ems = _characters(runs, text)
    for edges in (before, after):
        for index, width in (edges or {}).items():
            advances[index] += width
    rules = _rules(kinds, options.squeeze)
    room = max(0.0, LARGEST_GAP - options.gap)
    spare = max(0.0, options.gap - SMALLEST_GAP)
    em = ems[0] if ems else 0.0
    if all(run.em == em for run in runs):
        gap_width, gap_room, gap_spare = options.gap * em, room * em, spare * em
        space = [gap_width if r.gap else (r.trim_left + r.trim_right) * em for r in rules]
        deep = [(r.deep_left + r.deep_right) * em for r in rules]
        squeeze = [gap_spare if r.gap else (r.squeeze_left + r.squeeze_right) * em for r in rules]
        gaps = [gap_room if r.gap else 0.0 for r in rules]
        slots = [r.slot * em for r in rules]
    else:
        sized = list(zip(rules, ems, ems[1:], strict=False))
        space = [options.gap * min(a, b) if r.gap else r.trim_left * a + r.trim_right * b for r, a, b in sized]
        deep = [r.deep_left * a + r.deep_right * b for r, a, b in sized]
        squeeze = [spare * min(a, b) if r.gap else r.squeeze_left * a + r.squeeze_right * b for r, a, b in sized]
        gaps = [room * min(a, b) if r.gap else 0.0 for r, a, b in sized]
        slots = [r.slot * min(a, b) for r, a, b in sized]
    for values in (space, squeeze, deep, gaps, slots):
        values.extend([0.0] * (len(text) - len(values)))  # nothing follows the last
    flags = [0] * (len(text) + 1)
    for place, rule in enumerate(rules, start=1):
        if rule.breaks == ALLOWED or (rule.breaks == UNICODE and allowed[place]):
            flags[place] = 1
    words = [0.0] * len(text)
    made = Paragraph(text, kinds, advances, ems, space, squeeze, deep, gaps, words, slots, [], {}, graphemes, options)
    _spaces(made, room, spare)
    verbatim = _runs(made, runs, flags)
    made.penalties = penalties(text, flags, verbatim)
    made.total()
    return made


def _rules(kinds: str, squeeze: float) -> list[Pair]:
    """The rules between each character and the next; what follows a combining mark meets the mark's base."""
    firsts = kinds
    if c.JOINED in kinds:
        letters = list(kinds)
        for index in range(1, len(letters)):
            if letters[index] == c.JOINED:
                letters[index] = letters[index - 1]
        firsts = "".join(letters)
    return [pair(first, second, squeeze) for first, second in zip(firsts, kinds[1:], strict=False)]


def _characters(runs: Sequence[Run], text: str) -> tuple[str, list[float], list[float]]:
    """Classes, widths and ems of all characters; what depends on the face or the run is settled here."""
    kinds = c.classes(text)
    advances: list[float] = []
    ems: list[float] = []
    changed: dict[int, str] = {}
    start = 0
    for run in runs:
        if run.raised:
            changed.update((start + index, c.RAISED) for index in range(len(run.text)))
        else:
            for match in c.AMBIGUOUS.finditer(run.text):
                at = match.start()
                if run.advances[at] < _NARROW * run.em and (narrow := c.narrow_class(match[0])):
                    changed[start + at] = narrow
            if run.centred:
                changed.update((start + i, c.CENTRED) for i, char in enumerate(run.text) if char in run.centred)
        advances.extend(run.advances)
        ems.extend([run.em] * len(run.text))
        start += len(run.text)
    if "’" in text:
        for match in _APOSTROPHE.finditer(text):
            at = match.start()
            if changed.get(at) is None:
                # In a Chinese face the mark has a whole em, most of it blank.
                changed[at] = c.LATIN
                advances[at] = _APOSTROPHE_WIDTH * ems[at]
    if changed:
        letters = list(kinds)
        for index, kind in changed.items():
            letters[index] = kind
        kinds = "".join(letters)
    return kinds, advances, ems


def _spaces(made: Paragraph, room: float, spare: float) -> None:
    """Typed spaces: a gap between Chinese and Latin, nothing beside a full-width mark, else a word space."""
    kinds, ems = made.kinds, made.ems
    tight = {match.end() - 1 for match in DESIGNATION.finditer(made.text)} if " " in made.text else frozenset()
    for match in _SPACES.finditer(kinds):
        at = match.start()
        before = kinds[at - 1] if at else ""
        beyond = kinds[at + 1] if at + 1 < len(kinds) else ""
        if before in c.MARKS or beyond in c.MARKS:
            made.advances[at] = 0.0
        elif before and beyond and pair(before, beyond).gap:
            made.advances[at] = made.options.gap * ems[at]
            made.gaps[at], made.squeeze[at], made.slots[at] = room * ems[at], spare * ems[at], ems[at]
        else:
            made.words[at] = (DESIGNATION_STRETCH if at in tight else SPACE_STRETCH) * ems[at]
            made.squeeze[at] = SPACE_SHRINK * made.advances[at]


def _runs(made: Paragraph, runs: Sequence[Run], flags: list[int]) -> list[tuple[int, int]]:
    """What runs ask for: code is left as it is, clusters and nowrap stay whole, words are divided.

    Returns the ranges of code.
    """
    verbatim: list[tuple[int, int]] = []
    start, nowrap = 0, False
    for run in runs:
        end = start + len(run.text)
        if run.verbatim:
            verbatim.append((start, end))
            for values in (made.space, made.squeeze, made.deep, made.gaps, made.slots, made.words):
                values[start : end - 1] = [0.0] * max(0, end - 1 - start)
            made.advances[start:end] = [
                own if char == " " else adjusted
                for char, own, adjusted in zip(run.text, run.advances, made.advances[start:end], strict=True)
            ]
        if run.nowrap:
            first = start if nowrap else start + 1
            flags[first:end] = [0] * (end - first)
        nowrap = run.nowrap
        for place in run.whole:
            flags[start + place] = 0
            for values in (made.space, made.squeeze, made.deep, made.gaps, made.slots, made.words):
                values[start + place - 1] = 0.0
        for place in run.hyphens:
            if place not in run.whole and not flags[start + place]:
                made.hyphens[start + place] = run.hyphen
        start = end
    return verbatim
