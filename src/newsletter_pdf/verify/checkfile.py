"""The checks of the file as such, in their order; :mod:`.proof` runs them one by one."""

from __future__ import annotations

from collections.abc import Callable

from newsletter_pdf.verify.checkheadings import check_headings
from newsletter_pdf.verify.checkmetadata import check_agreement, check_version
from newsletter_pdf.verify.checkorder import check_bookmarks_left, check_numbering
from newsletter_pdf.verify.checkprograms import check_programs
from newsletter_pdf.verify.checksafety import (
    check_actions,
    check_ends,
    check_foreign_parts,
    check_link_looks,
    check_presentation,
)
from newsletter_pdf.verify.checkstructure import check_structure
from newsletter_pdf.verify.checktags import check_links_tagged, check_tags
from newsletter_pdf.verify.checktraces import check_traces
from newsletter_pdf.verify.checkvisible import check_boxes, check_hidden_text
from newsletter_pdf.verify.context import Context

FILE_CHECKS: tuple[Callable[[Context], None], ...] = (
    check_numbering, check_bookmarks_left,
    check_agreement, check_version,
    check_tags, check_structure, check_headings, check_links_tagged,
    check_programs, check_hidden_text, check_boxes,
    check_actions, check_presentation, check_foreign_parts, check_link_looks, check_traces, check_ends,
)  # fmt: skip
