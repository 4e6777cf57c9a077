"""Lines of the source as the report quotes them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.findings import Place

_MOST_BYTES = 4_000_000  # of a file that are read to quote a line
_BESIDE = 34  # characters quoted before and after the column
# What Markdown reads as marks; between them stands text that is printed as it is.
_MARKUP = re.compile(r"[#*_`\[\](){}|<>!^~$\\]+|^\s*(?:[-+]|\d+[.、])\s")
_LEAST, _MOST = 6, 20  # characters that are looked for in print


@dataclass(frozen=True, slots=True)
class Quote:
    """A line of the source around the column: what stands before, there, and after.

    ``printed`` is a piece of it, at or nearest to the column, that is printed as it stands; None when there is none
    long enough to be told from others.
    """

    before: str
    there: str
    after: str
    printed: str | None = None


class Sources:
    """The files that findings speak of, each read once."""

    def __init__(self) -> None:
        self._lines: dict[Path, list[str]] = {}

    def quote(self, place: Place) -> Quote | None:
        """The line at a place of a file, cut around the column; None when there is none to be read."""
        if place.file is None or place.line is None:
            return None
        if place.file not in self._lines:
            self._lines[place.file] = _lines(place.file)
        lines = self._lines[place.file]
        line = lines[place.line - 1] if 1 <= place.line <= len(lines) else ""
        return _quote(line, place.column, place.file) if line.strip() else None


def _quote(line: str, column: int | None, file: Path) -> Quote:
    if column is None or not 1 <= column <= len(line):
        return Quote(_cut(line.strip(), 2 * _BESIDE), "", "", _printed(line, 0, file))
    at = column - 1
    start = "…" + line[at - _BESIDE : at] if at > _BESIDE else line[:at].lstrip()
    return Quote(start, _visible(line[at]), _cut(line[at + 1 :].rstrip(), _BESIDE), _printed(line, at, file))


def _visible(char: str) -> str:
    """A character that shows nothing as its code point, a space as its sign."""
    if char.isspace():
        return "␣"
    return f"U+{ord(char):04X}" if unicodedata.category(char) in {"Cc", "Cf", "Mn"} else char


def _printed(line: str, at: int, file: Path) -> str | None:
    if file.suffix.lower() != ".md":
        return None
    best: tuple[int, int, int] | None = None
    start = 0
    for end, following in [*(match.span() for match in _MARKUP.finditer(line)), (len(line), len(line))]:
        if len(line[start:end].strip()) >= _LEAST:
            away = max(start - at, at - end, 0)
            best = min(best or (away, start, end), (away, start, end))
        start = following
    if best is None:
        return None
    _away, start, end = best
    first = max(start, min(at - _MOST // 2, end - _MOST))
    return line[first : min(end, first + _MOST)].strip()


def _lines(path: Path) -> list[str]:
    try:
        if not path.is_file():
            return []
        with path.open("rb") as stream:
            text = stream.read(_MOST_BYTES).decode("utf-8-sig")
    except (OSError, ValueError):
        return []
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[:length] + "…"
