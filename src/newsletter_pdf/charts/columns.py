"""Bars that stand: one series of numbers through time."""

from __future__ import annotations

from newsletter_pdf.chartdata import Chart
from newsletter_pdf.charts.canvas import Canvas, ChartStyle, Drawing
from newsletter_pdf.charts.frame import draw_labels, draw_scale, scale_room, unit_line
from newsletter_pdf.charts.numerals import Numerals, ticks

_LINES = 4  # height of the drawing where numbers stand at the bars
_WIDEST = 30.0  # pt


def draw_columns(chart: Chart, style: ChartStyle) -> Drawing:
    """Draw a bar a label. Numbers stand on the bars where there is room for all, else there is a scale."""
    canvas = Canvas(style)
    values = chart.series[0].values
    known = [value for value in values if value is not None]
    numerals = Numerals(known, chart.unit)
    low, high = min(0.0, *map(float, known), 0.0), max(0.0, *map(float, known), 0.0)
    slot = style.width / len(values)
    direct = max(style.room(numerals.text(value)) for value in known) + style.size / 2 <= slot
    top = unit_line(canvas, chart)
    if direct:
        left = 0.0
        top += style.half  # the numbers on the highest bars
        scale = _LINES * style.leading / ((high - low) or 1.0)
        bottom = top + _LINES * style.leading + (style.half if low < 0 else 0.0)
        zero = top + high * scale
    else:
        steps = ticks(low, high)
        left = scale_room(style, steps, numerals)
        bottom = top + style.half * 0.5 + (len(steps) - 1) * style.leading
        scale = draw_scale(canvas, steps, numerals, left, style.width, bottom)
        zero = bottom + float(steps[0]) * scale
    slot = (style.width - left) / len(values)
    thick = min(slot * 0.62, _WIDEST)
    xs = [left + slot * (index + 0.5) for index in range(len(values))]
    for x, value in zip(xs, values, strict=True):
        if value is None:
            canvas.text(x, zero - 3, "—", anchor="middle", fill=style.soft)
            continue
        height = float(value) * scale
        canvas.rect(x - thick / 2, min(zero, zero - height), thick, abs(height), style.accent)
        if direct:
            y = zero - height - 4 if value >= 0 else zero - height + style.size
            canvas.text(x, y, numerals.text(value), anchor="middle")
    canvas.rule(left, zero, style.width - left, style.ink, 0.5)
    draw_labels(canvas, chart.labels, xs, bottom + style.half)
    return canvas.finish(bottom + style.half * 1.25)
