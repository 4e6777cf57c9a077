"""Running heads and folios, made when the number of a part's first page is known.

The engine lays out all pages of a document and then the boxes in their margins. Nothing else on a page depends on the
number it bears, so a part can be broken into pages before it is known where it will stand, in another process than the
parts before it; and when its place in the issue changes, its pages stay and only their margins are made anew.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import weasyprint.layout
from weasyprint.layout.background import layout_box_backgrounds

Make = Callable[[Any, Any, Any], Iterable[Any]]

_stock: Make = weasyprint.layout.make_margin_boxes
_waiting = False


@dataclass(frozen=True, slots=True)
class Furniture:
    """What the margins of a page are made from: the layout's context, the page's counters, its number in the part."""

    context: Any
    state: Any
    number: int


def install_furniture() -> None:
    """Put the function that waits in the engine's place; once in a process."""

    def make_margin_boxes(context: Any, page: Any, state: Any) -> Iterable[Any]:
        if not _waiting:
            return _stock(context, page, state)
        page.furniture = Furniture(context, state, context.current_page)
        return ()

    weasyprint.layout.make_margin_boxes = make_margin_boxes


@contextmanager
def without_furniture() -> Iterator[None]:
    """Within the block, documents are laid out with bare margins; :func:`furnish` fills them."""
    global _waiting
    before, _waiting = _waiting, True
    try:
        yield
    finally:
        _waiting = before


def is_furnished(page: Any) -> bool:
    """Whether the margins of a page box were made with the page."""
    return getattr(page, "furniture", None) is None


def needs_numbers(page: Any) -> bool:
    """Whether something in the type area of the page's document names a page counter and so depends on the folio."""
    furniture: Furniture = page.furniture
    return bool(furniture.context.target_collector.counter_lookup_items)


def furnish(page: Any, shift: int) -> list[Any]:
    """The boxes in the margins of ``page``, its counter ``page`` raised by ``shift``; the page itself stays bare."""
    furniture: Furniture = page.furniture
    quote_depth, counters, scopes, groups = furniture.state
    numbers = counters.get("page", [0])
    counters = {**counters, "page": [*numbers[:-1], numbers[-1] + shift]}
    context = furniture.context
    context.current_page = furniture.number
    made = list(_stock(context, page, (quote_depth, counters, copy.deepcopy(scopes), groups)))
    for box in made:
        layout_box_backgrounds(page, box, context.get_image_from_uri)
    return made
