"""The filter that puts a chart on the page: an image whose alternative text tells the numbers."""

from __future__ import annotations

from urllib.parse import quote

from markupsafe import Markup

from newsletter_pdf.chartdata import Chart
from newsletter_pdf.charts import ChartStyle, draw, sentence
from newsletter_pdf.chinese import clean


def chart(
    item: Chart,
    width: float,
    leading: float,
    size: float,
    *,
    accent: str,
    ink: str,
    soft: str,
    line: str,
    family: str,
) -> Markup:
    """A chart as wide as the measure and whole half lines high; lengths in pt, colours ``#rrggbb``, CSS families."""
    style = ChartStyle(width, leading, size, accent=accent, ink=ink, soft=soft, line=line, family=family)
    drawing = draw(_cleaned(item), style)
    address = "data:image/svg+xml," + quote(drawing.svg)
    return Markup('<img src="{}" alt="{}" style="height: {}rlh">').format(address, sentence(item), drawing.halves / 2)


def _cleaned(item: Chart) -> Chart:
    """The words in the drawing filtered as all words that are set."""
    series = tuple(one if one.name is None else one.model_copy(update={"name": clean(one.name)}) for one in item.series)
    unit = item.unit and clean(item.unit)
    return item.model_copy(update={"labels": tuple(map(clean, item.labels)), "series": series, "unit": unit})
