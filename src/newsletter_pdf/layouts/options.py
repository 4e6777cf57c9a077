"""The types that a layout's options may have, and the checking of values against them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from newsletter_pdf.findings import Finding, Place
from newsletter_pdf.findings.layout import OPTION_RANGE, OPTION_TYPE

_POINTS = {"pt": 1.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "in": 72.0, "px": 0.75}
_RELATIVE = ("em", "rlh")
_LENGTH = re.compile(r"([+-]?\d{1,5}(?:\.\d{1,4})?)\s*(pt|mm|cm|in|px|em|rlh)")
_COLOR = re.compile(r"#(?:[0-9a-fA-F]{3}){1,2}")
_FAMILY = re.compile(r"[\w][\w .-]{0,63}")
# What could end a CSS declaration or a quoted string, or start a tag, has no place in an option's text.
_UNSAFE = re.compile(r"[{}<>;\\\"@\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Length:
    """A CSS length; prints as CSS (``28pt``). Units: pt, mm, cm, in, px (1/96 in), em, rlh (lines of the grid)."""

    value: float
    unit: str

    def __str__(self) -> str:
        return f"{self.value:g}{self.unit}"

    @property
    def pt(self) -> float:
        """The length in points; ValueError for em and rlh, whose size the page decides."""
        if self.unit not in _POINTS:
            raise ValueError(f"{self} has no size in points by itself")
        return self.value * _POINTS[self.unit]

    @property
    def absolute(self) -> bool:
        """True for a unit of fixed size, False for em and rlh."""
        return self.unit in _POINTS

    def comparable(self, other: Length) -> bool:
        """True when the two can be compared: both absolute, or both of the same relative unit."""
        return self.unit == other.unit or (self.absolute and other.absolute)

    def size(self) -> float:
        """A number for comparing: points for absolute lengths, else the bare value."""
        return self.pt if self.absolute else self.value


OptionValue = str | bool | int | float | Length


class _NotOfType(Exception):  # noqa: N818 - a signal inside this module, never seen outside
    """The raw value does not fit the type."""


def _color(raw: object) -> str:
    if not isinstance(raw, str) or not _COLOR.fullmatch(raw.strip()):
        raise _NotOfType
    return raw.strip().lower()


def _length(raw: object) -> Length:
    match = _LENGTH.fullmatch(raw.strip()) if isinstance(raw, str) else None
    if match is None:
        raise _NotOfType
    return Length(float(match[1]), match[2])


def _number(raw: object) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not -1e9 < raw < 1e9:
        raise _NotOfType
    return float(raw)


def _integer(raw: object) -> int:
    if isinstance(raw, bool) or not isinstance(raw, int) or not -(10**9) < raw < 10**9:
        raise _NotOfType
    return raw


def _boolean(raw: object) -> bool:
    if not isinstance(raw, bool):
        raise _NotOfType
    return raw


def _text(raw: object) -> str:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise _NotOfType
    text = str(raw).strip()
    if len(text) > 200 or _UNSAFE.search(text):
        raise _NotOfType
    return text


def _fonts(raw: object) -> str:
    names = raw.split(",") if isinstance(raw, str) else raw
    if not isinstance(names, list | tuple) or not 0 < len(names) <= 10:
        raise _NotOfType
    families = []
    for name in names:
        if not isinstance(name, str) or not _FAMILY.fullmatch(name.strip().strip("'\"")):
            raise _NotOfType
        families.append(f'"{name.strip().strip(chr(39) + chr(34))}"')
    return ", ".join(families)


@dataclass(frozen=True, slots=True)
class OptionType:
    """One type: its reader, its description for messages, and an example as it is written in YAML."""

    read: Callable[[object], OptionValue]
    zh: str
    en: str
    example: str


TYPES: Mapping[str, OptionType] = {
    "color": OptionType(_color, "加引号的 # 号颜色", "a quoted # colour", '"#9b1c1f"'),
    "length": OptionType(
        _length, "带单位的长度（pt、mm、em、rlh 等）", "a length with its unit (pt, mm, em, rlh …)", "28pt"
    ),
    "number": OptionType(_number, "数", "a number", "1.5"),
    "integer": OptionType(_integer, "整数", "a whole number", "22"),
    "boolean": OptionType(_boolean, "true（是）或 false（否）", "true or false", "true"),
    "choice": OptionType(_text, "列出的值之一", "one of the listed values", "roman"),
    "text": OptionType(_text, '一行文字，不含 { } < > ; \\ " @', 'a line of text without { } < > ; \\ " @', "目次"),
    "fonts": OptionType(_fonts, "字体名，用逗号分开", "font family names with commas", "NL Latin, NL Serif"),
}


@dataclass(frozen=True, slots=True)
class OptionSpec:
    """An option as a layout declares it. ``default``, ``minimum`` and ``maximum`` are of the option's own type."""

    name: str
    type: str
    default: OptionValue
    zh: str
    en: str
    minimum: OptionValue | None = None
    maximum: OptionValue | None = None
    choices: tuple[str, ...] = ()

    def read(self, raw: object, place: Place | None) -> OptionValue | Finding:
        """``raw`` (a YAML value) as this option's type, or the finding that says why it cannot be."""
        kind = TYPES[self.type]
        try:
            value = kind.read(raw)
        except _NotOfType:
            return self._wrong_type(raw, place)
        if self.choices and value not in self.choices:
            return self._wrong_type(raw, place)
        if isinstance(value, Length) and isinstance(self.default, Length) and not value.comparable(self.default):
            return self._wrong_type(raw, place)
        return value if self._within(value) else self._out_of_range(raw, place)

    def _within(self, value: OptionValue) -> bool:
        low, high, size = _size(self.minimum), _size(self.maximum), _size(value)
        return size is None or ((low is None or size >= low - 1e-9) and (high is None or size <= high + 1e-9))

    def _wrong_type(self, raw: object, place: Place | None) -> Finding:
        kind = TYPES[self.type]
        expected_zh, expected_en, example = kind.zh, kind.en, _as_yaml(self.default)
        if self.choices:
            expected_zh = "、".join(self.choices) + "之一"
            expected_en = "one of " + ", ".join(self.choices)
        elif isinstance(self.default, Length) and self.default.unit in _RELATIVE:
            expected_zh, expected_en = f"以 {self.default.unit} 为单位的长度", f"a length in {self.default.unit}"
        return OPTION_TYPE.at(
            place,
            option=self.name,
            value=_shown(raw),
            expected_zh=expected_zh,
            expected_en=expected_en,
            example=example,
        )

    def _out_of_range(self, raw: object, place: Place | None) -> Finding:
        low, high = self.minimum, self.maximum
        if low is not None and high is not None:
            range_zh, range_en = f"应在 {low} 到 {high} 之间", f"from {low} to {high}"
        elif low is not None:
            range_zh, range_en = f"不小于 {low}", f"at least {low}"
        else:
            range_zh, range_en = f"不大于 {high}", f"at most {high}"
        return OPTION_RANGE.at(
            place,
            option=self.name,
            value=_shown(raw),
            range_zh=range_zh,
            range_en=range_en,
            default=_as_yaml(self.default),
        )


