"""The structure tree (ISO 32000-1, 14.7 and 14.8) as plain data, read once.

Nothing is judged here: what is damaged in the tree is simply not there, or noted in :attr:`Tree.faults`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from newsletter_pdf.verify.pdffile import PdfFile
from newsletter_pdf.verify.pdfobjects import as_text, dictionary, entry, number, resolve

_MOST_ELEMENTS = 300_000
_DEEPEST = 200
_MOST_ROLES = 8  # steps through a role map; a longer chain is taken for a circle

#: The standard structure types (14.8.4), which a role map must lead to and must not change.
STANDARD = frozenset(
    (
        "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "Index", "NonStruct",
        "Private", "P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH",
        "TD", "THead", "TBody", "TFoot", "Span", "Quote", "Note", "Reference", "BibEntry", "Code", "Link",
        "Annot", "Ruby", "RB", "RT", "RP", "Warichu", "WT", "WP", "Figure", "Formula", "Form",
    )
)  # fmt: skip


@dataclass(slots=True, eq=False)
class Element:
    """One structure element.

    ``tag`` is its standard type after the role map, without the slash, ``own_tag`` the one written; ``parent`` None
    for what stands right below the root. ``page`` is 0-based, its own or that of the element around it; ``content`` its
    marked content as (page, MCID); ``objects`` the object numbers of the annotations that it holds.
    """

    node: DictionaryObject = field(repr=False)
    number: int
    tag: str
    own_tag: str
    parent: Element | None
    page: int | None
    depth: int
    kids: list[Element] = field(default_factory=list)
    content: list[tuple[int | None, int]] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)

    def text(self, key: str) -> str:
        """The text string under ``key`` such as ``/Alt``, empty when there is none."""
        return as_text(entry(self.node, key)) or "" if key in self.node else ""

    def attribute(self, key: str) -> object:
        """The value of an attribute (14.7.5), resolved; None when the element does not have it."""
        given = entry(self.node, "/A") if "/A" in self.node else None
        for raw in given if isinstance(given, ArrayObject) else [given]:
            attributes = resolve(raw)
            if isinstance(attributes, DictionaryObject) and key in attributes:
                return entry(attributes, key)
        return None

    def below(self) -> Iterator[Element]:
        """All elements inside this one, in the order of reading."""
        stack = list(reversed(self.kids))
        while stack:
            element = stack.pop()
            yield element
            stack.extend(reversed(element.kids))

    @property
    def empty(self) -> bool:
        """Whether neither it nor anything inside holds content or an annotation."""
        return not self.content and not self.objects and all(element.empty for element in self.kids)


@dataclass(slots=True)
class Tree:
    """The elements in the order of reading, and where each piece of content and each annotation belongs.

    ``faults`` counts what is wrong with the tree itself, by what it is, with the first page on which it is so.
    """

    elements: list[Element] = field(default_factory=list)
    owners: dict[tuple[int, int], list[Element]] = field(default_factory=lambda: defaultdict(list))
    holders: dict[int, list[Element]] = field(default_factory=lambda: defaultdict(list))
    faults: dict[str, list[int | None]] = field(default_factory=lambda: defaultdict(list))
    unknown_types: dict[str, Element] = field(default_factory=dict)
    remapped: list[str] = field(default_factory=list)


def read_tree(pdf: PdfFile) -> Tree | None:
    """The structure tree of ``pdf``; None when it has none, or an empty one."""
    root = dictionary(pdf.root, "/StructTreeRoot")
    if root is None or entry(root, "/K") is None:
        return None
    return _Builder(pdf, root).tree


class _Builder:
    def __init__(self, pdf: PdfFile, root: DictionaryObject) -> None:
        self.tree = Tree()
        self._pages = pdf.page_numbers
        self._roles = dictionary(root, "/RoleMap")
        self._types: dict[str, str] = {}
        self._seen: set[int] = set()
        self.tree.remapped = [str(name).lstrip("/") for name in self._roles or () if name.lstrip("/") in STANDARD]
        root_number = root.indirect_reference.idnum if root.indirect_reference else 0
        # Depth first, the first kid on top of the stack, so that elements come in the order of reading.
        stack: list[tuple[object, Element | None]] = [(kid, None) for kid in reversed(_kids(root))]
        while stack and len(self.tree.elements) < _MOST_ELEMENTS:
            raw, parent = stack.pop()
            element = self._take(raw, parent, root_number)
            if element is not None and element.depth < _DEEPEST:
                stack.extend((kid, element) for kid in reversed(_kids(element.node)))

    def _take(self, raw: object, parent: Element | None, root_number: int) -> Element | None:
        """Note one kid of ``parent``; returns it when it is an element, whose own kids are still to be taken."""
        if isinstance(raw, int):
            self._own(parent, parent.page if parent else None, int(raw))
            return None
        node = resolve(raw)
        if isinstance(node, int) and not isinstance(node, bool):
            self._own(parent, parent.page if parent else None, int(node))
            return None
        if not isinstance(node, DictionaryObject):
            self.tree.faults["kid"].append(parent.page if parent else None)
            return None
        kind = node.get("/Type") if "/S" not in node else None
        if kind in ("/MCR", "/OBJR"):
            page = self._page(node) if "/Pg" in node else parent.page if parent else None
            if kind == "/MCR":
                mcid = number(entry(node, "/MCID"))
                self._own(parent, page, -1 if mcid is None else int(mcid))
            else:
                self._hold(parent, node, page)
            return None
        if id(node) in self._seen:
            self.tree.faults["twice"].append(parent.page if parent else None)
            return None
        self._seen.add(id(node))
        own = str(entry(node, "/S") or "").lstrip("/")
        number_ = raw.idnum if isinstance(raw, IndirectObject) else 0
        page = self._page(node) if "/Pg" in node else parent.page if parent else None
        depth = parent.depth + 1 if parent else 0
        element = Element(node, number_, self._standard(own), own, parent, page, depth)
        above = node.raw_get("/P") if "/P" in node else None
        if not isinstance(above, IndirectObject) or above.idnum != (parent.number if parent else root_number):
            self.tree.faults["parent"].append(page)
        if element.tag not in STANDARD:
            self.tree.unknown_types.setdefault(own, element)
        self.tree.elements.append(element)
        if parent is not None:
            parent.kids.append(element)
        return element

    def _own(self, element: Element | None, page: int | None, mcid: int) -> None:
        if element is None or page is None or mcid < 0:
            self.tree.faults["content"].append(page)
            return
        element.content.append((page, mcid))
        self.tree.owners[page, mcid].append(element)

    def _hold(self, element: Element | None, node: DictionaryObject, page: int | None) -> None:
        reference = node.raw_get("/Obj") if "/Obj" in node else None
        if element is None or not isinstance(reference, IndirectObject):
            self.tree.faults["object"].append(page)
            return
        element.objects.append(reference.idnum)
        self.tree.holders[reference.idnum].append(element)

    def _page(self, node: DictionaryObject) -> int | None:
        reference = node.raw_get("/Pg")
        return self._pages.get(reference.idnum) if isinstance(reference, IndirectObject) else None

    def _standard(self, own: str) -> str:
        """The standard type that ``own`` stands for by the role map; itself when the map does not know it."""
        known = self._types.get(own)
        if known is None:
            known = own
            for _step in range(_MOST_ROLES):
                if known in STANDARD or self._roles is None or f"/{known}" not in self._roles:
                    break
                known = str(entry(self._roles, f"/{known}") or "").lstrip("/")
            self._types[own] = known
        return known


def _kids(node: DictionaryObject) -> list[object]:
    if "/K" not in node:
        return []
    raw = node.raw_get("/K")
    kids = resolve(raw)
    return list(kids) if isinstance(kids, ArrayObject) else [raw]


def number_tree(root: DictionaryObject | None) -> dict[int, object]:
    """The pairs of a number tree (7.9.7), the values unresolved."""
    found: dict[int, object] = {}
    stack: list[object] = [root]
    seen: set[int] = set()
    while stack and len(seen) < _MOST_ELEMENTS:
        node = stack.pop()
        if not isinstance(node, DictionaryObject) or id(node) in seen:
            continue
        seen.add(id(node))
        nums, kids = entry(node, "/Nums"), entry(node, "/Kids")
        if isinstance(nums, ArrayObject):
            items = list(nums)
            for key, value in zip(items[::2], items[1::2], strict=False):
                if isinstance(key, int):
                    found[int(key)] = value
        if isinstance(kids, ArrayObject):
            stack.extend(resolve(kid) for kid in list(kids))
    return found
