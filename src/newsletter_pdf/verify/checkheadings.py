"""Are headings tagged as what they are (ISO 14289-1, 7.4): no level skipped, and those of the contents on theirs."""

from __future__ import annotations

from collections import defaultdict

from newsletter_pdf.findings import proof_file as rules
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.lines import fold
from newsletter_pdf.verify.structure import Element, Tree

_LEVELS = {"H": 0, "H1": 1, "H2": 2, "H3": 3, "H4": 4, "H5": 5, "H6": 6}
_MOST_QUOTED = 24
_Faults = defaultdict[tuple[str, str], list[tuple[str, int | None]]]


def check_headings(context: Context) -> None:
    """Check the levels among themselves, and against the printed contents."""
    tree = context.tree
    if tree is None:
        return
    words = heading_words(context, tree)
    faults: _Faults = defaultdict(list)
    _check_levels(words, faults)
    _check_against_contents(context, words, faults)
    for (what_zh, what_en), found in faults.items():
        title, page = found[0]
        at = place(page) if page is not None else None
        title = title.strip()[:_MOST_QUOTED] or "—"
        context.findings.add(
            rules.HEADINGS_WRONG.at(at, what_zh=what_zh, what_en=what_en, title=title, count=len(found))
        )


def heading_words(context: Context, tree: Tree) -> dict[Element, str]:
    """What each heading element reads, in the order of the tree."""
    words: dict[Element, list[str]] = {}
    owners: dict[tuple[int | None, int], Element] = {}
    for element in tree.elements:
        if element.tag in _LEVELS:
            words[element] = []
            for part in (element, *element.below()):
                owners.update(dict.fromkeys(part.content, element))
    pages = {page for page, _mcid in owners if page is not None}
    for content in (context.pdf.contents[page] for page in sorted(pages)):
        if content is None:
            continue
        known: list[Element | None] = []
        for mark in content.marks:
            above = known[mark.parent] if mark.parent >= 0 else None
            own = owners.get((content.index, mark.mcid)) if mark.mcid is not None else None
            known.append(own or above)
        for glyph in content.glyphs:
            owner = known[glyph.mark] if glyph.mark >= 0 else None
            if owner is not None:
                words[owner].append(glyph.text)
    return {element: "".join(parts) for element, parts in words.items()}


def _check_levels(words: dict[Element, str], faults: _Faults) -> None:
    """From the first level down, none skipped, none empty, not two systems (7.4.2, 7.4.4)."""
    before = 0
    for element, text in words.items():
        level = _LEVELS[element.tag]
        if element.empty:
            faults["标题是空的", "an empty heading"].append((text, element.page))
        if level > before + 1:
            over = f"H{before}" if before else "—"
            faults[f"H{level} 紧接在 {over} 之后", f"H{level} follows {over}"].append((text, element.page))
        before = level or before
    plain = [(text, element.page) for element, text in words.items() if not _LEVELS[element.tag]]
    if plain and before:
        faults["H 与 H1、H2 混用", "H and H1, H2 together"] += plain


def _check_against_contents(context: Context, words: dict[Element, str], faults: _Faults) -> None:
    """The title of each entry is tagged as a heading, of the level that its place in the contents gives it."""
    places: defaultdict[tuple[str, int | None], list[Element]] = defaultdict(list)
    for element, text in words.items():
        places[fold(text), element.page].append(element)
    grouped = {entry.anchor.section for entry in context.entries if entry.anchor and entry.level == 2}
    for entry, page in zip(context.entries, context.heading_pages, strict=True):
        if page is None or entry.anchor is None:
            continue  # findings of their own
        found = places.get((fold(entry.label), page))
        level = entry.level - (entry.level == 3 and entry.anchor.section not in grouped)
        if not found:
            faults["有标题没有标为标题", "titles that are not tagged as headings"].append((entry.label, page))
        elif all(_LEVELS[element.tag] not in (0, level) for element in found):
            tag = found[0].tag
            faults[f"应为 H{level} 的标为 {tag}", f"tagged {tag}, should be H{level}"].append((entry.label, page))
