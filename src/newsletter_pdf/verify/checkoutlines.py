"""Are the glyphs of embedded fonts drawn as in the faces of the font folder, and of the characters that they stand for.

A subset keeps the numbers of its glyphs, so that an outline is compared with the one of the same number, byte by byte
for nearly all; only what differs is looked at more closely, as writing a subset may drop hints and padding.
"""

from __future__ import annotations

import mmap
import struct
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from newsletter_pdf.findings import proof_file as rules
from newsletter_pdf.verify.checkprograms import first_place, stands_for
from newsletter_pdf.verify.context import Context
from newsletter_pdf.verify.fontface import FontFace
from newsletter_pdf.verify.sfnt import Sfnt

_QUOTED = 8  # characters in one message
_HEAD = 10  # bytes of an outline before its contours
_COMPOSITE = 0x80  # from here on an outline's first byte tells of one that is put together of others
_MOST_PARTS = 64  # glyphs that one is put together of
_DEEPEST = 6  # such glyphs within each other
# Flags of a component (OpenType specification 1.9, table glyf, composite glyph description).
_WORDS, _SCALE, _MORE, _BOTH_SCALES, _MATRIX = 0x1, 0x8, 0x20, 0x40, 0x80
_NOT_DRAWN = 0x0100 | 0x0200 | 0x0400  # hints follow, metrics are the component's, components overlap


def check_outlines(context: Context, files: Mapping[str, Path]) -> None:
    """Compare the glyphs that the pages show with the faces in ``files``, by PostScript name."""
    for font in context.pdf.fonts:
        path = files.get(font.base_name)
        face = _face(path, path.stat().st_mtime_ns) if path is not None and path.is_file() else None
        if face is None or font.program is None:
            continue
        unlike = font.program.units != face.units
        codes = {code: glyph for code in context.drawn.get(font, ()) if (glyph := font.shape(code).glyph) is not None}
        wrong = {code for code, glyph in codes.items() if unlike or not _is_same(font.program, face, glyph)}
        wrong |= {code for code, glyph in codes.items() if code not in wrong and _is_of_other(font, face, code, glyph)}
        if wrong:
            shown = "".join(font.unicode.get(code, "") for code in sorted(wrong)[:_QUOTED])
            at = first_place(context, font, wrong)
            context.findings.add(
                rules.GLYPHS_DIFFER.at(at, font=font.base_name, count=len(wrong), characters=shown or "—")
            )


@lru_cache(maxsize=32)
def _face(path: Path, _changed: int) -> Sfnt | None:
    """The face in a file, of which only the parts that are asked for are read; None when it is no TrueType face."""
    try:
        with path.open("rb") as file:
            face = Sfnt(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):
        return None
    return face if face.outlines is not None else None


def _is_same(program: Sfnt, face: Sfnt, glyph: int) -> bool:
    """Whether a glyph is drawn alike in both, that which it is put together of included."""
    one, other = program.outline(glyph), face.outline(glyph)
    if one is not None and one == other and (not one or one[0] < _COMPOSITE):
        return True
    return _is_same_part(program, face, glyph, glyph, 0)


def _is_same_part(program: Sfnt, face: Sfnt, glyph: int, in_face: int, depth: int) -> bool:
    """The same of two glyphs; what others are put together of may have another number in a subset."""
    one, other = program.outline(glyph), face.outline(in_face)
    if one is None or other is None or depth > _DEEPEST or _drawn(one) != _drawn(other):
        return False
    pairs = zip(_parts(one), _parts(other), strict=True)
    return all(_is_same_part(program, face, mine, theirs, depth + 1) for mine, theirs in pairs)


def _drawn(outline: bytes) -> object:
    """What of an outline draws: without hints, and without what fills it up at its end."""
    if len(outline) < _HEAD:
        return b""
    try:
        if outline[0] >= _COMPOSITE:
            return [(flags & ~_NOT_DRAWN, rest) for _glyph, flags, rest in _components(outline)]
        (contours,) = struct.unpack_from(">h", outline)
        at = _HEAD + 2 * contours
        (hints,) = struct.unpack_from(">H", outline, at)
        return outline[:at], outline[at + 2 + hints :].rstrip(b"\0")
    except struct.error:
        return outline


def _parts(outline: bytes) -> Iterator[int]:
    """The glyphs that a composite one is put together of."""
    if len(outline) >= _HEAD and outline[0] >= _COMPOSITE:
        try:
            yield from [glyph for glyph, _flags, _rest in _components(outline)]
        except struct.error:
            return


def _components(outline: bytes) -> Iterable[tuple[int, int, bytes]]:
    """Glyph, flags and placing of each component."""
    found: list[tuple[int, int, bytes]] = []
    at, more = _HEAD, True
    while more and len(found) < _MOST_PARTS:
        flags, glyph = struct.unpack_from(">HH", outline, at)
        size = 4 if flags & _WORDS else 2
        size += 2 if flags & _SCALE else 4 if flags & _BOTH_SCALES else 8 if flags & _MATRIX else 0
        found.append((glyph, flags, outline[at + 4 : at + 4 + size]))
        at, more = at + 4 + size, bool(flags & _MORE)
    return found


def _is_of_other(font: FontFace, face: Sfnt, code: int, glyph: int) -> bool:
    """Whether a glyph is another character's in the face than the letter that the file says it is.

    Where the face has another glyph for the letter this one may have come about by shaping; then no character has it.
    """
    own = font.unicode.get(code)
    if own is None or len(own) != 1 or unicodedata.category(own)[0] not in "LN":
        return False
    if face.glyph_of(ord(own)) in (None, 0, glyph):
        return False
    others = face.characters.get(glyph, ())
    return bool(others) and not any(stands_for(char, own) for char in others)