def _size(value: OptionValue | None) -> float | None:
    if isinstance(value, Length):
        return value.size()
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _shown(raw: object) -> str:
    text = str(raw).replace("\n", " ")
    return text if len(text) <= 60 else text[:59] + "…"


def _as_yaml(value: OptionValue) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.startswith("#"):
        return f'"{value}"'
    return f"{value:g}" if isinstance(value, float) else str(value)


class Options:
    """The values of a layout's options; read as attributes (``o.leading``), never changed.

    Lengths are :class:`Length` (``{{ o.leading }}`` prints ``28pt``, ``o.leading.pt`` is 28.0), fonts a CSS list of
    quoted families, colours lower-case ``#rrggbb``; the other types are what they are called.
    """

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, OptionValue]) -> None:
        object.__setattr__(self, "_values", dict(values))

    # Any: each option has the type that its layout declares, which no static type can know.
    def __getattr__(self, name: str) -> Any:
        values: dict[str, OptionValue] = object.__getattribute__(self, "_values")
        try:
            return values[name]
        except KeyError:
            raise AttributeError(f"the layout declares no option {name!r}") from None

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("options are frozen")

    def __iter__(self) -> Iterator[tuple[str, OptionValue]]:
        return iter(sorted(object.__getattribute__(self, "_values").items()))

    def __contains__(self, name: object) -> bool:
        return name in object.__getattribute__(self, "_values")

    def __repr__(self) -> str:
        return "Options(" + ", ".join(f"{name}={value}" for name, value in self) + ")"
