"""What all checks of one issue share."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.findings import Findings, Place, Rule
from newsletter_pdf.model import Article, Issue
from newsletter_pdf.newissue import KnownIssue
from newsletter_pdf.source import Passage, YamlMapping, load_yaml

_NAME = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?!\d)")


@dataclass(frozen=True, slots=True)
class Scene:
    """An issue among its neighbours: ``known`` are the other issues, oldest first, ``last`` the one before this.

    Issues whose folders come later by name are not among them: where two disagree, the later has to be mended,
    and a half-made next issue holds up nobody.
    """

    issue: Issue
    known: Sequence[KnownIssue]
    last: KnownIssue | None
    passages: Sequence[Passage]
    findings: Findings

    @property
    def date(self) -> dt.date:
        """The issue's date."""
        return self.issue.facts.date

    def report(self, rule: Rule, place: Place, **fields: object) -> None:
        """Add a finding."""
        self.findings.add(rule.at(place, **fields))

    def field_place(self, key: str) -> Place:
        """Where the value of ``key`` stands in ``issue.yaml``; its beginning when there is no such line."""
        path = self.issue.folder / "issue.yaml"
        root = load_yaml(path, Findings())
        value = root.get(key) if isinstance(root, YamlMapping) else None
        return Place(path, 1, 1) if value is None else value.place

    def text_place(self, text: str, file: Path | None = None) -> Place | None:
        """Where ``text`` is the whole of a passage (of ``file``), else None."""
        for passage in self.passages:
            if (file is None or passage.file == file) and passage.text.strip() == text:
                return passage.place(0)
        return None

    def place_in(self, article: Article, text: str) -> Place:
        """Where ``text`` first stands behind the heading of ``article``; the heading when it stands nowhere so."""
        first = article.place.line or 0
        for passage in self.passages:
            if passage.file == article.place.file and (passage.place(0).line or 0) > first:
                index = passage.text.find(text)
                if index >= 0:
                    return passage.place(index)
        return article.place


def named_date(name: str) -> tuple[int, int, int | None] | None:
    """Year, month and perhaps day at the beginning of a folder's name, such as ``2026-11``."""
    match = _NAME.match(name)
    if match is None or not 1 <= int(match[2]) <= 12:
        return None
    return int(match[1]), int(match[2]), int(match[3]) if match[3] else None


def last_issue(issue: Issue, known: Sequence[KnownIssue]) -> KnownIssue | None:
    """The issue before this one: by the folders' names where they are dated, else by the dates.

    Names win because the date is what may be wrong: a new folder often still holds the old one's.
    """
    if named_date(issue.name) is not None:
        before = [other for other in known if named_date(other.folder.name) and other.folder.name < issue.name]
        if before:
            return max(before, key=lambda other: other.folder.name)
    before = [other for other in known if other.date < issue.facts.date]
    return max(before, key=lambda other: (other.date, other.number), default=None)


def neighbours(issue: Issue, known: Sequence[KnownIssue]) -> list[KnownIssue]:
    """The issues that this one is measured by: all but those that come later by their names."""
    return [other for other in known if not _is_later(other, issue)]


def _is_later(other: KnownIssue, issue: Issue) -> bool:
    dated = named_date(other.folder.name) is not None and named_date(issue.name) is not None
    return dated and other.folder.name > issue.name
