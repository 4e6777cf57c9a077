"""What laid-out pages hold, asked of the engine's boxes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes


def text_places(page: Any) -> list[tuple[str, float, float]]:
    """Every text on a page of the engine with its place, px, in the order of the document."""
    return [
        (box.text, round(box.position_x, 2), round(box.position_y, 2))
        for box in page._page_box.descendants()
        if isinstance(box, boxes.TextBox)
    ]


def marked_lines(page: Any) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """The blocks on a page that tell the line of their manuscript (``data-line``), with their rectangles.

    A rectangle is left, top, right and bottom in parts of the page, from 0 to 1.
    """
    for box in page._page_box.descendants():
        if box.element is None or not isinstance(box, boxes.BlockLevelBox):
            continue
        line = box.element.get("data-line", "")
        if line.isdigit() and box.element_tag == box.element.tag:
            x, y = box.border_box_x(), box.border_box_y()
            yield (
                int(line),
                (
                    x / page.width,
                    y / page.height,
                    (x + box.border_width()) / page.width,
                    (y + box.border_height()) / page.height,
                ),
            )
