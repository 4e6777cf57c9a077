"""Writing set text into a content stream (ISO 32000-1, 9.4.3), where there is nothing out of the ordinary in it.

The engine reads Pango's glyphs value by value, after they were moved to where line setting wants them. Here a stretch
of glyphs is read at once and goes straight to the stream; the result is the same to the byte.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, NamedTuple

from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from newsletter_pdf.render.hooks.pen import GLYPH, Moves, SetText, runs

_SPECIAL = 0x0FFFFFFF  # Pango's empty glyph; its stand-ins for what no face has are above it


class _Stretch(NamedTuple):
    """Glyphs of one face: their numbers, widths and offsets in Pango's units, and where their clusters begin.

    Those that are not ``plain`` are raised, or pictures, and left to the engine.
    """

    item: Any
    start: int
    ids: list[int]
    widths: list[int]
    offsets: list[int]
    clusters: list[int]
    font: Any
    size: float
    plain: bool


def show(stream: Any, layout: SetText, matrix: Any) -> bool:
    """Show the text of ``layout`` from ``matrix`` on; False, and nothing shown, when it is one for the engine.

    That is text with missing or raised glyphs, from right to left, or from a face with pictures for glyphs.
    """
    text = layout.text.encode()
    read = [_read(stream, item, glyphs, start) for item, glyphs, start in runs(layout.pen.line(layout.text))]
    stretches = [stretch for stretch in read if stretch is not None and stretch.plain]
    if len(stretches) < len(read):
        for stretch in read:
            if stretch is not None:
                _name(stretch, text)
        return False
    moves = Moves(layout)
    stream.set_text_matrix(*matrix.values)
    font, shown = None, ""
    for stretch in stretches:
        if stretch.font is not font:
            if shown:
                stream.show_text(shown)
            font, shown = stretch.font, ""
            stream.set_font_size(font.hash, stretch.size)
        _name(stretch, text)
        widths, lead = moves.of(stretch.item.num_chars, stretch.start, stretch.widths, stretch.clusters)
        if lead is not None:
            stretch.offsets[0] = lead
        shown += _string(stretch, widths, stream)
    stream.show_text(shown)
    return True


def _read(stream: Any, item: Any, glyphs: Any, start: int) -> _Stretch | None:
    """The glyphs of a run; None where some are missing or it runs from right to left."""
    count, analysis = glyphs.num_glyphs, item.analysis
    if not count or analysis.level % 2:
        return None
    values = memoryview(ffi.buffer(glyphs.glyphs, count * GLYPH * 4)).cast("i")
    ids = values[::GLYPH].tolist()
    if min(ids) < 0 or max(ids) >= _SPECIAL:
        return None
    font, size = stream.add_font(analysis.font)
    plain = not (any(values[3::GLYPH].tolist()) or font.bitmap or font.svg or font.png or font.colr)
    clusters = ffi.unpack(glyphs.log_clusters, count)
    return _Stretch(item, start, ids, values[1::GLYPH].tolist(), values[2::GLYPH].tolist(), clusters, font, size, plain)


def _name(stretch: _Stretch, text: bytes) -> None:
    """Note which characters the glyphs stand for that the face has not shown before.

    Where a face sets a letter in pieces, each has a character of its own; else the first would be named by nothing, and
    be nothing wherever it stands alone, too.
    """
    names, clusters, offset = stretch.font.to_unicode, stretch.clusters, stretch.item.offset
    for index, glyph in enumerate(stretch.ids):
        if glyph in names:
            continue
        start = clusters[index]
        end = next((place for place in clusters[index + 1 :] if place != start), stretch.item.length)
        own = text[offset + start : offset + end].decode()
        first, count = clusters.index(start), clusters.count(start)
        if count > 1:
            pieces = own if len(own) == count else unicodedata.normalize("NFD", own)
            own = pieces[index - first] if len(pieces) == count else own if index - first == count - 1 else ""
        names[glyph] = own


def _string(stretch: _Stretch, widths: Sequence[int], stream: Any) -> str:
    """The glyphs in hexadecimal, with what each is moved back by, in thousandths of an em cut to an integer."""
    known, size = stretch.font.widths, stretch.size
    pieces = ["<"]
    for glyph, width, shift in zip(stretch.ids, widths, stretch.offsets, strict=True):
        offset = shift / size
        if offset:
            pieces.append(f">{-offset}<")
        pieces.append(f"{glyph:04x}")
        own = known.get(glyph)
        if own is None:
            face = stretch.item.analysis.font
            pango.pango_font_get_glyph_extents(face, glyph, stream.ink_rect, stream.logical_rect)
            own = known[glyph] = round(stream.logical_rect.width * 1000 * FROM_UNITS / size)
        back = own + offset - width * 1000 * FROM_UNITS / size
        if back:
            pieces.append(f">{int(back)}<")
    if pieces[-1][-1] == "<":
        pieces[-1] = pieces[-1][:-1]
    else:
        pieces.append(">")
    return "".join(pieces)
