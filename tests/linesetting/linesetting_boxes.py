"""Reading the boxes that the engine made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def line_boxes(document: Any) -> Iterator[Any]:
    """The line boxes of a document's pages, in order."""
    from weasyprint.formatting_structure import boxes

    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.LineBox):
                yield box


def text_of(line: Any) -> str:
    """The characters of a line box."""
    from weasyprint.formatting_structure import boxes

    return "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox))
