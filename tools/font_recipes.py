"""What ``fonts/`` is made of: the pinned packages, the faces taken from them, and what is changed in each.

Everything here is data; :mod:`font_edits` holds the changes and ``make_fonts.py`` runs them. Lengths are font units of
1000 to the em.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

#: One em box for every face: ascent and descent of the Han body (ideographic em box of the BASE table). Equal metrics
#: keep the line pitch when faces are mixed in a line and put the Han body in the middle of its line box.
ASCENT, DESCENT = 880, -120
#: Underlines clear the Han body (its lowest strokes reach about -80) and meet at one height across faces.
UNDERLINE_POSITION, UNDERLINE_THICKNESS = -140, 40

#: Cap height 729 and x-height 514 in Noto Serif SC, 670 and 475 in Source Serif 4: 1.088 and 1.082.
LATIN_SCALE = 1.085
#: Stems of a lower-case l, after scaling: 82 in Noto Serif SC Regular, 56 in Source Serif 4 Light, 98 in its Regular.
#: (Bold needs no blend: 135 there, 136 in Source Serif 4 SemiBold.)
LATIN_BLEND = 0.62

Ranges = tuple[tuple[int, int], ...]

#: Letters, digits and ASCII marks only. Quotation marks, dashes, the ellipsis, the middle dot, × and ÷ are left out, so
#: that they always come from the Chinese face; so this face can stand first in any stack without ``unicode-range``.
LATIN_COMPANION: Ranges = (
    (0x20, 0x7E),
    (0xA0, 0xA0),
    (0xAA, 0xAA),
    (0xAD, 0xAD),
    (0xBA, 0xBA),
    (0xC0, 0xD6),
    (0xD8, 0xF6),
    (0xF8, 0x24F),
    (0x2B0, 0x36F),
    (0x1E00, 0x1EFF),
    (0x2010, 0x2011),
    (0xFB00, 0xFB06),
)
#: The same with the marks: for whole passages in English, whose quotation marks are not full width.
LATIN_COMPLETE: Ranges = (
    (0x20, 0x36F),
    (0x1E00, 0x1EFF),
    (0x2000, 0x206F),
    (0x20A0, 0x20BF),
    (0x2100, 0x214F),
    (0x2190, 0x22FF),
    (0xFB00, 0xFB06),
)

#: OpenType features that the Latin faces keep.
LATIN_FEATURES = (
    *("ccmp", "locl", "kern", "mark", "mkmk", "liga", "case"),
    *("lnum", "onum", "pnum", "tnum", "zero", "frac", "numr", "dnom", "ordn", "sups", "subs", "sinf"),
    *("smcp", "c2sc"),
)


@dataclass(frozen=True, slots=True)
class Package:
    """A pinned package: ``kind`` says which client fetches it, ``licence`` which file inside is its OFL text.

    ``licence_as`` is the licence's file name in ``fonts/``.
    """

    kind: Literal["npm", "deb"]
    name: str
    version: str
    licence: str
    licence_as: str


@dataclass(frozen=True, slots=True)
class Source:
    """A font file inside a package, and its SHA-256."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """One face: where it comes from and what becomes of it; ``heavier`` is the face it is blended with, if any."""

    package: Package
    source: Source
    family: str
    weight: Literal[400, 700]
    style: Literal["normal", "italic"]
    edits: tuple[str, ...]
    heavier: Source | None = None
    scale: float = 1.0
    characters: Ranges = ()

    @property
    def subfamily(self) -> str:
        """``Regular``, ``Bold``, ``Italic`` or ``Bold Italic``: the four that name ID 2 may hold."""
        words = ("Bold" if self.weight == 700 else "", "Italic" if self.style == "italic" else "")
        return " ".join(word for word in words if word) or "Regular"

    @property
    def postscript_name(self) -> str:
        """The name as WeasyPrint writes it into PDFs (family and style, hyphens between), here in name ID 6 as well."""
        full = self.family if self.subfamily == "Regular" else f"{self.family} {self.subfamily}"
        return full.replace(" ", "-")

    @property
    def file(self) -> str:
        """The file's name in ``fonts/``."""
        return f"{self.family.replace(' ', '')}-{self.subfamily.replace(' ', '')}.ttf"


_OFL = "LICENSE_FONT"
NOTO_SERIF = Package("npm", "@expo-google-fonts/noto-serif-sc", "0.4.3", _OFL, "OFL-NotoSerifSC.txt")
NOTO_SANS = Package("npm", "@expo-google-fonts/noto-sans-sc", "0.4.3", _OFL, "OFL-NotoSansSC.txt")
SOURCE_SERIF = Package("npm", "@expo-google-fonts/source-serif-4", "0.4.1", _OFL, "OFL-SourceSerif4.txt")
INCONSOLATA = Package("npm", "@expo-google-fonts/inconsolata", "0.4.1", _OFL, "OFL-Inconsolata.txt")
WENKAI = Package(
    "deb", "fonts-lxgw-wenkai", "1.250+repack-1", "usr/share/doc/fonts-lxgw-wenkai/copyright", "OFL-LXGWWenKai.txt"
)
PACKAGES = (NOTO_SERIF, NOTO_SANS, WENKAI, SOURCE_SERIF, INCONSOLATA)

