"""Charts: the numbers of a ``Chart`` → an SVG drawing on the line grid, and a sentence."""

from newsletter_pdf.charts.canvas import ChartStyle, Drawing
from newsletter_pdf.charts.draw import draw
from newsletter_pdf.charts.sentence import sentence

__all__ = ["ChartStyle", "Drawing", "draw", "sentence"]
