"""Plain text to be read in a fixed width: a Han character or full-width mark takes two cells, all else one.

Source of the widths: Unicode Standard Annex 11. Lines break between Han characters and at spaces, never before a mark
that ends something nor after one that begins something (CLREQ 3.1.4, 避头尾), never inside an address or a word.
"""

from __future__ import annotations

import re
import unicodedata

WIDTH = 64
"""Cells of a line: 32 Han characters, and below the 78 that RFC 5322 (2.1.1) recommends."""
_NOT_FIRST = "、，。．：；！？％‰…—～·）〕］｝】〉》」』〗”’,.:;!?%)]}"
_NOT_LAST = "（〔［｛【〈《「『〖“‘([{"
# A run without a break inside: an address or a word, or one character of any other kind.
_ATOM = re.compile(r"[!-~\u00a0-\u024f]+|\s+|.", re.DOTALL)


def cells(text: str) -> int:
    """The width of ``text`` in cells; combining marks and joiners take none."""
    return sum(
        0 if unicodedata.combining(char) or unicodedata.category(char) == "Cf" else _width(char) for char in text
    )


def _width(char: str) -> int:
    # Ambiguous ones (quotation marks, dashes) are as wide as Han in the fonts that Chinese mail is read in.
    return 2 if unicodedata.east_asian_width(char) in "WFA" and ord(char) >= 0x2000 else 1


def wrap(text: object, indent: int = 0, hanging: int = 0, width: int = WIDTH) -> str:
    """``text`` in lines of at most ``width`` cells, set in by ``indent``, those after the first by ``hanging`` more.

    A word or an address longer than a line stands on one of its own, unbroken.
    """
    return "\n".join(_lines(str(text), indent, hanging, width))


def row(title: object, page: object, indent: int = 0, width: int = WIDTH) -> str:
    """A line of the contents: the title, dots, the page number at the right edge."""
    number = str(page)
    if not number:
        return wrap(title, indent, 2, width)
    lines = _lines(str(title), indent, 2, width - cells(number) - 5)
    dots = width - cells(lines[-1]) - cells(number) - 2
    return "\n".join([*lines[:-1], f"{lines[-1]} {'.' * max(2, dots)} {number}"])


def _lines(text: str, indent: int, hanging: int, width: int) -> list[str]:
    lines: list[str] = []
    line, used = " " * indent, indent
    for piece in _pieces(text):
        room = cells(piece)
        if used + cells(piece.rstrip()) > width and line.strip():
            lines.append(line.rstrip())
            line, used = " " * (indent + hanging), indent + hanging
            piece = piece.lstrip()
            room = cells(piece)
        line, used = line + piece, used + room
    return [*lines, line.rstrip()]


def _pieces(text: str) -> list[str]:
    """What no line may break inside of."""
    pieces: list[str] = []
    for atom in _ATOM.findall(" ".join(text.split(" "))):
        space = atom.isspace()
        shown = " " if space and atom != "\u3000" else atom
        joined = pieces and (space or atom[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST)
        if joined:
            pieces[-1] += shown
        else:
            pieces.append(shown)
    return pieces
