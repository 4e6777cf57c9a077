"""What embedded fonts draw: outlines of other characters, or of none."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from fontTools.ttLib import TTFont
from mutation_tools import Sample, fonts, mutation
from pikepdf import Dictionary, Pdf

from newsletter_pdf.verify.cmap import to_unicode

Change = Callable[[TTFont, Dictionary], None]


def _font(name: str, change: Change, *, of: str = "NL-Serif") -> None:
    @mutation(name, "N697")
    def _(pdf: Pdf, _sample: Sample) -> None:
        font = fonts(pdf)[of]
        descriptor = font.DescendantFonts[0].FontDescriptor
        face = TTFont(BytesIO(descriptor.FontFile2.read_bytes()), recalcBBoxes=False)
        change(face, font)
        out = BytesIO()
        face.save(out)
        old = descriptor.FontFile2
        descriptor.FontFile2 = pdf.make_stream(out.getvalue(), Length1=len(out.getvalue()))
        assert old.objgen != descriptor.FontFile2.objgen


def _glyph(face: TTFont, font: Dictionary, char: str) -> str:
    codes = {text: code for code, text in to_unicode(font.ToUnicode.read_bytes()).items()}
    return str(face.getGlyphName(codes[char]))


def _exchange(face: TTFont, font: Dictionary) -> None:
    glyf, one, other = face["glyf"], _glyph(face, font, "一"), _glyph(face, font, "二")
    glyf.glyphs[one], glyf.glyphs[other] = glyf.glyphs[other], glyf.glyphs[one]


def _replace_all(face: TTFont, font: Dictionary) -> None:
    glyf, other = face["glyf"], _glyph(face, font, "的")
    for text in to_unicode(font.ToUnicode.read_bytes()).values():
        if len(text) == 1 and not text.isspace():
            glyf.glyphs[_glyph(face, font, text)] = glyf.glyphs[other]


def _move_a_point(face: TTFont, font: Dictionary) -> None:
    glyph = face["glyf"][_glyph(face, font, "未" if "未" in to_unicode(font.ToUnicode.read_bytes()).values() else "的")]
    glyph.coordinates[2] = (glyph.coordinates[2][0] + 90, glyph.coordinates[2][1])


def _shrink(face: TTFont, _font: Dictionary) -> None:
    face["head"].unitsPerEm = 1300


def _rename(face: TTFont, font: Dictionary) -> None:
    """Text, and what the file says of itself, are those of another character."""
    one, other = _glyph(face, font, "一"), _glyph(face, font, "二")
    mapping = font.ToUnicode.read_bytes()
    code, instead = (face.getGlyphID(name) for name in (one, other))
    assert f"<{code:04x}>".encode() in mapping.lower()
    font.ToUnicode.write(
        mapping.lower().replace(b"<%04x>" % code, b"<#>").replace(b"<%04x>" % instead, b"<%04x>" % code)
        .replace(b"<#>", b"<%04x>" % instead)
    )  # fmt: skip
    for table in face["cmap"].tables:
        table.cmap = {}


_font("outlines of two characters exchanged in the font", _exchange)
_font("all characters drawn as one", _replace_all)
_font("a stroke of one character moved", _move_a_point)
_font("a font's unit changed", _shrink)
_font("two characters exchanged in all that names them", _rename)
