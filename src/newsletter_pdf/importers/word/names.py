"""XML names of the parts of a Word file, and small helpers around them.

Namespaces: ECMA-376 Part 1, Annex A (transitional). The strict ones of Part 1 are brought to these when a file is
opened, so that there is one name for each thing.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741 - the prefix that every such file uses
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
CX = "{http://schemas.microsoft.com/office/drawing/2014/chartex}"
DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"

CHART_TEXT = (A + "t", C + "v", CX + "v", CX + "pt")
"""Where the text of charts and diagrams stands."""

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

Element = etree._Element
"""An element of lxml; lxml names its class with an underscore only."""

# Namespace beginnings of ISO/IEC 29500 Strict, and what the transitional form has in their place.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", M[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


def children(element: Element | None, name: str) -> Iterator[Element]:
    """The children called ``name`` (with its namespace); none for None."""
    return iter(()) if element is None else element.iterchildren(name)


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along ``path``, one child a step, or None."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(name), None)
    return element


def value(element: Element | None, *path: str) -> str | None:
    """The ``w:val`` of the descendant along ``path``, or None when there is none."""
    found = child(element, *path)
    return None if found is None else found.get(W + "val")


def alternative(element: Element) -> Element | None:
    """The form of a ``mc:AlternateContent`` that counts: the richest that holds anything (ECMA-376 Part 3, 9)."""
    forms = [node for node in element.iterchildren() if node.tag in {MC + "Choice", MC + "Fallback"}]
    return next((form for form in forms if len(form)), forms[0] if forms else None)


def text_of(element: Element) -> str:
    """The text of a ``w:t`` and its like, comments and instructions inside it left out."""
    return "".join(str(part) for part in element.itertext(with_tail=False))


def texts_in(element: Element | None) -> str:
    """All text below an element, formulas included; nothing for None."""
    return "" if element is None else "".join(text_of(node) for node in element.iter(W + "t", M + "t"))


def whole(text: str | None) -> int | None:
    """A whole number as the files write it, or None for anything else."""
    try:
        return int(float(text)) if text is not None and len(text) < 20 else None
    except (ValueError, OverflowError):
        return None


def switched_on(element: Element | None, name: str) -> bool | None:
    """A toggle such as ``w:b`` (ECMA-376 Part 1, 17.17.4): its state, or None when nothing is said."""
    found = child(element, name)
    if found is None:
        return None
    return found.get(W + "val", "1").lower() not in {"0", "false", "off", "none"}
