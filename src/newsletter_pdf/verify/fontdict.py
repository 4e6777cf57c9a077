"""From a PDF's font dictionaries (ISO 32000-1, 9.5 to 9.10) to :class:`.fontface.FontFace`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pypdf.generic import DictionaryObject

from newsletter_pdf.verify.cmap import to_cid, to_unicode
from newsletter_pdf.verify.fontface import FontFace
from newsletter_pdf.verify.pdfobjects import array, dictionary, entry, number, resolve, stream_data, text
from newsletter_pdf.verify.sfnt import Sfnt

_SUBSET = re.compile(r"[A-Z]{6}\+")
_FILES = ("/FontFile2", "/FontFile3", "/FontFile")
_MOST_CODES = 0x10000


def font_face(font: DictionaryObject) -> FontFace:
    """The face that a font dictionary describes, as far as it can be read."""
    name = (text(font, "/BaseFont") or "").lstrip("/")
    subset = _SUBSET.match(name)
    wide = text(font, "/Subtype") == "/Type0"
    descendants = array(font, "/DescendantFonts")
    inner = resolve(descendants[0]) if wide and descendants else font
    descriptor = dictionary(inner, "/FontDescriptor")
    kind = next((key for key in _FILES if entry(descriptor, key) is not None), None)
    data = stream_data(entry(descriptor, kind)) if kind else None
    program = Sfnt(data) if data else None
    mapping = stream_data(entry(font, "/ToUnicode"))
    encoding = stream_data(entry(font, "/Encoding")) if wide else None
    return FontFace(
        base_name=name[subset.end() :] if subset else name,
        subset=bool(subset),
        # A Type 3 font's glyphs are content streams of the file itself.
        embedded=bool(data) or text(font, "/Subtype") == "/Type3",
        wide=wide,
        file_name=program.postscript_name if program else None,
        glyph_count=program.glyph_count if program else None,
        unicode=to_unicode(mapping) if mapping is not None else ({} if wide else _latin()),
        cids=to_cid(encoding) if encoding is not None else None,
        widths=_wide_widths(inner) if wide else _simple_widths(font),
        default_width=_default_width(inner, descriptor, wide=wide),
        program=program,
        flaws=tuple(_flaws(font, inner, descriptor)),
    )


def _flaws(font: DictionaryObject, inner: object, descriptor: DictionaryObject | None) -> Iterator[str]:
    """What the dictionaries of one font say that does not agree (ISO 32000-1, 9.7.4.2 and 9.8.1)."""
    if descriptor is not None and text(descriptor, "/FontName") != text(font, "/BaseFont"):
        yield "name"
    if text(inner, "/Subtype") == "/CIDFontType2" and text(inner, "/CIDToGIDMap") != "/Identity":
        yield "glyphs"


def _latin() -> dict[int, str]:
    """Codes of a simple font without ``ToUnicode``: taken as Windows Latin, which its usual encodings nearly are."""
    return {code: char for code in range(32, 256) if (char := bytes((code,)).decode("cp1252", "ignore"))}


def _default_width(inner: object, descriptor: DictionaryObject | None, *, wide: bool) -> float:
    value = number(entry(inner, "/DW")) if wide else number(entry(descriptor, "/MissingWidth"))
    if value is None:
        return 1.0 if wide else 0.0  # the defaults of ISO 32000-1, tables 117 and 122
    return value / 1000


def _simple_widths(font: DictionaryObject) -> dict[int, float]:
    first = int(number(entry(font, "/FirstChar")) or 0)
    scale = 1 / 1000
    if text(font, "/Subtype") == "/Type3":
        matrix = [number(value) for value in array(font, "/FontMatrix")]
        scale = matrix[0] if matrix and matrix[0] is not None else scale
    listed = enumerate(array(font, "/Widths")[:256], first)
    return {code: width * scale for code, raw in listed if (width := number(raw)) is not None}


def _wide_widths(inner: object) -> dict[int, float]:
    """``/W``: ``first [w1 w2 …]`` and ``first last w`` (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    pending: list[float] = []
    for raw in array(inner, "/W"):
        value = resolve(raw)
        if isinstance(value, list):
            if pending:
                for cid, item in enumerate(value[:_MOST_CODES], int(pending[-1])):
                    width = number(item)
                    if width is not None:
                        widths[cid] = width / 1000
            pending = []
            continue
        known = number(value)
        if known is None:
            continue
        pending.append(known)
        if len(pending) == 3:
            first, last, width = int(pending[0]), int(pending[1]), pending[2] / 1000
            for cid in range(first, min(last, first + _MOST_CODES) + 1):
                widths[cid] = width
            pending = []
    return widths
