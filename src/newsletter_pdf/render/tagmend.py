"""The tags of a page put in order: what the engine's lack of PDF/UA-1 (ISO 14289-1).

WeasyPrint makes an element of each box. Boxes that are only there for layout thus become headings within headings and
lists within lists; header cells do not say what they head; figures are placed in px; and the text of every line is
wrapped in a ``Span`` of its own. A Span without attributes says nothing about its content (ISO 32000-1, 14.8.4.4.1),
which may as well belong to the paragraph itself (14.7.4.2: marked content as a kid); without them the tree has a third
of the elements, and writing, proving and opening the file take less time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pydyf

from newsletter_pdf.render.sheets import LinkKid, Tag

HEADINGS = {f"/H{level}": level for level in range(1, 7)}
# Types that do not stand in their like: the inner one is a box that the engine made for itself.
_NOT_IN_ITSELF = frozenset((*HEADINGS, "/P", "/Caption", "/TD", "/TH", "/LI", "/LBody", "/Lbl"))
#: Blocks of text, which may hold marked content directly; so may the inline elements in them.
_BLOCKS = frozenset((*HEADINGS, "/P", "/LBody", "/Lbl", "/TD", "/TH", "/Caption"))
_INLINE = frozenset(("/Span", "/Link"))


def mend(tags: Sequence[Tag], height: float) -> tuple[Tag, ...]:
    """The elements of one page, outermost first, in order; they are changed. ``height`` is the page's in pt."""
    page = Tag("/Document", list(tags))
    _flatten(page)
    _gather_links(page, None)
    for tag in list(_walk(page)):
        if tag.kind == "/LI":
            _complete_item(tag)
    for tag in list(_walk(page)):
        if tag.kind == "/L":
            _nest_lists(tag)
    _scope_headers(page, "")
    for tag in _walk(page):
        _place_figure(tag, height)
    _drop_plain_spans(page, False)
    return tuple(kid for kid in page.kids if isinstance(kid, Tag))


def _walk(tag: Tag) -> Iterator[Tag]:
    """The element and all below it, in the order of reading."""
    yield tag
    for kid in tag.kids:
        if isinstance(kid, Tag):
            yield from _walk(kid)


def _flatten(tag: Tag) -> None:
    """Take out boxes for layout: elements without content, and blocks within blocks of their own type.

    Source: ISO 32000-1, 14.8.4.3 (block-level structure elements).
    """
    for kid in tag.kids:  # inner elements first
        if isinstance(kid, Tag):
            _flatten(kid)
    items = any(isinstance(kid, Tag) and kid.kind == "/LI" for kid in tag.kids)
    kids: list[Tag | int | LinkKid] = []
    for kid in tag.kids:
        if not isinstance(kid, Tag):
            kids.append(kid)
        elif not kid.kids and kid.kind not in ("/TD", "/TH"):  # an empty cell keeps its place in the row
            continue
        elif kid.kind == tag.kind and _is_wrapped(tag, kid, items):
            kids += kid.kids
        else:
            kids.append(kid)
    tag.kids = kids


def _is_wrapped(outer: Tag, inner: Tag, items: bool) -> bool:
    """Whether ``inner`` is a box within the box of the same element; a list within a list may be a real one."""
    if outer.kind == "/L":  # the columns of one list are lists to the engine, and hold all its items
        return not items
    return outer.kind in _NOT_IN_ITSELF and not any(isinstance(kid, int) for kid in inner.kids)


def _gather_links(tag: Tag, link: Tag | None) -> None:
    """Let each link's annotations be kids of its Link, not of the boxes in it, each of which has one of its own.

    Source: ISO 14289-1, 7.18.5; ISO 32000-1, 14.8.4.4.2 (a Link holds its content and object references).
    """
    if tag.kind == "/Link":
        link = tag
    elif any(isinstance(kid, LinkKid) for kid in tag.kids):
        if link is None:  # a box that is no <a>, yet leads somewhere
            tag.kind, link = "/Link", tag
        else:
            link.kids += [kid for kid in tag.kids if isinstance(kid, LinkKid)]
            tag.kids = [kid for kid in tag.kids if not isinstance(kid, LinkKid)]
    for kid in list(tag.kids):
        if isinstance(kid, Tag):
            _gather_links(kid, link)


