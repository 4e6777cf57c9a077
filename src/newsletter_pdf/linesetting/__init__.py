"""Chinese line setting: character classes, breaking rules, total fit, distribution of space.

Pure logic over characters and widths; it knows no rendering engine. ``render.hooks`` puts it into the engine's place.
"""

from newsletter_pdf.linesetting.classes import right_to_left
from newsletter_pdf.linesetting.fit import Line, fit
from newsletter_pdf.linesetting.options import DEFAULTS, STOCK, LineEnd, Options
from newsletter_pdf.linesetting.paragraph import Paragraph, Run, analyse
from newsletter_pdf.linesetting.spread import SetLine, spread

__all__ = [
    "DEFAULTS", "STOCK", "Line", "LineEnd", "Options", "Paragraph", "Run", "SetLine", "analyse", "fit",
    "right_to_left", "spread",
]  # fmt: skip
