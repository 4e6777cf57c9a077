"""A second import of a section: the editor's file stays, the new text is put beside it, and the difference shown."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.findings import Place

SUFFIX = ".新稿.txt"
"""Ends the name of a new text beside a section file; nothing that ends so is taken for a section."""


@dataclass(frozen=True, slots=True)
class Beside:
    """A section file that was left alone, the file beside it, and how they differ (a unified diff, without heads)."""

    section: Path
    beside: Path
    difference: tuple[str, ...]

    @property
    def added(self) -> int:
        """Lines that only the new text has."""
        return sum(1 for line in self.difference if line.startswith("+"))

    @property
    def removed(self) -> int:
        """Lines that only the section file has."""
        return sum(1 for line in self.difference if line.startswith("-"))

    def as_json(self) -> dict[str, object]:
        """The shape that ``--json`` gives to it."""
        names = {"section": str(Place(file=self.section)), "beside": str(Place(file=self.beside))}
        return {**names, "added": self.added, "removed": self.removed, "difference": "\n".join(self.difference)}


def put_beside(section: Path, text: bytes) -> Beside | None:
    """Where ``text`` goes when ``section`` is there already; None when the two say the same.

    An earlier file beside it is not overwritten either, unless it is the same: the next one is numbered.
    """
    old = _lines(section.read_bytes())
    new = _lines(text)
    if old == new:
        return None
    difference = list(difflib.unified_diff(old, new, lineterm="", n=1))[2:]
    beside = section.with_name(section.stem + SUFFIX)
    number = 1
    while beside.exists() and not _same(beside, text):
        number += 1
        beside = section.with_name(f"{section.stem}{SUFFIX.removesuffix('.txt')}-{number}.txt")
    return Beside(section, beside, tuple(difference))


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").rstrip("\n").split("\n")


def _same(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False
