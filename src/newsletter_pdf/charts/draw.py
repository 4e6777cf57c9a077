"""Which drawing a chart gets."""

from __future__ import annotations

from newsletter_pdf.chartdata import Chart
from newsletter_pdf.charts.bars import draw_bars
from newsletter_pdf.charts.canvas import ChartStyle, Drawing
from newsletter_pdf.charts.columns import draw_columns
from newsletter_pdf.charts.lines import draw_lines
from newsletter_pdf.charts.numerals import moments
from newsletter_pdf.charts.shares import draw_share


def is_upright(chart: Chart) -> bool:
    """True for bars that stand: one series of numbers through time. Names are read beside bars that lie."""
    return chart.form == "bar" and len(chart.series) == 1 and moments(chart.labels) is not None


def draw(chart: Chart, style: ChartStyle) -> Drawing:
    """The chart as an SVG; the reader has made sure that it can be drawn."""
    if chart.form == "line":
        return draw_lines(chart, style)
    if chart.form == "share":
        return draw_share(chart, style)
    return draw_columns(chart, style) if is_upright(chart) else draw_bars(chart, style)
