"""The laying out of a whole issue: which part comes when, and on which page.

Sections first, each told the folio that it starts with; then the contents, whose page numbers are known by now. Front
matter has folios of its own, so its length changes nothing and no pass is repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol

from newsletter_pdf.compose import Composer, ContentsLine, NumberedSection, Part, number_section
from newsletter_pdf.findings import Findings
from newsletter_pdf.findings.render import NO_HEADING
from newsletter_pdf.model import Issue, Section
from newsletter_pdf.partner import Partner, PartnerGoneError
from newsletter_pdf.render.particulars import Metadata, PageLabels
from newsletter_pdf.render.sheets import DrawnPart, LaidOutPart

if TYPE_CHECKING:
    from newsletter_pdf.render.engine import Renderer

#: What this process does in any case (it starts the engine while the partner is at work, and makes the contents), and
#: what the cover and the masthead take, as shares of what the sections take to be laid out and drawn.
_ALONE, _COVER, _MASTHEAD = 0.35, 0.03, 0.03


class Progress(Protocol):
    """Told how far the work is: ``stage`` is a short key (``read``, ``layout``, ``write``, ``verify``)."""

    def stage(self, name: str, done: int, total: int) -> None:
        """``done`` of ``total`` steps of the stage ``name`` are finished."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An issue laid out: its parts in reading order, the first ``front`` pages being front matter.

    ``firsts`` are the numbers of the parts' first pages (1-based), which start anew with the body. ``placed`` are the
    parts as the renderer writes them, none when they were not to be drawn.
    """

    parts: tuple[LaidOutPart, ...]
    firsts: tuple[int, ...]
    placed: tuple[LaidOutPart | DrawnPart, ...]
    front: int
    contents: tuple[ContentsLine, ...]

    @property
    def pages(self) -> int:
        """How many pages there are in all."""
        return _pages(self.parts)


class _FaultError(Exception):
    """A part could not be composed; the finding is there already."""


@dataclass(frozen=True, slots=True)
class Abroad:
    """The parts that a partner is laying out, by name; None for a faulty template."""

    partner: Partner
    parts: Mapping[str, Part | None]


def send(issue: Issue, composer: Composer, partner: Partner) -> Abroad:
    """Have ``partner`` lay out its share of the parts; the engine need not have been started here yet."""
    weights = {section.name: float(_weight(section)) for section in issue.sections}
    text = sum(weights.values())
    weights["cover"] = _COVER * text
    if issue.masthead is not None:
        weights["masthead"] = _MASTHEAD * text
    chosen = _share(weights, _ALONE * text)
    compose: dict[str, Callable[[], Part | None]] = {
        "cover": composer.cover,
        "masthead": composer.masthead,
        **{
            section.name: partial(composer.section, number_section(section, number))
            for number, section in enumerate(issue.sections, start=1)
        },
    }
    sent: dict[str, Part | None] = {}
    for name, method in compose.items():
        if name in chosen:
            part = sent[name] = method()
            if part is not None:
                partner.lay_out(part)
    return Abroad(partner, sent)


def lay_out(
    issue: Issue,
    composer: Composer,
    renderer: Renderer,
    findings: Findings,
    progress: Progress,
    abroad: Abroad | None = None,
    *,
    draw: bool = True,
) -> Edition | None:
    """Lay out every part of ``issue`` but those that are ``abroad``, fetch these, and draw them all.

    Without ``draw`` the pages are only laid out.
    Returns None when a template is at fault or a heading has no place on its pages.
    """
    try:
        return _Layout(issue, composer, renderer, findings, progress, abroad).edition(draw=draw)
    except _FaultError:
        return None


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part, and how it was laid out; ``abroad`` when the partner holds its pages."""

    part: Part
    laid_out: LaidOutPart
    abroad: bool = False


