"""CMaps: from the codes of a content stream to characters, and to glyphs.

A ``ToUnicode`` CMap (ISO 32000-1, 9.10.3) maps codes to text, an embedded encoding CMap (9.7.5) codes to CIDs. Both are
PostScript files of which only the mapping sections matter. Nothing here raises: a line that is none is passed over.
"""

from __future__ import annotations

import re

_SECTION = re.compile(rb"begin(bfchar|bfrange|cidchar|cidrange)\b(.*?)end\1\b", re.DOTALL)
_BF_CHAR = re.compile(rb"<([^<>]*)>\s*<([^<>]*)>")
_BF_RANGE = re.compile(rb"<([^<>]*)>\s*<([^<>]*)>\s*(?:<([^<>]*)>|\[([^\[\]]*)\])")
_CID_CHAR = re.compile(rb"<([^<>]*)>\s*(\d+)")
_CID_RANGE = re.compile(rb"<([^<>]*)>\s*<([^<>]*)>\s*(\d+)")
_STRING = re.compile(rb"<([^<>]*)>")
_LONGEST = 0x10000  # codes have two bytes at most, so no honest range is longer


def to_unicode(data: bytes) -> dict[int, str]:
    """Code → text. An empty text is a glyph that belongs to the one before it (part of a cluster)."""
    mapping: dict[int, str] = {}
    for kind, body in _SECTION.findall(data):
        if kind == b"bfchar":
            for source, target in _BF_CHAR.findall(body):
                code, text = _number(source), _text(target)
                if code is not None and text is not None:
                    mapping[code] = text
        elif kind == b"bfrange":
            for first, last, start, listed in _BF_RANGE.findall(body):
                _map_range(mapping, _number(first), _number(last), start, listed)
    return mapping


def to_cid(data: bytes) -> dict[int, int]:
    """Code → CID, from an embedded encoding CMap; a code that it does not name is CID 0, .notdef."""
    mapping: dict[int, int] = {}
    for kind, body in _SECTION.findall(data):
        if kind == b"cidchar":
            for source, cid in _CID_CHAR.findall(body):
                code = _number(source)
                if code is not None:
                    mapping[code] = int(cid[:9])
        elif kind == b"cidrange":
            for first, last, cid in _CID_RANGE.findall(body):
                low, high = _number(first), _number(last)
                if low is not None and high is not None:
                    for step in range(min(high - low + 1, _LONGEST)):
                        mapping[low + step] = int(cid[:9]) + step
    return mapping


def _map_range(mapping: dict[int, str], low: int | None, high: int | None, start: bytes, listed: bytes) -> None:
    if low is None or high is None:
        return
    count = min(high - low + 1, _LONGEST)
    if listed:
        for step, target in zip(range(count), _STRING.findall(listed), strict=False):
            text = _text(target)
            if text is not None:
                mapping[low + step] = text
        return
    first = _text(start)
    if not first:
        return
    head, tail = first[:-1], ord(first[-1])  # only the last code unit counts up
    for step in range(count):
        if tail + step > 0x10FFFF:
            break
        mapping[low + step] = head + chr(tail + step)


def _number(digits: bytes) -> int | None:
    try:
        return int(b"".join(digits.split())[:8], 16)
    except ValueError:
        return None


def _text(digits: bytes) -> str | None:
    try:
        return bytes.fromhex(digits.decode("ascii")).decode("utf-16-be")
    except (ValueError, UnicodeDecodeError):
        return None
