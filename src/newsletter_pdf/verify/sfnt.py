"""An embedded TrueType or OpenType file, as far as the proof asks: names, outlines, widths, characters.

Source: OpenType specification 1.9, tables ``name``, ``maxp``, ``head``, ``loca``, ``hhea``, ``hmtx``, ``cmap``. Nothing
here raises: what cannot be read is None or empty.
"""

from __future__ import annotations

import struct
import sys
from array import array
from bisect import bisect_right
from collections import defaultdict
from functools import cached_property
from mmap import mmap

_GLYPH_HEAD = 10  # bytes before an outline's contours
_MOST_CHARACTERS = 0x20000  # characters of one font; a damaged table must not fill the memory


class Sfnt:
    """One font file, ``data`` its bytes; glyphs are named by their index."""

    def __init__(self, data: bytes | mmap) -> None:
        self.data = data
        self._tables: dict[bytes, tuple[int, int]] = {}
        try:
            (count,) = struct.unpack_from(">H", data, 4)
            for index in range(count):
                tag, _checksum, offset, length = struct.unpack_from(">4sIII", data, 12 + 16 * index)
                self._tables[tag] = (offset, length)
        except struct.error:
            self._tables = {}

    def _number(self, table: bytes, offset: int, form: str = ">H") -> int | None:
        place = self._tables.get(table)
        if place is None:
            return None
        try:
            value: int = struct.unpack_from(form, self.data, place[0] + offset)[0]
        except struct.error:
            return None
        return value

    @cached_property
    def glyph_count(self) -> int | None:
        """How many glyphs the file has."""
        return self._number(b"maxp", 4)

    @cached_property
    def postscript_name(self) -> str | None:
        """Its PostScript name (name ID 6)."""
        place = self._tables.get(b"name")
        if place is None:
            return None
        offset = place[0]
        try:
            _version, count, strings = struct.unpack_from(">HHH", self.data, offset)
            for index in range(count):
                platform, _enc, _lang, name_id, length, start = struct.unpack_from(
                    ">6H", self.data, offset + 6 + 12 * index
                )
                if name_id == 6:
                    raw = self.data[offset + strings + start : offset + strings + start + length]
                    return raw.decode("latin-1" if platform == 1 else "utf-16-be")
        except (struct.error, UnicodeDecodeError):
            return None
        return None

    @cached_property
    def _long_loca(self) -> bool:
        return self._number(b"head", 50) == 1

    @cached_property
    def outlines(self) -> array[int] | None:
        """Where each glyph's outline begins in ``glyf``, and where the last one ends; None where there is no ``loca``.

        A damaged table tells nothing.
        """
        place = self._tables.get(b"loca")
        if place is None:
            return None
        return _numbers("I" if self._long_loca else "H", self.data[place[0] : place[0] + place[1]])

    def _outline_at(self, glyph: int) -> tuple[int, int] | None:
        """Where the glyph's outline begins and ends in ``glyf``; None where that cannot be told (as in CFF fonts)."""
        offsets = self.outlines
        if offsets is None or not 0 <= glyph < len(offsets) - 1:
            return None
        unit = 1 if self._long_loca else 2
        return offsets[glyph] * unit, offsets[glyph + 1] * unit

    def is_blank(self, glyph: int) -> bool:
        """Whether the glyph has no outline; False where that cannot be told."""
        place = self._outline_at(glyph)
        return place is not None and place[0] == place[1]

    def outline(self, glyph: int) -> bytes | None:
        """The glyph's outline as ``glyf`` has it, empty for a blank one; None where that cannot be told."""
        place, table = self._outline_at(glyph), self._tables.get(b"glyf")
        if place is None or table is None or not place[0] <= place[1] <= table[1]:
            return None
        return bytes(self.data[table[0] + place[0] : table[0] + place[1]])

    def bounds(self, glyph: int) -> tuple[float, float, float, float] | None:
        """The box around the glyph's outline in em: left, bottom, right, top; None where that cannot be told."""
        record, units = self.outline(glyph), self._metrics[0]
        if record is None or len(record) < _GLYPH_HEAD or not units:
            return None
        left, bottom, right, top = struct.unpack_from(">4h", record, 2)
        return left / units, bottom / units, right / units, top / units

    @cached_property
    def blank_share(self) -> float:
        """The share of the file's glyphs that have no outline, as most have in a subset that keeps glyph numbers."""
        count = self.glyph_count or 0
        return sum(self.is_blank(glyph) for glyph in range(count)) / count if count else 0.0

    @property
    def units(self) -> int:
        """Units per em, 0 when unknown."""
        return self._metrics[0]

    @cached_property
    def _metrics(self) -> tuple[int, int]:
        """Units per em, and for how many glyphs ``hmtx`` has a width of its own."""
        return self._number(b"head", 18) or 0, self._number(b"hhea", 34) or 0

    def width(self, glyph: int) -> float | None:
        """The advance width in em."""
        units, own = self._metrics
        if not units or not own:
            return None
        value = self._number(b"hmtx", 4 * min(glyph, own - 1))
        return None if value is None else value / units

    @cached_property
    def _wide_map(self) -> tuple[array[int], array[int], array[int]] | None:
        """First and last character and first glyph of each group of a ``cmap`` of format 12; None: there is none."""
        place = self._tables.get(b"cmap")
        if place is None:
            return None
        try:
            for index in range(self._number(b"cmap", 2) or 0):
                (offset,) = struct.unpack_from(">I", self.data, place[0] + 4 + 8 * index + 4)
                at = place[0] + offset
                form, _zero, _length, _language, count = struct.unpack_from(">HHIII", self.data, at)
                if form == 12:
                    groups = _numbers("I", self.data[at + 16 : at + 16 + 12 * min(count, _MOST_CHARACTERS)])
                    whole = len(groups) // 3 * 3
                    return groups[0:whole:3], groups[1:whole:3], groups[2:whole:3]
        except struct.error:
            pass
        return None

    def glyph_of(self, character: int) -> int | None:
        """The glyph that the file's own ``cmap`` has for a code point, 0 for none; None where it cannot be told."""
        if self._wide_map is None:
            return self._glyphs.get(character, 0)
        starts, ends, glyphs = self._wide_map
        group = bisect_right(starts, character) - 1
        return glyphs[group] + character - starts[group] if group >= 0 and character <= ends[group] else 0

    @cached_property
    def _glyphs(self) -> dict[int, int]:
        """The glyph of each character, where there is no quicker way to find one."""
        return {ord(char): glyph for glyph, chars in self.characters.items() for char in chars}

    @cached_property
    def characters(self) -> dict[int, set[str]]:
        """The characters that the file's own ``cmap`` (formats 4 and 12) gives to each glyph."""
        found: defaultdict[int, set[str]] = defaultdict(set)
        place = self._tables.get(b"cmap")
        if place is None:
            return found
        base = place[0]
        try:
            (count,) = struct.unpack_from(">H", self.data, base + 2)
            offsets = {struct.unpack_from(">HHI", self.data, base + 4 + 8 * i)[2] for i in range(count)}
            for offset in offsets:
                (form,) = struct.unpack_from(">H", self.data, base + offset)
                if form == 4:
                    self._read_segments(base + offset, found)
                elif form == 12:
                    self._read_groups(base + offset, found)
        except (struct.error, ValueError, OverflowError):
            pass  # what was read so far is right
        return found

    def _read_segments(self, at: int, found: dict[int, set[str]]) -> None:
        (double,) = struct.unpack_from(">H", self.data, at + 6)
        count = double // 2
        ends = struct.unpack_from(f">{count}H", self.data, at + 14)
        starts = struct.unpack_from(f">{count}H", self.data, at + 16 + double)
        deltas = struct.unpack_from(f">{count}H", self.data, at + 16 + 2 * double)
        ranges_at = at + 16 + 3 * double
        ranges = struct.unpack_from(f">{count}H", self.data, ranges_at)
        for index, (start, end, delta, reach) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
            for code in range(start, end + 1):
                glyph = code
                if reach:
                    place = ranges_at + 2 * index + reach + 2 * (code - start)
                    (glyph,) = struct.unpack_from(">H", self.data, place)
                    if not glyph:
                        continue
                glyph = (glyph + delta) & 0xFFFF
                if glyph and code != 0xFFFF:
                    found[glyph].add(chr(code))

    def _read_groups(self, at: int, found: dict[int, set[str]]) -> None:
        (count,) = struct.unpack_from(">I", self.data, at + 12)
        read = 0
        for index in range(min(count, _MOST_CHARACTERS)):
            start, end, glyph = struct.unpack_from(">III", self.data, at + 16 + 12 * index)
            read += end - start + 1
            if end < start or read > _MOST_CHARACTERS:
                return
            for code in range(start, end + 1):
                found[glyph + code - start].add(chr(code))


def _numbers(form: str, data: bytes) -> array[int]:
    """The numbers of a table, of the size that ``form`` names; a part of one at the end is left out."""
    found = array(form)
    found.frombytes(data[: len(data) // found.itemsize * found.itemsize])
    if sys.byteorder == "little":
        found.byteswap()
    return found