def _complete_item(item: Tag) -> None:
    """What stands in a list item beside its label goes into its body (ISO 32000-1, 14.8.4.3.3, table 336)."""

    def is_kind(kid: object, kind: str) -> bool:
        return isinstance(kid, Tag) and kid.kind == kind

    labels = [kid for kid in item.kids if is_kind(kid, "/Lbl")]
    rest = [kid for kid in item.kids if not is_kind(kid, "/Lbl")]
    if not rest or (len(rest) == 1 and is_kind(rest[0], "/LBody")):
        return
    body = next((kid for kid in rest if isinstance(kid, Tag) and kid.kind == "/LBody"), None) or Tag("/LBody")
    kids: list[Tag | int | LinkKid] = []
    for kid in rest:
        kids += body.kids if kid is body else [kid]
    body.kids = kids
    item.kids = [*labels, body]


def _nest_lists(tag: Tag) -> None:
    """A list within a list goes into the body of the item before it (ISO 32000-1, 14.8.4.3.3)."""
    body: Tag | None = None
    kids: list[Tag | int | LinkKid] = []
    for kid in tag.kids:
        if isinstance(kid, Tag) and kid.kind == "/L" and body is not None:
            body.kids.append(kid)
            continue
        if isinstance(kid, Tag) and kid.kind == "/LI":
            body = next((k for k in reversed(kid.kids) if isinstance(k, Tag) and k.kind == "/LBody"), None)
        kids.append(kid)
    tag.kids = kids


def _scope_headers(tag: Tag, above: str) -> None:
    """Let each header cell say whether it heads a row or a column (ISO 32000-1, 14.8.5.7, ``Scope``)."""
    if tag.kind == "/TR":
        cells = [kid for kid in tag.kids if isinstance(kid, Tag) and kid.kind in ("/TH", "/TD")]
        in_head = above == "/THead" or all(cell.kind == "/TH" for cell in cells)
        for cell in cells:
            if cell.kind == "/TH":
                attributes = cell.attributes.setdefault("A", pydyf.Dictionary({"O": "/Table"}))
                attributes.setdefault("Scope", "/Column" if in_head else "/Row")
    for kid in tag.kids:
        if isinstance(kid, Tag):
            _scope_headers(kid, tag.kind)


def _place_figure(tag: Tag, height: float) -> None:
    """Give the box of a figure in the page's space: the engine has it in px from the page's upper left corner.

    Source: ISO 32000-1, 14.8.5.4.3, ``BBox`` (default user space: pt from the lower left corner).
    """
    attributes = tag.attributes.get("A")
    if tag.kind == "/Figure" and isinstance(attributes, dict) and "BBox" in attributes:
        x1, y1, x2, y2 = (float(value) * 0.75 for value in attributes["BBox"])
        attributes["BBox"] = pydyf.Array(round(value, 3) for value in (x1, height - y2, x2, height - y1))


def _drop_plain_spans(tag: Tag, in_block: bool) -> None:
    """Give the content of Spans in blocks of text that say nothing to the elements they stand in."""
    holds_text = tag.kind in _BLOCKS or (tag.kind in _INLINE and in_block)
    kids: list[Tag | int | LinkKid] = []
    for kid in tag.kids:
        if isinstance(kid, Tag):
            _drop_plain_spans(kid, holds_text)
            if holds_text and _says_nothing(kid):
                kids += kid.kids
                continue
        kids.append(kid)
    tag.kids = kids


def _says_nothing(tag: Tag) -> bool:
    return (
        tag.kind == "/Span" and not tag.attributes and bool(tag.kids) and all(isinstance(kid, int) for kid in tag.kids)
    )


def level_headings() -> Callable[[str], str]:
    """A function that is given the type of each element in the order of the document and gives the one to write.

    It closes gaps in the levels of headings: none is more than one below the heading over it (ISO 14289-1, 7.4.2).
    """
    above: list[int] = []

    def level(kind: str) -> str:
        number = HEADINGS.get(kind)
        if number is None:
            return kind
        while above and above[-1] >= number:
            above.pop()
        above.append(number)
        return f"/H{len(above)}"

    return level
