"""The faces that pages are drawn with: what each part uses of them, and the file that all the parts' uses end in.

The engine keeps what is used of a font in an object made from Pango's. Such an object belongs to one process; another
that joins the pages needs the face alone, which it reads from the font folder.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from weasyprint.pdf import fonts as engine
from weasyprint.pdf.fonts import Font
from weasyprint.text.ffi import ffi, harfbuzz

from newsletter_pdf.render.sheets import FontUse

# The table directory with its checksums is in here: no two faces share it (OpenType, "Organization of an OpenType
# Font").
_HEAD = 512
_OWN = ("hb_font", "hb_face", "file_content", "widths", "to_unicode", "missing")

ffi.cdef("""
    hb_blob_t * hb_blob_create_from_file (const char *file_name);
    hb_face_t * hb_face_create (hb_blob_t *blob, unsigned int index);
""")


class _Arrays:
    """The engine's ``ffi`` with one type for arrays of glyphs instead of one for each length.

    A new type has a C parser read all of the engine's declarations: twenty of them take longer than the cutting.
    """

    def __getattr__(self, name: str) -> Any:
        return getattr(ffi, name)

    def new(self, kind: str, *init: Any) -> Any:
        return ffi.new("hb_codepoint_t[]" if kind.startswith("hb_codepoint_t[") and init else kind, *init)


engine.ffi = _Arrays()


def cut_faces(fonts: Mapping[int, Any]) -> None:
    """Cut the engine's ``fonts`` down to the glyphs used, before the engine asks for it; no Python is needed for most.

    The same face may be there under several keys: it is cut for all of them, and stands in the first.
    """
    by_file: dict[str, list[Any]] = {}
    for font in fonts.values():
        by_file.setdefault(font.hash, []).append(font)
    for same in by_file.values():
        used = {glyph: text for font in same for glyph, text in font.to_unicode.items()}
        if not (same[0].bitmap or same[0].used_in_forms):
            same[0].clean(used, hinting=False)
            same[0].clean = lambda *_asked: None


class Faces:
    """The faces of one process, each made once: reading one takes some milliseconds.

    ``folder`` holds the font files that faces used elsewhere are read from.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[int, Font] = {}
        self._files: dict[bytes, Path] | None = None

    def fonts(self) -> FontsOfPart:
        """An empty collection for the fonts of one part."""
        return FontsOfPart(self._made)

    def join(self, uses: Iterable[FontUse]) -> Any:
        """One font of the engine with all that the ``uses``, in the order of the pages, use of it.

        Raises OSError when the face's file is not in the folder.
        """
        font: Any = None
        for use in uses:
            if font is None:
                font = self._face(use)
            for glyph, text in use.to_unicode.items():
                font.to_unicode.setdefault(glyph, text)
            for glyph, width in use.widths.items():
                font.widths.setdefault(glyph, width)
            font.missing.update(use.missing)
        return font

    def _face(self, use: FontUse) -> Any:
        for made in self._made.values():
            if made.hash == use.name and _head(made.file_content) == use.head:
                return _unused(made)
        font = Font.__new__(Font)
        for name, value in use.facts.items():
            setattr(font, name, value)
        path = self._file(use.head)
        blob = harfbuzz.hb_blob_create_from_file(str(path).encode())
        font.hb_font = None
        font.hb_face = ffi.gc(harfbuzz.hb_face_create(blob, font.index), harfbuzz.hb_face_destroy)
        harfbuzz.hb_blob_destroy(blob)
        font.file_content = path.read_bytes()
        font.widths, font.to_unicode, font.missing = {}, {}, {}
        return font

    def _file(self, head: bytes) -> Path:
        if self._files is None:
            self._files = {}
            for path in sorted(self._folder.iterdir()):
                if path.suffix.lower() in (".ttf", ".otf"):
                    with path.open("rb") as file:
                        self._files[file.read(_HEAD)] = path
        found = self._files.get(head)
        if found is None:
            raise FileNotFoundError("a face that was drawn with is not in the font folder")
        return found


class FontsOfPart(dict[int, Any]):
    """The engine's collection of fonts, by Pango's key, for one part: faces made before are not made again."""

    def __init__(self, made: dict[int, Font]) -> None:
        super().__init__()
        self._made = made

    def __contains__(self, key: object) -> bool:
        if not super().__contains__(key) and isinstance(key, int) and key in self._made:
            super().__setitem__(key, _unused(self._made[key]))
        return super().__contains__(key)

    def __setitem__(self, key: int, font: Any) -> None:
        if not (font.svg or font.png or font.colr):  # coloured glyphs are drawn from Pango's font, which may be gone
            self._made[key] = font
        super().__setitem__(key, _unused(font))

    def uses(self) -> dict[int, FontUse]:
        """What was used, by the engine's key."""
        return {
            key: FontUse(
                name=font.hash,
                facts={name: value for name, value in vars(font).items() if name not in _OWN},
                widths=font.widths,
                to_unicode=font.to_unicode,
                missing=font.missing,
                head=_head(font.file_content),
            )
            for key, font in self.items()
        }


def _head(content: bytes) -> bytes:
    return bytes(content[:_HEAD])


def _unused(font: Any) -> Any:
    """The same face with nothing used of it yet."""
    fresh = copy.copy(font)
    fresh.widths, fresh.to_unicode, fresh.missing = {}, {}, {}
    return fresh
