"""Headings and blocks → sections › groups › articles, with numbers, labels and sources understood.

Every block of the manuscripts ends up in exactly one place: in a field, in an article, or in ``unplaced``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import manuscripts as rules
from newsletter_pdf.importers.escaping import footnotes
from newsletter_pdf.importers.hints import article_hints, kept_as_text
from newsletter_pdf.importers.inlines import cut, plain, readings, tidy
from newsletter_pdf.importers.labels import after_keywords_label, after_lead_label, split_keywords
from newsletter_pdf.importers.manuscript import Heading, Manuscript, ManuscriptBlock, NamedCallout, Unplaced
from newsletter_pdf.importers.numbering import typed_number
from newsletter_pdf.importers.sources import take_source
from newsletter_pdf.model import Block, CodeBlock, Figure, Inline, ListBlock, Paragraph, Quote, Strong, Table

_EXCERPT = 30


@dataclass(frozen=True, slots=True)
class DraftArticle:
    """An article as it will be written; titles are plain text, ``source`` keeps its links."""

    title: str
    blocks: tuple[ManuscriptBlock, ...]
    source: tuple[Inline, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class DraftGroup:
    """Articles under one heading; ``title`` None for those that stand before any group."""

    title: str | None
    articles: tuple[DraftArticle, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class DraftSection:
    """One section file to be."""

    title: str
    lead: tuple[Paragraph, ...]
    keywords: tuple[str, ...]
    groups: tuple[DraftGroup, ...]
    place: Place


@dataclass(slots=True)
class _Open:
    """A heading with what stands below it, before the next heading."""

    level: int
    title: str
    place: Place
    blocks: list[ManuscriptBlock] = field(default_factory=list)


def structure(manuscript: Manuscript, findings: Findings) -> tuple[list[DraftSection], list[Unplaced]]:
    """The sections of one manuscript in order, and what found no place in them.

    A manuscript without a heading of level 1 gives no section and an error.
    """
    unplaced = list(manuscript.unplaced)
    sections: list[list[_Open]] = []
    for item in manuscript.items:
        if isinstance(item, Heading):
            _take_heading(item, sections, unplaced, findings)
        elif sections:
            sections[-1][-1].blocks.append(item)
        else:
            unplaced.append(_left_out(item))
    if not sections:
        findings.add(rules.NO_SECTION.at(manuscript.place))
        return [], []
    return [_section(opened, unplaced, findings) for opened in sections], unplaced


def _take_heading(heading: Heading, sections: list[list[_Open]], unplaced: list[Unplaced], findings: Findings) -> None:
    title = " ".join(plain(heading.children).split("\n"))
    if not title:
        return
    if heading.level == 1:
        # Sections are numbered by the order of their files; a manuscript may hold the third alone.
        number = typed_number(title)
        sections.append([_Open(1, title if number is None else title[number[1] :], heading.place)])
    elif not sections:
        unplaced.append(Unplaced(heading.place, title))
    elif heading.level > 3:
        # Marks as they were typed; a word processor has none.
        marks = "#" * heading.level if heading.place.paragraph is None else f"H{heading.level}"
        findings.add(rules.DEEP_HEADING.at(heading.place, marks=marks, title=title[:_EXCERPT]))
        strong = Strong(children=heading.children)
        sections[-1][-1].blocks.append(Paragraph(children=tidy((strong,)), place=heading.place))
    elif len(sections[-1]) == 1 and _is_label(title):
        sections[-1][0].blocks.append(Paragraph(children=heading.children, place=heading.place))
    else:
        sections[-1].append(_Open(heading.level, title, heading.place))


def _is_label(title: str) -> bool:
    """A heading that only says 「导读」 or 「关键词」 is the label of what follows."""
    return len(title) in {after_lead_label(title), after_keywords_label(title)}


def _section(opened: list[_Open], unplaced: list[Unplaced], findings: Findings) -> DraftSection:
    head, *rest = opened
    front = _read_front(head.blocks)
    for early in front.early:
        findings.add(kept_as_text(early.place, plain(early.children), "lead"))
    groups: list[DraftGroup] = []
    if rest:
        unplaced += [_left_out(block) for block in front.rest]
        groups = _groups(rest, unplaced, findings)
    else:
        body = [*([] if front.labelled else front.lead), *front.rest]
        if body:
            findings.add(rules.ONE_ARTICLE.at(head.place, title=head.title[:_EXCERPT]))
            opening = _Open(3, head.title, head.place, list(body))
            groups = [DraftGroup(None, (_article(opening, head.title, findings),), head.place)]
            front = _Front([] if not front.labelled else front.lead, front.keywords, [], labelled=True)
        else:
            findings.add(rules.NO_ARTICLE.at(head.place, title=head.title[:_EXCERPT]))
    if front.lead and not front.labelled:
        findings.add(rules.LEAD_WITHOUT_LABEL.at(front.lead[0].place, title=head.title[:_EXCERPT]))
    return DraftSection(head.title, tuple(front.lead), front.keywords, tuple(groups), head.place)


@dataclass(slots=True)
class _Front:
    lead: list[Paragraph]
    keywords: tuple[str, ...]
    rest: list[ManuscriptBlock]
    labelled: bool
    early: list[Paragraph] = field(default_factory=list)


def _read_front(blocks: Iterable[ManuscriptBlock]) -> _Front:
    """What stands between a section's title and its first heading."""
    front = _Front([], (), [], labelled=False)
    state = "lead"
    for block in blocks:
        if not isinstance(block, Paragraph):
            front.rest.append(block)
            continue
        text = plain(block.children)
        lead, keywords = after_lead_label(text), after_keywords_label(text)
        if lead is not None and not front.labelled:
            front.labelled, state, front.early = True, "lead", list(front.lead)
            _append(front.lead, block, lead)
        elif keywords is not None and not front.keywords:
            front.keywords = split_keywords(text[keywords:])
            state = "rest" if front.keywords else "keywords"
        elif state == "keywords":
            front.keywords, state = split_keywords(text), "rest"
        elif state == "lead":
            front.lead.append(block)
        else:
            front.rest.append(block)
    return front


