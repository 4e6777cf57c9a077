"""All checks of an issue's facts."""

from __future__ import annotations

from collections.abc import Sequence

from newsletter_pdf.findings import Findings
from newsletter_pdf.model import Issue
from newsletter_pdf.newissue import known_issues
from newsletter_pdf.periodical.board import check_board
from newsletter_pdf.periodical.contacts import PlacedLink, check_contacts, links_of
from newsletter_pdf.periodical.context import Scene, last_issue, neighbours
from newsletter_pdf.periodical.dates import check_dates
from newsletter_pdf.periodical.doubles import check_doubles
from newsletter_pdf.periodical.examples import check_examples
from newsletter_pdf.periodical.numbers import check_numbers
from newsletter_pdf.periodical.sources import check_sources
from newsletter_pdf.source import Passage


def check_facts(issue: Issue, passages: Sequence[Passage], findings: Findings) -> tuple[PlacedLink, ...]:
    """Report what is wrong with the facts of ``issue`` among the issues beside it; ``passages`` are its words.

    Returns its links, for who wants to know whether they still lead somewhere.
    """
    known = neighbours(issue, known_issues(issue.folder.parent, issue.name, findings))
    scene = Scene(issue, known, last_issue(issue, known), passages, findings)
    check_examples(scene)
    check_numbers(scene)
    check_board(scene)
    check_sources(scene)
    check_doubles(scene)
    check_dates(scene)
    check_contacts(scene)
    return tuple(links_of(scene))
