"""Drawing set text so that what is copied is what was written.

Programs that extract text take a gap of a tenth of an em or more for a space, and two characters that close up for two
lines. Where Chinese meets Latin, and wherever else space was given or taken, the character before is therefore drawn
with a space glyph that ends where the next character starts, and both are marked with the text that they stand for
(``/Span <</ActualText …>>``, ISO 32000-1, 14.9.4), which is the character alone. No gap is left to be seen, and a
reader can still select every single character.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pydyf
from weasyprint.matrix import Matrix

from newsletter_pdf.render.hooks.pen import SetText
from newsletter_pdf.render.hooks.show import show

# Pango takes a space from the face of the character before it. It has to come from there, as PDFium compares stretches
# of one face.
_FILLER = " "


@dataclass(slots=True)
class Piece:
    """Characters drawn together: ``text`` with ``advances``, from ``lead``; ``actual`` is what the reader copies."""

    text: str
    advances: list[float]
    lead: float
    actual: str | None = None


def draw_pieces(stock: Any, stream: Any, box: Any, matrix: Any) -> list[Any]:
    """Draw the text box ``box`` from ``matrix`` on with the engine's ``stock`` function, piece by piece."""
    layout: SetText = box.pango_layout
    emojis: list[Any] = []
    x = 0.0
    a, b, c, d, e, f = matrix.values
    for piece in pieces(layout):
        if piece.actual is not None:
            stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(piece.actual)}))
        part = SetText(layout.pen, piece.text, piece.advances, piece.lead)
        drawn = draw_whole(stock, stream, box, part, Matrix(a, b, c, d, e + x, f))
        emojis.extend([image, font, p, q, r + x / layout.pen.size, s] for image, font, p, q, r, s in drawn)
        x += piece.lead + sum(piece.advances)
        if piece.actual is not None:
            stream.end_marked_content()
    return emojis


def draw_whole(stock: Any, stream: Any, box: Any, layout: SetText, matrix: Any) -> list[Any]:
    """Draw ``layout``, in the style of the text box ``box``, without looking for gaps."""
    if not layout.text.strip() or show(stream, layout, matrix):
        return []
    part = box.copy()
    part.text, part.pango_layout = layout.text, layout
    drawn: list[Any] = stock(stream, part, "none", "none", matrix)
    return drawn


def pieces(layout: SetText) -> Iterator[Piece]:
    """Cut the text of ``layout`` at its gaps; together the pieces advance as much as the whole."""
    text, advances, gaps = layout.text, list(layout.advances), layout.gaps
    lead = layout.lead
    at = 0
    for gap in sorted({max(gap, 0) for gap in gaps}):
        start, end = gap, gap + 1
        # Not inside a cluster: all but its first character advance by nothing.
        while start > at and advances[start] == 0.0:
            start -= 1
        while end < len(text) and advances[end] == 0.0:
            end += 1
        if at < start:
            yield Piece(text[at:start], advances[at:start], lead)
            lead = 0.0
        actual = shown = text[start:end]
        own = advances[start:end]
        width = layout.pen.blank
        if gap in gaps and (gaps[gap] > 0.0 or own[-1] >= width - 0.001):
            own[-1] -= width
            shown, own = shown + _FILLER, [*own, width]
        if start == 0 and -1 in gaps:
            shown, own, lead = _FILLER + shown, [width, *own], lead - width
        yield Piece(shown, own, lead, actual)
        lead = 0.0
        at = end
    if at < len(text):
        yield Piece(text[at:], advances[at:], lead)
