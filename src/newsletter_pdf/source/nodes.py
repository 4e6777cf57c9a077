"""YAML values with their places, as plain immutable nodes.

Scalars keep the text as it was written: whether ``12:30`` or ``no`` is a time, a truth value or two words is decided by
who reads the field, not by the YAML version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from newsletter_pdf.findings import Place

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?")
_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})
_NULL = frozenset({"", "~", "null"})


@dataclass(frozen=True, slots=True)
class YamlScalar:
    """One value. ``plain`` is True without quotes; ``lines`` says how the text lies in the file.

    ``literal`` marks a block scalar written with ``|``: its lines are the file's lines, from ``place.line + 1`` on.
    """

    text: str
    place: Place
    plain: bool = True
    literal: bool = False

    @property
    def is_null(self) -> bool:
        """True when nothing stands there (or an unquoted ``null`` or ``~``)."""
        return self.plain and self.text.lower() in _NULL


@dataclass(frozen=True, slots=True)
class YamlSequence:
    """A list, in order."""

    items: tuple[YamlNode, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class YamlMapping:
    """Keys and values in order; keys are unique (repetitions were reported, the first value stays)."""

    entries: tuple[tuple[YamlScalar, YamlNode], ...]
    place: Place

    def __iter__(self) -> Iterator[tuple[YamlScalar, YamlNode]]:
        return iter(self.entries)

    def get(self, key: str) -> YamlNode | None:
        """The value of ``key``, or None."""
        return next((value for name, value in self.entries if name.text == key), None)


YamlNode = YamlScalar | YamlSequence | YamlMapping


def plain_value(node: YamlNode) -> object:
    """The node as str, int, float, bool, None, list and dict, for fields whose type is not known here.

    Unquoted ``true/false/yes/no/on/off`` are truth values, decimal numbers are numbers; everything else, dates and
    ``12:30`` included, stays the text that was written.
    """
    match node:
        case YamlMapping():
            return {key.text: plain_value(value) for key, value in node.entries}
        case YamlSequence():
            return [plain_value(item) for item in node.items]
        case YamlScalar(text=text, plain=True):
            return _plain_scalar(text)
        case YamlScalar(text=text):
            return text


def _plain_scalar(text: str) -> object:
    low = text.lower()
    if low in _NULL:
        return None
    if low in _TRUE or low in _FALSE:
        return low in _TRUE
    if len(text) <= 40 and _INTEGER.fullmatch(text):
        return int(text)
    if len(text) <= 40 and _FLOAT.fullmatch(text):
        return float(text)
    return text
