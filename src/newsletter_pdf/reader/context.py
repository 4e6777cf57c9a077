"""What all readers of one issue share: the findings, the check of characters, the places in a file."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from newsletter_pdf.files import CONTROL, DIRECTION, INVISIBLE, codepoint, hidden_rule
from newsletter_pdf.findings import Findings, Place, Rule
from newsletter_pdf.findings import markup as rules
from newsletter_pdf.source import Passage

PlaceAt = Callable[[int], Place]
"""Gives the place of the character with a 0-based index in a text."""

TEMPLATE = re.compile(r"\{\{(?:[^{}\n]{0,40}\}\})?|\{%(?:[^{}\n]{0,40}%\})?")
"""What begins a template command, with its end when that is near."""

LOST = "\ufffd"
"""The character that stands for one which a conversion could not keep."""
_HARMFUL = re.compile(f"{CONTROL.pattern}|{DIRECTION.pattern}")
_EMAIL = re.compile(r"[^@\s/]+@[^@\s/]+\.[^@\s/]+")


@dataclass(slots=True)
class Context:
    """One run of the reader; ``passages`` collects the words that it reads, in order."""

    findings: Findings
    covers: Callable[[str], bool] | None = None
    passages: list[Passage] = field(default_factory=list)
    _covered: dict[str, bool] = field(default_factory=dict)

    def report(self, rule: Rule, place: Place, **fields: object) -> None:
        """Add a finding."""
        self.findings.add(rule.at(place, **fields))

    def passage(self, source: Source) -> Passage:
        """A new passage of the file ``source``, to be filled."""
        passage = Passage(source.file)
        self.passages.append(passage)
        return passage

    def passage_on(self, source: Source, line: int, text: str, *, last: bool = False) -> None:
        """Note ``text`` as a passage of its own when it stands as it is on the 0-based ``line``.

        ``last`` tells that it stands at the end of the line, where the same words may stand before it, too.
        """
        written = source.line(line)
        column = (written.rfind(text) if last else written.find(text)) if text else -1
        if column >= 0:
            self.passage(source).add(text, source.place(line, column), exact=source.exact)

    def printable(self, text: str, place_at: PlaceAt) -> str:
        """``text`` as it can be printed, zero-width characters dropped.

        Reports characters that no font has, and control characters that came by an escape (those typed into the file
        were reported when it was read).
        """
        for match in _HARMFUL.finditer(text):
            if match[0] != "\n":
                self.report(hidden_rule(match[0]), place_at(match.start()), codepoint=codepoint(match[0]))
        for character in {c for c in text if not self._has(c)}:
            for match in re.finditer(re.escape(character), text):
                place = place_at(match.start())
                if character == LOST:
                    self.report(rules.LOST_CHARACTER, place)
                    continue
                fields = {"character": character, "codepoint": codepoint(character)}
                self.report(rules.UNKNOWN_CHARACTER, place, **fields)
        return INVISIBLE.sub("", text)

    def _has(self, character: str) -> bool:
        if character < "\x7f":
            return True
        if self.covers is None or character == LOST:
            return character != LOST
        known = self._covered.get(character)
        if known is None:
            skipped = character.isspace() or any(p.match(character) for p in (CONTROL, DIRECTION, INVISIBLE))
            known = self._covered[character] = skipped or self.covers(character)
        return known


@dataclass(frozen=True, slots=True)
class Source:
    """Lines of a file, or of a value in it, and where they begin.

    ``first`` is the line (1-based) of ``lines[0]`` in the file, ``shift`` how many columns every line is indented.
    Where a value is written otherwise (escapes, folded lines) it is not ``exact``: places are near, not true.
    """

    file: Path
    lines: tuple[str, ...]
    first: int = 1
    shift: int = 0
    exact: bool = True

    def place(self, line: int, column: int = 0) -> Place:
        """The place of a 0-based line and column."""
        return Place(file=self.file, line=self.first + line, column=column + self.shift + 1)

    def line(self, index: int) -> str:
        """A line by its 0-based index; empty beyond the end."""
        return self.lines[index] if 0 <= index < len(self.lines) else ""


def good_address(href: str) -> bool:
    """True for an absolute http(s) address with a host, or a mailto address."""
    if any(character.isspace() for character in href):
        return False
    try:
        parts = urlsplit(href)
        host = parts.hostname
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return bool(host)
    return parts.scheme == "mailto" and _EMAIL.fullmatch(parts.path) is not None
