"""The line that a finding speaks of, with a caret under the place."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from newsletter_pdf.console.text import cell_width, printable
from newsletter_pdf.findings import Place

#: No more of a file than this is read to find a line, in bytes.
READ_LIMIT = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A source line cut to a width. ``offset`` is where the caret begins and ``span`` its length, both in cells."""

    text: str
    offset: int | None = None
    span: int = 1


def excerpt(place: Place, width: int) -> Excerpt | None:
    """The line at ``place`` in at most ``width`` cells, or None when there is none to show.

    A line that is too long is cut around the column. A file that is neither UTF-8 nor UTF-16 is read as
    GB18030, as offices write it.
    """
    line = _read_line(place)
    if line is None or not line.strip():
        return None
    if place.column is None or not 1 <= place.column <= len(line) + 1:
        return Excerpt(_cut(printable(line), width))
    index = place.column - 1
    pieces = [printable(character) for character in line]
    before, mark, after = "".join(pieces[:index]), "".join(pieces[index : index + 1]), "".join(pieces[index + 1 :])
    room = width - cell_width(mark)
    if cell_width(before) + cell_width(after) > room:
        before = _cut(before, max(room // 2, room - cell_width(after)), from_end=True)
        after = _cut(after, room - cell_width(before))
    return Excerpt(before + mark + after, cell_width(before), max(1, cell_width(mark)))


def _read_line(place: Place) -> str | None:
    if place.file is None or place.line is None:
        return None
    try:
        if not place.file.is_file():
            return None
        with place.file.open("rb") as stream:
            data = stream.read(READ_LIMIT)
    except (OSError, ValueError):
        return None
    try:
        # Spreadsheets write tables in UTF-16 with its mark; what a cut left of the last character does not matter.
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        text = data.decode("utf-16", errors="replace") if wide else data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[place.line - 1] if 1 <= place.line <= len(lines) else None


def _cut(text: str, width: int, *, from_end: bool = False) -> str:
    """At most ``width`` cells of ``text``, its end when ``from_end``, with ``…`` where something is left out."""
    if cell_width(text) <= width:
        return text
    kept, used = "", 1
    for character in reversed(text) if from_end else text:
        used += cell_width(character)
        if used > width:
            break
        kept = character + kept if from_end else kept + character
    return "…" + kept if from_end else kept + "…"
