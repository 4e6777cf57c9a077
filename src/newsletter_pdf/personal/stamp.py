"""The mark of one reader, appended to the finished PDF as an incremental update (ISO 32000-1, 7.5.6).

Not a byte of the finished file changes, so links, tags and contents stay as they were proved. On every page but the
cover the reader's name or number stands small at the foot, on every page the number in specks (:mod:`.dots`); all of it
an artifact, which reading programs pass over (14.8.2.2, and ISO 14289-1, 7.1). The same reader gets the same bytes
every time, which is how :func:`recognise` tells our own update from any other: it makes it again and compares.
"""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import dataclass

from newsletter_pdf.personal.dots import DIGITS, dots_of
from newsletter_pdf.personal.face import Cut, Face, FaceError
from newsletter_pdf.personal.finished import FONT, NotStampableError, read_finished

BEGIN = b"\n% newsletter-pdf: a reader's copy\n"
"""The line that our update begins with."""
SIZE = 6.5  # pt
FOOT = 22.0  # pt from the lower edge of the page to the base line
SIDE = 72.0  # pt kept free at the left and the right
GREY = "0.44 g"  # on white a contrast of 5 : 1
LONGEST = 200  # characters
_NUMBER = re.compile(rf"[0-9A-F]{{{DIGITS}}}")
_FACTS = re.compile(rb"\n% copy ([0-9A-F]+) <([0-9a-f]*)>\n")
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a copy is marked with: ``text`` for people (one line; empty for none) and ``number``, ten hex digits."""

    text: str
    number: str

    def __post_init__(self) -> None:
        """Raise ValueError for a text that is not one line of printable characters, or no number."""
        if self.text and not self.text.replace("\u3000", " ").isprintable():
            raise ValueError("a mark is one line")
        if not _NUMBER.fullmatch(self.number):
            raise ValueError(f"a copy's number has {DIGITS} hexadecimal digits")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file that is a copy of ours: its mark, and the finished file before it, by its length and SHA-256."""

    mark: Mark
    length: int
    sha256: str


class Stamper:
    """Makes the copies of one finished file. Made once; every copy then takes less than a millisecond."""

    def __init__(self, data: bytes, face: Face | None) -> None:
        """``data`` is the finished PDF, ``face`` what marks are set in; without one only specks are drawn.

        Raises :class:`~.finished.NotStampableError`.
        """
        self.data, self.face = data, face
        self._finished = finished = read_finished(data, lettered=face is not None)
        at = len(data) + len(BEGIN)
        body, entries = bytearray(BEGIN), {}
        for number, written in sorted({**finished.objects, finished.first: _stream(b"q\n")}.items()):
            entries[number] = at
            piece = b"%d 0 obj\n%s\nendobj\n" % (number, written)
            body += piece
            at += len(piece)
        self._shared, self._entries, self._next = bytes(body), entries, at

    def copy(self, mark: Mark) -> bytes:
        """The copy that bears ``mark``: the finished file and what is appended to it."""
        return self.data + self.update(mark)

    def fitted(self, text: str) -> str:
        """``text`` as it will be set: cut off where the narrowest page has no room for more."""
        if self.face is None or not text:
            return ""
        room = min(width for _x, _y, width, _height, _cover in self._finished.boxes) - 2 * SIDE
        kept = text[:LONGEST]
        if kept == text and self.face.cut(text).width(text) * SIZE <= room:
            return text
        while kept:
            shown = kept + (_ELLIPSIS if self.face.has(_ELLIPSIS) else "")
            if self.face.cut(shown).width(shown) * SIZE <= room:
                return shown
            kept = kept[:-1]
        return ""

    def update(self, mark: Mark) -> bytes:
        """What is appended for ``mark``; it refers to itself by its place after the finished file.

        Raises :class:`~.face.FaceError` for a text that the face cannot set.
        """
        finished = self._finished
        text = self.fitted(mark.text)
        objects = {}
        # Without letters on any page a font would be there for nothing; a space keeps its name known to the pages.
        cut = None if self.face is None else self.face.cut(text or " ")
        for place, box in enumerate(finished.boxes):
            objects[finished.first + 1 + place] = _stream(_marks(text, mark.number, box, cut))
        if cut is not None and self.face is not None:
            objects.update(enumerate(_font(cut, self.face, finished.font), start=finished.font))
        facts = b"\n%% copy %s <%s>\n" % (mark.number.encode(), mark.text.encode().hex().encode())
        body, entries, at = bytearray(facts), dict(self._entries), self._next + len(facts)
        for number, written in objects.items():
            entries[number] = at
            piece = b"%d 0 obj\n%s\nendobj\n" % (number, written)
            body += piece
            at += len(piece)
        return self._shared + bytes(body) + self._references(entries, at, mark)

    def _references(self, entries: dict[int, int], at: int, mark: Mark) -> bytes:
        finished = self._finished
        fields = b"/Root %s /Prev %d" % (finished.root, finished.previous)
        if finished.info:
            fields += b" /Info %s" % finished.info
        if finished.identity:
            seed = finished.identity + mark.number.encode() + mark.text.encode()
            changed = hashlib.sha256(seed).digest()[: len(finished.identity)]
            fields += b" /ID [<%s> <%s>]" % (finished.identity.hex().encode(), changed.hex().encode())
        if finished.table:
            lines = [b"xref\n"]
            for run in _runs(sorted(entries)):
                lines.append(b"%d %d\n" % (run[0], len(run)))
                lines += [b"%010d 00000 n \n" % entries[number] for number in run]
            lines.append(b"trailer\n<</Size %d %s>>\n" % (finished.size, fields))
        else:
            entries = {**entries, finished.size: at}
            runs = _runs(sorted(entries))
            index = b" ".join(b"%d %d" % (run[0], len(run)) for run in runs)
            data = b"".join(struct.pack(">BIB", 1, entries[number], 0) for run in runs for number in run)
            head = b"/Type /XRef /Size %d /W [1 4 1] /Index [%s] " % (finished.size + 1, index)
            lines = [b"%d 0 obj\n%s\nendobj\n" % (finished.size, _stream(data, head + fields))]
        return b"".join([*lines, b"startxref\n%d\n%%%%EOF\n" % at])


