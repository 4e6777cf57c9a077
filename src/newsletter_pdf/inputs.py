"""All that a build starts from: fonts, issue and layout, read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings.environment import NO_HOME
from newsletter_pdf.fonts import FontSet, load_fonts
from newsletter_pdf.layouts import Layout, load_layout
from newsletter_pdf.model import Issue
from newsletter_pdf.project import find_home
from newsletter_pdf.provenance import Stamps, stamps
from newsletter_pdf.reader import read_issue
from newsletter_pdf.source import Passage

if TYPE_CHECKING:
    from newsletter_pdf.periodical import PlacedLink


@dataclass(slots=True)
class Inputs:
    """All that a build starts from, read and validated."""

    home: Path
    fonts: FontSet
    issue: Issue
    layout: Layout
    stamps: Stamps


class Reading:
    """An issue that is read, and whose words and facts are still to be checked.

    ``inputs`` are there when it could be laid out; nothing that was found by then is an error.
    """

    def __init__(
        self,
        folder: Path,
        layout: str | None,
        findings: Findings,
        fonts: FontSet | None = None,
        *,
        passages: list[Passage] | None = None,
    ) -> None:
        """Read and check fonts, issue and layout.

        ``fonts`` are those of the project when they have been read and checked before. The words of the issue are
        added to ``passages``.
        """
        self.inputs: Inputs | None = None
        self._findings, self._of_layout = findings, Findings()
        self._words: list[Passage] = [] if passages is None else passages
        self._issue: Issue | None = None
        self._home = home = find_home(folder := folder.resolve())
        if home is None:
            findings.add(NO_HOME.at(Place(folder)))
            return
        fonts = fonts or load_fonts(home / "fonts", findings)
        before = stamps(folder)
        covers = None if fonts is None else fonts.covers
        self._issue = issue = read_issue(folder, findings, covers=covers, passages=self._words)
        if issue is None:
            if layout is not None:
                load_layout(layout, home, {}, self._of_layout)
            return
        facts = issue.facts
        place = facts.place if layout is not None else facts.layout_place or facts.place
        chosen = load_layout(
            layout or facts.layout, home, facts.options, self._of_layout, place=place, option_places=facts.option_places
        )
        if fonts is not None and chosen is not None and findings.good:
            self.inputs = Inputs(home, fonts, issue, chosen, before)

    def check(self, links: list[PlacedLink] | None = None) -> Inputs | None:
        """Check words and facts; None when any finding stops the work. The issue's links are added to ``links``."""
        if self._home is None:
            return None
        # Imported now, as it takes longer than it works, and whoever lays out first does not need it.
        from newsletter_pdf.copyreading import proofread

        issue, findings = self._issue, self._findings
        proofread(self._words, findings, "zh-CN" if issue is None else issue.facts.language)
        if issue is not None:
            from newsletter_pdf.periodical import check_facts

            found = check_facts(issue, self._words, findings)
            if links is not None:
                links.extend(found)
        findings.extend(self._of_layout)
        return self.inputs if findings.good else None


def read(
    folder: Path, layout: str | None, findings: Findings, *, links: list[PlacedLink] | None = None
) -> Inputs | None:
    """Read the issue in ``folder`` and check all of it; None when a finding stops the work."""
    return Reading(folder, layout, findings).check(links)
