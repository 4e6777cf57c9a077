"""The sheet that charts are drawn on: a few SVG shapes, and how much room words take."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

HAIRLINE = 0.35
"""Width of a grid line, pt."""
CAP = 0.36
"""How far the foot of figures lies below their middle, em."""
_NARROW = 0.6  # em, most Latin letters of a sans face
_BOLDER = 1.1  # how much wider figures and Latin letters are in a bold face
_WIDTHS = {
    **dict.fromkeys("0123456789−+", 0.56),
    **dict.fromkeys(",.:;'|", 0.3),
    "-": 0.36,
    " ": 0.25,
    "%": 0.94,
    "‰": 1.3,
}


@dataclass(frozen=True, slots=True)
class ChartStyle:
    """What the layout gives to a chart: lengths in pt, colours as ``#rrggbb``.

    ``width`` is the measure, ``leading`` the pitch of the line grid, ``size`` the type size of all words.
    """

    width: float
    leading: float
    size: float
    accent: str
    ink: str
    soft: str
    line: str
    family: str

    @property
    def half(self) -> float:
        """Half a line: heights are multiples of it."""
        return self.leading / 2

    def tint(self, share: float) -> str:
        """The accent on white paper, ``share`` (0–1) of it."""
        return "#" + "".join(
            f"{round(255 + (channel - 255) * share):02x}" for channel in bytes.fromhex(_six(self.accent))
        )

    def room(self, text: str, *, bold: bool = False) -> float:
        """About how wide ``text`` runs at ``size``, pt; rather too much than too little."""
        stretch = _BOLDER if bold else 1.0
        return self.size * sum(_width(char, stretch) for char in text)


def _width(char: str, stretch: float) -> float:
    """The width of a character, em."""
    if char not in _WIDTHS and unicodedata.east_asian_width(char) in "WFA":
        return 1.0
    return _WIDTHS.get(char, _NARROW) * stretch


def _six(colour: str) -> str:
    """The six digits of a colour; three are doubled, and what is no such colour counts as black."""
    digits = colour.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    try:
        bytes.fromhex(digits)
    except ValueError:
        return "000000"
    return digits[:6].ljust(6, "0")


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG as wide as the measure and ``halves`` half lines high."""

    svg: str
    halves: int


@dataclass(slots=True)
class Canvas:
    """Collects shapes in order; lengths in pt, y downwards from the top."""

    style: ChartStyle
    _shapes: list[str] = field(default_factory=list)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        anchor: str = "start",
        fill: str | None = None,
        bold: bool = False,
    ) -> None:
        """Words with their foot at ``y``; ``anchor`` start, middle or end lies at ``x``."""
        weight = ' font-weight="700"' if bold else ""
        end = "" if anchor == "start" else f' text-anchor="{anchor}"'
        colour = quoteattr(fill or self.style.ink)
        self._shapes.append(f'<text x="{_n(x)}" y="{_n(y)}"{end}{weight} fill={colour}>{escape(words)}</text>')

    def rect(self, x: float, y: float, width: float, height: float, fill: str) -> None:
        """A filled rectangle."""
        self._shapes.append(
            f'<rect x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill={quoteattr(fill)}/>'
        )

    def path(self, points: list[tuple[float, float]], colour: str, width: float, dash: str = "") -> None:
        """An open line through ``points``; ``dash`` as SVG's stroke-dasharray."""
        steps = "".join(f"{'L' if index else 'M'}{_n(x)} {_n(y)}" for index, (x, y) in enumerate(points))
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._shapes.append(
            f'<path d="{steps}" fill="none" stroke={quoteattr(colour)} stroke-width="{_n(width)}"'
            f' stroke-linejoin="round"{dashes}/>'
        )

    def rule(self, x: float, y: float, length: float, colour: str | None = None, width: float = HAIRLINE) -> None:
        """A horizontal hairline."""
        self.path([(x, y), (x + length, y)], colour or self.style.line, width)

    def dot(self, x: float, y: float, radius: float, colour: str) -> None:
        """A small disc with a white rim, so that it stands off the line that it marks."""
        self._shapes.append(
            f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" fill={quoteattr(colour)} stroke="#fff"'
            ' stroke-width="0.8"/>'
        )

    def finish(self, height: float) -> Drawing:
        """The drawing, its height taken up to the next half line."""
        halves = max(1, math.ceil(round(height / self.style.half, 3)))
        width, high = _n(self.style.width), _n(halves * self.style.half)
        family, size = quoteattr(self.style.family), _n(self.style.size)
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}pt" height="{high}pt" viewBox="0 0 {width} {high}">'
        )
        return Drawing(f'{head}<g font-family={family} font-size="{size}">{"".join(self._shapes)}</g></svg>', halves)


def _n(number: float) -> str:
    """A length with two decimals at most."""
    return f"{number:.2f}".rstrip("0").rstrip(".") if "." in f"{number:.2f}" else f"{number:.0f}"


def wrapped(style: ChartStyle, words: str, width: float) -> list[str]:
    """``words`` in as few lines of at most ``width`` pt as they need, of like length."""
    lines = _filled(style, words, width)
    narrower = style.room(words) / len(lines)
    while narrower < width:
        balanced = _filled(style, words, narrower)
        if len(balanced) == len(lines):
            return balanced
        narrower += style.size / 2
    return lines


def _filled(style: ChartStyle, words: str, width: float) -> list[str]:
    lines = [""]
    for piece in _pieces(words):
        if lines[-1] and style.room(lines[-1] + piece.rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece.lstrip() if not lines[-1] else piece
    return [line.rstrip() for line in lines]


_NO_START = "，。、；：！？）」』》〉】〕％%"
_NO_END = "（「『《〈【〔"


def _pieces(words: str) -> list[str]:
    """What may not be cut: a Latin word or number, a Han character with the marks that cling to it."""
    pieces: list[str] = []
    for char in words:
        wide = unicodedata.east_asian_width(char) in "WF"
        clings = bool(pieces) and (
            char in _NO_START
            or pieces[-1][-1] in _NO_END
            or (not wide and not pieces[-1][-1].isspace() and unicodedata.east_asian_width(pieces[-1][-1]) not in "WF")
        )
        if clings:
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def spread(wanted: list[float], rooms: list[float], low: float, high: float) -> list[float]:
    """Starts near ``wanted`` (ascending) for things that take ``rooms``, none over the next, from ``low`` to ``high``.

    When all together are too long they begin at ``low`` and run over ``high``.
    """
    starts: list[float] = []
    edge = low
    for want, room in zip(wanted, rooms, strict=True):
        starts.append(max(want, edge))
        edge = starts[-1] + room
    edge = max(high, low + sum(rooms))
    for index in range(len(starts) - 1, -1, -1):
        starts[index] = min(starts[index], edge - rooms[index])
        edge = starts[index]
    return starts
