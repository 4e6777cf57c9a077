"""The longest rising run of pairs: what keeps its order when two texts are laid side by side."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def longest_chain(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of ``points`` that rises in both, given in rising order of the first."""
    ends: list[int] = []
    tops: list[int] = []
    before: list[int] = []
    for place, (_first, second) in enumerate(points):
        pile = bisect_left(ends, second)
        before.append(tops[pile - 1] if pile else -1)
        if pile == len(ends):
            ends.append(second)
            tops.append(place)
        else:
            ends[pile], tops[pile] = second, place
    chain: list[tuple[int, int]] = []
    place = tops[-1] if tops else -1
    while place >= 0:
        chain.append(points[place])
        place = before[place]
    return chain[::-1]
