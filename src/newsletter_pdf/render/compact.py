"""What is done to the file beside what the engine does: fewer objects, and its identifier.

WeasyPrint wraps the text of every line in a ``Span`` of its own. A Span without attributes says nothing about its
content (ISO 32000-1, 14.8.4.4.1), which may as well belong to the paragraph itself (14.7.4.2: marked content as a kid);
without them the tree has a third of the elements, and writing, proving and opening the file take less time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from typing import Any

import pydyf

#: Blocks of text, which may hold marked content directly; so may the inline elements in them.
_BLOCKS = frozenset(("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/LBody", "/Lbl", "/TD", "/TH", "/Caption"))
_INLINE = frozenset(("/Span", "/Link"))
_PLAIN = frozenset(("Type", "S", "K", "Pg", "P"))


# The cross-reference stream's dictionary, or the trailer of a file without one: the last thing in the file but for its
# data and the address where it starts, so that nothing that has an address lies behind it.
_XREF_REACH = 2_000_000  # bytes; a cross-reference stream of 200,000 objects, not compressed, is shorter
_LAST_DICTIONARY = re.compile(rb"<<(?=/Type /XRef)|(?<=trailer\n)<<")


class FreeEntry(pydyf.Object):  # type: ignore[misc] # pydyf has no types
    """A free entry of the cross-reference table (ISO 32000-1, 7.5.4 and 7.5.8.3)."""

    compressible = False
    data = b"null"

    def __init__(self) -> None:
        super().__init__()
        self.number = 0
        self.generation = 65535
        self.free = "f"


def drop_plain_spans(pdf: Any) -> int:
    """Give the marked content of Spans in blocks that say nothing to the elements they stand in; returns how many.

    ``pdf`` is a complete ``pydyf.PDF`` that has not been written yet.
    """
    elements: dict[bytes, Any] = {
        object_.reference: object_
        for object_ in pdf.objects
        if isinstance(object_, pydyf.Dictionary) and object_.get("Type") == "/StructElem"
    }
    holder: dict[bytes, bytes] = {}
    # Inner elements are made after the ones they stand in: from the last to the first, a Span of bare Spans goes too.
    for reference, element in reversed(elements.items()):
        parent = elements.get(element["P"])
        if parent is None or not _is_plain_span(element) or not _in_block(parent, elements):
            continue
        if parent["Pg"] != element["Pg"] or reference not in parent["K"]:
            continue
        at = parent["K"].index(reference)
        parent["K"][at : at + 1] = element["K"]
        holder[reference] = element["P"]
    if not holder:
        return 0
    _rewrite_parents(pdf, holder)
    for index, object_ in enumerate(pdf.objects):
        if object_.number and object_.reference in holder:
            pdf.objects[index] = FreeEntry()
    return len(holder)


def _is_plain_span(element: Mapping[str, Any]) -> bool:
    return (
        element["S"] == "/Span"
        and element.keys() <= _PLAIN
        and bool(element["K"])
        and all(isinstance(kid, int) for kid in element["K"])
    )


def _in_block(element: Mapping[str, Any] | None, elements: Mapping[bytes, Mapping[str, Any]]) -> bool:
    """Whether the element is a block of text or an inline element in one, as a note at the foot of a page is not."""
    while element is not None and element["S"] in _INLINE:
        element = elements.get(element["P"])
    return element is not None and element["S"] in _BLOCKS


def _rewrite_parents(pdf: Any, holder: Mapping[bytes, bytes]) -> None:
    """Let the parent tree (ISO 32000-1, 14.7.4.4) name the elements that hold the content now."""

    def final(reference: bytes) -> bytes:
        while reference in holder:
            reference = holder[reference]
        return reference

    root = next(o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/StructTreeRoot")
    tree = next(o for o in pdf.objects if o.number and o.reference == root["ParentTree"])
    for entry in tree["Nums"]:
        if isinstance(entry, pydyf.Array):
            entry[:] = [final(reference) for reference in entry]


def with_identifier(data: bytes) -> bytes:
    """``data``, a PDF just written, with the file identifier (ISO 32000-1, 14.4) made from its own bytes.

    The engine can do it, but writes and compresses the whole file once more for it.
    """
    found = list(_LAST_DICTIONARY.finditer(data, max(0, data.rfind(b"startxref") - _XREF_REACH)))
    if not found:
        return data
    at = found[-1].end()
    name = hashlib.sha256(data).hexdigest()[:32].encode()
    return b"".join((data[:at], b"/ID [<", name, b"> <", name, b">]", data[at:]))
