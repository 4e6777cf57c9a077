"""Measuring and drawing text in one style with Pango.

A pen shapes without contextual spacing of marks (``chws``): the space around marks is line setting's, and a character
then has the same width in its line as in its paragraph.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from weasyprint.text.ffi import FROM_UNITS, ffi, pango
from weasyprint.text.fonts import font_features
from weasyprint.text.line_break import Layout, _font_style_cache_key

#: The 32-bit values of a glyph: number, width, offsets, attributes.
GLYPH = ffi.sizeof("PangoGlyphInfo") // 4
_CENTRED_BLANK = 0.22  # blank on both sides of a mark that stands in the middle of its em, in em


class Pen:
    """A Pango layout for one style, used again and again.

    Letter and word spacing are left out of the shaping, as Pango halves them at the ends of a text, and added to the
    widths: ``tracking`` and ``word_spacing`` in px.
    ``height`` and ``baseline`` are those of the style's first face, in px, whatever other faces a text takes: a
    character from another face does not push its line off the grid.
    """

    def __init__(self, style: Any) -> None:
        tracking = style["letter_spacing"]
        self.tracking: float = 0.0 if tracking == "normal" else tracking
        self.word_spacing: float = style["word_spacing"]
        if self.tracking or self.word_spacing:
            style = style.copy()
            style["letter_spacing"], style["word_spacing"] = "normal", 0
            if self.tracking:
                style["font_variant_ligatures"] = "none"
        self.style = style
        self.size: float = style["font_size"]
        self.layout: Any = Layout(style)
        self._plain_features()
        self.layout.set_text(" ")
        line, _ = self.layout.get_first_line()
        logical = ffi.new("PangoRectangle *")
        pango.pango_layout_line_get_extents(line, ffi.NULL, logical)
        self.height: float = logical.height * FROM_UNITS
        self.baseline: float = pango.pango_layout_get_baseline(self.layout.layout) * FROM_UNITS
        self._centred: dict[str, bool] = {}

    @cached_property
    def blank(self) -> float:
        """The width of a space, in px, without tracking."""
        return self.measure(" ")[0][0] - self.tracking

    def _plain_features(self) -> None:
        """Switch contextual spacing off when the style asks for it."""
        style = self.style
        features = font_features(
            style["font_kerning"], style["font_variant_ligatures"], style["font_variant_position"],
            style["font_variant_caps"], style["font_variant_numeric"], style["font_variant_alternates"],
            style["font_variant_east_asian"], style["font_feature_settings"],
        )  # fmt: skip
        if not features.get("chws"):
            return
        features["chws"] = 0
        text = ",".join(f"{key} {value}" for key, value in features.items()).encode()
        attributes = pango.pango_attr_list_new()
        # The list owns the attribute, and the layout lives as long as the pen.
        pango.pango_attr_list_insert(attributes, pango.pango_attr_font_features_new(text))
        pango.pango_layout_set_attributes(self.layout.layout, attributes)

    def line(self, text: str) -> Any:
        """The Pango line with ``text``, on one line of any length."""
        self.layout.set_text(text)
        return pango.pango_layout_get_line_readonly(self.layout.layout, 0)

    def measure(self, text: str) -> tuple[list[float], frozenset[int]]:
        """Widths of the characters of ``text`` in px, and the places in it that lie inside a cluster."""
        advances = [0.0] * len(text)
        inside: list[int] = []
        for item, glyphs, start in runs(self.line(text)):
            count, chars = glyphs.num_glyphs, item.num_chars
            widths = memoryview(ffi.buffer(glyphs.glyphs, count * GLYPH * 4)).cast("i")[1::GLYPH].tolist()
            clusters = ffi.unpack(glyphs.log_clusters, count)
            if count == chars and len(set(clusters)) == count:
                advances[start : start + chars] = [width * FROM_UNITS for width in widths]
                continue
            places = _places(text, start, chars)
            whole = set(range(start, start + chars))
            for cluster, width in zip(clusters, widths, strict=True):
                place = places[cluster]
                advances[place] += width * FROM_UNITS
                whole.discard(place)
            inside.extend(whole)
        if self.tracking:
            advances = [width + self.tracking if width else 0.0 for width in advances]
        if self.word_spacing:
            advances = [
                width + (self.word_spacing if char in _WORD_SPACES else 0.0)
                for char, width in zip(text, advances, strict=True)
            ]
        return advances, frozenset(inside)

    def centred(self, text: str) -> frozenset[str]:
        """The full-width stops in ``text`` that stand in the middle of their em (Traditional Chinese faces)."""
        return frozenset(char for char in set(text) & _STOPS if self._is_centred(char))

    def _is_centred(self, char: str) -> bool:
        known = self._centred.get(char)
        if known is None:
            ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
            pango.pango_layout_line_get_extents(self.line(char), ink, logical)
            left = ink.x * FROM_UNITS / self.size
            right = (logical.width - ink.x - ink.width) * FROM_UNITS / self.size
            known = self._centred[char] = left > _CENTRED_BLANK and right > _CENTRED_BLANK and left + 0.12 > right
        return known


_WORD_SPACES = " \u00a0"
_STOPS = frozenset("。，、：；！？．")


def pen_for(style: Any) -> Pen:
    """The pen for ``style``; styles that look the same share one, within one font configuration."""
    pens: dict[str, Pen] = style.font_config.__dict__.setdefault("line_setting_pens", {})
    key = _font_style_cache_key(style, include_size=True) + repr(
        (
            style["font_kerning"], style["direction"], style["letter_spacing"], style["word_spacing"],
            style["text_decoration_line"], style["overflow_wrap"], style["tab_size"],
        )
    )  # fmt: skip
    pen = pens.get(key)
    if pen is None:
        pen = pens[key] = Pen(style)
    return pen


def runs(line: Any) -> Any:
    """Yield (item, glyph string, index of the item's first character) for the runs of ``line``, in logical order."""
    start = 0
    run = line.runs[0] if line.runs != ffi.NULL else ffi.NULL
    while run != ffi.NULL:
        data = run.data
        yield data.item, data.glyphs, start
        start += data.item.num_chars
        run = run.next


def _places(text: str, start: int, chars: int) -> dict[int, int]:
    """Byte offset in the item → index in ``text``."""
    places, offset = {}, 0
    for index in range(start, min(start + chars, len(text))):
        places[offset] = index
        offset += len(text[index].encode())
    return places


class SetText:
    """The text of one line in one style, with the width of every character: what the engine draws a text box from.

    It stands in for the engine's ``Layout``. ``advances`` are in px, one a character; ``lead`` moves the first glyph
    to the right, or to the left when negative. ``gaps`` are the places where extractors would see a space that is none:
    the index of the character before (-1 for the box's start) with the width of the gap in px.
    """

    justification_spacing = 0
    max_width = None
    first_line_direction = 0

    def __init__(
        self, pen: Pen, text: str, advances: Sequence[float], lead: float, gaps: Mapping[int, float] | None = None
    ) -> None:
        self.pen = pen
        self.gaps = gaps or {}
        self.text = text
        self.advances = array("d", advances)
        self.lead = lead

    def __getattr__(self, name: str) -> Any:
        """Decoration metrics and the Pango object itself are the pen's."""
        return getattr(self.pen.layout, name)

    def reactivate(self, style: Any) -> None:
        """Nothing to do: the pen is ready."""

    def deactivate(self) -> None:
        """Nothing to do: the pen stays."""

    def get_first_line(self) -> tuple[Any, None]:
        """The Pango line with its glyphs moved to where line setting wants them."""
        line = self.pen.line(self.text)
        self._move(line)
        return line, None

    def _move(self, line: Any) -> None:
        """Write the widths into the glyphs."""
        moves = Moves(self)
        for item, glyphs, start in runs(line):
            count = glyphs.num_glyphs
            info = memoryview(ffi.buffer(glyphs.glyphs, count * GLYPH * 4)).cast("i")
            clusters = ffi.unpack(glyphs.log_clusters, count)
            widths, lead = moves.of(item.num_chars, start, info[1::GLYPH].tolist(), clusters)
            if lead is not None:
                info[2] = lead
            info[1::GLYPH] = memoryview(array("i", widths))


class Moves:
    """The widths that the glyphs of a text get, run by run.

    The engine writes the difference to a glyph's own width in thousandths of an em, cut to an integer: widths are
    therefore given so that the integers add up, with no error carried along the line.
    """

    def __init__(self, layout: SetText) -> None:
        self._layout = layout
        self._unit = layout.pen.size / 1000  # px in a thousandth of an em
        self._wanted = self._reached = 0.0
        self._lead = layout.lead

    def of(self, chars: int, start: int, natural: list[int], clusters: list[int]) -> tuple[list[int], int | None]:
        """Widths for the run of ``chars`` characters from ``start`` on, and an offset for its first glyph.

        ``natural`` are the glyphs' own widths; all in Pango's units. None for an offset that stays as it is.
        """
        unit = self._unit
        thousandth = unit / FROM_UNITS
        if len(natural) == chars and len(set(clusters)) == chars:
            sums: Sequence[float] = self._layout.advances[start : start + chars]
        else:
            sums = self._shared(start, chars, clusters, natural)
        widths = []
        wanted, reached = self._wanted, self._reached
        for width, advance in zip(natural, sums, strict=True):
            wanted += advance / unit
            step = round(wanted - reached)
            nearest = round(width / thousandth)
            if step == nearest:
                widths.append(width)
            else:
                widths.append(round((step + (0.3 if step > nearest else -0.3)) * thousandth))
            reached += step
        self._wanted, self._reached = wanted, reached
        lead, self._lead = self._lead, 0.0
        if not (lead and widths):
            return widths, None
        widths[0] += round(lead / FROM_UNITS)
        # Offsets are in thousandths of an em when the engine writes them, see draw_first_line.
        return widths, round(lead / unit * self._layout.pen.size)

    def _shared(self, start: int, chars: int, clusters: list[int], natural: list[int]) -> list[float]:
        """The width of each glyph when clusters have several glyphs or characters: what is left goes to the last."""
        places = _places(self._layout.text, start, chars)
        ends = sorted({*clusters})
        spans = {
            offset: (places[offset], places[ends[n + 1]] if n + 1 < len(ends) else start + chars)
            for n, offset in enumerate(ends)
        }
        sums = []
        left: dict[int, float] = {}
        remaining = {offset: clusters.count(offset) for offset in ends}
        for offset, width in zip(clusters, natural, strict=True):
            if offset not in left:
                begin, stop = spans[offset]
                left[offset] = sum(self._layout.advances[begin:stop])
            remaining[offset] -= 1
            own = left[offset] if remaining[offset] == 0 else width * FROM_UNITS
            left[offset] -= own
            sums.append(own)
        return sums
