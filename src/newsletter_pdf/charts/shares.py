"""The parts of a whole: one strip, each part named below it."""

from __future__ import annotations

from decimal import Decimal

from newsletter_pdf.chartdata import Chart
from newsletter_pdf.charts.canvas import CAP, Canvas, ChartStyle, Drawing, spread, wrapped
from newsletter_pdf.charts.frame import unit_line
from newsletter_pdf.charts.numerals import Numerals

_STRIP = 0.75  # height of the strip, lines
_BETWEEN = 1.0  # pt of paper between two parts
_DROP = 0.25  # lines from the strip to the words
_INDENT = 4.0  # pt from the hairline to the words
_NARROWEST = 2.6  # em, the least that a name is given before it is broken


def share_tints(style: ChartStyle, count: int) -> list[str]:
    """From the full accent to a light tint, in even steps that stay apart in grey."""
    return [style.tint(1.0 - 0.84 * index / max(count - 1, 1)) for index in range(count)]


def draw_share(chart: Chart, style: ChartStyle) -> Drawing:
    """Draw the strip with its parts in the order given; share, name and number stand below each, led by a hairline."""
    canvas = Canvas(style)
    values = [value or Decimal(0) for value in chart.series[0].values]
    whole = float(sum(values))
    shares, numbers = _number_words(values, chart.unit)
    top = unit_line(canvas, chart)
    strip = style.leading * _STRIP
    starts: list[float] = []
    x = 0.0
    for value, tint in zip(values, share_tints(style, len(values)), strict=True):
        width = style.width * float(value) / whole
        canvas.rect(x, top, max(width - _BETWEEN, 0.3), strip, tint)
        starts.append(x)
        x += width
    words = spread(starts, _rooms(chart, style, shares, numbers), 0.0, style.width + style.size)
    below = top + strip + style.leading * _DROP
    lowest = 0
    ends = [*words[1:], style.width + style.size]
    for index, (start, word, end) in enumerate(zip(starts, words, ends, strict=True)):
        _lead(canvas, start + 0.25, word, top + strip, below)
        lines = wrapped(style, chart.labels[index], end - word - style.size - _INDENT)
        for count, line in enumerate([shares[index], *lines, *numbers[index : index + 1]]):
            foot = below + style.half * (count + 0.5) + CAP * style.size
            is_number = count > len(lines)
            canvas.text(word + _INDENT, foot, line, bold=not count, fill=style.soft if is_number else None)
            lowest = max(lowest, count + 1)
    return canvas.finish(below + style.half * lowest)


def _lead(canvas: Canvas, edge: float, word: float, top: float, below: float) -> None:
    """The hairline from the left edge of a part to its words, with a bend where these had to give way."""
    style = canvas.style
    foot = below + style.half
    if abs(word + 0.25 - edge) < 0.5:
        canvas.path([(edge, top), (edge, foot)], style.soft, 0.4)
        return
    bend = top + (below - top) * 0.6
    canvas.path([(edge, top), (edge, bend), (word, bend), (word, foot)], style.soft, 0.4)


def _number_words(values: list[Decimal], unit: str | None) -> tuple[list[str], list[str]]:
    """The share of each part, and the numbers themselves where they are no shares."""
    numerals = Numerals(values, unit)
    if numerals.sign:
        return [numerals.text(value) for value in values], []
    whole = sum(values)
    shares = Numerals([Decimal("0.0")], "%")
    return [shares.text(value * 100 / whole) for value in values], [numerals.text(value) for value in values]


def _rooms(chart: Chart, style: ChartStyle, shares: list[str], numbers: list[str]) -> list[float]:
    """How wide each name is set, with the gap to the next: as it is, or all of the long ones cut to what there is."""
    gap = style.size + _INDENT
    least = [max(style.room(share, bold=True), style.size * _NARROWEST) for share in shares]
    if numbers:
        least = [max(room, style.room(number)) for room, number in zip(least, numbers, strict=True)]
    full = [max(style.room(label), low) for label, low in zip(chart.labels, least, strict=True)]
    cap = max(full)
    while cap > style.size * _NARROWEST and sum(_cut(full, least, cap)) + gap * len(full) - style.size > style.width:
        cap -= style.size / 4
    return [room + gap for room in _cut(full, least, cap)]


def _cut(full: list[float], least: list[float], cap: float) -> list[float]:
    return [max(low, min(room, cap)) for room, low in zip(full, least, strict=True)]
