"""Bars that lie: names at the left, the number at the end of each bar; several series stand under each other."""

from __future__ import annotations

from decimal import Decimal

from newsletter_pdf.chartdata import Chart
from newsletter_pdf.charts.canvas import CAP, Canvas, ChartStyle, Drawing, wrapped
from newsletter_pdf.charts.frame import unit_line
from newsletter_pdf.charts.numerals import Numerals

_THICK = 0.62  # of a half line
_GAP = 5.0  # pt between a bar and its words
_WIDEST_LABEL = 0.38  # of the measure


def bar_colours(style: ChartStyle, count: int) -> list[str]:
    """One colour a series, far apart in grey too."""
    return [style.tint(share) for share in (1.0, 0.52, 0.24)[:count]]


def draw_bars(chart: Chart, style: ChartStyle) -> Drawing:
    """Draw bars that lie from a common line; every number is printed, so there is no scale."""
    canvas = Canvas(style)
    values = [value for series in chart.series for value in series.values if value is not None]
    numerals = Numerals(values, chart.unit)
    labels = [wrapped(style, label, style.width * _WIDEST_LABEL) for label in chart.labels]
    gutter = max(style.room(line) for lines in labels for line in lines) + _GAP
    several = len(chart.series) > 1
    number_room = max(style.room(numerals.text(value)) for value in values) + _GAP
    name_room = max(style.room(series.name or "") for series in chart.series) + style.size if several else 0.0
    low, high = min(0.0, *map(float, values), 0.0), max(0.0, *map(float, values), 0.0)
    left = gutter + (number_room if low < 0 else 0.0)
    plot = max(style.width - left - number_room - name_room, style.size)
    scale = plot / ((high - low) or 1.0)
    zero = left - low * scale
    colours = bar_colours(style, len(chart.series))
    top = unit_line(canvas, chart)
    y = top
    named = not several
    for index, lines in enumerate(labels):
        if several and index:
            y += style.half / 2
        rows = max(len(chart.series), len(lines))
        for number, line in enumerate(lines):
            middle = y + style.half * (rows / 2 - len(lines) / 2 + number + 0.5)
            canvas.text(gutter - _GAP, middle + CAP * style.size, line, anchor="end")
        naming = not named and all(series.values[index] is not None for series in chart.series)
        for number, series in enumerate(chart.series):
            value = series.values[index]
            middle = y + style.half * (rows / 2 - len(chart.series) / 2 + number + 0.5)
            if value is None:
                canvas.text(zero + _GAP, middle + CAP * style.size, "—", fill=style.soft)
                continue
            _bar(canvas, zero, middle, value, scale, colours[number], numerals)
            if naming:
                end = zero + max(float(value) * scale, 0.0) + number_room
                canvas.text(end + style.size / 2, middle + CAP * style.size, series.name or "", fill=style.soft)
        named = named or naming
        y += rows * style.half
    canvas.path([(zero, top + 1), (zero, y - 1)], style.ink, 0.5)
    return canvas.finish(y)


def _bar(
    canvas: Canvas, zero: float, middle: float, value: Decimal, scale: float, colour: str, numerals: Numerals
) -> None:
    style = canvas.style
    length = float(value) * scale
    thick = style.half * _THICK
    canvas.rect(min(zero, zero + length), middle - thick / 2, abs(length), thick, colour)
    side = -_GAP if value < 0 else _GAP
    anchor = "end" if value < 0 else "start"
    canvas.text(zero + length + side, middle + CAP * style.size, numerals.text(value), anchor=anchor)
