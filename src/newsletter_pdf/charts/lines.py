"""Lines over a scale of hairlines; each line is named at its end."""

from __future__ import annotations

from decimal import Decimal

from newsletter_pdf.chartdata import Chart, ChartSeries
from newsletter_pdf.charts.canvas import CAP, Canvas, ChartStyle, Drawing, spread
from newsletter_pdf.charts.frame import draw_labels, draw_scale, scale_room, unit_line
from newsletter_pdf.charts.numerals import Numerals, moments, ticks

_FROM_ZERO = 0.5
"""The scale begins at nought when the smallest number is less than this share of the largest."""
_GAP = 6.0  # pt between the end of a line and its name
_INSET = 5.0  # pt that the first and the last point keep from the ends of the scale


def _strokes(style: ChartStyle) -> list[tuple[str, float, str]]:
    """Colour, width and dashes of the lines: told apart in grey by weight and dashes."""
    return [
        (style.accent, 1.7, ""),
        (style.ink, 0.9, ""),
        (style.soft, 1.3, "4 2"),
        (style.accent, 1.1, "1.2 1.8"),
        (style.ink, 0.9, "6 2 1.2 2"),
    ]


def draw_lines(chart: Chart, style: ChartStyle) -> Drawing:
    """Draw a line a series. Labels that are moments stand where they fall in time, others at even steps."""
    canvas = Canvas(style)
    known = [value for series in chart.series for value in series.values if value is not None]
    numerals = Numerals(known, chart.unit)
    low, high = float(min(known)), float(max(known))
    if 0 <= low < _FROM_ZERO * high:
        low = 0.0
    elif high <= 0 and high > _FROM_ZERO * low:
        high = 0.0
    steps = ticks(low, high)
    top = unit_line(canvas, chart) + style.half * 0.5
    bottom = top + (len(steps) - 1) * style.leading
    left = scale_room(style, steps, numerals)
    ends = {id(series): _end_words(series, numerals, len(chart.series) > 1) for series in chart.series}
    right = style.width - max(style.room(words, bold=True) for words in ends.values()) - _GAP
    scale = draw_scale(canvas, steps, numerals, left, right, bottom)
    xs = _places(chart.labels, left + _INSET, right - _INSET)

    def y_of(value: Decimal) -> float:
        return bottom - float(value - steps[0]) * scale

    if steps[0] <= 0 <= steps[-1]:
        canvas.rule(left, y_of(Decimal(0)), right - left, style.ink, 0.5)
    for x in xs:
        canvas.path([(x, bottom), (x, bottom + 2.5)], style.line, 0.5)
    tails: list[tuple[float, float, ChartSeries, str]] = []
    # The first series is drawn last: it lies on top.
    for series, (colour, width, dash) in reversed(list(zip(chart.series, _strokes(style), strict=False))):
        points = [(x, y_of(v)) if v is not None else None for x, v in zip(xs, series.values, strict=True)]
        for run in _runs(points):
            if len(run) > 1:
                canvas.path(run, colour, width, dash)
            else:
                canvas.dot(*run[0], 2.0, colour)
        last = next(point for point in reversed(points) if point is not None)
        canvas.dot(*last, 2.6, colour)
        tails.append((last[1], last[0], series, colour))
    tails.sort(key=lambda tail: tail[0])
    room = style.size * 1.25
    middles = spread([tail[0] - room / 2 for tail in tails], [room] * len(tails), 0.0, bottom + room / 2)
    for start, (y, x, series, colour) in zip(middles, tails, strict=True):
        middle = start + room / 2
        if abs(middle - y) > room * 0.6 or x < right - _INSET - 1:
            canvas.path([(x + 3, y), (right + _GAP - 2, middle)], style.line, 0.5)
        canvas.text(right + _GAP, middle + CAP * style.size, ends[id(series)], fill=colour, bold=True)
    if len(chart.series) == 1:
        values = chart.series[0].values
        _first_number(canvas, xs, values, numerals, y_of(_known_first(values)), bottom)
    draw_labels(canvas, chart.labels, xs, bottom + style.half)
    return canvas.finish(bottom + style.half * 1.5)


def _end_words(series: ChartSeries, numerals: Numerals, several: bool) -> str:
    last = next(value for value in reversed(series.values) if value is not None)
    return f"{series.name} {numerals.text(last)}" if several else numerals.text(last)


def _known_first(values: tuple[Decimal | None, ...]) -> Decimal:
    return next(value for value in values if value is not None)


def _first_number(
    canvas: Canvas, xs: list[float], values: tuple[Decimal | None, ...], numerals: Numerals, y: float, bottom: float
) -> None:
    """The number at which a line alone begins, on the side that the line leaves free."""
    first = _known_first(values)
    index = values.index(first)
    following = next((value for value in values[index + 1 :] if value is not None), first)
    below = canvas.style.size + 4
    # Under a line that rises there is room, unless it begins at the foot of the scale, where the labels are.
    shift = below if following > first and y + below < bottom - 2 else -7.0
    canvas.text(xs[index] - 2, y + shift, numerals.text(first), fill=canvas.style.accent, bold=True)


def _places(labels: tuple[str, ...], left: float, right: float) -> list[float]:
    places = moments(labels) or [float(index) for index in range(len(labels))]
    span = (places[-1] - places[0]) or 1.0
    return [left + (right - left) * (place - places[0]) / span for place in places]


def _runs(points: list[tuple[float, float] | None]) -> list[list[tuple[float, float]]]:
    """The stretches without a gap."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is not None:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if run]
