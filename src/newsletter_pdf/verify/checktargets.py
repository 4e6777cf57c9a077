"""Do links and bookmarks lead to the very words that they name, and do links lie on their own words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from newsletter_pdf.findings import proof as rules
from newsletter_pdf.verify.checkcontents import short
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.geometry import Box
from newsletter_pdf.verify.glyphs import PageContent
from newsletter_pdf.verify.headings import find_heading
from newsletter_pdf.verify.lines import Line, fold, inked
from newsletter_pdf.verify.pdffile import Target
from newsletter_pdf.verify.toc import PageGlyphs

_SAME_PLACE = 2.0  # pt
_LONGEST_NUMERAL = 8  # letters of what may stand over a title: a number, a kicker
_ASIDE = 2.0  # em by which the left edge shown may lie inside the heading
_ON_WORDS = 0.7  # share of a link's letters that must lie under its areas, and of those under them that must be its own

_Goal = str | Target | None
_What = tuple[str, str]
_LOWER: _What = ("落在标题下面", "below the heading")
_HIGHER: _What = ("落在标题前面的文字上", "on text before the heading")
_RIGHT: _What = ("落在标题右边", "right of where the heading begins")
_ZOOMED: _What = ("点开后页面被放大或缩小", "at another magnification than the reader's own")


def check_targets(context: Context) -> None:
    """The place of each contents entry and bookmark: at its heading, at the reader's own magnification."""
    add = context.findings.add
    entries: dict[tuple[str, int], Target] = {}
    faulty: set[tuple[str, int]] = set()
    for entry, page in zip(context.entries, context.heading_pages, strict=True):
        target, label = entry.target, fold(entry.label)
        if target is None or page != target.page or (label, page) in entries:
            continue
        entries[label, page] = target
        what = _fault(context, target, label)
        if what is not None:
            faulty.add((label, page))
            fields = {"title": short(entry.label), "what_zh": what[0], "what_en": what[1]}
            add(rules.TARGET_ASIDE.at(place(entry.page, entry.box), by_zh="目录链接", by_en="contents link", **fields))
    for mark in context.pdf.bookmarks:
        target, label = mark.target, fold(mark.title)
        if target is None or (label, target.page) in faulty:
            continue
        if target == entries.get((label, target.page)):
            continue  # the same place
        what = _fault(context, target, label)
        if what is not None:
            fields = {"title": short(mark.title), "what_zh": what[0], "what_en": what[1]}
            add(rules.TARGET_ASIDE.at(place(target.page), by_zh="书签", by_en="bookmark", **fields))


def _fault(context: Context, target: Target, label: str) -> _What | None:
    """Where a place lies that is not at the heading ``label`` on its page; None when it is, or has no such heading."""
    if target.zoom or not target.whole:
        return _ZOOMED
    lines = context.lines[target.page]
    first = 0
    if target.y is not None:
        first = next((index for index, line in enumerate(lines) if line.y <= target.y + _SAME_PLACE), len(lines))
    at = find_heading(lines[first:], label)
    if at is None:
        return _LOWER if find_heading(lines[:first], label, first) is not None else None
    heading = lines[first + at]
    if target.y is not None and any(_is_text(line) for line in lines[first : first + at]):
        return _HIGHER
    if target.x is not None and target.x > heading.glyphs[0].x + _ASIDE * heading.glyphs[0].size:
        return _RIGHT
    return None


def _is_text(line: Line) -> bool:
    return len(fold(line.text)) > _LONGEST_NUMERAL


def check_link_areas(context: Context) -> None:
    """What is tagged as a link is what can be clicked: its letters lie under its areas, and no others do.

    Links to one place are taken together, as a contents entry is made of several that lie over each other.
    """
    tree = context.tree
    if tree is None:
        return
    boxes: dict[int, dict[_Goal, list[Box]]] = defaultdict(lambda: defaultdict(list))
    mcids: dict[int, dict[int, _Goal]] = defaultdict(dict)
    seen: set[int] = set()
    for link in context.pdf.links:
        goal = link.name or link.uri or link.target
        for element in tree.holders.get(link.number, ()) if link.number else ():
            boxes[link.page][goal].append(link.box)
            for holder in (element, *element.below()) if id(element) not in seen else ():
                for page, mcid in holder.content:
                    mcids[-1 if page is None else page][mcid] = goal
            seen.add(id(element))
    for page, of_page in boxes.items():
        content = context.pdf.contents[page]
        if content is not None:
            _check_areas(context, content, of_page, _owners(content, mcids[page]))


def _check_areas(
    context: Context, content: PageContent, boxes: dict[_Goal, list[Box]], owners: Sequence[_Goal]
) -> None:
    letters = PageGlyphs(glyph for glyph in content.glyphs if glyph.mark >= 0 and inked(glyph))
    own = Counter(owners[glyph.mark] for glyph in letters.glyphs)
    for goal, areas in boxes.items():
        if not own[goal] or all(min(x1 - x0, y1 - y0) < _SAME_PLACE for x0, y0, x1, y1 in areas):
            continue  # a picture, or words on another page; areas that nobody can hit are a finding of their own
        covered = letters.covered(areas)
        hit = sum(1 for glyph in covered if owners[glyph.mark] == goal)
        if hit < _ON_WORDS * max(own[goal], len(covered)):
            text = "".join(glyph.text for glyph in content.glyphs if glyph.mark >= 0 and owners[glyph.mark] == goal)
            context.findings.add(rules.LINK_ASIDE.at(place(content.index, areas[0]), text=short("".join(text.split()))))


def _owners(content: PageContent, goals: dict[int, _Goal]) -> list[_Goal]:
    """By mark, where the link leads that its content belongs to; None for no link's."""
    owners: list[_Goal] = []
    for mark in content.marks:
        above = owners[mark.parent] if mark.parent >= 0 else None
        owners.append(above if mark.mcid is None else goals.get(mark.mcid, above))
    return owners
