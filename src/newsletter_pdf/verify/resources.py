"""What the names in a content stream stand for, looked up in a PDF's resource dictionaries (ISO 32000-1, 7.8.3)."""

from __future__ import annotations

from collections.abc import Mapping

from pypdf.generic import DictionaryObject

from newsletter_pdf.verify.fontdict import font_face
from newsletter_pdf.verify.fontface import FontFace
from newsletter_pdf.verify.glyphs import IDENTITY, Form, Matrix
from newsletter_pdf.verify.lexer import Operand
from newsletter_pdf.verify.pdfobjects import as_text, dictionary, entry, number, numbers, stream_data, text


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
        self._opacities: dict[bytes, float | None] = {}
        self._alphas: dict[bytes, float | None] = {}

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

    def opacity(self, name: bytes) -> float | None:
        """The fill opacity that the graphics state ``name`` sets (ISO 32000-1, 8.4.5 and 11.3.5)."""
        if name not in self._opacities:
            given = dictionary(dictionary(self._resources, "/ExtGState"), _key(name))
            blended = (text(given, "/BM") or "/Normal") not in ("/Normal", "/Compatible")
            self._opacities[name] = 0.0 if blended else number(entry(given, "/ca"))
        return self._opacities[name]

    def alpha(self, name: bytes) -> float | None:
        """The fill opacity alone that the graphics state ``name`` sets."""
        if name not in self._alphas:
            given = dictionary(dictionary(self._resources, "/ExtGState"), _key(name))
            self._alphas[name] = number(entry(given, "/ca"))
        return self._alphas[name]

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
