"""Cross-references: what the text says of a page or an article is where its link leads."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby

from newsletter_pdf.findings import proof_pages as rules
from newsletter_pdf.verify.context import place
from newsletter_pdf.verify.geometry import Box
from newsletter_pdf.verify.glyphs import Glyph
from newsletter_pdf.verify.lines import box_around, fold
from newsletter_pdf.verify.pages.rows import Pages
from newsletter_pdf.verify.pdffile import Link

_NAMED = re.compile(r"第?([0-9]{1,4}|[ivxlc]{1,7})页|(?:p\.?|pp\.?|page)([0-9]{1,4})", re.IGNORECASE)
# Without a link only words that can mean no other publication name a page of this issue.
_OF_THIS = re.compile(r"(?:本期|本刊本期|上接|下转|上承|转入|续见)(?:本期)?第([0-9]{1,4})页")
_NUMBER = re.compile(r"^(?:[(（][〇零一二三四五六七八九十百]+[)）]|[0-9]{1,3}(?:[.．](?![0-9])|、))")
_QUOTES = "《》“”「」『』〈〉\"'（）()"
_BEFORE, _AFTER = 12, 1  # characters around 页 that a reference may take


def check_references(pages: Pages) -> None:
    """Links of the text whose words name a page or an article lead there; pages named without a link exist."""
    context = pages.context
    contents = {entry.page for entry in context.entries}
    links = [link for link in context.pdf.links if link.target is not None and link.page not in contents]
    titles = _titles(pages) if links else {}
    for (page, *_goal), areas in groupby(links, key=lambda link: (link.page, link.name, link.target)):
        together = list(areas)
        glyphs = _covered(pages, page, together)
        _check_link(pages, together[0], fold("".join(glyph.text for glyph in glyphs)), titles, box_around(glyphs))
    _check_unlinked(pages)


def _check_link(pages: Pages, link: Link, text: str, titles: dict[str, set[int]], box: Box | None) -> None:
    if link.target is None:
        return
    leads = pages.context.label(link.target.page) or str(link.target.page + 1)
    named = _NAMED.search(text)
    where = titles.get(_bare(text), set())
    if named is not None:
        page = named[1] or named[2]
        zh, en, wrong = f"第 {page} 页", f"page {page}", page.lower() != leads.lower()
    else:
        page = pages.context.label(min(where)) or str(min(where) + 1) if where else ""
        zh, en = f"第 {page} 页的那一篇", f"what stands on page {page}"
        wrong = bool(where) and link.target.page not in where
    if wrong:
        fact = {"fact_zh": f"链接却通向第 {leads} 页", "fact_en": f"its link leads to page {leads}"}
        pages.context.findings.add(
            rules.REFERENCE_WRONG.at(
                place(link.page, box or link.box), text=text[:24], named_zh=zh, named_en=en, **fact
            )
        )


def _titles(pages: Pages) -> dict[str, set[int]]:
    """The pages on which each title stands, by the title as compared."""
    found: dict[str, set[int]] = defaultdict(set)
    for mark in pages.context.pdf.bookmarks:
        # Numbers are told while the blank behind them is there: 7. 43亿 is no 7.43亿.
        if mark.target is not None and (title := _bare(fold(_NUMBER.sub("", mark.title.strip())))):
            found[title].add(mark.target.page)
    return found


def _bare(text: str) -> str:
    """A title without its number and without quotation marks around it."""
    return _NUMBER.sub("", text).strip(_QUOTES)


def _covered(pages: Pages, page: int, links: Sequence[Link]) -> list[Glyph]:
    """The glyphs under the areas of a link, line by line."""
    found: list[Glyph] = []
    for line in pages.context.lines[page]:
        boxes = [link.box for link in links if link.box[1] - 1 <= line.y <= link.box[3]]
        for glyph in line.glyphs if boxes else ():
            middle = glyph.x + glyph.advance / 2
            if any(box[0] - 0.5 <= middle <= box[2] + 0.5 for box in boxes):
                found.append(glyph)
    return found


def _check_unlinked(pages: Pages) -> None:
    """“本期第 12 页” and the like name a page that the issue has."""
    context = pages.context
    known = {context.label(index) for index in range(len(pages.rows))}
    for index in pages.body:
        for text, glyphs in _around_pages(pages, index):
            for found in _OF_THIS.finditer(text):
                if found[1] not in known:
                    zh, en, at = f"第 {found[1]} 页", f"page {found[1]}", place(index, box_around(glyphs))
                    fact = {"fact_zh": "本期却没有这一页", "fact_en": "the issue has no such page"}
                    pages.context.findings.add(
                        rules.REFERENCE_WRONG.at(at, text=found[0], named_zh=zh, named_en=en, **fact)
                    )


def _around_pages(pages: Pages, index: int) -> Iterator[tuple[str, list[Glyph]]]:
    """What stands before each 页 of a page, over the end of a line where it does, and the glyphs that it is."""
    content = pages.context.pdf.contents[index]
    if content is None or not any(glyph.shape.text == "页" for glyph in content.glyphs):
        return
    before: list[Glyph] = []
    for row in pages.rows[index]:
        glyphs = [*before, *row.line.glyphs]
        for place_, glyph in enumerate(glyphs):
            if glyph.shape.text == "页" and place_ >= len(before):
                part = glyphs[max(place_ - _BEFORE, 0) : place_ + _AFTER]
                yield fold("".join(each.text for each in part)), part
        before = list(row.line.glyphs[-_BEFORE:])
