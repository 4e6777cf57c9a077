"""The laying out of a whole issue: which part comes when, and on which page.

Sections first, each told the folio that it starts with; then the contents, whose page numbers are known by now. Front
matter has folios of its own, so its length changes nothing and no pass is repeated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from newsletter_pdf.compose import Composer, ContentsLine, NumberedSection, Part, number_section
from newsletter_pdf.findings import Findings
from newsletter_pdf.findings.render import NO_HEADING
from newsletter_pdf.model import Issue
from newsletter_pdf.render.engine import LaidOutPart, Metadata, PageLabels, Renderer


class Progress(Protocol):
    """Told how far the work is: ``stage`` is a short key (``read``, ``layout``, ``write``, ``verify``)."""

    def stage(self, name: str, done: int, total: int) -> None:
        """``done`` of ``total`` steps of the stage ``name`` are finished."""


@dataclass(frozen=True, slots=True)
class Edition:
    """An issue laid out: its parts in reading order, the first ``front`` pages being front matter."""

    parts: tuple[LaidOutPart, ...]
    front: int
    contents: tuple[ContentsLine, ...]

    @property
    def pages(self) -> int:
        """How many pages there are in all."""
        return sum(part.pages for part in self.parts)


class _FaultError(Exception):
    """A part could not be composed; the finding is there already."""


def lay_out(
    issue: Issue, composer: Composer, renderer: Renderer, findings: Findings, progress: Progress
) -> Edition | None:
    """Lay out every part of ``issue``; None when a template is at fault or a heading has no place on its pages."""
    sections = tuple(number_section(section, i) for i, section in enumerate(issue.sections, start=1))
    total = len(sections) + 2 + (issue.masthead is not None) + (issue.services is not None)
    done = 0

    def laid_out(part: Part | None) -> LaidOutPart:
        nonlocal done
        if part is None:
            raise _FaultError
        result = renderer.lay_out(part, findings)
        done += 1
        progress.stage("layout", done, total)
        return result

    progress.stage("layout", 0, total)
    folio = 1
    body: list[LaidOutPart] = []
    folios: dict[str, int] = {}
    try:
        for section in sections:
            part = laid_out(composer.section(section, folio))
            folios.update((anchor, folio + page) for anchor, page in part.anchors.items())
            body.append(part)
            folio += part.pages
        if issue.services is not None:
            body.append(laid_out(composer.services(issue.services, folio)))
        lines = _contents(sections, folios, findings)
        if lines is None:
            return None
        front = [laid_out(composer.cover())]
        if issue.masthead is not None:
            front.append(laid_out(composer.masthead(_pages(front) + 1)))
        front.append(laid_out(composer.contents(lines, _pages(front) + 1)))
    except _FaultError:
        return None
    return Edition((*front, *body), _pages(front), lines)


def _pages(parts: Sequence[LaidOutPart]) -> int:
    return sum(part.pages for part in parts)


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
