"""The line setting of a finished PDF, measured from the places of its glyphs.

Nothing here knows how the lines were set: paragraphs come from the file's tags, widths from its fonts, and the rules
from the standards, so that :func:`measure` judges any setting alike.
"""

from newsletter_pdf.verify.setting.judge import RULES, judge, limit_of
from newsletter_pdf.verify.setting.measure import UnreadablePdfError, measure
from newsletter_pdf.verify.setting.model import Facts, Key, Row, Setting, Spot

__all__ = ["RULES", "Facts", "Key", "Row", "Setting", "Spot", "UnreadablePdfError", "judge", "limit_of", "measure"]
