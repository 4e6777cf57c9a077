"""What a layout's options hold a file to."""

from __future__ import annotations

from newsletter_pdf.layouts import Layout
from newsletter_pdf.verify import Limits


def limits(layout: Layout) -> Limits:
    """The limits of a file that is set with ``layout``; those of its size are the usual ones."""
    orphans, widows = layout.lone_lines
    return Limits(orphans=orphans, widows=widows, text_height=layout.text_height)
