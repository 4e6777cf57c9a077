"""Automatic numbers: what Word shows before a paragraph, counted as it counts (ECMA-376 Part 1, 17.9)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from newsletter_pdf.importers.word.names import Element, W, child, children, switched_on, value, whole
from newsletter_pdf.importers.word.numerals import numeral

_LEVELS = 9
_PLAIN = re.compile(r"\s*%\d\s*[.．、)）]?\s*")
_DECIMAL = {"decimal", "decimalHalfWidth", "decimalFullWidth", "decimalFullWidth2"}


@dataclass(frozen=True, slots=True)
class Number:
    """The number before one paragraph. ``label`` is what is shown; ``value`` counts.

    ``plain`` says that a numbered list of a section file shows the same: a decimal number, at most with a full stop,
    a 、 or a bracket behind it. Anything else (「（三）」「第二条」「1.2」) has to be written out.
    """

    label: str
    value: int
    level: int
    bullet: bool
    plain: bool
    source: str


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    restart: int | None
    digits: bool
    style: str | None


@dataclass(slots=True)
class _Abstract:
    levels: dict[int, _Level] = field(default_factory=dict)
    link: str | None = None


@dataclass(frozen=True, slots=True)
class _Instance:
    abstract: str
    starts: dict[int, int]
    levels: dict[int, _Level]


class Numbering:
    """Counts through one document; :meth:`next` has to be called for its numbered paragraphs in order."""

    def __init__(self, root: Element | None) -> None:
        self._abstract: dict[str, _Abstract] = {}
        self._instances: dict[str, _Instance] = {}
        styles: dict[str, str] = {}
        for element in children(root, W + "abstractNum"):
            name = element.get(W + "abstractNumId") or ""
            levels = {whole(level.get(W + "ilvl")) or 0: _level(level) for level in children(element, W + "lvl")}
            self._abstract[name] = _Abstract(levels, value(element, W + "numStyleLink"))
            if (style := value(element, W + "styleLink")) is not None:
                styles[style] = name
        for element in children(root, W + "num"):
            self._instances[element.get(W + "numId") or ""] = _instance(element)
        for abstract in self._abstract.values():
            # A list that only names a list style has that style's levels (17.9.21).
            linked = self._abstract.get(styles.get(abstract.link or "", ""))
            if linked is not None and not abstract.levels:
                abstract.levels = linked.levels
        self._counts: dict[str, list[int | None]] = {}
        self._started: set[str] = set()

    def level_of_style(self, number_id: str | None, style: str | None) -> int:
        """The level that a paragraph style has in a list: that which names the style (``w:pStyle``), else the first."""
        instance = self._instances.get(number_id or "")
        abstract = None if instance is None else self._abstract.get(instance.abstract)
        if abstract is not None and style is not None:
            return next((index for index, level in abstract.levels.items() if level.style == style), 0)
        return 0

    def next(self, number_id: str | None, level_index: int) -> Number | None:
        """The number of the next paragraph of list ``number_id`` at ``level_index`` (from 0), None for no number."""
        instance = self._instances.get(number_id or "")
        if instance is None or not 0 <= level_index < _LEVELS:
            return None
        abstract = self._abstract.get(instance.abstract)
        if abstract is None:
            return None
        levels = abstract.levels | instance.levels
        level = levels.get(level_index)
        if level is None:
            return None
        counts = self._counts.setdefault(instance.abstract, [None] * _LEVELS)
        self._begin(number_id or "", instance, counts)
        current = counts[level_index]
        start = instance.starts.get(level_index, level.start)
        number = counts[level_index] = start if current is None else current + 1
        for deeper in range(level_index + 1, _LEVELS):
            restart = levels[deeper].restart if deeper in levels else None
            # 17.9.10: a level restarts after any level above it, or only after level ``restart`` (from 1) and above.
            if restart is None or level_index < restart:
                counts[deeper] = None
        for higher in range(level_index):
            if counts[higher] is None:
                counts[higher] = levels[higher].start if higher in levels else 1
        label = _label(level, levels, counts)
        plain = level.form in _DECIMAL and _PLAIN.fullmatch(level.text) is not None
        bullet = level.form == "bullet"
        if not label and not bullet:
            return None
        return Number(label, number, level_index, bullet, plain, instance.abstract)

    def _begin(self, number_id: str, instance: _Instance, counts: list[int | None]) -> None:
        """A list with numbers of its own to begin at begins at them the first time it is used (17.9.27)."""
        if number_id not in self._started:
            self._started.add(number_id)
            for index in instance.starts:
                if 0 <= index < _LEVELS:
                    counts[index] = None


def _level(element: Element) -> _Level:
    start = whole(value(element, W + "start"))
    restart = whole(value(element, W + "lvlRestart"))
    return _Level(
        start=1 if start is None else start,
        form=_form(element),
        text=value(element, W + "lvlText") or "",
        restart=restart,
        digits=bool(switched_on(element, W + "isLgl")),
        style=value(element, W + "pStyle"),
    )


def _form(element: Element) -> str:
    """The number format; newer ones stand in an AlternateContent with a plain one as the fallback."""
    found = value(element, W + "numFmt")
    if found is None:
        nested = next(element.iter(W + "numFmt"), None)
        found = None if nested is None else nested.get(W + "val")
    return found or "decimal"


def _instance(element: Element) -> _Instance:
    starts: dict[int, int] = {}
    levels: dict[int, _Level] = {}
    for override in children(element, W + "lvlOverride"):
        index = whole(override.get(W + "ilvl")) or 0
        start = whole(value(override, W + "startOverride"))
        if start is not None:
            starts[index] = start
        own = child(override, W + "lvl")
        if own is not None:
            levels[index] = _level(own)
    return _Instance(value(element, W + "abstractNumId") or "", starts, levels)


def _label(level: _Level, levels: dict[int, _Level], counts: list[int | None]) -> str:
    def number(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        form = levels[index].form if index in levels else "decimal"
        return numeral(counts[index] or 0, "decimal" if level.digits and form != "bullet" else form)

    if level.form == "bullet":
        return level.text
    return re.sub(r"%([1-9])", number, level.text).strip()
