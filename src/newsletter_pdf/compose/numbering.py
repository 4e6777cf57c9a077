"""The numbers that the layout gives: nothing here is ever typed by an editor."""

from __future__ import annotations

from dataclasses import dataclass

from newsletter_pdf.anchors import Anchor
from newsletter_pdf.chinese import han_number
from newsletter_pdf.model import Block, Inline, Paragraph, Section


@dataclass(frozen=True, slots=True)
class NumberedArticle:
    """An article with its printed number (``1.``, restarting in each group) and its destination."""

    anchor: str
    number: str
    title: str
    blocks: tuple[Block, ...]
    source: str | None


@dataclass(frozen=True, slots=True)
class NumberedGroup:
    """A group with its printed number (``（一）``); number and title are empty and None for an unnamed group."""

    anchor: str
    number: str
    title: str | None
    articles: tuple[NumberedArticle, ...]


@dataclass(frozen=True, slots=True)
class NumberedSection:
    """A section with its 1-based index and destination."""

    index: int
    anchor: str
    name: str
    title: str
    running_title: str
    lead: tuple[Paragraph, ...]
    keywords: tuple[str, ...]
    groups: tuple[NumberedGroup, ...]


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One line of the contents; ``page`` is the folio to print, ``level`` 1 section, 2 group, 3 article."""

    level: int
    number: str
    title: str
    page: str
    anchor: str


def number_section(section: Section, index: int) -> NumberedSection:
    """Number the groups and articles of ``section``, the ``index``-th (1-based) of its issue."""
    groups: list[NumberedGroup] = []
    position = 0
    for group in section.groups:
        if group.title is not None:
            position += 1
        articles = tuple(
            NumberedArticle(
                anchor=str(Anchor(index, position, k)),
                number=f"{k}.",
                title=article.title,
                blocks=_with_source(article.blocks, article.source),
                source=article.source,
            )
            for k, article in enumerate(group.articles, start=1)
        )
        number = "" if group.title is None else f"（{han_number(position)}）"
        groups.append(NumberedGroup(str(Anchor(index, position)), number, group.title, articles))
    return NumberedSection(
        index=index,
        anchor=str(Anchor(index)),
        name=section.name,
        title=section.title,
        running_title=section.running_title,
        lead=section.lead,
        keywords=section.keywords,
        groups=tuple(groups),
    )


def _with_source(blocks: tuple[Block, ...], source: str | None) -> tuple[Block, ...]:
    """The blocks with 「（来源：…）」 run on at the end of the last paragraph, so that the two are never parted.

    After anything but a paragraph the template sets the source on a line of its own.
    """
    if source is None or not blocks or not isinstance(blocks[-1], Paragraph):
        return blocks
    last = blocks[-1]
    note = SourceNote(text=f"（来源：{source}）")
    return (*blocks[:-1], last.model_copy(update={"children": (*last.children, note)}))


def runs_on(article: NumberedArticle) -> bool:
    """True when the source already stands at the end of the article's last paragraph."""
    return article.source is not None and bool(article.blocks) and isinstance(article.blocks[-1], Paragraph)


@dataclass(frozen=True, slots=True)
class SourceNote:
    """The source of an article as an inline run; the filter sets it in ``<span class="source">``."""

    text: str


Run = Inline | SourceNote
