"""Which sentences of two texts are the same, which moved, and which are versions of each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TypeVar

from newsletter_pdf.chains import longest_chain
from newsletter_pdf.difference.fragments import match_parts
from newsletter_pdf.difference.runs import Gap, Run
from newsletter_pdf.difference.sentences import Text
from newsletter_pdf.verify.setting.tags import Kind

Key = TypeVar("Key", bound=Hashable)
_COSTLY = 400_000  # pairs of equal items above which two runs are taken as unlike
_SHORTEST_MOVE = 8  # letters; a shorter sentence says too little to be followed
_SHORTEST_TITLE = 2  # letters of a title that can be followed
_ALIKE = 0.3  # share of the shorter sentence's letters that versions of one sentence have in common


@dataclass(frozen=True, slots=True)
class Alignment:
    """``same`` are pairs of equal sentences, ``moved`` those of them that changed place, by index.

    ``runs`` are the equal cells of these and of sentences that only were cut otherwise. ``gaps`` are what differs.
    """

    same: list[tuple[int, int]]
    moved: list[tuple[int, int]]
    runs: list[Run]
    gaps: list[Gap]


def align(old: Text, new: Text) -> Alignment:
    """Align the sentences of two texts."""
    a, b = [s.key for s in old.sentences], [s.key for s in new.sentences]
    same = match(a, b)
    runs: list[Run] = []
    gaps: list[Gap] = []
    for gap in _between(same, len(a), len(b)):
        rebroken = _rebroken(old, new, gap)
        if rebroken:
            runs.append(rebroken)
        else:
            gaps.append(gap)
    moved = _moves(old, new, gaps)
    gone_old, gone_new = {i for i, _ in moved}, {j for _, j in moved}
    rest = [
        Gap(tuple(i for i in gap.old if i not in gone_old), tuple(j for j in gap.new if j not in gone_new))
        for gap in gaps
    ]
    for i, j in (*same, *moved):
        sentence = old.sentences[i]
        runs.append(Run(sentence.start, new.sentences[j].start, sentence.stop - sentence.start))
    told, parts = match_parts(old, new, rest)
    return Alignment(same, moved, [*runs, *parts], told)


def match(a: Sequence[Key], b: Sequence[Key]) -> list[tuple[int, int]]:
    """Pairs of indices of equal items, rising in both; items that occur once in each are matched first."""
    pairs: list[tuple[int, int]] = []
    stack = [(0, len(a), 0, len(b))]
    while stack:
        low_a, high_a, low_b, high_b = stack.pop()
        while low_a < high_a and low_b < high_b and a[low_a] == b[low_b]:
            pairs.append((low_a, low_b))
            low_a, low_b = low_a + 1, low_b + 1
        while low_a < high_a and low_b < high_b and a[high_a - 1] == b[high_b - 1]:
            high_a, high_b = high_a - 1, high_b - 1
            pairs.append((high_a, high_b))
        if low_a == high_a or low_b == high_b:
            continue
        anchors = _unique_chain(a, b, low_a, high_a, low_b, high_b)
        if anchors:
            pairs += anchors
            edges = [(low_a - 1, low_b - 1), *anchors, (high_a, high_b)]
            stack += [(i + 1, k, j + 1, m) for (i, j), (k, m) in pairwise(edges)]
        else:
            blocks = equal_blocks(a[low_a:high_a], b[low_b:high_b])
            pairs += [(low_a + i + n, low_b + j + n) for i, j, size in blocks for n in range(size)]
    return sorted(pairs)


def equal_blocks(a: Sequence[Key], b: Sequence[Key]) -> list[tuple[int, int, int]]:
    """Equal stretches of two short sequences; none when finding them would take too long."""
    counts = Counter(b)
    if sum(counts[item] for item in a) > _COSTLY:
        return []
    matcher = SequenceMatcher(None, a, b, autojunk=False)
    return [(block.a, block.b, block.size) for block in matcher.get_matching_blocks() if block.size]


def _unique_chain(
    a: Sequence[Key], b: Sequence[Key], low_a: int, high_a: int, low_b: int, high_b: int
) -> list[tuple[int, int]]:
    """The longest rising chain of items that occur once in each window (Cohen's patience diff)."""
    once_a = {key for key, count in Counter(a[low_a:high_a]).items() if count == 1}
    once_b = {key for key, count in Counter(b[low_b:high_b]).items() if count == 1}
    common = once_a & once_b
    at = {b[j]: j for j in range(low_b, high_b) if b[j] in common}
    return longest_chain([(i, at[a[i]]) for i in range(low_a, high_a) if a[i] in common])


def _between(same: Sequence[tuple[int, int]], old: int, new: int) -> list[Gap]:
    edges = [(-1, -1), *same, (old, new)]
    return [
        Gap(tuple(range(i + 1, k)), tuple(range(j + 1, m)))
        for (i, j), (k, m) in pairwise(edges)
        if k - i > 1 or m - j > 1
    ]


def _rebroken(old: Text, new: Text, gap: Gap) -> Run | None:
    """The cells of a gap whose text is the same when put together: a page break made two sentences of one."""
    if not gap.old or not gap.new:
        return None
    first, last = old.sentences[gap.old[0]], old.sentences[gap.old[-1]]
    other, end = new.sentences[gap.new[0]], new.sentences[gap.new[-1]]
    if first.passage.entry or other.passage.entry:
        return None
    a = [cell.key for cell in old.cells[first.start : last.stop]]
    b = [cell.key for cell in new.cells[other.start : end.stop]]
    return Run(first.start, other.start, len(a)) if a == b else None


def _moves(old: Text, new: Text, gaps: Sequence[Gap]) -> list[tuple[int, int]]:
    """Pairs of equal sentences in different gaps, and their equal neighbours."""
    left = {i for gap in gaps for i in gap.old}
    right = {j for gap in gaps for j in gap.new}
    a = Counter(old.sentences[i].key for i in left)
    b = {new.sentences[j].key: j for j in sorted(right)}
    counts = Counter(new.sentences[j].key for j in right)
    moved: dict[int, int] = {}
    taken: set[int] = set()
    for i in sorted(left):
        sentence = old.sentences[i]
        key = sentence.key
        title = sentence.passage.entry or sentence.passage.kind is Kind.HEADING
        if len(key) < (_SHORTEST_TITLE if title else _SHORTEST_MOVE) or a[key] != 1 or counts[key] != 1 or i in moved:
            continue
        for step in (1, -1):
            k, m = (i, b[key]) if step == 1 else (i - 1, b[key] - 1)
            while k in left and m in right and k not in moved and m not in taken:
                if old.sentences[k].key != new.sentences[m].key:
                    break
                moved[k] = m
                taken.add(m)
                k, m = k + step, m + step
    return sorted(moved.items())


def versions(old: Text, new: Text, gap: Gap) -> list[Gap]:
    """Part a gap into what belongs together: a sentence and its new version, or several of one that was cut apart."""
    if not gap.old or not gap.new:
        return [Gap((i,), ()) for i in gap.old] + [Gap((), (j,)) for j in gap.new]
    shared: Counter[tuple[int, int]] = Counter()
    a, owner_a = _letters(old, gap.old)
    b, owner_b = _letters(new, gap.new)
    for i, j, size in equal_blocks(a, b):
        if size > 1:  # single letters are alike by chance
            for n in range(size):
                shared[owner_a[i + n], owner_b[j + n]] += 1
    group: dict[tuple[str, int], int] = {}
    members: list[list[tuple[str, int]]] = []
    for side, items in (("old", gap.old), ("new", gap.new)):
        for item in items:
            group[side, item] = len(members)
            members.append([(side, item)])
    sizes_a, sizes_b = Counter(owner_a), Counter(owner_b)
    for (i, j), count in shared.items():
        one, other = group["old", i], group["new", j]
        if one != other and count >= _ALIKE * min(sizes_a[i], sizes_b[j]):
            for member in members[other]:
                group[member] = one
            members[one] += members[other]
            members[other] = []
    found = [
        Gap(
            tuple(sorted(n for side, n in each if side == "old")), tuple(sorted(n for side, n in each if side == "new"))
        )
        for each in members
        if each
    ]
    return sorted(_paired(found), key=lambda part: (part.new or gap.new[-1:], part.old))


def _paired(parts: Sequence[Gap]) -> list[Gap]:
    """When nothing but one old and one new part is left over, they are versions all the same, as is a short cell."""
    lone_old = [part for part in parts if not part.new]
    lone_new = [part for part in parts if not part.old]
    if len(lone_old) == len(lone_new) == 1:
        rest = [part for part in parts if part.old and part.new]
        return [*rest, Gap(lone_old[0].old, lone_new[0].new)]
    return list(parts)


def _letters(text: Text, sentences: Sequence[int]) -> tuple[list[str], list[int]]:
    """The keys of the cells of some sentences, and the sentence that each belongs to."""
    keys: list[str] = []
    owners: list[int] = []
    for index in sentences:
        sentence = text.sentences[index]
        keys += [cell.key for cell in text.cells[sentence.start : sentence.stop]]
        owners += [index] * (sentence.stop - sentence.start)
    return keys, owners
