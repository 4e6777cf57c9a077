"""The whole issue as it should stand in the PDF."""

from __future__ import annotations

from newsletter_pdf.chinese import clean
from newsletter_pdf.compose import NumberedSection, layout_words, number_section
from newsletter_pdf.expectation.blocks import Passages
from newsletter_pdf.layouts import Layout
from newsletter_pdf.model import Issue, Masthead, Section, Services
from newsletter_pdf.verify.expected import Expected, ExpectedFacts, ExpectedHeading, Role


def expected(issue: Issue, layout: Layout) -> Expected:
    """What the PDF of ``issue``, set with ``layout``, should show."""
    passages = Passages()
    headings: list[ExpectedHeading] = []
    if issue.masthead is not None:
        _masthead(passages, issue.masthead)
    for index, section in enumerate(issue.sections, start=1):
        passages.begin()
        numbered = number_section(section, index)
        headings += _headings(section, numbered)
        _section(passages, section, numbered)
    if issue.services is not None:
        _services(passages, issue.services)
    services = issue.services.pages if issue.services else ()
    return Expected(
        passages=tuple(passages.run),
        notes=tuple(passages.notes),
        headings=tuple(headings),
        facts=_facts(issue),
        heads=tuple(clean(page.title) for page in services),
        words=layout_words(layout),
        table_heads=tuple(passages.table_heads),
        place=issue.facts.place,
        links=tuple(passages.links),
        figures=tuple(passages.figures),
    )


def _masthead(passages: Passages, masthead: Masthead) -> None:
    """Organisations, board, statement and imprint; a layout may put these groups in another order."""
    place = masthead.place
    for organisation in masthead.organisations:
        passages.begin(loose=True)
        passages.add(Role.ORGANISATION, organisation.role, place)
        for name in organisation.names:
            passages.add(Role.ORGANISATION, name, place)
    for group in masthead.board:
        passages.begin(loose=True)
        passages.add(Role.DUTY, group.role, place)
        passages.add(Role.DUTY, group.note, place)
        for person in group.people:
            passages.verbatim(Role.NAME, person.name, place)
            for post in person.posts:
                passages.add(Role.POST, post, place)
    passages.begin(loose=True)
    for paragraph in masthead.statement:
        passages.runs(Role.PARAGRAPH, paragraph.children, paragraph.place)
    passages.begin(loose=True)
    for line in masthead.imprint:
        passages.add(Role.FACT, line.label, place)
        passages.contact_line(line, place)


def _headings(section: Section, numbered: NumberedSection) -> list[ExpectedHeading]:
    head = clean(section.running_title)
    found = [ExpectedHeading(numbered.anchor, "", clean(section.title), head, section.place)]
    for group, shown in zip(section.groups, numbered.groups, strict=True):
        if group.title is not None:
            found.append(ExpectedHeading(shown.anchor, shown.number, clean(group.title), "", group.place))
        for article, printed in zip(group.articles, shown.articles, strict=True):
            found.append(ExpectedHeading(printed.anchor, printed.number, clean(article.title), "", article.place))
    return found


def _section(passages: Passages, section: Section, numbered: NumberedSection) -> None:
    passages.add(Role.SECTION, section.title, section.place, numbered.index)
    passages.blocks(section.lead, Role.LEAD)
    for keyword in section.keywords:
        passages.add(Role.KEYWORD, keyword, section.place)
    count = 0
    for group in section.groups:
        if group.title is not None:
            count += 1
            passages.add(Role.GROUP, group.title, group.place, count)
        for place, article in enumerate(group.articles, start=1):
            passages.add(Role.ARTICLE, article.title, article.place, place)
            passages.blocks(article.blocks)
            passages.add(Role.SOURCE, article.source, article.place)


def _services(passages: Passages, services: Services) -> None:
    for page in services.pages:
        passages.begin()
        passages.add(Role.TITLE, page.title, page.place)
        passages.add(Role.TITLE, page.subtitle, page.place)
        passages.blocks(page.blocks)


def _facts(issue: Issue) -> ExpectedFacts:
    facts, masthead = issue.facts, issue.masthead
    plate = masthead.nameplate if masthead is not None else None
    names = [name for each in masthead.organisations for name in each.names] if masthead is not None else []
    cover = [facts.author, *names, *facts.highlights, *facts.keywords, facts.subject]
    if plate is not None and plate.latin:
        cover += [plate.latin, *plate.latin.split()]
    return ExpectedFacts(
        name=issue.name,
        title=clean(facts.title),
        number=facts.number,
        date=facts.date,
        running_number=facts.running_number,
        subtitle=None if facts.subtitle is None else clean(facts.subtitle),
        title_en=facts.title_en,
        nameplate=None if plate is None else plate.text,
        author=facts.author,
        subject=facts.subject,
        keywords=facts.keywords,
        language=facts.language,
        cover=tuple(clean(text) for text in cover if text),
    )
