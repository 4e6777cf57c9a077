"""What a finding is, and where findings are collected.

A finding is something an editor (or a layout's designer) can act on: a stable code, a severity, a place, a message and
a remedy, each text in Chinese and in English. Every code is declared once, as a :class:`Rule`, in the sibling modules;
``docs/findings.md`` is generated from those declarations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from newsletter_pdf.calling import away, called, source_folder

MOST = 200
"""Findings of one rule and file that are kept: more than anybody reads, and few enough to be shown at once."""


class Severity(StrEnum):
    """How much a finding weighs; an error stops the build, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Level(StrEnum):
    """What an issue may set a rule to."""

    OFF = "off"
    WARN = "warn"
    ERROR = "error"


_WEIGHT = {Level.WARN: Severity.WARNING, Level.ERROR: Severity.ERROR}


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
        return _seen_from(path, Path.cwd())
    except OSError:
        return path.as_posix()


@lru_cache(maxsize=256)  # a report names the same few files hundreds of times
def _seen_from(path: Path, folder: Path) -> str:
    try:
        return path.resolve().relative_to(folder).as_posix()
    except ValueError:
        return path.as_posix()


@dataclass(frozen=True, slots=True)
class Rule:
    """The declaration of one finding code.

    ``message_*`` and ``hint_*`` are ``str.format`` templates over the same named fields. ``what``, ``why``, ``example``
    and ``remedy`` are the Chinese reference entry for editors. A ``fixed`` rule guards the data or the proof: an issue
    may make it weigh more, never less. Errors are fixed unless they are declared not to be, other rules the reverse.
    ``away_*`` are the hints for a user outside the program's own folder, where its make targets for set-up and fonts
    are not; ``{program}`` in them is that folder.
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
    fixed: bool | None = None
    away_zh: str = ""
    away_en: str = ""

    @property
    def levels(self) -> tuple[Level, ...]:
        """What an issue may set this rule to, lightest first; empty when it is an error for good."""
        fixed = self.severity is Severity.ERROR if self.fixed is None else self.fixed
        if not fixed:
            return (Level.OFF, Level.WARN, Level.ERROR)
        return () if self.severity is Severity.ERROR else (Level.WARN, Level.ERROR)

    def at(self, place: Place | None = None, /, **fields: object) -> Finding:
        """Make a finding of this rule at ``place``; ``fields`` fill the templates (KeyError when one is missing)."""
        hint_zh, hint_en = self.hint_zh.format(**fields), self.hint_en.format(**fields)
        if self.away_zh and away():
            hint_zh = self.away_zh.format(**fields, program=source_folder("程序的文件夹"))
            hint_en = self.away_en.format(**fields, program=source_folder("the program's folder"))
        return Finding(
            code=self.code,
            severity=self.severity,
            place=place or Place(),
            message_zh=self.message_zh.format(**fields),
            message_en=self.message_en.format(**fields),
            hint_zh=hint_zh,
            hint_en=hint_en,
        )


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What should stand in the file instead of ``old``, which begins at the finding's place and ends on its line.

    A ``safe`` one changes no word and no meaning, so that it may be carried out without asking.
    """

    old: str
    new: str
    safe: bool


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
    suggestion: Suggestion | None = None

    def message(self, lang: str) -> str:
        """The message in ``zh`` or ``en``."""
        return called(self.message_en if lang == "en" else self.message_zh)

    def hint(self, lang: str) -> str:
        """The remedy in ``zh`` or ``en``."""
        return called(self.hint_en if lang == "en" else self.hint_zh)

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
    """The findings of one run, in the order found, without repetitions, each as heavy as the issue wants it.

    Of one rule and file ``MOST`` are kept; how many more there are is told in a last one of that rule.
    """

    _items: dict[Finding, None] = field(default_factory=dict)
    _counts: Counter[Severity] = field(default_factory=Counter)
    _kinds: Counter[tuple[str, Path | None]] = field(default_factory=Counter)
    _last: dict[tuple[str, Path | None], Finding] = field(default_factory=dict)
    _levels: Mapping[str, Level] = field(default_factory=dict)
    _off: set[Finding] = field(default_factory=set)

    def configure(self, levels: Mapping[str, Level]) -> None:
        """Weigh by ``levels`` (rule code → level) what is here already and all that is still to come."""
        self._levels = levels
        items, kinds, last = self._items, self._kinds, self._last
        self._items, self._last = {}, {}
        self._counts, self._kinds = Counter(), Counter()
        self.extend(items)
        for kind, finding in last.items():  # those beyond the limit are known by their number alone
            self._kinds[kind] = kinds[kind] - 1 if self._kinds[kind] else 0
            self.add(finding)

    def is_off(self, code: str) -> bool:
        """Whether the issue has switched the rule off."""
        return self._levels.get(code) is Level.OFF

    def add(self, finding: Finding) -> None:
        """Add one finding; the same finding at the same place is kept once."""
        level = self._levels.get(finding.code)
        if level is Level.OFF:
            self._off.add(finding)
            return
        if level is not None and finding.severity is not _WEIGHT[level]:
            finding = replace(finding, severity=_WEIGHT[level])
        if finding in self._items:
            return
        kind = finding.code, finding.place.file
        self._kinds[kind] += 1
        if self._kinds[kind] <= MOST:
            self._items[finding] = None
        else:
            self._last[kind] = finding
        if self._kinds[kind] <= MOST + 1:  # all beyond are told of as one
            self._counts[finding.severity] += 1

    def extend(self, findings: Iterable[Finding]) -> None:
        """Add several findings."""
        for finding in findings:
            self.add(finding)

    def __iter__(self) -> Iterator[Finding]:
        yield from self._items
        for kind, last in self._last.items():
            more = self._kinds[kind] - MOST
            zh, en = f"同样的问题还有 {more} 处，没有一一列出", f"{more} more of the same, not listed one by one"
            yield replace(last, place=Place(kind[1]), message_zh=zh, message_en=en)

    def __len__(self) -> int:
        return len(self._items) + len(self._last)

    @property
    def silenced(self) -> int:
        """How many findings the issue has switched off."""
        return len(self._off)

    @property
    def errors(self) -> int:
        """How many findings stop the build."""
        return self._counts[Severity.ERROR]

    @property
    def warnings(self) -> int:
        """How many findings are warnings."""
        return self._counts[Severity.WARNING]

    @property
    def good(self) -> bool:
        """True when nothing stops the build."""
        return self.errors == 0
