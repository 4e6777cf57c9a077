"""What a finding is, and where findings are collected.

A finding is something an editor (or a layout's designer) can act on: a stable code, a severity, a place, a message and
a remedy, each text in Chinese and in English. Every code is declared once, as a :class:`Rule`, in the sibling modules;
``docs/findings.md`` is generated from those declarations.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How much a finding weighs; an error stops the build, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: a file with 1-based line and column, or a page of a PDF (1-based).

    ``column`` counts characters, not bytes. ``box`` is the rectangle on the page that is meant: left, bottom, right and
    top, pt from the page's lower left corner. All parts are optional, but a place with none prints as an empty string.
    A word processor's file has no lines: there ``paragraph`` counts, from 1, those in tables too.
    """

    file: Path | None = None
    line: int | None = None
    column: int | None = None
    page: int | None = None
    box: tuple[float, float, float, float] | None = None
    paragraph: int | None = None

    def __str__(self) -> str:
        if self.file is None:
            return f"p.{self.page}" if self.page is not None else ""
        parts = [_short(self.file)]
        if self.paragraph is not None:
            parts[0] += f" ¶{self.paragraph}"
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        text = ":".join(parts)
        return f"{text} p.{self.page}" if self.page is not None else text


def _short(path: Path) -> str:
    """The path as a reader in the current folder would write it."""
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except (ValueError, OSError):
        return path.as_posix()


@dataclass(frozen=True, slots=True)
class Rule:
    """The declaration of one finding code.

    ``message_*`` and ``hint_*`` are ``str.format`` templates over the same named fields. ``what``, ``why``, ``example``
    and ``remedy`` are the Chinese reference entry for editors.
    """

    code: str
    severity: Severity
    message_zh: str
    message_en: str
    hint_zh: str
    hint_en: str
    what: str
    why: str
    example: str
    remedy: str

    def at(self, place: Place | None = None, /, **fields: object) -> Finding:
        """Make a finding of this rule at ``place``; ``fields`` fill the templates (KeyError when one is missing)."""
        return Finding(
            code=self.code,
            severity=self.severity,
            place=place or Place(),
            message_zh=self.message_zh.format(**fields),
            message_en=self.message_en.format(**fields),
            hint_zh=self.hint_zh.format(**fields),
            hint_en=self.hint_en.format(**fields),
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem found in one place, ready to be shown."""

    code: str
    severity: Severity
    place: Place
    message_zh: str
    message_en: str
    hint_zh: str
    hint_en: str

    def message(self, lang: str) -> str:
        """The message in ``zh`` or ``en``."""
        return self.message_en if lang == "en" else self.message_zh

    def hint(self, lang: str) -> str:
        """The remedy in ``zh`` or ``en``."""
        return self.hint_en if lang == "en" else self.hint_zh

    def as_json(self, lang: str = "zh") -> dict[str, str]:
        """The shape that ``report.json`` and ``--json`` give to a finding."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "where": str(self.place),
            "message": self.message(lang),
            "hint": self.hint(lang),
        }


@dataclass(slots=True)
class Findings:
    """The findings of one run, in the order found, without repetitions."""

    _items: dict[Finding, None] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        """Add one finding; the same finding at the same place is kept once."""
        self._items.setdefault(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add several findings."""
        for finding in findings:
            self.add(finding)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    @property
    def errors(self) -> int:
        """How many findings stop the build."""
        return sum(1 for f in self if f.severity is Severity.ERROR)

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return sum(1 for f in self if f.severity is Severity.WARNING)

    @property
    def good(self) -> bool:
        """True when nothing stops the build."""
        return self.errors == 0