#: Edits by name, in the order in which they run; see :mod:`font_edits` for what each does.
_HAN = ("chinese_by_default", "half_em_middle_dot", "contextual_spacing", "em_box_metrics", "rename")
_KAI = ("full_width_quotes", "full_em_han", "joined_dashes", *_HAN)
_LATIN = ("subset", "scale", "em_box_metrics", "rename")
_LATIN_BLENDED = ("subset", "blend", "scale", "em_box_metrics", "rename")


@dataclass(frozen=True, slots=True)
class _Latin:
    """One style of the Latin faces: the source face, and the heavier one that it is blended with, where it is."""

    weight: Literal[400, 700]
    style: Literal["normal", "italic"]
    source: Source
    heavier: Source | None = None


_LATIN_STYLES = (
    _Latin(
        400,
        "normal",
        Source(
            "300Light/SourceSerif4_300Light.ttf", "7ee4c600c46fa6e0f25362464a3265a240befe02d384ccf78d2ffbce6c48686f"
        ),
        Source(
            "400Regular/SourceSerif4_400Regular.ttf",
            "d47da11c5f55f031d9ec54c3172865d76009b2cbab5c706dfa73866b00096639",
        ),
    ),
    _Latin(
        700,
        "normal",
        Source(
            "600SemiBold/SourceSerif4_600SemiBold.ttf",
            "d31cd1fb273e5399efc04691e9ac14b581eae836d783f6cf3c560225ebcf95c0",
        ),
    ),
    _Latin(
        400,
        "italic",
        Source(
            "300Light_Italic/SourceSerif4_300Light_Italic.ttf",
            "61b1e40a2119fb206a386fe35056985fbb567f7a7a00c2a8555c546df7a1be50",
        ),
        Source(
            "400Regular_Italic/SourceSerif4_400Regular_Italic.ttf",
            "8abc06ebcf3a84d6e18763fad2fd237c9149104f16963f459c8763390048aff2",
        ),
    ),
    _Latin(
        700,
        "italic",
        Source(
            "600SemiBold_Italic/SourceSerif4_600SemiBold_Italic.ttf",
            "bb932452a5151025957b5df1d7c38c6a931505c4de3515ed0068e75d40a7dc4b",
        ),
    ),
)


def _latin(family: str, characters: Ranges) -> tuple[Recipe, ...]:
    """The four styles of Source Serif 4 as ``family`` with ``characters``."""
    return tuple(
        Recipe(
            SOURCE_SERIF,
            latin.source,
            family,
            latin.weight,
            latin.style,
            _LATIN if latin.heavier is None else _LATIN_BLENDED,
            heavier=latin.heavier,
            scale=LATIN_SCALE,
            characters=characters,
        )
        for latin in _LATIN_STYLES
    )


RECIPES: tuple[Recipe, ...] = (
    Recipe(
        NOTO_SERIF,
        Source(
            "400Regular/NotoSerifSC_400Regular.ttf", "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742"
        ),
        "NL Serif",
        400,
        "normal",
        _HAN,
    ),
    Recipe(
        NOTO_SERIF,
        Source("700Bold/NotoSerifSC_700Bold.ttf", "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6"),
        "NL Serif",
        700,
        "normal",
        _HAN,
    ),
    Recipe(
        NOTO_SANS,
        Source(
            "400Regular/NotoSansSC_400Regular.ttf", "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16"
        ),
        "NL Sans",
        400,
        "normal",
        _HAN,
    ),
    Recipe(
        NOTO_SANS,
        Source("700Bold/NotoSansSC_700Bold.ttf", "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96"),
        "NL Sans",
        700,
        "normal",
        _HAN,
    ),
    Recipe(
        WENKAI,
        Source(
            "usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf",
            "bbf534b0ca093928f94d1782855e65a19a32cde82b075d495d072025521953c8",
        ),
        "NL Kai",
        400,
        "normal",
        _KAI,
    ),
    *_latin("NL Latin", LATIN_COMPANION),
    *_latin("NL English", LATIN_COMPLETE),
    Recipe(
        INCONSOLATA,
        Source(
            "400Regular/Inconsolata_400Regular.ttf", "e0267abf9d734e2b9f766f8cb7a496b552c57cdfeacfa0efdc5bfd21940ae145"
        ),
        "NL Mono",
        400,
        "normal",
        ("subset", "em_box_metrics", "rename"),
        characters=LATIN_COMPANION,
    ),
)
