"""Leaders as one text.

The engine fills a leader with a box for every dot, thirty to a line of the contents, each laid out, drawn and tagged by
itself. Where line setting has set the dot, the row is made one box with the same dots in the same places.
"""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.leader import leader_index

from newsletter_pdf.render.hooks.pen import SetText

_EXACT = 0.01  # px


def join_dots(line: Any) -> None:
    """Make the dots of the leader in ``line``, a line box whose leader is filled, one text box."""
    index, leader = leader_index(line)
    if index is None or len(leader.children) < 2:
        return
    dots = sorted(leader.children, key=lambda dot: float(dot.position_x))
    first = dots[0]
    layout = getattr(first, "pango_layout", None)
    if not isinstance(first, boxes.TextBox) or not isinstance(layout, SetText) or layout.gaps or layout.lead:
        return
    if abs(sum(layout.advances) - first.width) > _EXACT:
        return
    row = first.copy()
    row.text = first.text * len(dots)
    row.width = first.width * len(dots)
    row.pango_layout = SetText(layout.pen, layout.text * len(dots), list(layout.advances) * len(dots), 0.0)
    leader.children = (row,)
