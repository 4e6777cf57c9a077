"""The marks that nobody sees: a reader's number as a pattern of specks in the corner of every page.

A speck is a square of a quarter of a point (0.09 mm) in a pale grey. They are drawn like everything else on the page,
so they stay when pages are cut out, put together anew or saved by another program. A bit is where a speck stands: in
the upper or in the lower half of its cell, so that every number has as many specks as any other.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

DIGITS = 10
"""Hexadecimal digits of a copy's number."""
SPECK = 0.25  # pt
PITCH = 3.0  # pt
CORNER = (14.0, 14.0)  # pt from the lower left corner of the page
GREY = "0.9 g"
_COLUMNS = 12
_BITS = 4 * DIGITS + 8
# Other programs write 14.00 as 14 and 0.25 as .25.
_NUMBER = rb"([0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_RECTANGLE = re.compile(_NUMBER + rb"\s+" + _NUMBER + rb"\s+0?\.250*\s+0?\.250*\s+re\b")


def dots_of(number: str, left: float = 0.0, bottom: float = 0.0) -> str:
    """Operators that draw the pattern of ``number`` (ten hexadecimal digits) on a page with this lower left corner."""
    rectangles = []
    for place, bit in enumerate(_bits(number)):
        row, column = divmod(place, _COLUMNS)
        x = left + CORNER[0] + column * PITCH
        y = bottom + CORNER[1] + row * PITCH + (PITCH / 2 if bit else 0.0)
        rectangles.append(f"{x:.2f} {y:.2f} {SPECK} {SPECK} re")
    return "\n".join([GREY, *rectangles, "f"])


def number_in(content: bytes) -> str | None:
    """The first number that the specks in a page's (decoded) content stand for; None where they stand for none."""
    return next(numbers_in(content), None)


def numbers_in(content: bytes) -> Iterator[str]:
    """All numbers that the specks in a page's (decoded) content stand for, in their order.

    The pattern may have been moved as a whole. Raises nothing: ``content`` may be anything.
    """
    found = [(float(x), float(y)) for x, y in _RECTANGLE.findall(content)]
    for start in range(len(found) - _BITS + 1):
        number = _read(found[start : start + _BITS])
        if number is not None:
            yield number


def _bits(number: str) -> list[int]:
    """Forty bits and eight that check them."""
    if not re.fullmatch(rf"[0-9A-F]{{{DIGITS}}}", number):
        raise ValueError("a copy's number has ten hexadecimal digits")
    data = bytes.fromhex(number)
    value = int.from_bytes(data + bytes([zlib.crc32(data) & 0xFF]), "big")
    return [value >> (_BITS - 1 - place) & 1 for place in range(_BITS)]


def _read(specks: list[tuple[float, float]]) -> str | None:
    x0 = specks[0][0]
    for bottom in (specks[0][1], specks[0][1] - PITCH / 2):
        value = 0
        for place, (x, y) in enumerate(specks):
            row, column = divmod(place, _COLUMNS)
            half = (y - bottom - row * PITCH) / (PITCH / 2)
            if abs(x - x0 - column * PITCH) > 0.05 or abs(half - round(half)) > 0.05 or round(half) not in (0, 1):
                break
            value = value << 1 | round(half)
        else:
            data = value.to_bytes(_BITS // 8, "big")
            if zlib.crc32(data[:-1]) & 0xFF == data[-1]:
                return data[:-1].hex().upper()
    return None