def _append(paragraphs: list[Paragraph], block: Paragraph, start: int) -> None:
    children = tidy(cut(block.children, start))
    if children:
        paragraphs.append(Paragraph(children=children, place=block.place))


def _groups(opened: list[_Open], unplaced: list[Unplaced], findings: Findings) -> list[DraftGroup]:
    if all(part.level == 2 for part in opened) and any(part.blocks for part in opened):
        # Articles one level too high: without any ### a heading with text below it can only be an article.
        for part in opened:
            if part.blocks:
                part.level = 3
        findings.add(rules.GROUPS_AS_ARTICLES.at(opened[0].place, title=opened[0].title[:_EXCERPT]))
    groups: list[DraftGroup] = []
    groups_numbers, articles_numbers = _Numbers(findings), _Numbers(findings)
    for part in opened:
        if part.level == 2:
            groups.append(DraftGroup(groups_numbers.strip(part), (), part.place))
            articles_numbers.restart()
            unplaced += [_left_out(block) for block in part.blocks]
            continue
        article = _article(part, articles_numbers.strip(part), findings)
        if not groups:
            groups.append(DraftGroup(None, (), part.place))
        last = groups[-1]
        groups[-1] = DraftGroup(last.title, (*last.articles, article), last.place)
    for group in groups:
        if not group.articles:
            findings.add(rules.EMPTY_GROUP.at(group.place, title=(group.title or "")[:_EXCERPT]))
    if groups[0].title is None and len(groups) > 1:
        findings.add(rules.ARTICLES_BEFORE_GROUP.at(groups[0].place, title=groups[0].articles[0].title[:_EXCERPT]))
    return groups


class _Numbers:
    """Takes typed numbers away and reports where they do not count on: something may be missing there.

    Numbers of articles may begin anew in each group or count through the section; both are in use.
    """

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.last = 0
        self.fresh = True

    def restart(self) -> None:
        self.fresh = True

    def strip(self, part: _Open) -> str:
        found = typed_number(part.title)
        if found is None:
            return part.title
        number, start = found
        if number != self.last + 1 and not (self.fresh and number == 1):
            expected = 1 if self.fresh and self.last == 0 else self.last + 1
            self.findings.add(
                rules.NUMBER_GAP.at(part.place, number=number, expected=expected, title=part.title[:_EXCERPT])
            )
        self.last, self.fresh = number, False
        return part.title[start:]


def _article(part: _Open, title: str, findings: Findings) -> DraftArticle:
    blocks, source = take_source(tuple(part.blocks))
    if not blocks:
        findings.add(rules.ARTICLE_WITHOUT_TEXT.at(part.place, title=title[:_EXCERPT]))
    for hint in article_hints(blocks, plain(source), part.place):
        findings.add(hint)
    return DraftArticle(title, blocks, source, part.place)


def _left_out(block: ManuscriptBlock) -> Unplaced:
    return Unplaced(block.place, block_text(block))


def block_text(block: Block) -> str:
    """The whole text of a block, its notes too; a picture is told by its caption or name."""
    match block:
        case Paragraph():
            notes = [plain(note) for note in footnotes(block.children).values()]
            return "\n".join([plain(block.children), *readings(block.children), *notes])
        case Table():
            rows = (" | ".join(plain(cell.children) for cell in row) for row in (block.head, *block.rows))
            return "\n".join([*([block.caption] if block.caption else []), *rows])
        case Figure():
            return block.caption or block.path.name
        case CodeBlock():
            return block.text
        case ListBlock():
            return "\n".join(block_text(inner) for item in block.items for inner in item.blocks)
        case NamedCallout():
            inside = (block_text(inner) for inner in block.blocks)
            return "\n".join([*([block.title] if block.title else []), *inside])
        case Quote():
            return "\n".join(block_text(inner) for inner in block.blocks)
        case _:
            raise TypeError(f"a manuscript holds no {block.kind}")
