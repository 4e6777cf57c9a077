"""Pictures of a manuscript: where they lie, and how they come into the issue's ``images/`` folder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from newsletter_pdf.files import confined, read_bytes
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import manuscripts as rules

MAX_PICTURE_BYTES = 20 * 1024 * 1024
"""Largest picture that is copied, in bytes."""

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:|//")
_UNSAFE = re.compile(r"[^0-9A-Za-z\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff_.-]+")


def locate_picture(src: str, manuscript: Path, place: Place, findings: Findings) -> Path | None:
    """The absolute path of the picture that ``manuscript`` names ``src``, whether it exists or not.

    None, with a finding, for an address on the network and for a file outside the manuscript's folder.
    """
    if not src or _SCHEME.match(src):
        findings.add(rules.PICTURE_REMOTE.at(place, src=src[:80]))
        return None
    path = confined(Path(src.replace("\\", "/")), manuscript.parent)
    if path is None:
        findings.add(rules.PICTURE_OUTSIDE.at(place, src=src[:80]))
    return path


class PictureNames:
    """Gives each picture its name in ``images/`` and remembers what has to be copied.

    The name stays when it is safe everywhere (Han, ASCII letters, digits, ``-_.``); else other characters become ``-``.
    A different picture that holds the name already, in the folder or in this import, makes the new one ``name-2``.
    ``inside`` holds the bytes of pictures that are no files but lie inside a manuscript.
    """

    def __init__(self, folder: Path, findings: Findings) -> None:
        self.folder = folder
        self.findings = findings
        self.copies: dict[str, bytes] = {}
        self.inside: dict[Path, bytes] = {}
        self._names: dict[Path, str] = {}
        try:
            existing: Iterable[Path] = sorted(folder.iterdir())
        except OSError:
            existing = ()
        self._taken = {path.name.casefold(): path for path in existing}

    def name_for(self, picture: Path, place: Place) -> str:
        """The file name under ``images/`` for ``picture``; reads it, and reports when it cannot be read."""
        if picture not in self._names:
            wanted = _safe_name(picture)
            # Why it cannot be read would stop the import; a picture can be brought later.
            data = self.inside.get(picture) or read_bytes(picture, Findings(), MAX_PICTURE_BYTES)
            if data is None:
                self.findings.add(rules.PICTURE_MISSING.at(place, name=picture.name))
                self._names[picture] = wanted
            else:
                self._names[picture] = self._claim(wanted, data)
        return self._names[picture]

    def _claim(self, wanted: str, data: bytes) -> str:
        stem, suffix = Path(wanted).stem, Path(wanted).suffix
        name, number = wanted, 1
        while True:
            known = next((held for held in self.copies if held.casefold() == name.casefold()), None)
            if known is not None:
                if self.copies[known] == data:
                    return known
            elif name.casefold() not in self._taken:
                self.copies[name] = data
                return name
            elif _same(self._taken[name.casefold()], data):
                return self._taken[name.casefold()].name
            number += 1
            name = f"{stem}-{number}{suffix}"


def _safe_name(picture: Path) -> str:
    stem = _UNSAFE.sub("-", unicodedata.normalize("NFKD", picture.stem)).strip("-._")
    return f"{stem or 'picture'}{_UNSAFE.sub('', picture.suffix).lower()}"


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False
