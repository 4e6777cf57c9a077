"""Do contents and running heads say what the content says: titles, numbers, the section of each page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from newsletter_pdf.findings import proof_text as rules
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.dates import cn_month_texts, dates_in
from newsletter_pdf.verify.expected import Expected
from newsletter_pdf.verify.lines import box_around
from newsletter_pdf.verify.shown import Run, glyphs_of
from newsletter_pdf.verify.wording import letters

_SAME_HEIGHT = 1.5  # pt
_SHOWN = 60
_FOLIO_MARKS = "—-–·/第页共"  # what folios are set in
_MOST = 25


def check_contents_titles(context: Context, expected: Expected) -> None:
    """Each printed entry is the number and title of its heading; none is missing on the levels that are printed."""
    entries = context.entries
    headings = {heading.anchor: heading for heading in expected.headings}
    printed = {entry.name: entry for entry in entries}
    depth = max((entry.level for entry in entries), default=0)
    for name, heading in headings.items():
        entry = printed.get(name)
        # As it is printed: a figure's dot is followed by a blank, a bracket is not.
        wanted = heading.number + " " * heading.number.endswith(".") + heading.title
        if entry is None:
            if heading.anchor.count("-") < depth:
                context.findings.add(rules.CONTENTS_TITLE.at(heading.place, shown="—", wanted=wanted))
        elif letters(entry.label) != letters(wanted):
            at = place(entry.page, entry.box)
            context.findings.add(rules.CONTENTS_TITLE.at(at, shown=entry.label[:_SHOWN], wanted=wanted))
    for entry in entries:
        if entry.name not in headings:
            context.findings.add(
                rules.CONTENTS_TITLE.at(place(entry.page, entry.box), shown=entry.label[:_SHOWN], wanted="—")
            )


class _Chapter(NamedTuple):
    """Pages under one title: the 0-based first page and what their running head says."""

    page: int
    head: str


def check_running_heads(context: Context, expected: Expected) -> None:
    """What stands outside the text of each page is its folio and its chapter's head, nothing else."""
    chapters, unfound = _chapters(context, expected)
    titles = {letters(chapter.head) for chapter in chapters} | unfound
    names = _names(expected)
    named = 0
    bare: list[_Chapter] = []
    told: set[str] = set()
    for page, runs in enumerate(context.shown.margins):
        chapter = _chapter_of(page, chapters)
        text = _without_folio(context, page, runs)
        allowed = {letters(chapter.head)} | unfound if chapter else titles
        rest, found = _taken_out(text, allowed, names)
        if not rest:
            named += found
            # Where the pages at the back begin is not known as long as one of them was not found.
            if chapter and not found and page != chapter.page and not (unfound and chapter is chapters[-1]):
                bare.append(_Chapter(page, chapter.head))
        elif rest not in told and len(told) < _MOST:
            told.add(rest)
            at = place(page, box_around(glyph for run in runs for glyph in glyphs_of(context.pdf.contents, run)))
            if any(title in rest for title in titles) or _in_heads(context, runs):
                wanted = chapter.head if chapter else "—"
                context.findings.add(rules.RUNNING_HEAD.at(at, shown=text[:_SHOWN], wanted=wanted))
            else:
                context.findings.add(rules.TEXT_FOREIGN.at(at, quote=rest[:_SHOWN]))
    if named > len(bare):  # where pages have heads, each has one, but the first of a chapter
        for page, head in bare[:_MOST]:
            context.findings.add(rules.RUNNING_HEAD.at(place(page), shown="—", wanted=head))


def _chapters(context: Context, expected: Expected) -> tuple[list[_Chapter], set[str]]:
    """The sections, and the pages at the back by their titles; the titles of those that were not found."""
    found = [
        _Chapter(target.page, heading.head)
        for heading in expected.headings
        if heading.head and (target := context.pdf.destinations.get(heading.anchor))
    ]
    last = max((chapter.page for chapter in found), default=0)
    pending = {letters(head): head for head in expected.heads}
    pieces = [piece for piece in context.shown.main.pieces if piece.page > last]
    for before, piece in pairwise([None, *pieces]):
        if pending and piece is not None and (before is None or before.page != piece.page):
            head = pending.pop("".join(run.text for run in piece.runs), None)
            if head is not None:
                found.append(_Chapter(piece.page, head))
    return sorted(found), set(pending)


def _chapter_of(page: int, chapters: Sequence[_Chapter]) -> _Chapter | None:
    index = bisect_right(chapters, page, key=lambda chapter: chapter.page) - 1
    return chapters[index] if index >= 0 else None


def _names(expected: Expected) -> list[str]:
    """What a running head may have besides a title: the periodical's names, its date, and the layout's words."""
    facts = expected.facts
    given = [facts.nameplate, facts.title, facts.subtitle, facts.title_en, *expected.words]
    names = [letters(name) for name in given if name] + [letters(text) for text in cn_month_texts(facts.date)]
    names += [f"第{facts.number}期"] + ([f"总第{facts.running_number}期"] if facts.running_number else [])
    return sorted({name for name in names if name}, key=len, reverse=True)


def _without_folio(context: Context, page: int, runs: Sequence[Run]) -> str:
    folio = context.folios.get(page)
    if folio is None:
        return "".join(run.text for run in runs)
    return "".join(
        run.text
        for run in runs
        if abs(run.y - folio.y) > _SAME_HEIGHT or run.text.strip(_FOLIO_MARKS) not in folio.text
    )


def _in_heads(context: Context, runs: Sequence[Run]) -> bool:
    """Whether the text stands where running heads stand."""
    return any(abs(run.y - y) <= _SAME_HEIGHT for run in runs for y in context.furniture.heights)


def _taken_out(text: str, titles: set[str], names: Sequence[str]) -> tuple[str, bool]:
    """What is left of a head without its title and the names, and whether it had the title."""
    found = False
    for title in sorted(titles, key=len, reverse=True):
        if title and title in text:
            text, found = text.replace(title, "", 1), True
            break
    for date in dates_in(text):  # a wrong one is told as such
        text = text.replace(date.text, "", 1)
    for name in names:
        # A name of one character might be any letter that is left over, unless it is all that is left.
        if (len(name) > 1 and name in text) or (name and name == text):
            text = text.replace(name, "", 1)
    return text, found
