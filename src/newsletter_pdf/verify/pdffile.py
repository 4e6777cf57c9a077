"""A PDF as the proof looks at it: pages, destinations, bookmarks, links, labels, metadata.

Everything is read once, on first use, and is plain data; whatever is absent or damaged in the file is simply not there.
Pages are counted from 0 here, as in :class:`~newsletter_pdf.verify.ContentsEntry`; places in findings count from 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from typing import NamedTuple

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from newsletter_pdf.verify.content import read_content
from newsletter_pdf.verify.fontface import FontFace
from newsletter_pdf.verify.geometry import Box, intersect
from newsletter_pdf.verify.glyphs import PageContent
from newsletter_pdf.verify.labels import page_labels
from newsletter_pdf.verify.pdfobjects import (
    array,
    as_text,
    dictionary,
    entry,
    identity,
    number,
    numbers,
    resolve,
    stream_data,
    text,
)
from newsletter_pdf.verify.resources import ResourceCache

_MOST_NODES = 100_000
_MOST_PAGES = 20_000


class Target(NamedTuple):
    """A place in the PDF: 0-based page and the point shown at the top left, pt (None where the file does not say).

    ``zoom`` is the scale at which it is shown, 1 for 100 %, 0 for that which the reader has; None when the page, or not
    even the ``whole`` of it, is fitted into the window.
    """

    page: int
    x: float | None
    y: float | None
    zoom: float | None = 0.0
    whole: bool = True


class Link(NamedTuple):
    """A link annotation on ``page`` (0-based).

    ``name`` is its named destination, ``uri`` its external address; ``target`` is None when it leads nowhere inside the
    file. ``number`` is the annotation's object number, 0 for a direct object.
    """

    page: int
    box: Box
    name: str | None
    uri: str | None
    target: Target | None
    number: int = 0


class Bookmark(NamedTuple):
    """One bookmark; ``depth`` counts from 1."""

    title: str
    depth: int
    target: Target | None


class Sheet(NamedTuple):
    """A page's outside: its media box, pt, and the angle at which it is shown, degrees."""

    width: float
    height: float
    rotation: int


