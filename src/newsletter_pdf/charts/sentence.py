"""What a chart shows, in words: the alternative text for readers who do not see it."""

from __future__ import annotations

from newsletter_pdf.chartdata import Chart, ChartSeries
from newsletter_pdf.charts.draw import is_upright
from newsletter_pdf.charts.numerals import Numerals

_ALL = 30
"""Numbers that are all read out; of more, only where a line begins and ends and its extremes."""
_FORMS = {"bar": "条形图", "line": "折线图", "share": "构成图"}


def sentence(chart: Chart) -> str:
    """The editor's own text, or one made from the numbers."""
    if chart.alt:
        return chart.alt
    form = "柱形图" if is_upright(chart) else _FORMS[chart.form]
    numerals = Numerals((value for series in chart.series for value in series.values), chart.unit)
    unit = f"（单位：{chart.unit}）" if chart.unit and not numerals.sign else ""
    every = len(chart.labels) * len(chart.series) <= _ALL
    parts = []
    for series in chart.series:
        words = _all(chart, series, numerals) if every else _extremes(chart, series, numerals)
        parts.append(f"{series.name}：{words}" if len(chart.series) > 1 else words)
    return f"{form}：{chart.title}{unit}。" + "".join(f"{part}。" for part in parts)


def _all(chart: Chart, series: ChartSeries, numerals: Numerals) -> str:
    pairs = zip(chart.labels, series.values, strict=True)
    return "；".join(f"{label}，{'无数据' if value is None else numerals.text(value)}" for label, value in pairs)


def _extremes(chart: Chart, series: ChartSeries, numerals: Numerals) -> str:
    known = [(value, label) for value, label in zip(series.values, chart.labels, strict=True) if value is not None]
    (first, at), (last, to) = known[0], known[-1]
    (most, top), (least, foot) = max(known, key=lambda pair: pair[0]), min(known, key=lambda pair: pair[0])
    return (
        f"共 {len(known)} 个数，从{at}的 {numerals.text(first)} 到{to}的 {numerals.text(last)}，"
        f"最大为{top}的 {numerals.text(most)}，最小为{foot}的 {numerals.text(least)}"
    )
