"""Two proofs compared: which pages, articles and sentences changed, and which only moved.

:func:`compare` reads both files by :mod:`newsletter_pdf.verify.flow`, aligns their sentences wherever these stand, and
from that tells what became of every page; :func:`difference_page` shows it as one HTML file.
"""

from newsletter_pdf.difference.compare import UnreadableSideError, compare
from newsletter_pdf.difference.data import as_json
from newsletter_pdf.difference.model import Difference, Status
from newsletter_pdf.difference.page import difference_page, write_difference

__all__ = [
    "Difference",
    "Status",
    "UnreadableSideError",
    "as_json",
    "compare",
    "difference_page",
    "write_difference",
]
