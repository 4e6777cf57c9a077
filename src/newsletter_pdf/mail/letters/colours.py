"""The letter's colours, from the layout's options, so that text is always readable: in light and in dark mode.

Contrast is that of WCAG 2.2, 1.4.3 and its definition of relative luminance; 4.5 : 1 is what it asks of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

LEAST = 4.5
_AIM = 4.8  # a little more, as colours are rounded
_HEX = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


class _Options(Protocol):
    def __iter__(self) -> Iterator[tuple[str, object]]: ...


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as ``#rrggbb``.

    The page around the letter, its own ground, that of a box, text, secondary text, accent, rules, what is written on
    the accent.
    """

    page: str
    ground: str
    box: str
    ink: str
    soft: str
    accent: str
    line: str
    on_accent: str


def palettes(options: _Options) -> tuple[Palette, Palette]:
    """The palettes for light and for dark mode; a layout without one of the options gets the usual colour."""
    given = {name: str(value) for name, value in options if _HEX.fullmatch(str(value))}
    light = _palette(
        given.get("tint", "#f4f4f4"),
        "#ffffff",
        given.get("tint", "#f4f4f4"),
        given.get("ink", "#1f1f1f"),
        given.get("soft", "#666666"),
        given.get("accent", "#1f5f8b"),
        given.get("line", "#cccccc"),
    )
    dark = _palette("#131211", "#1d1c1a", "#282623", "#ece8e1", "#b8b1a6", light.accent, "#4a463f")
    return light, dark


def _palette(page: str, ground: str, box: str, ink: str, soft: str, accent: str, line: str) -> Palette:
    grounds = (page, ground, box)
    strong = readable(accent, *grounds)
    on_accent = max(("#ffffff", "#131211"), key=lambda colour: contrast(colour, strong))
    return Palette(page, ground, box, readable(ink, *grounds), readable(soft, *grounds), strong, line, on_accent)


def readable(colour: str, *grounds: str) -> str:
    """``colour``, made darker or lighter until it is readable on every one of ``grounds``."""
    for towards in ("#000000", "#ffffff") if luminance(grounds[0]) > 0.18 else ("#ffffff", "#000000"):
        for step in range(21):
            mixed = _mix(colour, towards, step / 20)
            if min(contrast(mixed, ground) for ground in grounds) >= _AIM:
                return mixed
    return colour


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``, 0 to 1."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in bytes.fromhex(colour[1:]))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mix(colour: str, other: str, share: float) -> str:
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(one + (two - one) * share) for one, two in pairs).hex()
