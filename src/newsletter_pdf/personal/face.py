"""A TrueType face, and fonts cut from it that hold a handful of glyphs.

Cutting takes well under a millisecond, so every copy carries the glyphs of its own reader and no other's: a font made
once for a whole run would tell each reader which characters the names of the others have.

Source of the tables: ISO/IEC 14496-22 (OpenType), clauses 5.2 and 5.3; which of them a PDF needs: ISO 32000-1, 9.9.
"""

from __future__ import annotations

import hashlib
import struct
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_WORDS, _SCALE, _MORE, _XY_SCALE, _TWO_BY_TWO = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080


class FaceError(ValueError):
    """The file is no TrueType font that a mark can be set in."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A font of some glyphs: glyph n stands for ``characters[n - 1]``; ``widths`` in thousandths of an em."""

    program: bytes
    characters: str
    widths: tuple[int, ...]

    @property
    def tag(self) -> str:
        """Six capitals that name the subset (ISO 32000-1, 9.6.4), the same for the same glyphs."""
        digest = hashlib.sha256(self.program).digest()
        return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])

    def codes(self, text: str) -> str:
        """``text`` as hexadecimal glyph numbers of two bytes each."""
        return "".join(f"{self.characters.index(char) + 1:04x}" for char in text)

    def width(self, text: str) -> float:
        """The length of ``text`` in em."""
        return sum(self.widths[self.characters.index(char)] for char in text) / 1000


class Face:
    """The tables of one face that cutting needs; nothing changes after it is made."""

    def __init__(self, data: bytes, name: str) -> None:
        """``data`` is the font file, ``name`` its PostScript name. Raises :class:`FaceError`."""
        self.name = name
        try:
            self._tables = _tables(data)
            head, maxp = self._tables["head"], self._tables["maxp"]
            self.units: int = struct.unpack(">H", head[18:20])[0]
            self.box: tuple[int, ...] = struct.unpack(">4h", head[36:44])
            (long_offsets,) = struct.unpack(">h", head[50:52])
            (count,) = struct.unpack(">H", maxp[4:6])
            loca = self._tables["loca"]
            if long_offsets:
                self._loca: tuple[int, ...] = struct.unpack(f">{count + 1}I", loca[: 4 * count + 4])
            else:
                self._loca = tuple(2 * half for half in struct.unpack(f">{count + 1}H", loca[: 2 * count + 2]))
            self.ascent, self.descent = struct.unpack(">2h", self._tables["hhea"][4:8])
            (self._metrics,) = struct.unpack(">H", self._tables["hhea"][34:36])
            self._starts, self._groups = _groups(self._tables["cmap"])
        except (KeyError, struct.error, IndexError) as error:
            raise FaceError(f"{name} is no TrueType font") from error
        if not self.units or not self._metrics:
            raise FaceError(f"{name} is no TrueType font")

    def glyph(self, char: str) -> int:
        """The glyph of a character, 0 when the face has none."""
        code = ord(char)
        at = bisect_right(self._starts, code) - 1
        if at < 0:
            return 0
        first, last, glyph = self._groups[at]
        return glyph + code - first if code <= last else 0

    def has(self, text: str) -> bool:
        """Whether all of ``text`` can be set."""
        return all(self.glyph(char) for char in text)

    def cut(self, text: str) -> Cut:
        """A font with the glyphs of ``text``, in the order of their characters. Raises :class:`FaceError`."""
        characters = "".join(sorted(set(text)))
        if not self.has(characters):
            raise FaceError("the face has not all of these characters")
        order = [0, *(self.glyph(char) for char in characters)]
        places = {glyph: place for place, glyph in reversed(list(enumerate(order)))}
        outlines, place = [], 0
        while place < len(order):  # parts of composite glyphs are added at the end
            outlines.append(self._outline(order[place], order, places))
            place += 1
        widths = tuple(round(self._metric(glyph)[0] * 1000 / self.units) for glyph in order[1 : len(characters) + 1])
        return Cut(self._program(order, outlines), characters, widths)

    def _metric(self, glyph: int) -> tuple[int, int]:
        """Advance and left side bearing, in units."""
        hmtx = self._tables["hmtx"]
        advance, bearing = struct.unpack_from(">Hh", hmtx, 4 * min(glyph, self._metrics - 1))
        if glyph >= self._metrics:
            (bearing,) = struct.unpack_from(">h", hmtx, 4 * self._metrics + 2 * (glyph - self._metrics))
        return advance, bearing

    def _outline(self, glyph: int, order: list[int], places: dict[int, int]) -> bytes:
        data = self._tables["glyf"][self._loca[glyph] : self._loca[glyph + 1]]
        if len(data) < 10 or struct.unpack_from(">h", data)[0] >= 0:
            return data
        if len(order) > 60_000:
            raise FaceError("glyphs are made of too many others")
        renamed, at, flags = bytearray(data), 10, _MORE
        while flags & _MORE:
            flags, part = struct.unpack_from(">HH", data, at)
            if part not in places:
                places[part] = len(order)
                order.append(part)
            struct.pack_into(">H", renamed, at + 2, places[part])
            at += 4 + (4 if flags & _WORDS else 2)
            at += 2 if flags & _SCALE else 4 if flags & _XY_SCALE else 8 if flags & _TWO_BY_TWO else 0
        return bytes(renamed)

    def _program(self, order: Sequence[int], outlines: Sequence[bytes]) -> bytes:
        offsets, glyf = [0], bytearray()
        for outline in outlines:
            glyf += outline + bytes(-len(outline) % 4)
            offsets.append(len(glyf))
        head = bytearray(self._tables["head"][:54])
        struct.pack_into(">I", head, 8, 0)
        struct.pack_into(">h", head, 50, 1)
        hhea = bytearray(self._tables["hhea"][:36])
        struct.pack_into(">H", hhea, 34, len(order))
        maxp = bytearray(self._tables["maxp"])
        struct.pack_into(">H", maxp, 4, len(order))
        tables = {
            "glyf": bytes(glyf) or bytes(4),
            "head": bytes(head),
            "hhea": bytes(hhea),
            "hmtx": b"".join(struct.pack(">Hh", *self._metric(glyph)) for glyph in order),
            "loca": struct.pack(f">{len(offsets)}I", *offsets),
            "maxp": bytes(maxp),
        }
        if "prep" in self._tables:
            tables["prep"] = self._tables["prep"]
        return _font_file(tables)


