"""What the drawings have in common: the line that tells the unit, the scale at the left, the labels below."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from newsletter_pdf.chartdata import Chart
from newsletter_pdf.charts.canvas import CAP, Canvas, ChartStyle
from newsletter_pdf.charts.numerals import Numerals

_TICK_GAP = 6.0  # pt between the figures of a scale and its lines


def unit_line(canvas: Canvas, chart: Chart) -> float:
    """Tell the unit above the drawing where it does not stand at the numbers; returns the y that is free below."""
    style = canvas.style
    if not chart.unit or chart.unit in ("%", "‰"):
        return 0.0
    canvas.text(0, style.half * 0.5 + CAP * style.size, f"单位：{chart.unit}", fill=style.soft)
    return style.half


def scale_room(style: ChartStyle, steps: Sequence[Decimal], numerals: Numerals) -> float:
    """How wide the figures of a scale are, with the gap to its lines."""
    return max(style.room(numerals.text(step, tick_decimals(steps))) for step in steps) + _TICK_GAP


def tick_decimals(steps: Sequence[Decimal]) -> int:
    """The decimals that the steps of a scale need."""
    return max(max(0, -int(step.normalize().as_tuple().exponent)) for step in steps)


def draw_scale(
    canvas: Canvas, steps: Sequence[Decimal], numerals: Numerals, left: float, right: float, bottom: float
) -> float:
    """Hairlines a line of the grid apart, upwards from ``bottom``, figures at their left; returns pt per unit."""
    style = canvas.style
    decimals = tick_decimals(steps)
    for number, step in enumerate(steps):
        y = bottom - number * style.leading
        canvas.rule(left, y, right - left)
        figures = numerals.text(step, decimals)
        canvas.text(left - _TICK_GAP, y + CAP * style.size, figures, anchor="end", fill=style.soft)
    return (len(steps) - 1) * style.leading / float(steps[-1] - steps[0])


def draw_labels(canvas: Canvas, labels: Sequence[str], xs: Sequence[float], y: float) -> None:
    """Labels centred at ``xs``, foot at ``y``: all, or the first and every second, third … counted from the last."""
    style = canvas.style
    rooms = [style.room(label) for label in labels]
    centres = [min(max(x, room / 2), style.width - room / 2) for x, room in zip(xs, rooms, strict=True)]
    last = len(labels) - 1
    for stride in range(1, last + 1):
        # The first label tells where it all begins; it stays where one of the others has to go.
        chosen = [*range(last, stride - 1, -stride), 0]
        gaps = (centres[right] - centres[left] - (rooms[right] + rooms[left]) / 2 for right, left in pairwise(chosen))
        if all(gap >= style.size * 0.6 for gap in gaps):
            break
    for index in chosen:
        canvas.text(centres[index], y, labels[index], anchor="middle", fill=style.soft)
