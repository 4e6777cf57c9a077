"""The file identifier (ISO 32000-1, 14.4), made from the file's own bytes."""

from __future__ import annotations

import hashlib
import re

# The cross-reference stream's dictionary, or the trailer of a file without one: the last thing in the file but for its
# data and the address where it starts, so that nothing that has an address lies behind it.
_XREF_REACH = 2_000_000  # bytes; a cross-reference stream of 200,000 objects, not compressed, is shorter
_LAST_DICTIONARY = re.compile(rb"<<(?=/Type /XRef)|(?<=trailer\n)<<")


def with_identifier(data: bytes) -> bytes:
    """``data``, a PDF just written, with the file identifier (ISO 32000-1, 14.4) made from its own bytes.

    The engine can do it, but writes and compresses the whole file once more for it.
    """
    found = list(_LAST_DICTIONARY.finditer(data, max(0, data.rfind(b"startxref") - _XREF_REACH)))
    if not found or b"/ID [" in data[found[-1].end() : data.find(b">>", found[-1].end())]:
        return data  # the standards for archives have the engine write one
    at = found[-1].end()
    name = hashlib.sha256(data).hexdigest()[:32].encode()
    return b"".join((data[:at], b"/ID [<", name, b"> <", name, b">]", data[at:]))
