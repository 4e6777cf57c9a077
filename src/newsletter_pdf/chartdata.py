"""The numbers of a chart, as the issue's model holds them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Literal

from newsletter_pdf.findings import Place
from newsletter_pdf.inlines import Node

ChartForm = Literal["bar", "line", "share"]


class ChartSeries(Node):
    """One row of numbers, as many as the chart has labels; None where a number is not known."""

    name: str | None = None
    values: tuple[Decimal | None, ...]


class Chart(Node):
    """A chart: what is drawn is decided by ``form``, how it looks by the layout.

    ``data`` is the absolute path of the CSV file that the numbers come from, checked to lie inside the issue folder;
    ``alt`` is what the editor wrote, None when the text is to be made from the numbers.
    """

    kind: Literal["chart"] = "chart"
    form: ChartForm
    title: str
    unit: str | None = None
    labels: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    source: str | None = None
    note: str | None = None
    alt: str | None = None
    data: Path | None = None
    place: Place
