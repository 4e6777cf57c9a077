"""The text that a file shows, as one run of letters in the order of reading, with the place of each.

Letters are those of the glyphs, as a reader sees them; where replacement text says something else (what is copied), it
is told apart. Running heads and folios stand by themselves, as do notes, the words in drawings, and the cover.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from newsletter_pdf.findings import Place
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.glyphs import Glyph, PageContent
from newsletter_pdf.verify.lines import box_around
from newsletter_pdf.verify.setting.blocks import owners_of
from newsletter_pdf.verify.setting.tags import Kind, Owner, Tags
from newsletter_pdf.verify.wording import letters

_NEW_LINE = 0.6  # em between the baselines of two lines
_SAME_HEIGHT = 1.5  # pt


class Run(NamedTuple):
    """Glyphs ``first`` to ``last`` (excluded) of the 0-based ``page``, of one mark; ``text`` their letters."""

    page: int
    first: int
    last: int
    text: str
    x: float
    y: float
    size: float


@dataclass(slots=True)
class Piece:
    """The runs of one block of text on one page; ``start`` and ``stop`` are places in its stream."""

    page: int
    kind: Kind
    runs: list[Run]
    start: int = 0
    stop: int = 0


@dataclass(slots=True)
class Stream:
    """Pieces in the order of reading and their ``text``."""

    contents: Sequence[PageContent | None]
    text: str = ""
    pieces: list[Piece] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list)

    def finish(self) -> None:
        """Put the text of the pieces together."""
        length = 0
        parts: list[str] = []
        for piece in self.pieces:
            piece.start = length
            for run in piece.runs:
                self._runs.append(run)
                self._starts.append(length)
                parts.append(run.text)
                length += len(run.text)
            piece.stop = length
        self.text = "".join(parts)

    @property
    def edges(self) -> frozenset[int]:
        """The offsets at which runs begin."""
        return frozenset(self._starts)

    def place(self, start: int, stop: int) -> Place:
        """The page of the letters ``start`` to ``stop``, and the rectangle around those on that page, pt."""
        if not self._runs:
            return Place()
        index = self._run_at(start)
        page = self._runs[index].page
        glyphs: list[Glyph] = []
        while index < len(self._runs) and self._runs[index].page == page and self._starts[index] < stop:
            offset = self._starts[index]
            for glyph in glyphs_of(self.contents, self._runs[index]):
                if start <= offset < stop:
                    glyphs.append(glyph)
                offset += len(letters(glyph.text))
            index += 1
        return place(page, box_around(glyphs))

    def _run_at(self, offset: int) -> int:
        return max(min(bisect_right(self._starts, offset) - 1, len(self._runs) - 1), 0)


class Replaced(NamedTuple):
    """A run whose glyphs show ``shown`` while copying it gives ``copied``."""

    run: Run
    shown: str
    copied: str


@dataclass(slots=True)
class Shown:
    """What a file shows.

    ``margins`` are the runs of each page that no block owns: running heads, folios, others. ``runs`` and
    ``by_page`` are all that is visible on each page, in the order drawn; ``copied`` all
    letters that copying the page should give.
    """

    main: Stream
    notes: Stream
    cover: Stream
    margins: list[list[Run]] = field(default_factory=list)
    drawings: list[Run] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)
    hidden: list[Run] = field(default_factory=list)

    runs: list[list[Run]] = field(default_factory=list)
    by_page: list[str] = field(default_factory=list)
    copied: list[str] = field(default_factory=list)


def read_shown(context: Context, tags: Tags | None) -> Shown:
    """Read all pages; without ``tags`` the order is that in which the lines are drawn."""
    contents = context.pdf.contents
    shown = Shown(Stream(contents), Stream(contents), Stream(contents))
    body = context.pdf.destinations.get("s1")
    ranks = {key: rank for rank, key in enumerate(tags.owners)} if tags is not None else {}
    covered = body is not None and body.page > 0
    for index, content in enumerate(contents):
        runs = _runs(content, shown) if content is not None else []
        shown.runs.append(runs)
        shown.by_page.append("".join(run.text for run in runs))
        shown.copied.append(_copied(runs, index, shown))
        shown.margins.append([])
        if content is None:
            continue
        if tags is not None:
            blocks = _tagged(content, tags, runs, shown, ranks)
        else:
            blocks = _untagged(context, index, runs, shown)
        for piece, note in blocks:
            stream = shown.cover if covered and index == 0 else shown.notes if note else shown.main
            stream.pieces.append(piece)
    for stream in (shown.main, shown.notes, shown.cover):
        stream.finish()
    return shown


def glyphs_of(contents: Sequence[PageContent | None], run: Run) -> Sequence[Glyph]:
    """The glyphs of a run."""
    content = contents[run.page]
    return content.glyphs[run.first : run.last] if content else ()


def _runs(content: PageContent, shown: Shown) -> list[Run]:
    """The page's glyphs in the order drawn, cut where the mark or the line changes."""
    glyphs = content.glyphs
    edges = _edges(glyphs)
    texts = [glyph.shape.text or "" for glyph in glyphs]
    # All at once: calls for each run would take most of the time.
    parts = letters("\0".join(["".join(texts[first:last]) for first, last in pairwise(edges)])).split("\0")
    runs: list[Run] = []
    if len(parts) != len(edges) - 1:  # a glyph's text has the separator in it
        parts = [letters("".join(texts[first:last])) for first, last in pairwise(edges)]
    for first, last, text in zip(edges[:-1], edges[1:], parts, strict=True):
        glyph = glyphs[first]
        run = Run(content.index, first, last, text, glyph.x, glyph.y, glyph.size)
        if glyph.mark in content.replaced:
            run = _as_seen(glyphs[first:last], run, shown)
        if run.text:
            (runs if glyph.visible else shown.hidden).append(run)
    return runs


def _edges(glyphs: Sequence[Glyph]) -> list[int]:
    """Where runs begin, and the end of the last."""
    edges: list[int] = []
    mark, y, size, visible = None, 0.0, 0.0, True
    for index, glyph in enumerate(glyphs):
        if glyph.mark == mark and (glyph.y == y or abs(glyph.y - y) <= size) and glyph.visible is visible:
            continue
        edges.append(index)
        mark, y, size, visible = glyph.mark, glyph.y, _NEW_LINE * glyph.size, glyph.visible
    return [*edges, len(glyphs)] if edges else []


def _copied(runs: Sequence[Run], page: int, shown: Shown) -> str:
    """The letters of a page as copied: the replacement texts, hidden text included."""
    instead = {each.run.first: each.copied for each in shown.replaced if each.run.page == page}
    texts = [instead.get(run.first, run.text) for run in runs]
    return "".join(texts + [run.text for run in shown.hidden if run.page == page])


def _as_seen(glyphs: Sequence[Glyph], run: Run, shown: Shown) -> Run:
    """The run with the letters of its glyphs, where these are known and not those of the replacement text."""
    own = [glyph.font.shape(glyph.code).text for glyph in glyphs]
    if any(text is None for text in own):
        return run
    seen = letters("".join(text or "" for text in own))
    if seen == run.text:
        return run
    shown.replaced.append(Replaced(run, seen, run.text))
    return run._replace(text=seen)


def _tagged(
    content: PageContent, tags: Tags, runs: Sequence[Run], shown: Shown, ranks: Mapping[tuple[int, int], int]
) -> Iterator[tuple[Piece, bool]]:
    """The blocks of a page in the order of its tags, and whether each is a note.

    ``ranks`` tell the order of reading of marked content; that of drawing is another for what is set apart, such as the
    readings above words.
    """
    owners = owners_of(content, tags)
    places: list[int] = []
    for mark in content.marks:
        if mark.mcid is not None:
            places.append(ranks.get((content.index, mark.mcid), 0))
        else:
            places.append(places[mark.parent] if mark.parent >= 0 else 0)
    owned: list[tuple[int, Run, Owner]] = []
    for run in runs:
        mark_index = content.glyphs[run.first].mark
        owner = owners[mark_index] if mark_index >= 0 else None
        if owner is None:
            shown.margins[-1].append(run)
        elif owner.kind is Kind.DRAWING:
            shown.drawings.append(run)
        else:
            owned.append((places[mark_index], run, owner))
    owned.sort(key=itemgetter(0))
    for _number, group in groupby(owned, key=lambda item: item[2].number):
        together = list(group)
        owner = together[0][2]
        yield Piece(content.index, owner.kind, [run for _place, run, _owner in together]), owner.note


def _untagged(context: Context, index: int, runs: Sequence[Run], shown: Shown) -> Iterator[tuple[Piece, bool]]:
    """The lines of a page in the order drawn."""
    folio = context.folios.get(index)
    heights = [*context.furniture.heights, *([folio.y] if folio else [])]
    for run in runs:
        if any(abs(run.y - height) <= _SAME_HEIGHT for height in heights):
            shown.margins[-1].append(run)
        else:
            yield Piece(index, Kind.TEXT, [run]), False
