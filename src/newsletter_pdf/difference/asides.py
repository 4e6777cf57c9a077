"""What differs besides the sentences: numbering, type, running heads, links, the facts of the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise, zip_longest
from typing import NamedTuple

from newsletter_pdf.difference.align import match
from newsletter_pdf.difference.marks import Marker
from newsletter_pdf.difference.model import Altered, MarkKind, PagePair, Renumbered, Reparagraphed, Restyled, Spot
from newsletter_pdf.difference.runs import Run
from newsletter_pdf.difference.sentences import Text
from newsletter_pdf.verify.flow import Cell, Flow, show

_EXCERPT = 60  # letters


class Restyling(NamedTuple):
    """Text in another type, and the pairs of 0-based pages that it stands on."""

    found: tuple[Restyled, ...]
    pages: frozenset[tuple[int, int]]


def restyled(old: Text, new: Text, runs: Iterable[Run], marks: Marker) -> Restyling:
    """Equal text whose font or size differs, put together by the fonts before and after."""
    names_a = [f"{style.font} {style.size:g} pt" for style in old.flow.styles]
    names_b = [f"{style.font} {style.size:g} pt" for style in new.flow.styles]
    groups: dict[tuple[str, str], list[Cell]] = {}
    pages: set[tuple[int, int]] = set()
    for run in sorted(runs, key=lambda run: run.new):
        for one, other in zip(
            old.cells[run.old : run.old + run.length], new.cells[run.new : run.new + run.length], strict=True
        ):
            if names_a[one.style] != names_b[other.style]:
                groups.setdefault((names_a[one.style], names_b[other.style]), []).append(other)
                pages.add((one.page, other.page))
    titles = _titles(new) if groups else {}
    found = []
    for (before, after), cells in groups.items():
        marks.letters(MarkKind.LOOK, cells)
        spot = Spot(cells[0].page, titles.get(cells[0], ""))
        found.append(Restyled(before, after, len(cells), show(cells[:_EXCERPT]), spot))
    return Restyling(tuple(found), frozenset(pages))


def _titles(text: Text) -> dict[Cell, str]:
    return {cell: sentence.title for sentence in text.sentences for cell in text.cells[sentence.start : sentence.stop]}


def reparagraphed(
    old: Text, new: Text, same: Sequence[tuple[int, int]], old_marks: Marker, new_marks: Marker
) -> tuple[tuple[Reparagraphed, ...], frozenset[tuple[int, int]]]:
    """Places between equal sentences where a paragraph ends in one file only, and their pairs of 0-based pages.

    Where one of them lies at a page break nothing is said, as there a paragraph's end is guessed from its last mark.
    """
    found: list[Reparagraphed] = []
    pages: set[tuple[int, int]] = set()
    for (i, j), (k, m) in pairwise(same):
        if (k, m) != (i + 1, j + 1):
            continue
        a, b, c, d = old.sentences[i], old.sentences[k], new.sentences[j], new.sentences[m]
        together, now = a.paragraph == b.paragraph, c.paragraph == d.paragraph
        last, first = old.cells[a.stop - 1], old.cells[b.start]
        end, begin = new.cells[c.stop - 1], new.cells[d.start]
        if together == now or last.page != first.page or end.page != begin.page:
            continue
        old_marks.letters(MarkKind.SENTENCE, old.cells[b.start : b.stop])
        new_marks.letters(MarkKind.SENTENCE, new.cells[d.start : d.stop])
        pages.add((first.page, begin.page))
        found.append(Reparagraphed(together, new.show(d.start, d.stop), Spot(begin.page, d.title)))
    return tuple(found), frozenset(pages)


def renumbered(
    old: Text, new: Text, same: Sequence[tuple[int, int]], old_marks: Marker, new_marks: Marker
) -> tuple[Renumbered, ...]:
    """Equal sentences whose number, or page number in the contents, differs."""
    found = []
    for i, j in same:
        one, other = old.sentences[i], new.sentences[j]
        kind = "note" if other.passage.note else "heading"
        for what, a, b in ((kind, one.number, other.number), ("contents", one.folio, other.folio)):
            before, after = show(a), show(b)
            if before != after:
                old_marks.letters(MarkKind.NUMBER, a)
                new_marks.letters(MarkKind.NUMBER, b)
                text = new.show(other.start, other.stop)
                found.append(Renumbered(what, text, before, after, Spot(other.page, other.title)))
    return tuple(found)


def altered_margins(
    old: Flow, new: Flow, pairs: Iterable[PagePair], old_marks: Marker, new_marks: Marker
) -> tuple[Altered, ...]:
    """Running heads and feet that read otherwise on pages that are pairs."""
    pages: dict[tuple[str, str], list[int]] = {}
    for pair in pairs:
        if pair.old is not None and pair.new is not None:
            before, after = old.margins[pair.old], new.margins[pair.new]
            if before != after:
                pages.setdefault((before, after), []).append(pair.new)
                for box in old.furniture[pair.old]:
                    old_marks.box(MarkKind.NUMBER, pair.old, box)
                for box in new.furniture[pair.new]:
                    new_marks.box(MarkKind.NUMBER, pair.new, box)
    return tuple(Altered("margins", before, after, tuple(numbers)) for (before, after), numbers in pages.items())


def altered_links(old: Flow, new: Flow) -> tuple[Altered, ...]:
    """External addresses that were added or removed; repetitions of one on a page (its lines) count once."""
    a, b = _addresses(old.links), _addresses(new.links)
    same = match([uri for _page, uri in a], [uri for _page, uri in b])
    gone, come = {i for i, _ in same}, {j for _, j in same}
    removed = [uri for i, (_page, uri) in enumerate(a) if i not in gone]
    found = []
    for j, (page, uri) in enumerate(b):
        if j in come:
            continue
        if uri in removed:  # it only moved with its text
            removed.remove(uri)
        else:
            found.append(Altered("link", "", uri, (page,)))
    return (*found, *(Altered("link", uri, "") for uri in removed))


def _addresses(links: Sequence[tuple[int, str]]) -> list[tuple[int, str]]:
    """Neighbours with one address as one: a link that runs over lines or pages has an area on each."""
    kept: list[tuple[int, str]] = []
    for page, uri in links:
        if not kept or kept[-1][1] != uri:
            kept.append((page, uri))
    return kept


def altered_alternatives(old: Flow, new: Flow) -> tuple[Altered, ...]:
    """What is read out in place of a figure, where it reads otherwise."""
    same = match(old.alternatives, new.alternatives)
    found: list[Altered] = []
    edges = [(-1, -1), *same, (len(old.alternatives), len(new.alternatives))]
    for (i, j), (k, m) in pairwise(edges):
        gone, come = old.alternatives[i + 1 : k], new.alternatives[j + 1 : m]
        found += (Altered("alt", before, after) for before, after in zip_longest(gone, come, fillvalue=""))
    return tuple(item for item in found if item.old != item.new)


def altered_facts(old: Flow, new: Flow) -> tuple[Altered, ...]:
    """Facts in the document information that read otherwise."""
    names = dict.fromkeys((*old.facts, *new.facts))
    return tuple(
        Altered(name, old.facts.get(name, ""), new.facts.get(name, ""))
        for name in names
        if old.facts.get(name) != new.facts.get(name)
    )