class _Layout:
    """One laying out of an issue, by this process and, when there is one, a partner."""

    def __init__(
        self,
        issue: Issue,
        composer: Composer,
        renderer: Renderer,
        findings: Findings,
        progress: Progress,
        abroad: Abroad | None,
    ) -> None:
        self.issue, self.composer, self.renderer = issue, composer, renderer
        self.partner = None if abroad is None else abroad.partner
        self.sent: Mapping[str, Part | None] = {} if abroad is None else abroad.parts
        self.findings, self.progress = findings, progress
        self.sections = tuple(number_section(section, i) for i, section in enumerate(issue.sections, start=1))
        self.total = 2 * (len(self.sections) + 2 + (issue.masthead is not None) + (issue.services is not None))
        self.done = 0

    def edition(self, *, draw: bool) -> Edition | None:
        issue, composer = self.issue, self.composer
        self.progress.stage("layout", 0, self.total)
        body = self.placed(self.body())
        lines = _contents(self.sections, _folios(body), self.findings)
        if lines is None:
            return None
        # While the partner draws its pages, the front matter is laid out here.
        self.send_drawing(body)
        front = [self.piece("cover", composer.cover)]
        if issue.masthead is not None:
            front.append(self.piece("masthead", composer.masthead))
        front.append(self.laid_out(composer.contents(lines)))
        front = self.placed(front)
        self.send_drawing(front)
        if self.partner is not None:
            self.partner.expect_proof()
        placed = self.drawn([*front, *body], [*_firsts(front), *_firsts(body)]) if draw else []
        parts = tuple(piece.laid_out for piece in (*front, *body))
        firsts = (*_firsts(front), *_firsts(body))
        return Edition(parts, firsts, tuple(placed), _pages(piece.laid_out for piece in front), lines)

    # laying out -------------------------------------------------------------------------------------------------

    def body(self) -> list[_Piece]:
        """The sections and the service pages, laid out."""
        pieces = {
            section.name: self.laid_out(self.composer.section(section))
            for section in self.sections
            if section.name not in self.sent
        }
        services = []
        if self.issue.services is not None:
            services.append(self.laid_out(self.composer.services(self.issue.services)))
        for section in self.sections:
            if section.name in self.sent:
                pieces[section.name] = self.fetched(self.composed(self.sent[section.name]))
        return [*(pieces[section.name] for section in self.sections), *services]

    def piece(self, name: str, compose: Callable[[], Part | None]) -> _Piece:
        """The part ``name``, laid out by the partner or here."""
        return self.fetched(self.composed(self.sent[name])) if name in self.sent else self.laid_out(compose())

    def composed(self, part: Part | None) -> Part:
        if part is None:
            raise _FaultError
        return part

    def laid_out(self, part: Part | None) -> _Piece:
        """Lay the part out here."""
        part = self.composed(part)
        piece = _Piece(part, self.renderer.lay_out(part, self.findings))
        self.step()
        return piece

    def fetched(self, part: Part) -> _Piece:
        """The part as the partner has laid it out; as it is here when the partner is gone."""
        try:
            if self.partner is not None:
                piece = _Piece(part, self.partner.laid_out(part.name, self.findings), abroad=True)
                self.step()
                return piece
        except PartnerGoneError:
            self.partner = None
        return self.laid_out(part)

    def placed(self, pieces: Sequence[_Piece]) -> list[_Piece]:
        """The parts as they are when they follow each other from page 1 on."""
        placed: list[_Piece] = []
        for piece in pieces:
            first = 1 + _pages(before.laid_out for before in placed)
            if self.renderer.draws and not piece.laid_out.needs_first:
                placed.append(piece)
            else:
                placed.append(_Piece(piece.part, self.renderer.lay_out(piece.part, self.findings, first=first)))
        return placed

    # drawing ----------------------------------------------------------------------------------------------------

    def send_drawing(self, pieces: Sequence[_Piece]) -> None:
        for piece, first in zip(pieces, _firsts(pieces), strict=True):
            if piece.abroad and self.partner is not None:
                self.partner.draw(piece.part.name, first)

    def drawn(self, pieces: Sequence[_Piece], firsts: Sequence[int]) -> list[LaidOutPart | DrawnPart]:
        """The parts as they go to the file; ``firsts`` are the numbers of their first pages."""
        if not self.renderer.draws:
            return [piece.laid_out for piece in pieces]
        found: dict[int, DrawnPart] = {}
        # The partner's come last: it may still be at work.
        for index, piece in sorted(enumerate(pieces), key=lambda item: item[1].abroad):
            found[index] = self.drawing(piece, firsts[index])
            self.step()
        return [found[index] for index in range(len(pieces))]

    def drawing(self, piece: _Piece, first: int) -> DrawnPart:
        laid_out = piece.laid_out
        if piece.abroad:
            try:
                if self.partner is not None:
                    return self.partner.drawn(piece.part.name, self.findings)
            except PartnerGoneError:
                self.partner = None
            laid_out = self.renderer.lay_out(piece.part, self.findings)
        return self.renderer.draw(laid_out, first, self.findings)

    def step(self) -> None:
        self.done += 1
        self.progress.stage("layout", self.done, self.total)


