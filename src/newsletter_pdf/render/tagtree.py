"""The structure elements of one page, taken from the engine as plain data.

The engine builds them from the page's boxes, as objects of the file that it writes. Here it is given a file of its own
for each page, and what it has put in is taken out as :class:`.sheets.Tag` and put in order by :mod:`.tagmend`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pydyf
from weasyprint.pdf import tags

from newsletter_pdf.render.sheets import LinkKid, Tag
from newsletter_pdf.render.tagmend import mend

_STRUCTURAL = frozenset(("Type", "S", "K", "Pg", "P"))


class _Page:
    """A file as the engine's function sees it: somewhere to put objects."""

    page_references = (b"page",)

    def __init__(self) -> None:
        self.objects: dict[bytes, Any] = {}

    def add_object(self, made: Any) -> None:
        made.number = len(self.objects) + 1
        self.objects[made.reference] = made


def page_tags(box: Any, marks: dict[Any, Any], links: Mapping[int, Any], height: float) -> tuple[Tag, ...]:
    """The elements of the page ``box``, outermost first.

    ``marks`` are the engine's notes on the marked content of the page, by box, and are used up; ``links`` are the
    annotations by their index on the page; ``height`` is the page's in pt.
    """
    page = _Page()
    root = pydyf.Dictionary({"S": "/Document", "K": pydyf.Array()})
    page.add_object(root)
    for index, annotation in links.items():
        annotation.link_index = index
        page.add_object(annotation)
    elements = [element.reference for element in tags._build_box_tree(box, root, page, 0, {}, [], marks)]
    return mend([_tag(page.objects[reference], page.objects) for reference in elements], height)


def _tag(element: Any, objects: Mapping[bytes, Any]) -> Tag:
    """The element and all below it."""
    tag = Tag(element["S"], attributes={key: value for key, value in element.items() if key not in _STRUCTURAL})
    for kid in element["K"]:
        if isinstance(kid, int):
            tag.kids.append(kid)
            continue
        below = objects[kid]
        if below["Type"] == "/OBJR":
            tag.kids.append(LinkKid(objects[below["Obj"]].link_index))
        else:
            tag.kids.append(_tag(below, objects))
    return tag
