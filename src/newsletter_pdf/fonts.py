"""The font folder: its manifest, the check of every face, and what can be set with it.

``fonts/manifest.json`` lists the faces with family, weight, style, PostScript name and SHA-256; ``fonts/coverage.json``
the characters of each family. Both are made by ``make fonts``. Style sheets use the families by name: the engine finds
them through :mod:`.fontconfig`, which knows this one folder and nothing else, so that no font of the system can
be used. (Found to be 0.2 s faster than ``@font-face``, which copies every face to a temporary folder first.)
"""

from __future__ import annotations

import bisect
import hashlib
import os
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Annotated, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from newsletter_pdf.files import human_size
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import fontrules as rules
from newsletter_pdf.fontconfig import MANIFEST as MANIFEST

FONT_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2", ".pfb", ".dfont"})
_LARGEST_LIST = 2 * 1024 * 1024

FileName = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=100)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class _Entry(BaseModel):
    """Base of what stands in the two lists: nothing unknown, nothing changed afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class SourceFile(_Entry):
    """A font file of the package that a face was made from."""

    path: str
    sha256: Sha256


class FontSource(_Entry):
    """The package that a face was made from."""

    package: str
    version: str
    files: Annotated[tuple[SourceFile, ...], Field(strict=False, min_length=1)]


class FontFace(_Entry):
    """One face as the manifest lists it. ``weight`` is the CSS weight, ``characters`` how many code points it has."""

    family: Annotated[str, StringConstraints(min_length=1)]
    weight: Annotated[int, Field(ge=1, le=1000)]
    style: Literal["normal", "italic"]
    file: FileName
    sha256: Sha256
    postscript_name: Annotated[str, StringConstraints(min_length=1)]
    characters: Annotated[int, Field(ge=1)]
    licence: FileName
    source: FontSource
    changes: Annotated[tuple[str, ...], Field(strict=False)]


class _ListFile(_Entry):
    file: FileName
    sha256: Sha256


class _Manifest(_Entry):
    version: Literal[1]
    coverage: _ListFile
    faces: Annotated[tuple[FontFace, ...], Field(strict=False, min_length=1)]


Ranges = Annotated[
    str, StringConstraints(pattern=r"^[0-9a-f]{1,6}(-[0-9a-f]{1,6})?( [0-9a-f]{1,6}(-[0-9a-f]{1,6})?)*$")
]


class _Coverage(_Entry):
    version: Literal[1]
    families: dict[str, Ranges]


_List = TypeVar("_List", _Manifest, _Coverage)


class CodePoints:
    """A set of code points, kept as its ranges."""

    __slots__ = ("_firsts", "_lasts")

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        firsts: list[int] = []
        lasts: list[int] = []
        for first, last in sorted(ranges):
            if lasts and first <= lasts[-1] + 1:
                lasts[-1] = max(lasts[-1], last)
            else:
                firsts.append(first)
                lasts.append(last)
        self._firsts, self._lasts = firsts, lasts

    @classmethod
    def parse(cls, text: str) -> CodePoints:
        """Read hexadecimal ranges such as ``20-7e a0``."""
        ends = (item.partition("-") for item in text.split())
        return cls((int(first, 16), int(last or first, 16)) for first, _, last in ends)

    @property
    def ranges(self) -> Iterable[tuple[int, int]]:
        """First and last code point of each range, ascending."""
        return zip(self._firsts, self._lasts, strict=True)

    def __contains__(self, code: int) -> bool:
        at = bisect.bisect_right(self._firsts, code) - 1
        return at >= 0 and code <= self._lasts[at]


#: Code points that are set without a glyph: line ends and tabs, soft hyphen, joiners, word joiner, variation selectors
#: (Default_Ignorable_Code_Point of Unicode 16 as far as text may hold them).
NO_GLYPH = CodePoints(
    [(0x9, 0xA), (0xD, 0xD), (0xAD, 0xAD), (0x200B, 0x200D), (0x2060, 0x2060), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF)]
)


@dataclass(frozen=True, slots=True)
class FontSet:
    """The checked faces of a font folder."""

    folder: Path
    faces: tuple[FontFace, ...]
    families: Mapping[str, CodePoints]
    _all: CodePoints

    @property
    def postscript_names(self) -> frozenset[str]:
        """The names that the faces have in a PDF, after the six letters and the plus sign of a subset."""
        return frozenset(face.postscript_name for face in self.faces)

    @property
    def files(self) -> Mapping[str, Path]:
        """The file of each face by its PostScript name."""
        return {face.postscript_name: self.folder / face.file for face in self.faces}

    def covers(self, char: str, family: str | None = None) -> bool:
        """True when ``char``, one character, can be set: with ``family`` alone, or with any family of the folder.

        Characters that print nothing (line ends, joiners, variation selectors) always can. Raises KeyError for a
        family that is not in the folder.
        """
        code = ord(char)
        return code in (self._all if family is None else self.families[family]) or code in NO_GLYPH


def load_fonts(folder: Path, findings: Findings) -> FontSet | None:
    """Check the font folder against its manifest, every face by its SHA-256; None when anything is not as it should be.

    Findings: N350–N355. A missing licence is a warning and does not stop the work.
    """
    manifest = _load_list(folder / MANIFEST, _Manifest, findings)
    if manifest is None:
        return None
    before = findings.errors
    _check_files(folder, manifest, findings)
    coverage = _load_coverage(folder / manifest.coverage.file, manifest, findings)
    if coverage is None or findings.errors > before:
        return None
    families = {family: CodePoints.parse(text) for family, text in coverage.families.items()}
    together = CodePoints(chain.from_iterable(points.ranges for points in families.values()))
    return FontSet(folder, manifest.faces, families, together)


def _load_coverage(path: Path, manifest: _Manifest, findings: Findings) -> _Coverage | None:
    """Read the characters of the families; None, and a finding, unless every family of the manifest has its own."""
    coverage = _load_list(path, _Coverage, findings)
    if coverage is not None and {face.family for face in manifest.faces} != coverage.families.keys():
        findings.add(
            rules.FONTS_BAD_MANIFEST.at(
                Place(path),
                file=path.name,
                detail_zh=f"字体名与 {MANIFEST} 不一致",
                detail_en=f"its families are not those of {MANIFEST}",
            )
        )
        return None
    return coverage


def _load_list(path: Path, kind: type[_List], findings: Findings) -> _List | None:
    """Read and validate one of the two JSON files."""
    try:
        if path.stat().st_size > _LARGEST_LIST:
            limit = human_size(_LARGEST_LIST)
            findings.add(
                rules.FONTS_BAD_MANIFEST.at(
                    Place(path), file=path.name, detail_zh=f"大于 {limit}", detail_en=f"larger than {limit}"
                )
            )
            return None
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        absent = isinstance(error, FileNotFoundError)
        findings.add(
            rules.FONTS_NO_MANIFEST.at(
                Place(path), reason_zh="没有这个文件" if absent else reason, reason_en="not there" if absent else reason
            )
        )
        return None
    try:
        return kind.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        findings.add(
            rules.FONTS_BAD_MANIFEST.at(
                Place(path),
                file=path.name,
                detail_zh=f"「{where}」这一项不对" if where else "它不是完整的 JSON",
                detail_en=f"{where}: {first['msg']}" if where else first["msg"],
            )
        )
        return None


def _check_files(folder: Path, manifest: _Manifest, findings: Findings) -> None:
    """Compare every face with its SHA-256, in threads (the digest lets other threads run), and look for strays."""
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        digests = list(pool.map(lambda face: _digest(folder / face.file), manifest.faces))
    for face, digest in zip(manifest.faces, digests, strict=True):
        place = Place(folder / face.file)
        if digest is None:
            findings.add(rules.FONT_MISSING.at(place, file=face.file, family=face.family))
        elif digest != face.sha256:
            findings.add(rules.FONT_CHANGED.at(place, file=face.file))
    coverage = folder / manifest.coverage.file
    if _digest(coverage) not in (None, manifest.coverage.sha256):
        findings.add(rules.FONT_CHANGED.at(Place(coverage), file=coverage.name))
    for licence in sorted({face.licence for face in manifest.faces}):
        if not (folder / licence).is_file():
            findings.add(rules.FONT_NO_LICENCE.at(Place(folder / licence), file=licence))
    listed = {folder / face.file for face in manifest.faces}
    for path in sorted(folder.rglob("*")):
        if path.suffix.lower() in FONT_SUFFIXES and path not in listed:
            findings.add(rules.FONT_UNLISTED.at(Place(path), file=path.relative_to(folder).as_posix()))


def _digest(path: Path) -> str | None:
    """The SHA-256 of a regular file, None when it cannot be read."""
    try:
        if not path.is_file():  # a named pipe would be waited for
            return None
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
