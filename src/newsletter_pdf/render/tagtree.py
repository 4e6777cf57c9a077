"""The structure elements of one page, taken from the engine as plain data.

The engine builds them from the page's boxes, as objects of the file that it writes. Here it is given a file of its own
for each page, and what it has put in is taken out as :class:`.sheets.Tag`. It wraps the text of every line in a
``Span`` of its own; a Span without attributes says nothing about its content (ISO 32000-1, 14.8.4.4.1), which may as
well belong to the paragraph itself (14.7.4.2: marked content as a kid). Without them the tree has a third of the
elements, and writing, proving and opening the file take less time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pydyf
from weasyprint.pdf import tags

from newsletter_pdf.render.sheets import LinkKid, Tag

#: Blocks of text, which may hold marked content directly; so may the inline elements in them.
_BLOCKS = frozenset(("/P", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6", "/LBody", "/Lbl", "/TD", "/TH", "/Caption"))
_INLINE = frozenset(("/Span", "/Link"))
_STRUCTURAL = frozenset(("Type", "S", "K", "Pg", "P"))


class _Page:
    """A file as the engine's function sees it: somewhere to put objects."""

    page_references = (b"page",)

    def __init__(self) -> None:
        self.objects: dict[bytes, Any] = {}

    def add_object(self, made: Any) -> None:
        made.number = len(self.objects) + 1
        self.objects[made.reference] = made


def page_tags(box: Any, marks: dict[Any, Any], links: Mapping[int, Any]) -> tuple[Tag, ...]:
    """The elements of the page ``box``, outermost first.

    ``marks`` are the engine's notes on the marked content of the page, by box, and are used up; ``links`` are the
    annotations by their index on the page.
    """
    page = _Page()
    root = pydyf.Dictionary({"S": "/Document", "K": pydyf.Array()})
    page.add_object(root)
    for index, annotation in links.items():
        annotation.link_index = index
        page.add_object(annotation)
    elements = [element.reference for element in tags._build_box_tree(box, root, page, 0, {}, [], marks)]
    return tuple(_tag(page.objects[reference], page.objects, False) for reference in elements)


def _tag(element: Any, objects: Mapping[bytes, Any], in_block: bool) -> Tag:
    """The element and all below it; ``in_block`` tells whether it stands in a block of text."""
    kind = element["S"]
    tag = Tag(kind, attributes={key: value for key, value in element.items() if key not in _STRUCTURAL})
    holds_text = kind in _BLOCKS or (kind in _INLINE and in_block)
    for kid in element["K"]:
        if isinstance(kid, int):
            tag.kids.append(kid)
            continue
        below = objects[kid]
        if below["Type"] == "/OBJR":
            tag.kids.append(LinkKid(objects[below["Obj"]].link_index))
            continue
        made = _tag(below, objects, holds_text)
        if holds_text and _says_nothing(made):
            tag.kids.extend(made.kids)
        else:
            tag.kids.append(made)
    return tag


def _says_nothing(tag: Tag) -> bool:
    return (
        tag.kind == "/Span" and not tag.attributes and bool(tag.kids) and all(isinstance(kid, int) for kid in tag.kids)
    )
