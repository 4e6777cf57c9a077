"""Where in a content file a text stands, when the model tells only where its block begins."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import cache
from pathlib import Path

from newsletter_pdf.findings import Place

_MOST_BYTES = 5_000_000


class Finder:
    """Finds texts in content files, each after the one found before it, so that a name held twice is told apart."""

    def __init__(self) -> None:
        self._file: Path | None = None
        self._offset = 0

    def place(self, text: str, near: Place) -> Place:
        """The place of ``text`` from ``near`` on; ``near`` itself when it is not found word for word."""
        if near.file is None or not text:
            return near
        source, starts = _source(near.file)
        begin = starts[min(near.line or 1, len(starts)) - 1] if starts else 0
        if near.file == self._file:
            begin = max(begin, self._offset)
        found = source.find(text, begin)
        if found < 0:
            return near
        self._file, self._offset = near.file, found + len(text)
        line = bisect_right(starts, found)
        return replace(near, line=line, column=found - starts[line - 1] + 1)


@cache
def _source(path: Path) -> tuple[str, list[int]]:
    """A file's text and the offsets at which its lines begin; nothing when it cannot be read."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            return "", []
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return "", []
    starts = [0]
    while (end := text.find("\n", starts[-1])) >= 0:
        starts.append(end + 1)
    return text, starts
