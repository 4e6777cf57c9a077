"""Findings as the report shows them: grouped by severity and rule, each with its picture or its line of the source."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from newsletter_pdf.findings import Finding, Findings, Place, Rule, Severity
from newsletter_pdf.findings.catalogue import all_rules
from newsletter_pdf.report.pictures import LARGE, Box, Pages, Picture
from newsletter_pdf.report.quotes import Quote, Sources

#: The most pages that are drawn large, and the most findings of one rule that get a picture.
MOST_PAGES, MOST_PICTURED = 24, 12
_RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
_QUOTED = re.compile(r"「([^「」]+)」|“([^“”]+)”|《([^《》]+)》")
_FIELD = re.compile(r"\{[^{}]*\}")
_PAD = 3.0  # pt between the place and the rectangle around it
_CROP = (330.0, 100.0)  # pt: the least width and height of a detail
_AROUND = (60.0, 44.0)  # pt shown beside, and over and under, the place
_TALLEST_CROP = 300.0  # pt


@dataclass(frozen=True, slots=True)
class View:
    """A part of a page in SVG's terms: pt from the upper left corner, y down; ``marks`` are x, y, width and height."""

    page: int
    frame: Box
    detail: Box | None
    marks: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """A finding and the page (1-based) to look at: its own, or the one on which its line of the source is printed.

    ``texts`` are what to look for on that page when the finding has no rectangle of its own.
    """

    finding: Finding
    page: int | None
    texts: tuple[str, ...]
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding; ``number`` counts through the report, ``view`` is its picture, ``quote`` its line of the source."""

    number: int
    finding: Finding
    page: int | None
    view: View | None
    quote: Quote | None


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one rule at one severity; ``rule`` is None for a code that is not in the catalogue."""

    code: str
    severity: Severity
    rule: Rule | None
    items: tuple[Shown, ...]

    def heading(self, lang: str) -> str:
        """The rule's message with an ellipsis for each name or number; of one finding alone its own message."""
        if len(self.items) == 1 or self.rule is None:
            return self.items[0].finding.message(lang)
        return _FIELD.sub("…", self.rule.message_en if lang == "en" else self.rule.message_zh)

    @property
    def size(self) -> int:
        """How many findings there are."""
        return len(self.items)

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages (1-based) that the findings name, in order."""
        return tuple(sorted({shown.page for shown in self.items if shown.page is not None}))


def locate(findings: Findings, pages: Pages) -> list[Located]:
    """Each finding with its page and its line of the source."""
    located, sources = [], Sources()
    for finding in findings:
        place = finding.place
        quote = sources.quote(place)
        if place.page is not None:
            # What a message quotes, the longest first, as that is the surest to be found.
            quoted = sorted(("".join(match) for match in _QUOTED.findall(finding.message_zh)), key=len, reverse=True)
            located.append(Located(finding, place.page, tuple(quoted), quote))
            continue
        printed = None if quote is None else quote.printed
        page = pages.only_page_of(printed) if printed else None
        located.append(Located(finding, page, (printed,) if printed else (), quote))
    return located


def pages_named(located: Sequence[Located]) -> dict[int, Severity]:
    """The pages (1-based) that findings speak of, in page order, with the gravest severity of each."""
    gravest: dict[int, Severity] = {}
    for each in sorted(located, key=lambda each: -_RANK[each.finding.severity]):
        if each.page is not None:
            gravest[each.page] = each.finding.severity
    return dict(sorted(gravest.items()))


def large_pictures(pages: Pages, located: Sequence[Located]) -> dict[int, Picture]:
    """Pictures of the pages of the findings that get one; when there are too many, errors' pages come first."""
    named = pages_named([each for found in _by_rule(located) for each in found[:MOST_PICTURED]])
    chosen = sorted(named, key=lambda page: (_RANK[named[page]], page))[:MOST_PAGES]
    return pages.draw(sorted(chosen), LARGE)


def groups(located: Sequence[Located], pages: Pages, pictures: dict[int, Picture]) -> tuple[Group, ...]:
    """All findings, the gravest first, by code, and within a code in the order of file, page and line."""
    if not located:
        return ()
    rules = {rule.code: rule for rule in all_rules()}
    number = 0
    result = []
    for found in _by_rule(located):
        items = []
        for index, each in enumerate(found):
            number += 1
            picture = pictures.get(each.page or 0) if index < MOST_PICTURED else None
            view = None if picture is None else _view(each, picture, pages)
            items.append(Shown(number, each.finding, each.page, view, each.quote))
        first = found[0].finding
        result.append(Group(first.code, first.severity, rules.get(first.code), tuple(items)))
    return tuple(result)


def _by_rule(located: Sequence[Located]) -> list[list[Located]]:
    by_rule: dict[tuple[int, str], list[Located]] = {}
    for each in located:
        by_rule.setdefault((_RANK[each.finding.severity], each.finding.code), []).append(each)
    return [sorted(found, key=lambda each: _order(each.finding.place)) for _key, found in sorted(by_rule.items())]


def _order(place: Place) -> tuple[str, int, int, int]:
    return str(place.file or ""), place.page or 0, place.line or 0, place.column or 0


def _view(located: Located, picture: Picture, pages: Pages) -> View:
    """The page with the place marked: the finding's own rectangle, or where the text stands that it speaks of."""
    box, frame = located.finding.place.box, (0.0, 0.0, picture.width, picture.height)
    origin = pages.origin(picture.page)
    boxes: Sequence[Box] = ()
    if origin is not None:
        boxes = (box,) if box else pages.find(picture.page, located.texts)
    marks = tuple(mark for each in boxes if (mark := _mark(each, picture, origin or (0.0, 0.0))) is not None)
    return View(picture.page, frame, _detail(marks, picture) if marks else None, marks)


def _mark(box: Box, picture: Picture, origin: tuple[float, float]) -> Box | None:
    """``box`` widened a little, y down, cut to the page; None when it lies outside."""
    left, right = max(box[0] - origin[0] - _PAD, 1), min(box[2] - origin[0] + _PAD, picture.width - 1)
    high = picture.height + origin[1]
    top, bottom = max(high - box[3] - _PAD, 1), min(high - box[1] + _PAD, picture.height - 1)
    return _rounded(left, top, right - left, bottom - top) if left < right and top < bottom else None


def _detail(marks: Sequence[Box], picture: Picture) -> Box | None:
    """The part of the page around the marks; None when it would be as good as the page."""
    left, top = min(m[0] for m in marks), min(m[1] for m in marks)
    right, bottom = max(m[0] + m[2] for m in marks), max(m[1] + m[3] for m in marks)
    width = min(max(right - left + 2 * _AROUND[0], _CROP[0]), picture.width)
    height = min(max(bottom - top + 2 * _AROUND[1], _CROP[1]), picture.height)
    if height > _TALLEST_CROP:
        return None
    x = min(max((left + right - width) / 2, 0), picture.width - width)
    y = min(max((top + bottom - height) / 2, 0), picture.height - height)
    return _rounded(x, y, width, height)


def _rounded(x: float, y: float, width: float, height: float) -> Box:
    return round(x, 1), round(y, 1), round(width, 1), round(height, 1)
