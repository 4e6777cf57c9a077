"""Laid-out pages drawn, one part at a time, as data that any process can put into a file."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pydyf
from weasyprint.draw import draw_page, draw_stacking_context
from weasyprint.matrix import Matrix
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext

from newsletter_pdf.render.faces import Faces
from newsletter_pdf.render.hooks.furniture import furnish, is_furnished
from newsletter_pdf.render.sheets import DrawnPart, Link, Sheet
from newsletter_pdf.render.tagtree import page_tags

PT = 0.75  # pt in a CSS px
_ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"  # ISO 32000-1, 14.8.2.2: running heads and folios


def draw_part(name: str, document: Any, shift: int, faces: Faces, *, tagged: bool) -> DrawnPart:
    """Draw all pages of ``document``, the numbers in their margins raised by ``shift``.

    With ``tagged`` the pages have structure elements (ISO 32000-1, 14.7) and their margins are marked as artifacts.
    """
    return draw_pages(name, document, range(len(document.pages)), shift, faces, tagged=tagged)


def draw_pages(
    name: str, document: Any, indices: Iterable[int], shift: int, faces: Faces, *, tagged: bool
) -> DrawnPart:
    """Draw the pages with these 0-based ``indices`` alone, as :func:`draw_part` does."""
    fonts = faces.fonts()
    resources = _resources()
    images: dict[str, Any] = {}
    sheets = tuple(
        _sheet(document.pages[index], shift, document, fonts, resources, images, tagged=tagged) for index in indices
    )
    pictures = {
        key: _plain(found["image"].get_x_object(found["interpolate"], max(found["dpi_ratios"])))
        for key, found in images.items()
    }
    return DrawnPart(name, sheets, fonts.uses(), _plain(resources), pictures)


def _resources() -> Any:
    kinds = ("ExtGState", "XObject", "Pattern", "Shading")
    return pydyf.Dictionary({kind: pydyf.Dictionary() for kind in kinds} | {"ColorSpace": None})


def _sheet(
    page: Any, shift: int, document: Any, fonts: Any, resources: Any, images: dict[str, Any], *, tagged: bool
) -> Sheet:
    box = page._page_box
    height = page.height * PT
    matrix = Matrix(PT, 0, 0, -PT, 0, height)
    marks: dict[Any, Any] | None = {} if tagged else None

    def stream(tags: dict[Any, Any] | None) -> Any:
        rectangle = (0, 0, page.width, page.height)
        return Stream(fonts, rectangle, resources, images, tags, document.color_profiles, document.output_intent)

    body = stream(marks)
    with _turned(body, page.height):
        draw_page(box, body)
    pieces = [*body.stream]
    count = len(marks or ())
    if not is_furnished(box):
        for made in furnish(box, shift):
            margin = stream(None)
            with _turned(margin, page.height):
                draw_stacking_context(margin, StackingContext.from_box(made, box))
            pieces += [_ARTIFACT, *margin.stream, b"EMC"] if tagged else margin.stream
    links, annotations = _links(page, matrix)
    return Sheet(
        width=page.width * PT,
        height=height,
        content=zlib.compress(b"\n".join(map(_bytes, pieces))),
        marks=count,
        tags=() if marks is None else page_tags(box, marks, annotations, height),
        links=links,
        anchors={name: matrix.transform_point(*place[:2]) for name, place in page.anchors.items()},
        bookmarks=tuple(
            (level, label, matrix.transform_point(*place), state) for level, label, place, state in page.bookmarks
        ),
    )


@contextmanager
def _turned(stream: Any, height: float) -> Iterator[None]:
    """Within the block, ``stream`` is drawn on in px from the top left corner of a page of this ``height``, px."""
    stream.push_state()
    stream.transform(d=-1, f=height * PT)
    stream.transform(a=PT, d=PT)
    yield
    stream.pop_state()


def _links(page: Any, matrix: Any) -> tuple[tuple[Link, ...], dict[int, Any]]:
    """The links of a page, and what stands for each in the engine's tags."""
    links: list[Link] = []
    annotations: dict[int, Any] = {}
    for kind, target, rectangle, box in page.links:
        if kind not in ("internal", "external"):
            continue
        place = (*matrix.transform_point(*rectangle[:2]), *matrix.transform_point(*rectangle[2:]))
        box.link_annotation = annotations[len(links)] = pydyf.Dictionary({"Subtype": "/Link"})
        links.append(Link(kind, target, place))
    return tuple(links), annotations


def _plain(value: Any) -> Any:
    """``value`` without what belongs to this process alone: the engine's streams as deflated plain ones."""
    if isinstance(value, pydyf.Stream):
        content = b"\n".join(map(_bytes, value.stream))
        extra = _plain(pydyf.Dictionary(value.extra))
        if value.compress or "Filter" not in extra:
            content = zlib.compress(content)
            filters = extra.get("Filter")
            extra["Filter"] = "/FlateDecode" if filters is None else pydyf.Array(["/FlateDecode", filters])
        plain = pydyf.Stream([content], extra)
        plain.id = getattr(value, "id", None)
        return plain
    if isinstance(value, Mapping):
        return pydyf.Dictionary({key: _plain(item) for key, item in value.items()})
    if isinstance(value, list):
        return pydyf.Array(_plain(item) for item in value)
    return value


def _bytes(piece: Any) -> bytes:
    made: bytes = pydyf._to_bytes(piece)
    return made
