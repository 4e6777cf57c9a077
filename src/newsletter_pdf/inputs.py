"""All that a build starts from: fonts, issue and layout, read and checked."""

from __future__ import annotations

from collections.abc import Callable
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


def read(
    folder: Path,
    layout: str | None,
    findings: Findings,
    fonts: FontSet | None = None,
    *,
    passages: list[Passage] | None = None,
    links: list[PlacedLink] | None = None,
    ready: Callable[[Inputs], None] | None = None,
) -> Inputs | None:
    """Read and check fonts, issue and layout; None when a finding stops the work. Everything is reported that can be.

    ``fonts`` are those of the project when they have been read and checked before. The words and the links of the issue
    are added to ``passages`` and ``links``. ``ready`` is told what is read as soon as it could be laid out; the words
    and the facts are still to be checked then.
    """
    folder = folder.resolve()
    home = find_home(folder)
    if home is None:
        findings.add(NO_HOME.at(Place(folder)))
        return None
    fonts = fonts or load_fonts(home / "fonts", findings)
    before = stamps(folder)
    words: list[Passage] = [] if passages is None else passages
    issue = read_issue(folder, findings, covers=None if fonts is None else fonts.covers, passages=words)
    if issue is None:
        from newsletter_pdf.copyreading import proofread

        proofread(words, findings, "zh-CN")
        if layout is not None:
            load_layout(layout, home, {}, findings)
        return None
    facts, of_layout = issue.facts, Findings()
    place = facts.place if layout is not None else facts.layout_place or facts.place
    chosen = load_layout(
        layout or facts.layout, home, facts.options, of_layout, place=place, option_places=facts.option_places
    )
    inputs = None if fonts is None or chosen is None else Inputs(home, fonts, issue, chosen, before)
    if ready is not None and inputs is not None and findings.good:
        ready(inputs)
    # Imported now, as it takes longer than it works, and whoever is told does not need it.
    from newsletter_pdf.copyreading import proofread
    from newsletter_pdf.periodical import check_facts

    proofread(words, findings, facts.language)
    found = check_facts(issue, words, findings)
    if links is not None:
        links.extend(found)
    findings.extend(of_layout)
    return inputs if findings.good else None
