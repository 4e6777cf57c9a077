"""Do numbers run without gap: articles, groups, folios; do the remaining bookmarks and cross-references hold."""

from __future__ import annotations

import re
from itertools import pairwise

from newsletter_pdf.anchors import Anchor, parse_anchor
from newsletter_pdf.findings import proof_contents as rules
from newsletter_pdf.verify.checkcontents import reading_order, short
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.lines import fold
from newsletter_pdf.verify.pdffile import Bookmark
from newsletter_pdf.verify.toc import PageGlyphs

_HAN = {"〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_REFERENCE = re.compile(r"第(\d+)页|p(?:age|\.)(\d+)")
_MOST = 0.8  # share of pages with a folio from which on one without it is a gap


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


def check_folio_gaps(context: Context) -> None:
    """From page to page the printed folio counts up by one, and in the sections no page is without it.

    A folio unlike its page's label is a finding of its own.
    """
    folios = {page: value for page, folio in sorted(context.folios.items()) if (value := _folio_value(folio.text))}
    for (before, one), (page, other) in pairwise(sorted(folios.items())):
        kind_changes = context.folios[before].text.isdigit() != context.folios[page].text.isdigit()
        relabelled = any(context.folios[sheet].text != context.label(sheet) for sheet in (before, page))
        if not kind_changes and not relabelled and other - one != page - before:
            at = place(page, context.folios[page].box)
            text, last = context.folios[page].text, context.folios[before].text
            context.findings.add(rules.FOLIO_GAP.at(at, folio=text, before=last))
    sections = [target.page for name, target in context.pdf.destinations.items() if target and _is_section(name)]
    if not sections:
        return
    body = range(min(sections), len(context.pdf.page_objects))
    bare = [page for page in body if page not in context.folios and page not in sections]
    if len(bare) < (1 - _MOST) * len(body):
        for page in bare:
            if context.lines[page]:  # an empty page is a finding of its own
                context.findings.add(rules.FOLIO_MISSING.at(place(page)))


def _is_section(name: str) -> bool:
    anchor = parse_anchor(name)
    return anchor is not None and anchor.level == 1


def _folio_value(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    letters = [_ROMAN.get(char, 0) for char in text.lower()]
    if not letters or not all(letters):
        return None
    return sum(-one if one < other else one for one, other in zip(letters, [*letters[1:], 0], strict=True))


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


def check_references(context: Context) -> None:
    """Where a link in the text names a page (见第12页), it is the page that it leads to."""
    contents = {entry.page for entry in context.entries}
    pages: dict[int, PageGlyphs] = {}
    for link in context.pdf.links:
        if link.uri is not None or link.target is None or link.page in contents:
            continue
        content = context.pdf.contents[link.page]
        if content is None:
            continue
        if link.page not in pages:
            pages[link.page] = PageGlyphs(content.glyphs)
        glyphs = sorted(pages[link.page].covered([link.box]), key=lambda glyph: glyph.x)
        for match in _REFERENCE.finditer(fold("".join(glyph.text for glyph in glyphs))):
            printed, real = match[1] or match[2], context.label(link.target.page)
            if printed != real:
                context.findings.add(
                    rules.REFERENCE_WRONG.at(place(link.page, link.box), printed=printed, page=real or "—")
                )