class PdfFile:
    """A PDF opened from its bytes; raises whatever pypdf raises when it is none."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.reader = PdfReader(BytesIO(data))
        self.encrypted = bool(self.reader.is_encrypted)
        self.root: DictionaryObject | None = None if self.encrypted else self.reader.root_object
        self.page_objects: list[DictionaryObject] = []
        if not self.encrypted:
            self.page_objects.extend(list(self.reader.pages)[:_MOST_PAGES])
        self._resources = ResourceCache()

    # pages ------------------------------------------------------------------------------------------------------

    @cached_property
    def page_numbers(self) -> dict[int, int]:
        """The 0-based page that each page object, by its number, is."""
        return {
            page.indirect_reference.idnum: index
            for index, page in enumerate(self.page_objects)
            if page.indirect_reference is not None
        }

    @cached_property
    def sheets(self) -> list[Sheet | None]:
        """The size of each page; None where the file does not tell it."""
        return [self._sheet(page) for page in self.page_objects]

    def _sheet(self, page: DictionaryObject) -> Sheet | None:
        known = self.inherited_numbers(page, "/MediaBox", 4)
        if known is None:
            return None
        x0, y0, x1, y1 = known
        return Sheet(abs(x1 - x0), abs(y1 - y0), int(number(self._inherited(page, "/Rotate")) or 0) % 360)

    def inherited_numbers(self, page: DictionaryObject, key: str, count: int) -> tuple[float, ...] | None:
        """Exactly ``count`` numbers under ``key`` of a page or of the nodes above it (ISO 32000-1, 7.7.3.4)."""
        value = self._inherited(page, key)
        found = [number(item) for item in value] if isinstance(value, ArrayObject) else []
        known = tuple(item for item in found if item is not None)
        return known if len(found) == len(known) == count else None

    @cached_property
    def bounds(self) -> list[Box | None]:
        """What is to be seen of each page, pt: its crop box inside its media box (ISO 32000-1, 14.11.2)."""
        return [self._bounds(page) for page in self.page_objects]

    def _bounds(self, page: DictionaryObject) -> Box | None:
        boxes: list[Box] = []
        for key in ("/MediaBox", "/CropBox"):
            value = self._inherited(page, key)
            x = [number(item) for item in value] if isinstance(value, ArrayObject) else []
            known = [item for item in x if item is not None]
            if len(known) == 4:
                x0, y0, x1, y1 = known
                boxes.append((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))
        if not boxes:
            return None
        return intersect(boxes[0], boxes[-1]) or boxes[0]

    @staticmethod
    def _inherited(page: DictionaryObject, key: str) -> object:
        holder: DictionaryObject | None = page
        for _level in range(32):
            if holder is None:
                break
            value = entry(holder, key)
            if value is not None:
                return value
            holder = dictionary(holder, "/Parent")
        return None

    @cached_property
    def contents(self) -> list[PageContent | None]:
        """What each page shows; None where the page's content cannot be read."""
        return [self._content(index, page) for index, page in enumerate(self.page_objects)]

    def _content(self, index: int, page: DictionaryObject) -> PageContent | None:
        value = entry(page, "/Contents")
        if value is None:
            return PageContent(index)  # a page without content is a blank one
        parts = [stream_data(part) for part in (value if isinstance(value, ArrayObject) else [value])]
        whole = [part for part in parts if part is not None]
        if len(whole) != len(parts):
            return None
        return read_content(b"\n".join(whole), self._resources.of(self._inherited(page, "/Resources")), index=index)

    @cached_property
    def fonts(self) -> list[FontFace]:
        """Every font that the pages' resources name, and those of forms that were drawn."""
        for page in self.page_objects:
            self._resources.load_fonts(self._inherited(page, "/Resources"))
        return list(self._resources.fonts.values())

    # destinations -----------------------------------------------------------------------------------------------

    @cached_property
    def destinations(self) -> dict[str, Target | None]:
        """The named destinations; None for one whose page is not in the file."""
        found: dict[str, Target | None] = {}
        old = dictionary(self.root, "/Dests")
        for key in old or ():
            found[str(key).lstrip("/")] = self.target(entry(old, key))
        for name, value in name_tree(dictionary(dictionary(self.root, "/Names"), "/Dests")):
            found.setdefault(name, self.target(resolve(value)))
        return found

    def target(self, value: object) -> Target | None:
        """The place that an explicit destination (ISO 32000-1, 12.3.2.2) names."""
        if isinstance(value, DictionaryObject):
            value = entry(value, "/D")
        if not isinstance(value, ArrayObject) or not value:
            return None
        items = list(value)  # unlike its own indexing, this leaves references unresolved
        reference = items[0]
        page = self.page_numbers.get(identity(reference) or 0)
        if page is None and isinstance(reference, int) and 0 <= reference < len(self.page_objects):
            page = int(reference)
        if page is None:
            return None
        kind = as_text(resolve(items[1])) if len(items) > 1 else None
        rest = [*(number(item) for item in items[2:]), None, None]
        if kind == "/XYZ":
            return Target(page, rest[0], rest[1], rest[2] if len(rest) > 4 else 0.0)
        return Target(page, None, rest[0] if kind in ("/FitH", "/FitBH") else None, None, kind != "/FitR")

    # links and bookmarks ----------------------------------------------------------------------------------------

    @cached_property
    def links(self) -> list[Link]:
        """The link annotations, page by page in the file's order."""
        return [
            link
            for index, page in enumerate(self.page_objects)
            for raw in array(page, "/Annots")
            if (link := self._link(index, resolve(raw), identity(raw) or 0)) is not None
        ]

    def _link(self, page: int, annotation: object, own: int) -> Link | None:
        if text(annotation, "/Subtype") != "/Link":
            return None
        corners = numbers(annotation, "/Rect", 4) or (0.0, 0.0, 0.0, 0.0)
        x0, y0, x1, y1 = corners
        box = (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        action = dictionary(annotation, "/A")
        if text(action, "/S") == "/URI":
            return Link(page, box, None, text(action, "/URI") or "", None, own)
        value = entry(action, "/D") if text(action, "/S") == "/GoTo" else entry(annotation, "/Dest")
        name = as_text(value)
        if name is None:
            return Link(page, box, None, None, self.target(value), own)
        name = name.lstrip("/")
        return Link(page, box, name, None, self.destinations.get(name), own)

    @cached_property
    def bookmarks(self) -> list[Bookmark]:
        """The bookmarks, in the order of reading."""
        found: list[Bookmark] = []
        seen: set[int] = set()
        stack = [(dictionary(dictionary(self.root, "/Outlines"), "/First"), 1)]
        while stack and len(found) < _MOST_NODES:
            node, depth = stack.pop()
            if node is None or id(node) in seen:
                continue
            seen.add(id(node))
            value = entry(node, "/Dest")
            if value is None:
                value = entry(dictionary(node, "/A"), "/D")
            name = as_text(value)
            target = self.destinations.get(name.lstrip("/")) if name is not None else self.target(value)
            found.append(Bookmark(text(node, "/Title") or "", depth, target))
            stack.append((dictionary(node, "/Next"), depth))
            stack.append((dictionary(node, "/First"), depth + 1))
        return found

    # labels and metadata ----------------------------------------------------------------------------------------

    @cached_property
    def labels(self) -> list[str] | None:
        """The label of each page; None when the file has no page labels."""
        return page_labels(dictionary(self.root, "/PageLabels"), len(self.page_objects))

    @cached_property
    def information(self) -> dict[str, str]:
        """The document information: ``Title``, ``Author``, ``CreationDate`` and so on."""
        info = resolve(self.reader.trailer.raw_get("/Info")) if "/Info" in self.reader.trailer else None
        if not isinstance(info, DictionaryObject):
            return {}
        return {str(key).lstrip("/"): value for key in info if (value := text(info, key)) is not None}

    @cached_property
    def language(self) -> str | None:
        """The language of the document, such as ``zh-CN``."""
        return text(self.root, "/Lang")

    @cached_property
    def xmp(self) -> bytes:
        """The XMP metadata, empty when there are none."""
        return stream_data(entry(self.root, "/Metadata")) or b""


def name_tree(root: DictionaryObject | None) -> Iterator[tuple[str, object]]:
    """The pairs of a name tree (ISO 32000-1, 7.9.6), the values unresolved."""
    stack: list[object] = [root]
    seen: set[int] = set()
    while stack and len(seen) < _MOST_NODES:
        node = stack.pop()
        if not isinstance(node, DictionaryObject) or id(node) in seen:
            continue
        seen.add(id(node))
        names = array(node, "/Names")
        for key, value in zip(names[::2], names[1::2], strict=False):
            name = as_text(resolve(key))
            if name is not None:
                yield name, value
        stack.extend(resolve(kid) for kid in reversed(array(node, "/Kids")))