def recognise(data: bytes, face: Face | None) -> Recognised | None:
    """What the file ``data`` is a copy of, when its last update is ours to the byte; else None.

    ``face`` is what marks are set in (:func:`~.face.read_face`), as nothing in the file is believed: the update is made
    again from the finished part and compared.
    """
    length = data.rfind(BEGIN)
    facts = _FACTS.search(data, length) if length > 0 else None
    if facts is None:
        return None
    try:
        mark = Mark(bytes.fromhex(facts[2].decode()).decode(), facts[1].decode())
        update = Stamper(data[:length], face if mark.text else None).update(mark)
    except (ValueError, NotStampableError, FaceError):
        return None
    if data[length:] != update:
        return None
    return Recognised(mark, length, hashlib.sha256(data[:length]).hexdigest())


def _marks(text: str, number: str, box: tuple[float, float, float, float, bool], cut: Cut | None) -> bytes:
    left, bottom, width, _height, cover = box
    lines = ["Q", "/Artifact <</Type /Pagination>> BDC", "q", dots_of(number, left, bottom)]
    if text and cut is not None and not cover:
        x = left + (width - cut.width(text) * SIZE) / 2
        lines += ["BT", f"{FONT} {SIZE} Tf", GREY, f"{x:.2f} {bottom + FOOT:.2f} Td", f"<{cut.codes(text)}> Tj", "ET"]
    return "\n".join([*lines, "Q", "EMC", ""]).encode()


def _font(cut: Cut, face: Face, first: int) -> list[bytes]:
    """A composite font with the glyphs of one mark (ISO 32000-1, 9.7); the objects from ``first`` on."""
    name = f"{cut.tag}+{face.name}".encode()
    per_em = 1000 / face.units
    box = b" ".join(b"%d" % round(value * per_em) for value in face.box)
    widths = b" ".join(b"%d" % width for width in cut.widths)
    return [
        b"<</Type /Font /Subtype /Type0 /BaseFont /%s /Encoding /Identity-H /DescendantFonts [%d 0 R]"
        b" /ToUnicode %d 0 R>>" % (name, first + 1, first + 4),
        b"<</Type /Font /Subtype /CIDFontType2 /BaseFont /%s /CIDToGIDMap /Identity /DW 1000 /W [1 [%s]]"
        b" /CIDSystemInfo <</Registry (Adobe) /Ordering (Identity) /Supplement 0>> /FontDescriptor %d 0 R>>"
        % (name, widths, first + 2),
        b"<</Type /FontDescriptor /FontName /%s /Flags 4 /FontBBox [%s] /ItalicAngle 0 /Ascent %d /Descent %d"
        b" /CapHeight 733 /StemV 80 /FontFile2 %d 0 R>>"
        % (name, box, round(face.ascent * per_em), round(face.descent * per_em), first + 3),
        _stream(cut.program, b"/Length1 %d" % len(cut.program)),
        _stream(_characters(cut)),
    ]


def _characters(cut: Cut) -> bytes:
    """The map from glyphs to characters (ISO 32000-1, 9.10.3)."""
    rows = [f"<{place:04x}> <{char.encode('utf-16-be').hex()}>" for place, char in enumerate(cut.characters, start=1)]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <ffff>",
        "endcodespacerange",
    ]
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end", ""]
    return "\n".join(lines).encode()


def _stream(data: bytes, fields: bytes = b"") -> bytes:
    # Not compressed: the bytes shall be the same with any version of zlib, and they are few.
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (fields, len(data), data)


def _runs(numbers: list[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs
