"""A proof's text cut into sentences, each with the article that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from newsletter_pdf.anchors import Anchor, parse_anchor
from newsletter_pdf.verify.flow import Cell, Flow, Passage, show
from newsletter_pdf.verify.setting.tags import Kind
from newsletter_pdf.verify.wording import sentence_ends

_SAME_PLACE = 2.0  # pt
_NOTE, _ENTRY = "\x02", "\x01"


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: the cells ``start`` to ``stop`` of its :class:`Text`.

    ``key`` is what it is compared by, ``paragraph`` counts paragraphs. ``number`` and ``folio`` as in
    :class:`~newsletter_pdf.verify.flow.Passage`; only the first sentence of a paragraph has them.
    """

    start: int
    stop: int
    key: str
    paragraph: int
    title: str
    passage: Passage
    number: tuple[Cell, ...] = ()
    folio: tuple[Cell, ...] = ()

    @property
    def page(self) -> int:
        """The 0-based page on which the passage that it begins in stands."""
        return self.passage.page


@dataclass(frozen=True, slots=True)
class Text:
    """All cells of a proof in the order compared, and its sentences; notes come after the run of the text."""

    flow: Flow
    cells: Sequence[Cell]
    sentences: Sequence[Sentence]

    def show(self, start: int, stop: int) -> str:
        """The text of some cells."""
        return show(self.cells[start:stop])


def read_text(flow: Flow) -> Text:
    """Cut ``flow`` into sentences."""
    titles = _Titles(flow)
    cells: list[Cell] = []
    sentences: list[Sentence] = []
    run = [passage for passage in flow.passages if not passage.note]
    named = [(passage, titles.of(passage)) for passage in run]
    named += [(passage, titles.on(passage.page)) for passage in flow.passages if passage.note]
    for paragraph, paragraph_passages in enumerate(_paragraphs(named)):
        first, title = paragraph_passages[0]
        begin = len(cells)
        for passage, _title in paragraph_passages:
            cells += passage.cells
        start = begin
        owners = _owners(paragraph_passages, begin)
        for end in sentence_ends([cell.key for cell in cells[begin:]]):
            stop = begin + end
            owner = next(passage for last, passage in owners if start < last)
            mark = _NOTE if first.note else _ENTRY if first.entry else ""
            key = mark + "".join(cell.key for cell in cells[start:stop])
            number = tuple(first.number) if start == begin else ()
            folio = tuple(first.folio) if start == begin else ()
            sentences.append(Sentence(start, stop, key, paragraph, title, owner, number, folio))
            start = stop
    return Text(flow, cells, sentences)


def _paragraphs(named: Iterable[tuple[Passage, str]]) -> list[list[tuple[Passage, str]]]:
    """Passages of one paragraph together."""
    groups: list[list[tuple[Passage, str]]] = []
    for item in named:
        if groups and item[0].joins:
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _owners(passages: Sequence[tuple[Passage, str]], begin: int) -> list[tuple[int, Passage]]:
    """Where each passage's cells end, counted in all cells."""
    ends = []
    for passage, _title in passages:
        begin += len(passage.cells)
        ends.append((begin, passage))
    return ends


class _Titles:
    """Which article a passage belongs to; to be asked in the order of reading."""

    def __init__(self, flow: Flow) -> None:
        self._anchors = _headings(flow)
        sizes = [p.cells[0].size for p in flow.passages if (a := self._anchors.get(id(p))) and a.level == 3]
        self._article_size = min(sizes, default=0.0)
        self._title = ""
        self._pages: dict[int, list[str]] = {}

    def of(self, passage: Passage) -> str:
        """The title in force at ``passage``: of its article, section, or unlisted page."""
        # A heading without a destination, larger than an article's, begins something that the contents do not list.
        large = passage.kind is Kind.HEADING and passage.cells[0].size > self._article_size + 1
        if id(passage) in self._anchors or large:
            self._title = passage.text
        seen = self._pages.setdefault(passage.page, [])
        if self._title not in seen:
            seen.append(self._title)
        return self._title

    def on(self, page: int) -> str:
        """The titles of all that stands on ``page``."""
        return " / ".join(self._pages.get(page, ()))


def _headings(flow: Flow) -> dict[int, Anchor]:
    """The passages that destinations of the contents lead to, by identity."""
    by_page: dict[int, list[Passage]] = {}
    for passage in flow.passages:
        if passage.kind is Kind.HEADING or not flow.tagged:
            by_page.setdefault(passage.page, []).append(passage)
    found: dict[int, Anchor] = {}
    for name, target in flow.targets.items():
        anchor = parse_anchor(name)
        if anchor is None or target is None:
            continue
        below = [
            passage
            for passage in by_page.get(target.page, ())
            if target.y is None or passage.cells[0].y <= target.y + _SAME_PLACE
        ]
        if below:
            found[id(max(below, key=lambda passage: passage.cells[0].y))] = anchor
    return found
