"""The structure tree (ISO 32000-1, 14.7 and 14.8): which marked content belongs to which block of text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from pypdf.generic import DictionaryObject

from newsletter_pdf.verify.pdffile import PdfFile
from newsletter_pdf.verify.pdfobjects import array, dictionary, entry, identity, number, resolve, text

_MOST_ELEMENTS = 500_000
_DEEPEST = 200


class Kind(Enum):
    """What a block is to the measuring: running text, heading, table cell, caption, words in a drawing, or another."""

    TEXT = auto()
    HEADING = auto()
    CELL = auto()
    CAPTION = auto()
    DRAWING = auto()
    OTHER = auto()


class Owner(NamedTuple):
    """The block that marked content belongs to.

    ``number`` tells blocks of one file apart and counts in the order of reading. ``align`` is the layout attribute
    ``TextAlign`` (14.8.5.4.3) in force. ``note`` tells that the block stands outside the run of the text, as a note at
    the foot of a page.
    """

    number: int
    kind: Kind
    align: str | None
    note: bool = False


@dataclass(frozen=True, slots=True)
class Tags:
    """Owners by 0-based page and marked-content identifier; whether any element has a ``TextAlign``."""

    owners: Mapping[tuple[int, int], Owner]
    aligned: bool


_INLINE = frozenset(("Span", "Link", "NonStruct", "Quote", "Code", "Reference", "Annot", "Ruby", "RB", "Em", "Strong"))
_NOTES = frozenset(("Note", "FENote"))
_GROUPING = frozenset(("Document", "Part", "Art", "Sect", "Div", "StructTreeRoot", "Private", "L", "Table", "TR"))
_KINDS = {
    "P": Kind.TEXT,
    "LI": Kind.TEXT,
    "LBody": Kind.TEXT,
    "Note": Kind.TEXT,
    "FENote": Kind.TEXT,
    "BlockQuote": Kind.TEXT,
    "TD": Kind.CELL,
    "TH": Kind.CELL,
    "TOCI": Kind.CELL,
    "Caption": Kind.CAPTION,
    "Figure": Kind.DRAWING,
    "Title": Kind.HEADING,
    "H": Kind.HEADING,
} | {f"H{level}": Kind.HEADING for level in range(1, 7)}


class _Step(NamedTuple):
    """One element on the way down: its number, tag, and what its content inherits."""

    number: int
    tag: str
    page: int | None
    align: str | None


def read_tags(file: PdfFile) -> Tags | None:
    """The tags of ``file``; None when it has none."""
    root = dictionary(file.root, "/StructTreeRoot")
    if root is None:
        return None
    pages = {
        page.indirect_reference.idnum: index
        for index, page in enumerate(file.page_objects)
        if page.indirect_reference is not None
    }
    roles = dictionary(root, "/RoleMap")
    owners: dict[tuple[int, int], Owner] = {}
    aligned = False
    seen: set[int] = set()
    stack: list[tuple[object, tuple[_Step, ...]]] = [(root, ())]
    count = 0
    while stack and count < _MOST_ELEMENTS:
        node, path = stack.pop()
        page = path[-1].page if path else None
        mcid = number(node)
        if mcid is not None:
            _own(owners, page, mcid, path)
            continue
        element = resolve(node)
        if not isinstance(element, DictionaryObject) or id(element) in seen or len(path) > _DEEPEST:
            continue
        seen.add(id(element))
        count += 1
        here = pages.get(identity(element.raw_get("/Pg")) or 0) if "/Pg" in element else None
        page = page if here is None else here
        kind = text(element, "/Type")
        if kind == "/MCR":
            mcid = number(entry(element, "/MCID"))
            if mcid is not None:
                _own(owners, page, mcid, path)
            continue
        if kind == "/OBJR":
            continue
        tag = (text(element, "/S") or "/StructTreeRoot").lstrip("/")
        tag = (text(roles, f"/{tag}") or tag).lstrip("/")
        own = _text_align(element)
        aligned |= own is not None
        step = _Step(count, tag, page, own or (path[-1].align if path else None))
        kids = entry(element, "/K")
        items = array(element, "/K") if isinstance(kids, list) else [element.raw_get("/K")] if "/K" in element else []
        stack.extend((item, (*path, step)) for item in reversed(items))
    return Tags(owners, aligned)


def _own(owners: dict[tuple[int, int], Owner], page: int | None, mcid: float, path: tuple[_Step, ...]) -> None:
    if page is None or not path:
        return
    place = len(path) - 1
    while place > 0 and path[place].tag in _INLINE:
        place -= 1
    step = path[place]
    kind = _KINDS.get(step.tag, Kind.OTHER)
    note = step.tag in _NOTES
    if step.tag in _GROUPING:
        # Text that stands in no block of its own: each inline element below the group is one, as a note at the foot of
        # a page (whose area is no structure). The innermost element is the piece of one line, and not counted. What has
        # no element but the nameless is a block without a name: program text, a numeral that is an ornament.
        inline = path[place + 1 : -1]
        if inline:
            named = next((each for each in inline if each.tag != "NonStruct"), None)
            step, kind, note = named or inline[0], Kind.TEXT, named is not None
    if kind is Kind.TEXT and any(_KINDS.get(above.tag) is Kind.CELL for above in path[:place]):
        kind = Kind.CELL
    owners[page, int(mcid)] = Owner(step.number, kind, step.align, note)


def _text_align(element: DictionaryObject) -> str | None:
    """``TextAlign`` of the element's own attributes: ``Start``, ``Center``, ``End`` or ``Justify``."""
    given = entry(element, "/A")
    for raw in given if isinstance(given, list) else [given]:
        attributes = resolve(raw)
        if text(attributes, "/O") == "/Layout" and (align := text(attributes, "/TextAlign")):
            return align.lstrip("/")
    return None
