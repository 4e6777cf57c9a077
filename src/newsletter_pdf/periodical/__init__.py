"""The facts of a periodical, checked on the content: numbers, dates, board, sources, doubled articles, addresses."""

from newsletter_pdf.periodical.check import check_facts
from newsletter_pdf.periodical.contacts import PlacedLink

__all__ = ["PlacedLink", "check_facts"]
