"""Text for a terminal: widths in cells, line breaking for Han and Latin together, nothing that a terminal obeys."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rich.cells import cell_len

from newsletter_pdf.calling import PRINTED

# Marks that may not begin, or end, a line (GB/T 15834-2011, 5.1.2 to 5.1.8).
_NOT_FIRST = "，。、；：？！）》〉」』】〕”’…—～·％,.;:?!)]}"
_NOT_LAST = "（《〈「『【〔“‘([{"
# A link or a picture as it is to be written: it is copied from here.
_WRITTEN = r"!?\[[^\[\]\n]{1,80}\]\((?:<[^<>\n]{1,200}>|[^()<>\n]){1,200}\)"
# These and commands are kept whole, and so is a run of Latin (a path, an option); other characters stand alone.
_UNIT = re.compile(rf"{PRINTED.pattern}|{_WRITTEN}|[!-~\u00a1-\u024f]+| +|.", re.DOTALL)


def cell_width(text: str) -> int:
    """How many terminal cells ``text`` takes; a Han character takes two."""
    return cell_len(text)


def printable(text: str) -> str:
    """``text`` without anything that a terminal would obey or hide.

    C0 controls are shown as their Unicode pictures (``␛``), tabs as four spaces, line ends as a space, and C1 controls,
    invisible format characters and lone surrogates as ``<U+202E>``.
    """
    return text if text.isprintable() else "".join(_visible(character) for character in text)


def _visible(character: str) -> str:
    if character == "\t":
        return "    "
    if character in "\n\r":
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return f"<U+{code:04X}>"
    return character


def wrap(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Break ``text`` into lines of at most ``width`` cells, led by ``first`` and then by ``rest``.

    A command, a link as it is written and a Latin run (a path, an address) are never broken, even where they are wider
    than the line; closing marks do not begin a line and opening marks do not end one.
    """
    lines: list[str] = []
    line, used, empty = first, cell_width(first), True
    for unit in _units(text):
        size = cell_width(unit)
        if not empty and used + size > width:
            if unit.isspace():
                continue
            lines.append(line.rstrip())
            line, used, empty = rest, cell_width(rest), True
        if empty and unit.isspace():
            continue
        line, used, empty = line + unit, used + size, False
    lines.append(line.rstrip())
    return lines


def _units(text: str) -> Iterator[str]:
    """The pieces between which a line may break."""
    held = ""
    for unit in _UNIT.findall(text):
        joins = held and not held.isspace() and not unit.isspace()
        if joins and (unit[0] in _NOT_FIRST or held[-1] in _NOT_LAST):
            held += unit
            continue
        if held:
            yield held
        held = unit
    if held:
        yield held
