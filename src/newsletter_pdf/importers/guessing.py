"""Guesses about headings, for the report: one finding a kind, and the whole list for the outline."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import wordfiles as rules
from newsletter_pdf.importers.headings import Recognised
from newsletter_pdf.importers.leftovers import shortened
from newsletter_pdf.importers.looks import Line
from newsletter_pdf.importers.manuscript import GuessedHeading, Heading
from newsletter_pdf.model import Text

_LEVELS = {1: ("栏目", "section"), 2: ("分组", "group"), 3: ("文章", "article"), 0: ("非标题", "not a heading")}
_STATE = re.compile(r"[\s_（(\-—]*(?:终稿|定稿|初稿|修改稿|修订稿|最终版?|副本|v\d+)[）)\s]*$", re.IGNORECASE)
_NUMBER = re.compile(r"[\d\s_.．、（）()\-—第期稿终改版v]*", re.IGNORECASE)


def report_guesses(lines: Sequence[Line], found: Recognised, findings: Findings) -> tuple[GuessedHeading, ...]:
    """Tell of each kind of headings that was guessed, with its number and first title."""
    guessed: list[GuessedHeading] = []
    for guess in found.guesses:
        zh, en = _LEVELS.get(guess.level, (f"第 {guess.level} 级标题", f"heading {guess.level}"))
        first = lines[guess.lines[0]]
        findings.add(
            rules.HEADINGS_GUESSED.at(
                first.place,
                level_zh=zh,
                level_en=en,
                count=len(guess.lines),
                reason_zh=guess.reason_zh,
                reason_en=guess.reason_en,
                title=shortened(first.text, 30),
            )
        )
        for index in guess.lines:
            line = lines[index]
            title = " ".join(line.text.split())
            guessed.append(GuessedHeading(line.place, guess.level, title, guess.reason_zh, guess.reason_en))
    return tuple(guessed)


def title_from_name(path: Path, findings: Findings) -> Heading:
    """The heading of the only section of a manuscript that names none: its file's name without number and state."""
    title = _NUMBER.sub("", _STATE.sub("", path.stem), count=1).strip() or path.stem
    place = Place(file=path)
    findings.add(rules.TITLE_FROM_NAME.at(place, title=title))
    return Heading(1, (Text(text=title),), place)
