"""Total fit: where the lines of a paragraph end, chosen for the paragraph as a whole.

The method is Knuth and Plass's (Breaking Paragraphs into Lines, 1981) over the places that Chinese line breaking
allows: the least sum of demerits over all ways to break, found from place to place. What a line can give and take is
that of :mod:`.paragraph`; how it is then given is :mod:`.spread`'s.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from math import inf

from newsletter_pdf.linesetting import classes as c
from newsletter_pdf.linesetting.opportunities import CUT, KEPT
from newsletter_pdf.linesetting.paragraph import TRACK, Paragraph, Stop

# Demerits. A stretch of LOOSE em between all characters of a line weighs 100, like TeX's badness; beyond BEARABLE of
# that the weight grows fast, as the eye sees the line then.
LOOSE = 0.08
BEARABLE, GLARING = 0.9, 1.6
TIGHT = 150.0  # all marks squeezed by a quarter of an em
DEEP = 30.0  # more, when they are squeezed to half an em
TRACKED = 20.0  # more, when all characters close up by TRACK
LINE = 5.0  # every line costs a little, so that of two equal ways the shorter wins
UNLIKE = 60.0  # a tight line beside a loose one
HYPHEN = 120.0
LONE = 1.0e9
SHORT_END = 40.0  # a last line of two characters or fewer
_TOLERANCE = 1e-6


@dataclass(slots=True)
class Line:
    """One line: characters ``start`` to ``end`` (exclusive), the next line from ``resume``.

    ``hyphen`` is the width of an added hyphen; ``last`` says that the paragraph (or a forced break) ends here.
    """

    start: int
    end: int
    resume: int
    last: bool
    hyphen: float = 0.0


def fit(
    paragraph: Paragraph, measure: float, *, indent: float = 0.0, justify: bool = True, start: int = 0
) -> list[Line]:
    """The lines of ``paragraph`` from character ``start``, in a type area ``measure`` wide.

    The first line is ``indent`` narrower. With ``justify`` lines may be squeezed and stretched, else they only must
    not be too long. No line is longer than the measure unless one grapheme alone is. An empty paragraph has no lines.
    """
    text = paragraph.text
    total = len(text)
    end = total
    while start < end and text[start] == " ":
        start += 1
    while end > start and text[end - 1] == " ":
        end -= 1
    if start == end:
        return []
    if paragraph.width(start, end) <= (measure - indent) * (1 + _TOLERANCE):
        return [Line(start, end, total, True)]
    chosen: list[Stop] | None = None
    for effort in (0, 1, 2):
        stops = [s for s in paragraph.stops(cut=effort == 2) if start < s.end and s.start < end]
        chosen = _Fit(paragraph, stops, start, end, measure, indent, justify, effort).run()
        if chosen is not None:
            break
    else:
        raise AssertionError("with the last effort every place between graphemes will do")
    lines: list[Line] = []
    at = start
    for stop in chosen:
        lines.append(Line(at, stop.end, stop.start, False, stop.hyphen))
        at = stop.start
    lines.append(Line(at, end, total, True))
    return lines


def _loose(ratio: float) -> float:
    """The demerit of a line stretched beyond what is bearable."""
    near = min(ratio, GLARING)
    return (2.0 + 100.0 * near**3) * (near / BEARABLE) ** 6 + 3000.0 * (ratio - near) ** 2


class _Fit:
    """One search. Effort 0 keeps units whole and lines within sane bounds; 1 knows no bounds; 2 cuts anywhere."""

    def __init__(
        self, paragraph: Paragraph, stops: list[Stop], start: int, end: int, measure: float, indent: float,
        justify: bool, effort: int,
    ) -> None:  # fmt: skip
        self.paragraph = paragraph
        self.effort = effort
        if effort == 0:
            stops = [stop for stop in stops if stop.penalty < KEPT]
        self.stops = [Stop(start, start, 0.0), *stops, Stop(end, end, 0.0)]
        self.measure, self.indent, self.justify = measure, indent, justify
        p = paragraph
        # Coordinates on one long line: where a line would start and end, its trims taken.
        self.starts = [p.natural[s.start] + p.start_trim(s.start) for s in self.stops[:-1]]
        self.ends = [
            p.natural[s.end] - p.space[s.end - 1] - p.end_trim(s.end - 1) + s.hyphen if s.end else 0.0
            for s in self.stops
        ]
        self.starts.append(inf)

    def run(self) -> list[Stop] | None:
        """The stops chosen, without the paragraph's end; None when no way was found."""
        p, stops, ends = self.paragraph, self.stops, self.ends
        count = len(stops)
        last = count - 1
        best = [inf] * count
        best[0] = 0.0
        came = [0] * count
        ratio = [0.0] * count
        squeeze, deep, early, slot = p.squeeze_sum, p.deep_sum, p.early_sum, p.slot_sum
        # Ends grow from stop to stop but for trims of an em at most; the search starts that much earlier.
        slack = max(p.ems) * 1.5
        reach = inf if self.effort else self.measure * (0.16 if self.justify else 1.0)
        for here in range(last):
            base = best[here]
            if base == inf:
                continue
            stop = stops[here]
            at = stop.start
            target = self.starts[here] + self.measure - (self.indent if here == 0 else 0.0)
            limit = target * (1 + 1e-12) + _TOLERANCE * self.measure
            first = here + 1 if self.effort else max(here + 1, bisect_left(ends, target - reach, here + 1) - 2)
            squeezed, deepened, earlier, slotted = squeeze[at], deep[at], early[at], slot[at]
            found = False
            for there in range(first, count):
                spare = target - ends[there]
                other = stops[there]
                is_last = there == last
                tail = other.end - 1
                if spare < 0.0 and ends[there] > limit:
                    can = squeeze[tail] - squeezed if self.justify else 0.0
                    more = deep[tail] - deepened if self.justify else 0.0
                    track = (slot[tail] - slotted) * TRACK if self.justify else 0.0
                    if -spare > can + more + track:
                        if -spare > can + more + track + slack:
                            break
                        continue
                    if -spare > can + more:
                        r, demerit = -1.0, TIGHT + DEEP + TRACKED * (-spare - can - more) / track
                    elif -spare > can:
                        r, demerit = -1.0, TIGHT + DEEP * (-spare - can) / more
                    else:
                        r = spare / can
                        demerit = TIGHT * -r * r * r
                elif is_last:
                    r, demerit = 0.0, 0.0
                elif not self.justify:
                    r = 0.0
                    x = max(0.0, spare) / self.measure
                    demerit = 400.0 * x * x
                else:
                    can = early[tail] - earlier
                    if spare <= can:
                        r = 0.2 * spare / can if can > 0.0 else 0.0
                        demerit = 2.0 * (spare / can) ** 2 if can > 0.0 else 0.0
                    else:
                        room = slot[tail] - slotted
                        if room > 0.0:
                            r = (spare - can) / room / LOOSE
                            demerit = 2.0 + 100.0 * r * r * r if r <= BEARABLE else _loose(r)
                        elif can > 0.0:
                            r = spare / can
                            demerit = 12.0 * r * r * r
                        else:
                            # Nothing in the line gives way, as in one that an address fills: the fuller the better.
                            r, demerit = 1.0, 1000.0 + 1.0e5 * (spare / self.measure) ** 2
                    if self.effort == 0 and r > 2.5:
                        continue
                cost = base + (LINE + demerit) ** 2 / 10.0 + other.penalty
                if other.hyphen:
                    cost += HYPHEN + (HYPHEN if stop.hyphen else 0.0)
                if here and abs(r - ratio[here]) > 0.7:
                    cost += UNLIKE
                if is_last and here:
                    lone = self._lone(at, other.end)
                    if lone and not p.options.lone_character:
                        if lone > 1 and self.effort == 0:
                            continue
                        cost += LONE if lone > 1 else SHORT_END
                found = True
                if cost < best[there]:
                    best[there], came[there], ratio[there] = cost, here, r
            if not found and self.effort == 2:
                # One grapheme is wider than the measure: it has a line to itself.
                there = here + 1
                if base + CUT * 10 < best[there]:
                    best[there], came[there], ratio[there] = base + CUT * 10, here, 0.0
        if best[last] == inf:
            return None
        chosen = []
        at = came[last]
        while at:
            chosen.append(stops[at])
            at = came[at]
        return chosen[::-1]

    def _lone(self, start: int, end: int) -> int:
        """2 when a last line has one character or none besides marks, 1 when it has two, 0 when it has more."""
        count = 0
        text = self.paragraph.text
        for index in range(start, end):
            kind = self.paragraph.kinds[index]
            if text[index].isalnum() or kind in (c.OBJECT, c.PICTURE, c.OTHER) or kind in c.IDEOGRAPHIC:
                count += 1
                if count > 2:
                    return 0
        return 1 if count == 2 else 2
