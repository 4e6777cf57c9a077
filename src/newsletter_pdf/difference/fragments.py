"""Sentences cut by page breaks, compared by their parts.

A page put elsewhere takes the beginning or the end of a sentence with it. Then no sentence is changed, though none is
found whole: its parts are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from newsletter_pdf.difference.runs import Gap, Run
from newsletter_pdf.difference.sentences import Text


def match_parts(old: Text, new: Text, gaps: Sequence[Gap]) -> tuple[list[Gap], list[Run]]:
    """Take out of ``gaps`` the sentences whose parts on single pages are all found on the other side, and only there.

    Gives the gaps that are left, and the cells of the parts that were matched.
    """
    left = {i: _parts(old, i) for gap in gaps for i in gap.old}
    right = {j: _parts(new, j) for gap in gaps for j in gap.new}
    if all(len(parts) == 1 for parts in (*left.values(), *right.values())):
        return [gap for gap in gaps if gap.old or gap.new], []
    pairs = _pairs(_by_key(old, left), _by_key(new, right))
    while True:
        # A sentence is explained only when all its parts are, and those of every sentence that they came from.
        whole_old = {i for i, parts in left.items() if all(part in pairs for part in parts)}
        backward = {other: part for part, other in pairs.items()}
        whole_new = {j for j, parts in right.items() if all(part in backward for part in parts)}
        owner_old = {part: i for i, parts in left.items() for part in parts}
        owner_new = {part: j for j, parts in right.items() for part in parts}
        kept = {a: b for a, b in pairs.items() if owner_old[a] in whole_old and owner_new[b] in whole_new}
        if len(kept) == len(pairs):
            break
        pairs = kept
    runs = [Run(a[0], b[0], a[1] - a[0]) for a, b in pairs.items()]
    rest = [
        Gap(tuple(i for i in gap.old if i not in whole_old), tuple(j for j in gap.new if j not in whole_new))
        for gap in gaps
    ]
    return [gap for gap in rest if gap.old or gap.new], runs


Part = tuple[int, int]


def _parts(text: Text, index: int) -> list[Part]:
    """The cells of a sentence page by page."""
    sentence = text.sentences[index]
    parts: list[Part] = []
    begin = sentence.start
    for place in range(sentence.start + 1, sentence.stop + 1):
        if place == sentence.stop or text.cells[place].page != text.cells[begin].page:
            parts.append((begin, place))
            begin = place
    return parts


def _by_key(text: Text, sentences: dict[int, list[Part]]) -> dict[str, list[Part]]:
    found: dict[str, list[Part]] = defaultdict(list)
    for parts in _ordered(sentences):
        for start, stop in parts:
            found["".join(cell.key for cell in text.cells[start:stop])].append((start, stop))
    return found


def _ordered(sentences: dict[int, list[Part]]) -> Iterable[list[Part]]:
    return (sentences[index] for index in sorted(sentences))


def _pairs(old: dict[str, list[Part]], new: dict[str, list[Part]]) -> dict[Part, Part]:
    """Parts that occur as often on both sides, in order."""
    return {
        one: other
        for key, parts in old.items()
        if len(parts) == len(new.get(key, ()))
        for one, other in zip(parts, new[key], strict=True)
        if one[1] - one[0] == other[1] - other[0]
    }
