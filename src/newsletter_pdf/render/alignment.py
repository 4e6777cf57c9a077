"""The alignment of each block of text, told in the PDF's tags.

WeasyPrint tags paragraphs but does not say how they are aligned, so that a program that reads the file back, such as
our measuring of the line setting or one that turns it into other forms, cannot tell ragged text from badly justified
text. The layout attribute ``TextAlign`` (ISO 32000-1, 14.8.5.4.3) is the place for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, wraps
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags

# Structure types of ruby text (14.8.4.4.2), which the engine does not tag.
_RUBY = {"ruby": "/Ruby", "rb": "/RB", "rt": "/RT"}
# What Layout attributes call the values of text-align; ``Start`` is the default and need not be written.
_NAMES = {"justify": "/Justify", "center": "/Center", "end": "/End", "right": "/End"}


class _Pages:
    """What the engine's function asks of a PDF, without making the list of all pages anew for every element."""

    def __init__(self, pdf: Any) -> None:
        self.page_references = pdf.page_references
        self.add_object = pdf.add_object


@cache
def tell_alignment() -> bool:
    """Let the tags of every PDF written from now on tell alignment; once in a process.

    Returns False, and changes nothing, when the engine's function that builds the tags is not where it is in
    WeasyPrint 70: the files are as good without.
    """
    stock = getattr(tags, "_build_box_tree", None)
    if stock is None:
        return False

    @wraps(stock)
    def build(box: Any, parent: Any, pdf: Any, *arguments: Any) -> Iterator[Any]:
        name = _alignment(box)
        ruby = _RUBY.get(box.element_tag) if getattr(box, "element", None) is not None else None
        for element in stock(box, parent, pdf if isinstance(pdf, _Pages) else _Pages(pdf), *arguments):
            if ruby is not None and element["S"] == "/NonStruct":
                element["S"] = ruby
            if name is not None and "A" not in element:
                element["A"] = pydyf.Dictionary({"O": "/Layout", "TextAlign": name})
            yield element

    tags._build_box_tree = build
    return True


def _alignment(box: Any) -> str | None:
    """The attribute's value for a block that holds lines; None for other boxes and for text that starts flush."""
    if not isinstance(box, boxes.BlockContainerBox):
        return None
    if not any(isinstance(child, boxes.LineBox) for child in box.children):
        return None
    return _NAMES.get(box.style["text_align_all"])
