"""Drawing set text so that what is copied is what was written.

Programs that extract text take a gap of a tenth of an em or more for a space. Where Chinese meets Latin, the characters
on both sides of the gap are therefore marked with the text that they stand for (``/Span <</ActualText …>>``,
ISO 32000-1, 14.9.4), a few at a time, so that a reader can still select single words. A gap at the end of a box, whose
other side another box draws, is covered by a space glyph in the same span, which then stands for nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.matrix import Matrix

from newsletter_pdf.render.hooks.pen import SetText


@dataclass(slots=True)
class Piece:
    """Characters drawn together: ``text`` with ``advances``, from ``lead``; ``actual`` is what the reader copies."""

    text: str
    advances: list[float]
    lead: float
    actual: str | None


def draw_pieces(stock: Any, stream: Any, box: Any, matrix: Any) -> list[Any]:
    """Draw the text box ``box`` from ``matrix`` on with the engine's ``stock`` function, piece by piece."""
    layout: SetText = box.pango_layout
    emojis: list[Any] = []
    x = 0.0
    a, b, c, d, e, f = matrix.values
    for piece in pieces(layout):
        part = box.copy()
        part.text = piece.text
        part.pango_layout = SetText(layout.pen, piece.text, piece.advances, piece.lead)
        if piece.actual is not None:
            stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(piece.actual)}))
        drawn = stock(stream, part, "none", "none", Matrix(a, b, c, d, e + x, f))
        if piece.actual is not None:
            stream.end_marked_content()
        emojis.extend([image, font, p, q, r + x / layout.pen.size, s] for image, font, p, q, r, s in drawn)
        x += piece.lead + sum(piece.advances)
    return emojis


def pieces(layout: SetText) -> Iterator[Piece]:
    """Cut the text of ``layout`` around its gaps; together the pieces advance as much as the whole."""
    text, advances = layout.text, list(layout.advances)
    count = len(text)
    lead = layout.lead
    spans: list[list[int]] = []
    for gap in sorted(layout.gaps):
        start, end = max(gap, 0), min(gap + 2, count)
        # Not inside a cluster: all but its first character advance by nothing.
        while start > 0 and advances[start] == 0.0:
            start -= 1
        while end < count and advances[end] == 0.0:
            end += 1
        if spans and start < spans[-1][1]:
            spans[-1][1] = end
        else:
            spans.append([start, end])
    at = 0
    for start, end in spans:
        if at < start:
            yield Piece(text[at:start], advances[at:start], lead, None)
            lead = 0.0
        shown, own = text[start:end], advances[start:end]
        actual = shown
        if start == 0 and -1 in layout.gaps:
            shown, own, lead = " " + shown, [lead, *own], 0.0
        if end == count and count - 1 in layout.gaps:
            gap = layout.gaps[count - 1]
            own[-1] -= gap
            shown, own = shown + " ", [*own, gap]
        yield Piece(shown, own, lead, actual)
        lead = 0.0
        at = end
    if at < count:
        yield Piece(text[at:], advances[at:], lead, None)
