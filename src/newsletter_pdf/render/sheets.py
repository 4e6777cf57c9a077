"""Laid-out and drawn parts: what one process hands to another and what the file is put together from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class LaidOutPart:
    """A part broken into pages; ``anchors`` maps each destination to the 0-based page of the part it stands on.

    With ``needs_first`` something in the type area tells page numbers, so that it has to be laid out again when the
    number of its first page is known. ``document`` is the engine's, None where another process holds it.
    """

    name: str
    key: str
    pages: int
    anchors: Mapping[str, int]
    seconds: float
    reused: bool = False
    needs_first: bool = False
    document: Any = None  # weasyprint.Document; the package has no types


@dataclass(slots=True)
class Tag:
    """A structure element (ISO 32000-1, 14.7.2) of one page.

    ``kind`` is its type, such as ``/P``; ``attributes`` further entries as pydyf objects. A kid is another element, the
    number of a piece of marked content on the page, or a :class:`LinkKid`.
    """

    kind: str
    kids: list[Tag | int | LinkKid] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LinkKid:
    """The link of the page with this index in :attr:`Sheet.links`, as a kid of a structure element."""

    index: int


@dataclass(frozen=True, slots=True)
class Link:
    """A link: ``kind`` is ``internal`` or ``external``, ``target`` an anchor's name or an address.

    ``box`` is left, bottom, right and top in pt from the page's lower left corner.
    """

    kind: str
    target: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One drawn page. Lengths are in pt, places in pt from the lower left corner.

    ``content`` is the deflated content stream; ``marks`` is how many pieces of marked content it has; ``bookmarks``
    have level (1-based), label, place and state (``open`` or ``closed``).
    """

    width: float
    height: float
    content: bytes
    marks: int
    tags: tuple[Tag, ...]
    links: tuple[Link, ...]
    anchors: Mapping[str, tuple[float, float]]
    bookmarks: tuple[tuple[int, str, tuple[float, float], str], ...]


@dataclass(frozen=True, slots=True)
class FontUse:
    """What a part uses of a font.

    ``name`` is its resource name, ``facts`` all that the engine knows of the face but for the face itself;
    ``widths`` are thousandths of an em by glyph, ``to_unicode`` the text that a glyph stands for, ``missing`` the
    stand-ins for characters that the face lacks. ``head`` is the start of the font file, which no other face has.
    """

    name: str
    facts: Mapping[str, Any]
    widths: Mapping[int, float]
    to_unicode: Mapping[int, str]
    missing: Mapping[int, int]
    head: bytes


@dataclass(frozen=True, slots=True)
class DrawnPart:
    """A part as drawn pages, with the resources that they share (pydyf objects, fonts and pictures left open)."""

    name: str
    sheets: tuple[Sheet, ...]
    fonts: Mapping[int, FontUse]
    resources: Any
    pictures: Mapping[str, Any]
