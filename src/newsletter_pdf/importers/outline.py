"""The outline of what was read: sections, groups and articles with counts, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from newsletter_pdf.findings import Place
from newsletter_pdf.importers.inlines import plain
from newsletter_pdf.importers.manuscript import GuessedHeading
from newsletter_pdf.importers.structure import DraftArticle, DraftSection, block_text
from newsletter_pdf.model import Block


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One line of the outline. ``level`` 1 section, 2 group, 3 article; ``guessed`` when no style or mark said so."""

    level: int
    title: str
    file: str = ""
    characters: int = 0
    paragraphs: int = 0
    tables: int = 0
    pictures: int = 0
    source: str = ""
    guessed: bool = False

    def as_json(self) -> dict[str, object]:
        """The shape that ``--json`` gives to it, without what does not apply."""
        entry: dict[str, object] = {"level": self.level, "title": self.title}
        if self.level == 1:
            entry["file"] = self.file
        else:
            entry |= {"characters": self.characters, "paragraphs": self.paragraphs} if self.level == 3 else {}
            entry |= {key: number for key in ("tables", "pictures") if (number := getattr(self, key))}
        return entry | ({"source": self.source} if self.source else {}) | ({"guessed": True} if self.guessed else {})


def outline(
    sections: Sequence[tuple[DraftSection, str]], guesses: Sequence[GuessedHeading]
) -> tuple[OutlineEntry, ...]:
    """The outline of ``sections``, each with the name of its file."""
    guessed = {guess.place for guess in guesses if guess.level}
    return tuple(entry for section, file in sections for entry in _section(section, file, guessed))


def _section(section: DraftSection, file: str, guessed: set[Place]) -> Iterator[OutlineEntry]:
    lead = sum(len("".join(plain(paragraph.children).split())) for paragraph in section.lead)
    yield OutlineEntry(1, section.title, file, characters=lead, guessed=section.place in guessed)
    for group in section.groups:
        if group.title is not None:
            yield OutlineEntry(2, group.title, guessed=group.place in guessed)
        for article in group.articles:
            yield _article(article, guessed=article.place in guessed)


def _article(article: DraftArticle, *, guessed: bool) -> OutlineEntry:
    kinds = [block.kind for block in article.blocks]
    return OutlineEntry(
        level=3,
        title=article.title,
        characters=sum(_characters(block) for block in article.blocks),
        paragraphs=sum(1 for kind in kinds if kind not in {"table", "figure"}),
        tables=kinds.count("table"),
        pictures=kinds.count("figure"),
        source=plain(article.source),
        guessed=guessed,
    )


def _characters(block: Block) -> int:
    """Characters without blanks, as word processors count."""
    return 0 if block.kind == "figure" else len("".join(block_text(block).split()))
