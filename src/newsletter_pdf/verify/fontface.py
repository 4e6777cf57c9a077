"""Fonts as a PDF holds them: from character codes to text, widths and glyphs.

:class:`FontFace` is plain data, so that content can be read without any file; :mod:`.fontdict` makes it from a font
dictionary. Widths are in em (1/1000 of the PDF's glyph space unit), lengths elsewhere in pt.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from newsletter_pdf.verify.sfnt import Sfnt


class Shape(NamedTuple):
    """What a font makes of one code.

    ``text`` is None when the font does not say what the glyph means, and empty for the later glyphs of a cluster.
    ``width`` is in em. ``glyph`` is the CID (for our TrueType fonts the glyph id); None in simple fonts.
    """

    text: str | None
    width: float
    glyph: int | None


@dataclass(eq=False, slots=True)
class FontFace:
    """One font of the PDF.

    ``base_name`` is ``/BaseFont`` without the ``ABCDEF+`` of a subset, ``file_name`` the PostScript name inside the
    embedded file where it can be read, ``glyph_count`` the number of glyphs in that file. ``wide`` fonts have codes of
    two bytes. ``cids`` is None for the identity encoding. ``program`` is the embedded file, ``flaws`` what the
    dictionaries say wrongly: ``name`` (two names), ``glyphs`` (glyphs are not those of the codes).
    """

    base_name: str
    subset: bool = False
    embedded: bool = True
    wide: bool = True
    file_name: str | None = None
    glyph_count: int | None = None
    unicode: Mapping[int, str] = field(default_factory=dict, repr=False)
    cids: Mapping[int, int] | None = field(default=None, repr=False)
    widths: Mapping[int, float] = field(default_factory=dict, repr=False)
    default_width: float = 1.0
    program: Sfnt | None = field(default=None, repr=False)
    flaws: tuple[str, ...] = ()
    _shapes: dict[int, Shape] = field(default_factory=dict, repr=False)

    def codes(self, string: bytes) -> Iterator[int]:
        """The codes of a shown string; a lone last byte of a wide font is dropped."""
        if not self.wide:
            return iter(string)
        count = len(string) // 2
        return iter(struct.unpack(f">{count}H", string[: count * 2]))

    def shape(self, code: int) -> Shape:
        """What this font draws for ``code``."""
        shape = self._shapes.get(code)
        if shape is None:
            shape = self._shapes[code] = self._make(code)
        return shape

    def _make(self, code: int) -> Shape:
        if not self.wide:
            return Shape(self.unicode.get(code), self.widths.get(code, self.default_width), None)
        glyph = code if self.cids is None else self.cids.get(code, 0)
        return Shape(self.unicode.get(code), self.widths.get(glyph, self.default_width), glyph)

    def is_missing(self, shape: Shape) -> bool:
        """Whether the shape is .notdef (glyph 0) or lies outside the embedded file: the reader sees a box or nothing.

        Source: OpenType specification, "Recommendations for OpenType fonts", glyph 0.
        """
        if shape.glyph is None:
            return False
        return shape.glyph == 0 or (self.glyph_count is not None and shape.glyph >= self.glyph_count)
