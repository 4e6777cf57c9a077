"""What the names in a content stream stand for, looked up in a PDF's resource dictionaries (ISO 32000-1, 7.8.3)."""

from __future__ import annotations

from collections.abc import Mapping

from pypdf.generic import DictionaryObject

from newsletter_pdf.verify.colours import BLACK, colour_of
from newsletter_pdf.verify.fontdict import font_face
from newsletter_pdf.verify.fontface import FontFace
from newsletter_pdf.verify.geometry import IDENTITY, Matrix
from newsletter_pdf.verify.glyphs import Form, Settings, SoftMask
from newsletter_pdf.verify.lexer import Operand
from newsletter_pdf.verify.pdfobjects import (
    array,
    as_text,
    dictionary,
    entry,
    number,
    numbers,
    resolve,
    stream_data,
    text,
)


class ResourceCache:
    """Lookups of one PDF: a font or form that several pages use is read once."""

    def __init__(self) -> None:
        self.fonts: dict[int, FontFace] = {}
        self._lookups: dict[int, PdfResources] = {}
        self._keep: list[object] = []  # ids are taken of objects, which therefore must live on

    def of(self, resources: object) -> PdfResources:
        """The lookup for one resource dictionary."""
        lookup = self._lookups.get(id(resources))
        if lookup is None:
            self._keep.append(resources)
            lookup = self._lookups[id(resources)] = PdfResources(self, resources)
        return lookup

    def face(self, font: DictionaryObject) -> FontFace:
        """The face of one font dictionary."""
        face = self.fonts.get(id(font))
        if face is None:
            self._keep.append(font)
            face = self.fonts[id(font)] = font_face(font)
        return face

    def load_fonts(self, resources: object) -> None:
        """Read every font that ``resources`` names, used or not."""
        fonts = dictionary(resources, "/Font")
        for name in fonts or ():
            font = dictionary(fonts, name)
            if font is not None:
                self.face(font)


class PdfResources:
    """One resource dictionary; see :class:`.glyphs.Resources`."""

    def __init__(self, cache: ResourceCache, resources: object) -> None:
        self._cache = cache
        self._resources = resources
        self._fonts: dict[bytes, FontFace | None] = {}
        self._forms: dict[bytes, Form | None] = {}
        self._settings: dict[bytes, Settings | None] = {}

    def font(self, name: bytes) -> FontFace | None:
        """The font under ``name``."""
        if name not in self._fonts:
            font = dictionary(dictionary(self._resources, "/Font"), _key(name))
            self._fonts[name] = self._cache.face(font) if font is not None else None
        return self._fonts[name]

    def form(self, name: bytes) -> Form | None:
        """The form XObject under ``name``; None for an image or an unreadable one."""
        if name not in self._forms:
            self._forms[name] = self._form(dictionary(dictionary(self._resources, "/XObject"), _key(name)))
        return self._forms[name]

    def _form(self, stream: DictionaryObject | None) -> Form | None:
        if text(stream, "/Subtype") != "/Form":
            return None
        content = stream_data(stream)
        if content is None:
            return None
        matrix = numbers(stream, "/Matrix", 6)
        corners = numbers(stream, "/BBox", 4)
        inner = entry(stream, "/Resources")
        return Form(
            content,
            _matrix(matrix) if matrix else IDENTITY,
            (corners[0], corners[1], corners[2], corners[3]) if corners else None,
            self._cache.of(inner) if inner is not None else self,
            entry(stream, "/Group") is not None,
        )

    def image(self, name: bytes) -> DictionaryObject | None:
        """The XObject ``name``."""
        return dictionary(dictionary(self._resources, "/XObject"), _key(name))

    def is_image(self, name: bytes) -> bool:
        """Whether ``name`` is an image XObject."""
        return text(self.image(name), "/Subtype") == "/Image"

    def pixels(self, name: bytes) -> tuple[int, int] | None:
        """The width and height of the image ``name``."""
        image = self.image(name)
        width, height = number(entry(image, "/Width")), number(entry(image, "/Height"))
        return None if width is None or height is None else (int(width), int(height))

    def settings(self, name: bytes) -> Settings | None:
        """What the graphics state ``name`` sets (ISO 32000-1, 8.4.5)."""
        if name not in self._settings:
            given = dictionary(dictionary(self._resources, "/ExtGState"), _key(name))
            self._settings[name] = self._set(given) if given is not None else None
        return self._settings[name]

    def _set(self, given: DictionaryObject) -> Settings:
        modes = [as_text(resolve(mode)) for mode in array(given, "/BM")] or [text(given, "/BM")]
        mode = next((mode for mode in modes if mode), None)
        dashes = [resolve(item) for item in array(given, "/D")[:1]]
        lengths = [number(item) for item in dashes[0]] if dashes and isinstance(dashes[0], list) else []
        return Settings(
            number(entry(given, "/ca")),
            number(entry(given, "/CA")),
            None if mode is None else "" if mode in ("/Normal", "/Compatible") else mode[1:],
            self._mask(entry(given, "/SMask")),
            number(entry(given, "/LW")),
            number(entry(given, "/LC")),
            tuple(length for length in lengths if length is not None) if dashes else None,
        )

    def _mask(self, mask: object) -> SoftMask | bool | None:
        if not isinstance(mask, DictionaryObject):
            return None if mask is None else False  # /None takes it away
        group = dictionary(mask, "/G")
        if entry(mask, "/TR") is not None and text(mask, "/TR") != "/Identity":
            group = None  # what a function makes of it is not worked out; nothing is known to be seen under it
        levels = [number(resolve(level)) for level in array(mask, "/BC")]
        backdrop = colour_of([level for level in levels if level is not None])
        form = self._form(group)
        return SoftMask(form, text(mask, "/S") != "/Alpha", (backdrop or BLACK) if form is not None else BLACK)

    def properties(self, name: bytes) -> Mapping[bytes, Operand] | None:
        """The property list under ``name``, as far as the proof uses it."""
        found = dictionary(dictionary(self._resources, "/Properties"), _key(name))
        if found is None:
            return None
        values: dict[bytes, Operand] = {}
        mcid, actual = number(entry(found, "/MCID")), as_text(entry(found, "/ActualText"))
        if mcid is not None:
            values[b"MCID"] = mcid
        if actual is not None:
            values[b"ActualText"] = b"\xfe\xff" + actual.encode("utf-16-be", "replace")
        return values


def _key(name: bytes) -> str:
    return "/" + name.decode("utf-8", "replace")


def _matrix(values: tuple[float, ...]) -> Matrix:
    a, b, c, d, e, f = values
    return a, b, c, d, e, f