def _weight(section: Section) -> int:
    """How much work a section is, about: the size of its file."""
    try:
        return section.place.file.stat().st_size if section.place.file is not None else 1
    except OSError:
        return 1


def _share(weights: Mapping[str, float], alone: float) -> frozenset[str]:
    """Which parts the partner lays out: about half of the whole, ``alone`` being done here in any case."""
    here, abroad = alone, 0.0
    chosen = set()
    for name in sorted(weights, key=lambda name: -weights[name]):
        if abroad < here:
            abroad += weights[name]
            chosen.add(name)
        else:
            here += weights[name]
    return frozenset(chosen)


def _pages(parts: Iterable[LaidOutPart]) -> int:
    return sum(part.pages for part in parts)


def _firsts(pieces: Sequence[_Piece]) -> list[int]:
    """The number of the first page of each part, the parts being counted through from 1."""
    return [1 + _pages(before.laid_out for before in pieces[:index]) for index in range(len(pieces))]


def _folios(body: Sequence[_Piece]) -> dict[str, int]:
    """The folio of each destination in the body."""
    folios: dict[str, int] = {}
    first = 1
    for piece in body:
        folios.update((anchor, first + page) for anchor, page in piece.laid_out.anchors.items())
        first += piece.laid_out.pages
    return folios


def _contents(
    sections: Sequence[NumberedSection], folios: Mapping[str, int], findings: Findings
) -> tuple[ContentsLine, ...] | None:
    """The lines of the contents, or None when a heading was not found on any page."""
    lines: list[ContentsLine] = []
    complete = True

    def line(level: int, number: str, title: str, anchor: str) -> None:
        nonlocal complete
        folio = folios.get(anchor)
        if folio is None:
            findings.add(NO_HEADING.at(title=title, anchor=anchor))
            complete = False
            return
        lines.append(ContentsLine(level, number, title, str(folio), anchor))

    for section in sections:
        line(1, "", section.title, section.anchor)
        for group in section.groups:
            if group.title is not None:
                line(2, group.number, group.title, group.anchor)
            for article in group.articles:
                line(3, article.number, article.title, article.anchor)
    return tuple(lines) if complete else None


def page_labels(edition: Edition, *, roman: bool) -> tuple[PageLabels, ...]:
    """Labels as printed: front matter i, ii, … (or, without folios, 封面 and 前1, 前2, …), body 1, 2, …."""
    body = PageLabels(edition.front, "D")
    if roman:
        return (PageLabels(0, "r"), body)
    cover = edition.parts[0].pages
    return (PageLabels(0, None, "封面"), PageLabels(cover, "D", "前"), body)


def metadata(issue: Issue) -> Metadata:
    """What the PDF says of itself, from the issue's facts."""
    facts = issue.facts
    nameplate = issue.masthead.nameplate.text if issue.masthead and issue.masthead.nameplate else None
    name = f"{nameplate}·{facts.title}" if nameplate and nameplate not in facts.title else facts.title
    publishers = issue.masthead.organisations[0].names if issue.masthead and issue.masthead.organisations else ()
    return Metadata(
        title=f"{name} {facts.date.year}年第{facts.number}期",
        language=facts.language,
        author=facts.author or "、".join(publishers) or None,
        subject=facts.subject or facts.subtitle or facts.title_en,
        keywords=facts.keywords or tuple(dict.fromkeys(k for section in issue.sections for k in section.keywords)),
        date=facts.date.isoformat(),
    )
