"""The proof of pages: everything where it is to be seen, text run over well, pictures sound, heads and folios right.

All of it from the file alone; :func:`page_checks` gives the checks in the order of their codes.
"""

from __future__ import annotations

from collections.abc import Callable

from newsletter_pdf.verify.context import Context
from newsletter_pdf.verify.pages.breaks import check_breaks
from newsletter_pdf.verify.pages.covers import check_covers
from newsletter_pdf.verify.pages.folios import check_folios
from newsletter_pdf.verify.pages.heads import check_heads
from newsletter_pdf.verify.pages.overlap import check_overlaps
from newsletter_pdf.verify.pages.pictures import check_pictures
from newsletter_pdf.verify.pages.places import check_places
from newsletter_pdf.verify.pages.references import check_references
from newsletter_pdf.verify.pages.rows import Pages
from newsletter_pdf.verify.pages.tables import check_tables

_CHECKS = (
    check_places,
    check_overlaps,
    check_covers,
    check_tables,
    check_breaks,
    check_pictures,
    check_heads,
    check_folios,
    check_references,
)


def page_checks(context: Context) -> list[Callable[[Context], None]]:
    """The checks of pages, which share what they read of them."""
    pages = Pages(context)

    def bound(check: Callable[[Pages], None]) -> Callable[[Context], None]:
        return lambda _context: check(pages)

    return [bound(check) for check in _CHECKS]
