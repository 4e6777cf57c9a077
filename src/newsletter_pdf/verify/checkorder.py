"""Do the numbers of articles and groups run without gap; do the remaining bookmarks hold."""

from __future__ import annotations

from newsletter_pdf.anchors import Anchor
from newsletter_pdf.findings import proof_contents as rules
from newsletter_pdf.verify.checkcontents import reading_order, short
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.lines import fold
from newsletter_pdf.verify.pdffile import Bookmark

_HAN = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}


def check_numbering(context: Context) -> None:
    """Sections, groups and articles count from 1 in steps of 1, in the file and as printed.

    Entries are taken in the order of their headings: what is out of order or doubled is a finding of its own.
    """
    found = {entry.anchor: (entry, page) for entry, page in zip(context.entries, context.heading_pages, strict=True)}
    previous: Anchor | None = None
    for anchor in sorted((anchor for anchor in found if anchor is not None), key=reading_order):
        entry, page = found[anchor]
        printed = _printed_value(entry.number)
        wanted = anchor.article if anchor.level == 3 else anchor.group
        wrong = page is not None and printed is not None and wanted is not None and printed != wanted
        if wrong or not _follows(previous, anchor):
            context.findings.add(rules.NUMBERING_GAP.at(place(entry.page, entry.box), title=short(entry.label)))
        previous = anchor


def _follows(before: Anchor | None, anchor: Anchor) -> bool:
    """Whether ``anchor`` is the next after ``before`` in the contents, which may leave out the lower levels."""
    if anchor.level == 1:
        return anchor.section == (before.section + 1 if before else 1)
    if before is None or anchor.section != before.section:
        return False
    last_group = before.group or 0
    if anchor.level == 2:
        return anchor.group == last_group + 1
    if before.article is not None and anchor.group == before.group:
        return anchor.article == before.article + 1
    # The first article of a group: below its title, or of the unnamed group right below the section's title.
    return anchor.article == 1 and (anchor.group == before.group or (anchor.group == 0 and before.level == 1))


def _printed_value(number: str) -> int | None:
    """``3.`` and ``（三）`` as 3; None for what is no number."""
    core = fold(number).strip("().、")
    if core.isdigit():
        return int(core)
    if core and all(char in _HAN or char in "十百" for char in core):
        value = current = 0
        for char in core:
            if char in "十百":
                value += (current or 1) * (10 if char == "十" else 100)
                current = 0
            else:
                current = _HAN[char]
        return value + current
    return None


def check_bookmarks_left(context: Context) -> None:
    """Bookmarks stand in the file's order; those of no entry lead to a page that reads what they say."""
    add = context.findings.add
    pages: dict[str, set[int | None]] = {}
    for entry, heading in zip(context.entries, context.heading_pages, strict=True):
        pages.setdefault(fold(entry.label), set()).add(heading)
    before: Bookmark | None = None
    for mark in context.pdf.bookmarks:
        title = short(mark.title)
        if mark.target is None:
            add(rules.BOOKMARK_WRONG.at(title=title, what_zh="没有去处", what_en="leads nowhere"))
            continue
        page = mark.target.page
        if fold(mark.title) not in pages:
            there = fold("".join(line.text for line in context.lines[page]))
            if fold(mark.title) not in there:
                what_zh, what_en = "所指的页上没有这些字", "its words are not on its page"
                add(rules.BOOKMARK_WRONG.at(place(page), title=title, what_zh=what_zh, what_en=what_en))
        if _strays(mark, pages):
            continue
        if before is not None and before.target is not None and page < before.target.page:
            what_zh, what_en = f"排在「{short(before.title)}」之后", f"comes after “{short(before.title)}”"
            add(rules.BOOKMARK_WRONG.at(place(page), title=title, what_zh=what_zh, what_en=what_en))
        before = mark
    _check_depths(context)


def _strays(mark: Bookmark, pages: dict[str, set[int | None]]) -> bool:
    """Whether the bookmark is an entry's and leads to another page than its heading's: a finding of its own."""
    known = pages.get(fold(mark.title))
    return known is not None and mark.target is not None and mark.target.page not in known


def _check_depths(context: Context) -> None:
    """A bookmark is as deep as its entry in the contents; where a section has no groups, articles are one up."""
    grouped = {entry.anchor.section for entry in context.entries if entry.anchor and entry.level == 2}
    depths: dict[str, set[int]] = {}
    for mark in context.pdf.bookmarks:
        depths.setdefault(fold(mark.title), set()).add(mark.depth)
    if any(fold(entry.label) not in depths for entry in context.entries):
        return  # where one is missing, those below it move up
    for entry in context.entries:
        if entry.anchor is None:
            continue
        depth = entry.level - (entry.level == 3 and entry.anchor.section not in grouped)
        found = depths[fold(entry.label)]
        if depth not in found:
            what_zh, what_en = f"在第 {min(found)} 层，应在第 {depth} 层", f"is at depth {min(found)}, not {depth}"
            title = short(entry.label)
            context.findings.add(rules.BOOKMARK_WRONG.at(title=title, what_zh=what_zh, what_en=what_en))
