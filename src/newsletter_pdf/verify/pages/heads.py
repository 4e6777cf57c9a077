"""Running heads: every page names the section that it belongs to.

A head may be a short form of the section's title that the file does not know. What must hold of any short form: it is
the same on all pages of its section, no other section has it, and it does not fit another section's title better than
its own. The periodical's name beside it is the same on all pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from newsletter_pdf.findings import proof_pages as rules
from newsletter_pdf.verify.context import place
from newsletter_pdf.verify.geometry import Box
from newsletter_pdf.verify.lines import box_around, fold, segments
from newsletter_pdf.verify.pages.area import TypeArea, type_area
from newsletter_pdf.verify.pages.rows import Pages, ink

_LEFT, _RIGHT, _CENTRE = "left", "right", "centre"
_EDGE = 2.0  # pt; two ends that are one may differ by so much
_UPPER = 0.85  # share of a page's height above which a running head stands
_MOST_ALIKE = 0.8  # of the pages must have what a page is found to lack, or have what another has
_RELATED = 0.5  # share of a head's letters that must stand in the title in the same order
_SHORT = 8  # letters; a head that shares nothing with its title is a short form only when it is short
_NO_LETTER = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Head:
    """One column of a page's running head: its words as printed, and the rectangle that they fill, pt."""

    text: str
    box: Box | None

    @property
    def key(self) -> str:
        """What is compared."""
        return fold(self.text)


def check_heads(pages: Pages) -> None:
    """Every running head agrees with its section, and none is missing."""
    area = type_area(pages)
    heads = {index: found for index in pages.body if (found := _heads(pages, area, index))}
    owners = _owners(pages)
    if not heads or not owners:
        return
    _check_missing(pages, heads, owners)
    for column in (_LEFT, _RIGHT, _CENTRE):
        of_pages = {index: found[column] for index, found in heads.items() if column in found and index in owners}
        by_part: dict[int, list[int]] = defaultdict(list)
        for index in sorted(of_pages):
            by_part[owners[index]].append(index)
        if of_pages:
            _check_column(pages, of_pages, by_part)


def _heads(pages: Pages, area: TypeArea, index: int) -> dict[str, Head]:
    """The running head of a page by column; a head on several lines is put together."""
    sheet, folio = pages.context.pdf.sheets[index], pages.context.folios.get(index)
    found: dict[str, list[Head]] = defaultdict(list)
    for line in pages.furniture[index]:
        if sheet is None or line.y < _UPPER * sheet.height or (folio is not None and line.y == folio.y):
            continue
        for part in segments(line):
            at_left = area.left is not None and ink(part.glyphs[0])[0] < area.left + _EDGE
            at_right = area.right is not None and ink(part.glyphs[-1])[1] > area.right - _EDGE
            column = _LEFT if at_left else _RIGHT if at_right else _CENTRE
            found[column].append(Head(part.text.strip(), box_around(part.glyphs)))
    return {column: Head("".join(head.text for head in heads), heads[0].box) for column, heads in found.items()}


def _owners(pages: Pages) -> dict[int, int]:
    """The part, an index into :attr:`.rows.Pages.parts`, of each page; a page on which two meet belongs to neither."""
    starts = Counter(page for page, _title in pages.parts)
    owners: dict[int, int] = {}
    for number, (start, _title) in enumerate(pages.parts):
        following = [page for page, _ in pages.parts[number + 1 :]]
        stop = following[0] if following else len(pages.rows)
        owners.update({index: number for index in range(start, stop) if starts[index] < 2})
    return owners


def _check_missing(pages: Pages, heads: Mapping[int, object], owners: Mapping[int, int]) -> None:
    """A page inside a part has a running head when nearly all such pages have one."""
    starts = {page for page, _title in pages.parts}
    inside = [index for index in pages.body if index in owners and index not in starts]
    without = [index for index in inside if index not in heads]
    if len(without) <= (1 - _MOST_ALIKE) * len(inside) or (len(without) == 1 and len(inside) > 2):
        for index in without:
            pages.context.findings.add(rules.RUNNING_HEAD_MISSING.at(place(index), page=pages.context.label(index)))


def _check_column(pages: Pages, heads: Mapping[int, Head], by_part: Mapping[int, Sequence[int]]) -> None:
    titles = {number: pages.parts[number][1] for number in by_part}
    usual = {number: _usual([heads[index] for index in of_part], titles[number]) for number, of_part in by_part.items()}
    times = Counter(head.key for head in heads.values())
    commonest, count = times.most_common(1)[0]
    constant = _is_constant(usual, titles, commonest, count / len(heads))
    for number, of_part in by_part.items():
        wanted = commonest if constant else usual[number].key
        wrong_part = not constant and _fits_another(number, usual, titles)
        for index in of_part:
            head = heads[index]
            if wrong_part or head.key != wanted:
                _report(pages, index, head, titles[number])


def _report(pages: Pages, index: int, head: Head, title: str) -> None:
    shown = head.text if len(head.text) <= 24 else head.text[:23] + "…"
    section = title if len(title) <= 24 else title[:23] + "…"
    pages.context.findings.add(rules.RUNNING_HEAD_WRONG.at(place(index, head.box), head=shown, section=section))


def _usual(heads: Sequence[Head], title: str) -> Head:
    """The head of most pages of a part; of those that are equally frequent the one that fits the title best."""
    times = Counter(head.key for head in heads)
    most = max(times.values())
    return max((head for head in heads if times[head.key] == most), key=lambda head: relation(head.text, title))


def _is_constant(usual: Mapping[int, Head], titles: Mapping[int, str], commonest: str, share: float) -> bool:
    """Whether the column names the periodical, not the section: it is the same in all parts, or in nearly all pages.

    In an issue of one part it is taken for the section's when it is related to the title; it is the same anyway.
    """
    same = sum(1 for head in usual.values() if head.key == commonest)
    if len(usual) > 1:
        return same == len(usual) or (same > 1 and share >= _MOST_ALIKE)
    return not any(relation(head.text, titles[number]) >= _RELATED for number, head in usual.items())


def _fits_another(number: int, usual: Mapping[int, Head], titles: Mapping[int, str]) -> bool:
    """Whether the usual head of a part is another part's: the same as that one's, or nearer to its title.

    A head that has nothing in common with any title is a short form when it is short, and else belongs nowhere.
    """
    head = usual[number]
    own = relation(head.text, titles[number])
    others = {other: relation(head.text, titles[other]) for other in usual if other != number}
    if own < 1 and any(usual[other].key == head.key and fits >= own for other, fits in others.items()):
        return True
    if own >= _RELATED:
        return False
    return any(fits > _RELATED for fits in others.values()) or (own == 0 and len(_letters(head.text)) > _SHORT)


def relation(head: str, title: str) -> float:
    """How well a head fits a title: the share of its letters that stand there in the same order; 1 when all do."""
    short, full = _letters(head), _letters(title)
    if not short or short in full:
        return 1.0
    row = [0] * (len(full) + 1)
    for letter in short:
        diagonal = 0
        for place_, other in enumerate(full, 1):
            above = row[place_]
            row[place_] = diagonal + 1 if letter == other else max(above, row[place_ - 1])
            diagonal = above
    return row[-1] / len(short)


def _letters(text: str) -> str:
    return _NO_LETTER.sub("", fold(text)).casefold()
