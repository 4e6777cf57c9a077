"""The tag tree put in order before the file is written: what the engine's tags lack of PDF/UA-1 (ISO 14289-1).

WeasyPrint makes an element of each box. Boxes that are only there for layout thus become headings within headings and
lists within lists; running heads are tagged as text but belong to no element; levels of headings are those of the
HTML, where articles are third even in a section without groups; header cells do not say what they head.

:func:`mend` works on the ``pydyf`` objects of a complete file that has not been written yet, and knows nothing of
boxes. It is called before :func:`.compact.drop_plain_spans`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

from newsletter_pdf.render.compact import FreeEntry

_HEADINGS = {f"/H{level}": level for level in range(1, 7)}
# Types that do not stand in their like: the inner one is a box that the engine made for itself.
_NOT_IN_ITSELF = frozenset((*_HEADINGS, "/P", "/Caption", "/TD", "/TH", "/LI", "/LBody", "/Lbl"))
_PAGINATION = b"/Artifact\n<</Type /Pagination>>\nBDC"


def mend(pdf: Any) -> None:
    """Put the tag tree of ``pdf`` in order; a file without one is left as it is."""
    root = next((o for o in pdf.objects if isinstance(o, dict) and o.get("Type") == "/StructTreeRoot"), None)
    if root is None:
        return
    tree = _Tree(pdf, root)
    tree.part_margins_from_text()
    tree.flatten()
    tree.gather_links()
    tree.complete_lists()
    tree.scope_headers()
    tree.level_headings()
    tree.place_figures()
    tree.free_what_was_dropped()


class _Tree:
    """The elements by reference; kids are references (bytes), MCIDs (int) or object references of annotations."""

    def __init__(self, pdf: Any, root: Any) -> None:
        self.pdf = pdf
        self.root = root
        self.objects: dict[bytes, Any] = {o.reference: o for o in pdf.objects if o.number}
        self.elements: dict[bytes, Any] = {
            reference: o
            for reference, o in self.objects.items()
            if isinstance(o, pydyf.Dictionary) and o.get("Type") == "/StructElem"
        }
        self.dropped: set[bytes] = set()

    def kids(self, element: Any) -> list[tuple[bytes, Any]]:
        """The kids of an element that are elements, in order."""
        return [(kid, self.elements[kid]) for kid in element["K"] if isinstance(kid, bytes) and kid in self.elements]

    def walk(self) -> Iterator[Any]:
        """All elements that the root leads to, in the order of reading."""
        stack = [reference for reference in reversed(self.root["K"]) if reference in self.elements]
        while stack:
            element = self.elements[stack.pop()]
            yield element
            stack.extend(reference for reference, _kid in reversed(self.kids(element)))

    def part_margins_from_text(self) -> None:
        """Make artifacts of running heads and folios, which the engine marks as text of elements outside the tree.

        Source: ISO 14289-1, 7.8 (running headers and footers); ISO 32000-1, 14.8.2.2.2 (pagination artifacts).
        """
        inside = {element.reference for element in self.walk()}
        nums = self.objects[self.root["ParentTree"]]["Nums"]
        for page, owners in zip(nums[::2], nums[1::2], strict=True):
            if not isinstance(owners, pydyf.Array):
                continue  # an annotation's entry
            outside = {mcid for mcid, owner in enumerate(owners) if owner not in inside}
            if not outside:
                continue
            for mcid in outside:
                owners[mcid] = "null"
            while owners and owners[-1] == "null":
                owners.pop()
            _make_artifacts(self.objects[self.objects[self.pdf.page_references[page]]["Contents"]], outside)
        self.dropped |= self.elements.keys() - inside

    def flatten(self) -> None:
        """Take out boxes for layout: elements without content, and blocks within blocks of their own type.

        Source: ISO 32000-1, 14.8.4.3 (block-level structure elements).
        """
        for element in reversed(list(self.walk())):  # inner elements first
            kids: list[object] = []
            for kid in element["K"]:
                inner = self.elements.get(kid) if isinstance(kid, bytes) else None
                if inner is None:
                    kids.append(kid)
                elif not inner["K"] and inner["S"] not in ("/TD", "/TH"):  # an empty cell keeps its place in the row
                    self.dropped.add(kid)
                elif inner["S"] == element["S"] and self._is_wrapped(element, inner):
                    for grandchild in inner["K"]:
                        if isinstance(grandchild, bytes) and grandchild in self.elements:
                            self.elements[grandchild]["P"] = element.reference
                    kids += inner["K"]
                    self.dropped.add(kid)
                else:
                    kids.append(kid)
            element["K"][:] = kids

    def _is_wrapped(self, outer: Any, inner: Any) -> bool:
        """Whether ``inner`` is a box within the box of the same element; a list within a list may be a real one."""
        if outer["S"] == "/L":  # the columns of one list are lists to the engine, and hold all its items
            return inner["S"] == "/L" and not any(kid["S"] == "/LI" for _reference, kid in self.kids(outer))
        holds_ints = any(isinstance(kid, int) for kid in inner["K"])
        return outer["S"] in _NOT_IN_ITSELF and not holds_ints

    def gather_links(self) -> None:
        """Let each link's annotations be kids of its Link, not of the boxes in it, each of which has one of its own.

        Source: ISO 14289-1, 7.18.5; ISO 32000-1, 14.8.4.4.2 (a Link holds its content and object references).
        """
        nums = self.objects[self.root["ParentTree"]]["Nums"]
        at = {number: index + 1 for index, number in enumerate(nums) if index % 2 == 0}
        for element in list(self.walk()):
            if element["S"] == "/Link":
                continue
            references = [kid for kid in element["K"] if self._is_object_reference(kid)]
            if not references:
                continue
            link = element
            while link is not None and link["S"] != "/Link":
                link = self.elements.get(link["P"])
            if link is None:  # a box that is no <a>, yet leads somewhere
                element["S"] = "/Link"
                continue
            element["K"][:] = [kid for kid in element["K"] if kid not in references]
            link["K"].extend(references)
            for reference in references:
                annotation = self.objects[self.objects[reference]["Obj"]]
                nums[at[annotation["StructParent"]]] = link.reference

    def _is_object_reference(self, kid: object) -> bool:
        return isinstance(kid, bytes) and kid not in self.elements and self.objects[kid].get("Type") == "/OBJR"

    def complete_lists(self) -> None:
        """What stands in a list item beside its label goes into its body; a list within a list goes there, too.

        Source: ISO 32000-1, 14.8.4.3.3, table 336.
        """
        for element in list(self.walk()):
            if element["S"] == "/LI":
                self._complete_item(element)
        for element in list(self.walk()):
            if element["S"] != "/L":
                continue
            body: Any = None
            kids: list[object] = []
            for kid in element["K"]:
                inner = self.elements.get(kid) if isinstance(kid, bytes) else None
                if inner is not None and inner["S"] == "/L" and body is not None:
                    inner["P"] = body.reference
                    body["K"].append(kid)
                    continue
                if inner is not None and inner["S"] == "/LI":
                    body = next((k for _r, k in reversed(self.kids(inner)) if k["S"] == "/LBody"), None)
                kids.append(kid)
            element["K"][:] = kids

    def _complete_item(self, item: Any) -> None:
        labels = [kid for kid in item["K"] if isinstance(kid, bytes) and self._type(kid) == "/Lbl"]
        rest = [kid for kid in item["K"] if kid not in labels]
        if all(self._type(kid) == "/LBody" for kid in rest) and len(rest) <= 1:
            return
        if not rest:
            return
        bodies = [kid for kid in rest if self._type(kid) == "/LBody"]
        if bodies:
            body = self.elements[bodies[0]]
        else:
            body = pydyf.Dictionary(
                {"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array(), "Pg": item["Pg"], "P": item.reference}
            )
            self.pdf.add_object(body)
            self.elements[body.reference] = self.objects[body.reference] = body
        kids: list[object] = []
        for kid in rest:
            if kid == body.reference:
                kids += body["K"]
                continue
            kids.append(kid)
            if isinstance(kid, bytes) and kid in self.elements:
                self.elements[kid]["P"] = body.reference
        body["K"][:] = kids
        item["K"][:] = [*labels, body.reference]

    def _type(self, kid: object) -> str:
        element = self.elements.get(kid) if isinstance(kid, bytes) else None
        return str(element["S"]) if element is not None else ""

    def scope_headers(self) -> None:
        """Let each header cell say whether it heads a row or a column (ISO 32000-1, 14.8.5.7, ``Scope``)."""
        for row in self.walk():
            if row["S"] != "/TR":
                continue
            cells = [cell for _reference, cell in self.kids(row) if cell["S"] in ("/TH", "/TD")]
            in_head = self._type(row["P"]) == "/THead" or all(cell["S"] == "/TH" for cell in cells)
            for cell in cells:
                if cell["S"] == "/TH":
                    cell.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
                    cell["A"].setdefault("Scope", "/Column" if in_head else "/Row")

    def level_headings(self) -> None:
        """Close the gaps in the levels of headings: none is more than one below the heading over it.

        Source: ISO 14289-1, 7.4.2.
        """
        above: list[int] = []
        for element in self.walk():
            level = _HEADINGS.get(element["S"])
            if level is None:
                continue
            while above and above[-1] >= level:
                above.pop()
            above.append(level)
            element["S"] = f"/H{len(above)}"

    def place_figures(self) -> None:
        """Give the boxes of figures in the page's space: the engine has them in px from the page's upper left corner.

        Source: ISO 32000-1, 14.8.5.4.3, ``BBox`` (default user space: pt from the lower left corner).
        """
        for element in self.walk():
            attributes = element.get("A")
            if element["S"] != "/Figure" or not isinstance(attributes, dict) or "BBox" not in attributes:
                continue
            height = float(self.objects[element["Pg"]]["MediaBox"][3])
            x1, y1, x2, y2 = (float(value) * 0.75 for value in attributes["BBox"])
            attributes["BBox"] = pydyf.Array(round(v, 3) for v in (x1, height - y2, x2, height - y1))

    def free_what_was_dropped(self) -> None:
        """Leave elements that are no longer in the tree out of the file, with all that stands in them."""
        gone = self.dropped
        for index, object_ in enumerate(self.pdf.objects):
            if object_.number and object_.reference in gone:
                self.pdf.objects[index] = FreeEntry()


def _make_artifacts(stream: Any, mcids: set[int]) -> None:
    """Change the marks of the pieces ``mcids`` in a page's stream from text to pagination artifact."""
    items = stream.stream
    for index in range(len(items) - 2):
        properties = items[index + 1]
        if items[index + 2] == b"BDC" and isinstance(properties, dict) and properties.get("MCID") in mcids:
            items[index : index + 3] = [_PAGINATION, b"", b""]
