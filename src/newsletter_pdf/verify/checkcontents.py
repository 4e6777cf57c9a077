"""Does the table of contents tell the truth: entries, page numbers, headings, links and bookmarks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from newsletter_pdf.anchors import Anchor, parse_anchor
from newsletter_pdf.findings import proof_contents as rules
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.lines import fold
from newsletter_pdf.verify.pdffile import Bookmark, Target
from newsletter_pdf.verify.toc import Entry

_SAME_PLACE = 2.0  # pt


def check_contents(context: Context) -> None:
    """Compare every printed entry with the page it names, and the entries with the headings in the file."""
    add = context.findings.add
    entries = context.entries
    if not entries:
        if any(parse_anchor(name) for name in context.pdf.destinations):
            add(rules.CONTENTS_NOT_FOUND.at())
        return
    headings = context.heading_pages
    for entry, heading in zip(entries, headings, strict=True):
        _check_entry(context, entry, heading)
    _check_completeness(context, entries)
    _check_order(context, entries)
    _check_bookmarks(context, entries, headings)


def short(title: str, most: int = 24) -> str:
    """A title as messages quote it."""
    return title if len(title) <= most else title[: most - 1] + "…"


def _check_entry(context: Context, entry: Entry, heading: int | None) -> None:
    add, at, title = context.findings.add, place(entry.page, entry.box), short(entry.label)
    target = entry.target
    if heading is None:
        there = _line_at(context, target)
        add(rules.HEADING_NOT_FOUND.at(at, title=title, page=_page_name(context, target), there=short(there) or "—"))
    elif target is not None and heading != target.page:
        add(
            rules.HEADING_ELSEWHERE.at(
                at, title=title, linked=_page_name(context, target), page=context.label(heading), sheet=heading + 1
            )
        )
    real = heading if heading is not None else target.page if target else None
    if not entry.printed:
        add(rules.PRINTED_NUMBER_MISSING.at(at, title=title))
    elif real is not None and entry.printed != context.label(real):
        actual = context.label(real) or "—"
        add(rules.PRINTED_NUMBER_WRONG.at(at, title=title, printed=entry.printed, page=actual, sheet=real + 1))


def _page_name(context: Context, target: Target | None) -> str:
    return context.label(target.page) or f"({target.page + 1})" if target else "—"


def _line_at(context: Context, target: Target | None) -> str:
    """The first line under a destination."""
    if target is None or target.page >= len(context.lines):
        return ""
    for line in context.lines[target.page]:
        if target.y is None or line.y <= target.y + _SAME_PLACE:
            return line.text.strip()
    return ""


def _check_completeness(context: Context, entries: Sequence[Entry]) -> None:
    seen: set[str] = set()
    for entry in entries:
        if entry.name in seen:
            context.findings.add(rules.ENTRY_DOUBLED.at(place(entry.page, entry.box), title=short(entry.label)))
        seen.add(entry.name)
    depth = max(entry.level for entry in entries)
    anchors = {name: anchor for name in context.pdf.destinations if (anchor := parse_anchor(name))}
    for name, anchor in sorted(anchors.items(), key=lambda item: reading_order(item[1])):
        unnamed = anchor.level == 2 and anchor.group == 0
        if anchor.level > depth or name in seen or unnamed:
            continue
        target = context.pdf.destinations[name]
        title = short(_line_at(context, target)) or name
        context.findings.add(
            rules.ENTRY_MISSING.at(
                place(target.page) if target else None, title=title, page=_page_name(context, target)
            )
        )


def _check_order(context: Context, entries: Sequence[Entry]) -> None:
    for before, entry in pairwise(entries):
        falls = before.printed.isdigit() and entry.printed.isdigit() and int(entry.printed) < int(before.printed)
        swapped = (
            before.anchor is not None
            and entry.anchor is not None
            and reading_order(entry.anchor) < reading_order(before.anchor)
        )
        if falls or swapped:
            context.findings.add(
                rules.ENTRY_OUT_OF_ORDER.at(
                    place(entry.page, entry.box), title=short(entry.label), printed=entry.printed or "—",
                    before=short(before.label), printed_before=before.printed or "—",
                )
            )  # fmt: skip


def reading_order(anchor: Anchor) -> tuple[int, int, int]:
    """A key that sorts anchors as their headings follow one another."""
    group, article = anchor.group, anchor.article
    return anchor.section, -1 if group is None else group, -1 if article is None else article


def _check_bookmarks(context: Context, entries: Sequence[Entry], headings: Sequence[int | None]) -> None:
    """Each entry needs a bookmark with its words that leads to its heading's page."""
    free = [(fold(mark.title), mark) for mark in context.pdf.bookmarks]
    pending: list[tuple[Entry, int | None]] = []
    seen: set[str] = set()
    for entry, heading in zip(entries, headings, strict=True):
        if entry.name in seen:  # a doubled entry is a finding already; there is one bookmark for both
            continue
        seen.add(entry.name)
        page = heading if heading is not None else entry.target.page if entry.target else None
        if _take(free, _has_words(entry), _leads_to(page)) is None:
            pending.append((entry, page))
    for entry, page in pending:
        add, at, title = context.findings.add, place(entry.page, entry.box), short(entry.label)
        if namesake := _take(free, _has_words(entry)):
            page_name = context.label(page) if page is not None else "—"
            add(rules.BOOKMARK_PAGE.at(at, title=title, linked=_page_name(context, namesake.target), page=page_name))
        elif neighbour := _take(free, _stands_at(entry.target)):
            add(rules.BOOKMARK_TEXT.at(at, title=title, bookmark=short(neighbour.title)))
        else:
            add(rules.BOOKMARK_MISSING.at(at, title=title))


_Candidate = tuple[str, Bookmark]
_Test = Callable[[_Candidate], bool]


def _take(free: list[_Candidate], *tests: _Test) -> Bookmark | None:
    """Remove and return the first bookmark that passes all tests."""
    for index, candidate in enumerate(free):
        if all(test(candidate) for test in tests):
            return free.pop(index)[1]
    return None


def _has_words(entry: Entry) -> _Test:
    wanted = fold(entry.label)
    return lambda candidate: candidate[0] == wanted


def _leads_to(page: int | None) -> _Test:
    return lambda candidate: candidate[1].target is not None and candidate[1].target.page == page


def _stands_at(place_: Target | None) -> _Test:
    def test(candidate: _Candidate) -> bool:
        target = candidate[1].target
        if place_ is None or target is None or place_.page != target.page or place_.y is None or target.y is None:
            return False
        return abs(place_.y - target.y) <= _SAME_PLACE

    return test
