"""A tiny issue to try things on: one section, whose body each test writes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from newsletter_pdf.findings import Findings
from newsletter_pdf.model import Article, Issue

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="400"><rect width="800" height="400"/></svg>'
FACTS = "title: 样刊\ndate: 2026-11-20\nnumber: 11\n"


@dataclass(slots=True)
class Outcome:
    """What came of reading: the issue, and the findings as ``code file:line:column``."""

    issue: Issue | None
    found: list[str]
    findings: Findings

    @property
    def articles(self) -> list[Article]:
        """All articles of the first section."""
        assert self.issue is not None, self.found
        return [article for group in self.issue.sections[0].groups for article in group.articles]

    @property
    def article(self) -> Article:
        """The only article."""
        (article,) = self.articles
        return article


Reader = Callable[..., Outcome]