def read_face(path: Path, name: str) -> Face:
    """The face in the file ``path``, whose PostScript name is ``name``. Raises OSError, :class:`FaceError`."""
    return Face(path.read_bytes(), name)


def _tables(data: bytes) -> dict[str, bytes]:
    if data[:4] not in (b"\x00\x01\x00\x00", b"true"):
        raise KeyError("glyf")
    (count,) = struct.unpack_from(">H", data, 4)
    found = {}
    for number in range(count):
        tag, _sum, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        found[tag.decode("latin-1")] = data[offset : offset + length]
    return found


def _groups(cmap: bytes) -> tuple[list[int], list[tuple[int, int, int]]]:
    """First code, last code and first glyph of each range, from a table of format 12 (14496-22, 5.2.1.3.7)."""
    (count,) = struct.unpack_from(">H", cmap, 2)
    for number in range(count):
        _platform, _encoding, offset = struct.unpack_from(">HHI", cmap, 4 + 8 * number)
        if struct.unpack_from(">H", cmap, offset)[0] == 12:
            (ranges,) = struct.unpack_from(">I", cmap, offset + 12)
            groups = [struct.unpack_from(">III", cmap, offset + 16 + 12 * place) for place in range(ranges)]
            return [group[0] for group in groups], [(a, b, c) for a, b, c in groups]
    raise KeyError("cmap")


def _font_file(tables: dict[str, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    header = struct.pack(">IHHHH", 0x00010000, count, 16 << power, power, 16 * count - (16 << power))
    at, directory, body = 12 + 16 * count, b"", b""
    head_at = 0
    for tag, table in sorted(tables.items()):
        if tag == "head":
            head_at = at + len(body)
        directory += struct.pack(">4sIII", tag.encode(), _sum(table), at + len(body), len(table))
        body += table + bytes(-len(table) % 4)
    program = bytearray(header + directory + body)
    # The sum over the whole file is fixed by this field (14496-22, 5.2.2).
    struct.pack_into(">I", program, head_at + 8, (0xB1B0AFBA - _sum(bytes(program))) & 0xFFFFFFFF)
    return bytes(program)


def _sum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    total: int = sum(struct.unpack(f">{len(padded) // 4}I", padded))
    return total & 0xFFFFFFFF
