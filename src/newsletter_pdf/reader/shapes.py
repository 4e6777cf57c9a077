"""What a field may hold, as data: the reader validates by these declarations, the JSON Schemas are made from them."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One line of plain text of at most ``limit`` characters; line ends inside it are joined.

    ``form`` is a pattern that the whole text must match, with the Chinese and English words for what it asks.
    ``person`` drops spaces typed inside a Han name.
    """

    limit: int = 200
    form: re.Pattern[str] | None = None
    form_zh: str = ""
    form_en: str = ""
    person: bool = False


@dataclass(frozen=True, slots=True)
class Raw:
    """Text kept as written (what a QR code encodes), without blanks around it."""

    limit: int = 500


@dataclass(frozen=True, slots=True)
class Address:
    """An absolute http(s) or mailto address."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown: paragraphs alone, or with ``lists`` also lists, quotes and tables."""

    lists: bool = False


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number, both ends included."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Date:
    """A calendar date, ``2026-11-20``."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some words; each with its meaning in Chinese."""

    values: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The path of a picture inside the folder that the file lies in."""


@dataclass(frozen=True, slots=True)
class Anything:
    """Free fields whose meaning is declared elsewhere (the layout's options)."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """A table of numbers: label → a number, or as many as there are series."""


@dataclass(frozen=True, slots=True)
class RuleLevels:
    """What rules are set to: a code or the name of a group → off, warn or error."""


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list. ``single`` accepts one item without the list; ``split`` also cuts a text at 、，,；;."""

    item: Kind
    single: bool = False
    split: bool = False
    filled: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A mapping with declared fields. ``shorthand`` names the field that a plain text stands for.

    With ``one_of`` exactly one of the fields must be given; with ``placed`` the value carries its place.
    """

    title: str
    fields: tuple[Field, ...]
    shorthand: str | None = None
    one_of: bool = False
    placed: bool = False

    def field(self, key: str) -> Field | None:
        """The declaration of ``key``."""
        return next((field for field in self.fields if field.key == key), None)


Kind = (
    Text | Raw | Address | Prose | Integer | Date | Choice | Picture | Anything | Numbers | RuleLevels | ListOf | Shape
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its key, what it holds, its Chinese label and explanation, whether it must be given."""

    key: str
    kind: Kind
    label: str
    about: str = ""
    required: bool = False
