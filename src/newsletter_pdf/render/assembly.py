"""Drawn parts put together into one PDF file (ISO 32000-1).

Each part brings resources of its own; fonts are shared by all, so that a face is in the file once. Links and bookmarks
lead from part to part, as they are resolved here.
"""

from __future__ import annotations

import copy
import io
import logging
import zlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pydyf
from weasyprint.anchors import make_page_bookmark_tree
from weasyprint.matrix import Matrix
from weasyprint.pdf import VARIANTS, _w3c_date_to_pdf
from weasyprint.pdf import VERSION as ENGINE
from weasyprint.pdf.anchors import add_outlines
from weasyprint.pdf.fonts import build_fonts_dictionary
from weasyprint.pdf.metadata import DocumentMetadata

from newsletter_pdf.render.faces import Faces, cut_faces
from newsletter_pdf.render.sheets import DrawnPart, FontUse, Link, Sheet, Tag
from newsletter_pdf.render.tagmend import level_headings

_LOGGER = logging.getLogger("weasyprint")  # whose warnings become findings; see messages


def assemble(
    parts: Sequence[DrawnPart],
    metadata: DocumentMetadata,
    catalog: Mapping[str, Any],
    variant: str | None,
    faces: Faces,
    *,
    compact: bool = True,
) -> bytes:
    """The file with the pages of ``parts`` in this order.

    ``catalog`` are further entries of the document catalogue (7.7.2), ``variant`` is None or ``pdf/ua-1``. A file that
    is only looked at once is made sooner when it need not be ``compact``.
    Raises OSError when a face is not in the font folder.
    """
    return _Assembly(parts, faces, compact).written(metadata, catalog, variant)


class _Assembly:
    def __init__(self, parts: Sequence[DrawnPart], faces: Faces, compact: bool) -> None:
        self.pdf = pydyf.PDF()
        self.compact = compact
        self.parts = parts
        self.faces = faces
        self.sheets = [sheet for part in parts for sheet in part.sheets]
        self.pages: list[Any] = []
        self.annotations: list[list[Any]] = []
        self.pictures: dict[str, Any] = {}

    def written(self, metadata: DocumentMetadata, catalog: Mapping[str, Any], variant: str | None) -> bytes:
        with ThreadPoolExecutor(max_workers=1, thread_name_prefix="fonts") as pool:
            return self._written(metadata, catalog, variant, pool)

    def _written(
        self, metadata: DocumentMetadata, catalog: Mapping[str, Any], variant: str | None, pool: ThreadPoolExecutor
    ) -> bytes:
        pdf = self.pdf
        fonts_used = self._joined()
        cut = pool.submit(cut_faces, fonts_used)
        self.colors = self._add(pydyf.Dictionary())
        # Copies, as references are put in and a part may be used again.
        resources = [self._add(copy.deepcopy(part.resources)) for part in self.parts]
        for part, own in zip(self.parts, resources, strict=True):
            for sheet in part.sheets:
                self._add_page(sheet, own)
        self._add_anchors()
        marks = [SimpleNamespace(bookmarks=sheet.bookmarks) for sheet in self.sheets]
        add_outlines(pdf, _outline(marks))
        self._inform(metadata)
        cut.result()
        options = {"hinting": False, "pdf_version": b"1.7"}
        fonts = self._add(build_fonts_dictionary(pdf, fonts_used, self.compact, True, options))
        large = [made for made in pdf.objects if isinstance(made, pydyf.Stream) and made.compress]
        compressed = pool.submit(_compress, large)
        for part, own in zip(self.parts, resources, strict=True):
            self._refer(own, fonts, part.pictures)
        if variant is not None:
            self._add_tags()
            finish, _ = VARIANTS[variant]
            finish(pdf, SimpleNamespace(metadata=metadata), [], [], True)
        pdf.catalog.update(catalog)
        compressed.result()
        output = io.BytesIO()
        pdf.write(output, b"1.7", None, self.compact)
        return output.getvalue()

    def _add(self, made: Any) -> Any:
        self.pdf.add_object(made)
        return made

    # pages ------------------------------------------------------------------------------------------------------

    def _add_page(self, sheet: Sheet, resources: Any) -> None:
        number = len(self.pages)
        stream = self._add(pydyf.Stream([sheet.content], {"Filter": "/FlateDecode"}))
        box = pydyf.Array([0, 0, sheet.width, sheet.height])
        page = pydyf.Dictionary(
            {
                "Type": "/Page",
                "Parent": self.pdf.pages.reference,
                "MediaBox": box,
                "TrimBox": box,
                "BleedBox": box,
                "Contents": stream.reference,
                "Resources": resources.reference,
            }
        )
        if sheet.marks:
            page["Tabs"] = "/S"
            page["StructParents"] = number
        self.pdf.add_page(page)
        self.pages.append(page)
        self.annotations.append([self._add(_annotation(link)) for link in sheet.links])

    def _add_anchors(self) -> None:
        """Named destinations (12.3.2.3); links to names that nothing has are told and taken out."""
        places: dict[str, Any] = {}
        for page, sheet in zip(self.pages, self.sheets, strict=True):
            for name, (x, y) in sheet.anchors.items():
                places.setdefault(name, pydyf.Array([page.reference, "/XYZ", x, y, 0]))
        for page, sheet, made in zip(self.pages, self.sheets, self.annotations, strict=True):
            for index, link in enumerate(sheet.links):
                if link.kind == "internal" and link.target not in places:
                    _LOGGER.error("No anchor #%s for internal URI reference", link.target)
                    made[index] = None
            if any(found is not None for found in made):
                page["Annots"] = pydyf.Array(found.reference for found in made if found is not None)
        if places:
            names = pydyf.Array()
            for name in sorted(places):
                names.extend((pydyf.String(name), places[name]))
            self.pdf.catalog["Names"] = pydyf.Dictionary({"Dests": pydyf.Dictionary({"Names": names})})

    def _inform(self, metadata: DocumentMetadata) -> None:
        """The document information dictionary (14.3.3)."""
        info = {
            "Title": metadata.title,
            "Author": ", ".join(metadata.authors),
            "Subject": metadata.description,
            "Keywords": ", ".join(metadata.keywords),
            "Creator": metadata.generator,
        }
        self.pdf.info["Producer"] = pydyf.String(f"WeasyPrint {ENGINE}")
        self.pdf.info.update({key: pydyf.String(value) for key, value in info.items() if value})
        for key, value in (("CreationDate", metadata.created), ("ModDate", metadata.modified)):
            if value:
                self.pdf.info[key] = pydyf.String(_w3c_date_to_pdf(value, key))
        if metadata.lang:
            self.pdf.catalog["Lang"] = pydyf.String(metadata.lang)

    # resources --------------------------------------------------------------------------------------------------

    def _joined(self) -> dict[int, Any]:
        """The fonts, by the engine's key, with all that the parts use of them."""
        uses: dict[int, list[FontUse]] = {}
        for part in self.parts:
            for key, use in part.fonts.items():
                uses.setdefault(key, []).append(use)
        return {key: self.faces.join(found) for key, found in uses.items()}

    def _refer(self, resources: Any, fonts: Any, pictures: Mapping[str, Any]) -> None:
        """Put what a part's resources hold into the file, and references in its place."""
        resources["ColorSpace"], resources["Font"] = self.colors.reference, fonts.reference
        objects = resources.get("XObject", {})
        for key, found in objects.items():
            objects[key] = self._picture(key, pictures) if found is None else self._stream(found, fonts, pictures)
        for key, pattern in resources.get("Pattern", {}).items():
            resources["Pattern"][key] = self._stream(pattern, fonts, pictures)
        for key, shading in resources.get("Shading", {}).items():
            resources["Shading"][key] = self._add(shading).reference
        for state in resources.get("ExtGState", {}).values():
            if "SMask" in state and "G" in state["SMask"]:
                state["SMask"]["G"] = objects[state["SMask"]["G"].id]

    def _stream(self, stream: Any, fonts: Any, pictures: Mapping[str, Any]) -> bytes:
        self._add(stream)
        if "SMask" in stream.extra:
            stream.extra["SMask"] = self._add(stream.extra["SMask"]).reference
        if "Resources" in stream.extra:
            own = stream.extra["Resources"]
            self._refer(own, fonts, pictures)
            stream.extra["Resources"] = self._add(own).reference
        reference: bytes = stream.reference
        return reference

    def _picture(self, key: str, pictures: Mapping[str, Any]) -> bytes:
        """A picture; one that several parts use is in the file once, as its name tells its content."""
        if key not in self.pictures:
            self.pictures[key] = self._stream(copy.deepcopy(pictures[key]), None, pictures)
        reference: bytes = self.pictures[key]
        return reference

    # tags -------------------------------------------------------------------------------------------------------

    def _add_tags(self) -> None:
        """The structure tree (14.7) and the parent tree from marked content and links to it (14.7.4.4)."""
        numbers = pydyf.Array()
        tree = self._add(pydyf.Dictionary({"Nums": numbers}))
        root = self._add(pydyf.Dictionary({"Type": "/StructTreeRoot", "ParentTree": tree.reference}))
        document = self._add(
            pydyf.Dictionary({"Type": "/StructElem", "S": "/Document", "K": pydyf.Array(), "P": root.reference})
        )
        root["K"] = pydyf.Array([document.reference])
        links: list[tuple[bytes, Any]] = []
        level = level_headings()
        number = 0
        for index, part in enumerate(self.parts):
            for sheet in part.sheets:
                holders: dict[int, bytes] = {}
                context = _Context(self.pages[number].reference, self.annotations[number], holders, links, index, level)
                document["K"].extend(self._element(tag, document, context) for tag in sheet.tags)
                numbers.extend((number, pydyf.Array(holders.get(mark, "null") for mark in range(sheet.marks))))
                number += 1
        for index, (reference, annotation) in enumerate(links, start=number):
            numbers.extend((index, reference))
            annotation["StructParent"] = index
        catalog = self.pdf.catalog
        catalog["StructTreeRoot"] = root.reference
        catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
        catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})

    def _element(self, tag: Tag, parent: Any, context: _Context) -> bytes:
        kids = pydyf.Array()
        element = self._add(
            pydyf.Dictionary(
                {
                    "Type": "/StructElem",
                    "S": context.level(tag.kind),
                    "K": kids,
                    "Pg": context.page,
                    "P": parent.reference,
                }
            )
        )
        reference: bytes = element.reference
        element.update({key: context.own(key, value) for key, value in tag.attributes.items()})
        for kid in tag.kids:
            if isinstance(kid, int):
                kids.append(kid)
                context.holders[kid] = reference
            elif isinstance(kid, Tag):
                kids.append(self._element(kid, element, context))
            elif (annotation := context.annotations[kid.index]) is not None:
                held = self._add(pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": context.page}))
                kids.append(held.reference)
                context.links.append((reference, annotation))
        return reference


def _compress(streams: Sequence[Any]) -> None:
    """Deflate ``streams``. The writer would do it at the highest level: three times the time for 1 % of the size."""
    for made in streams:
        made.stream = [zlib.compress(b"\n".join(map(pydyf._to_bytes, made.stream)))]
        made.compress, made.extra["Filter"] = False, "/FlateDecode"


@dataclass(frozen=True, slots=True)
class _Context:
    """What the elements of one page need: the page, its annotations, the index of its part.

    ``holders`` collects the element that holds each piece of marked content, ``links`` those that hold annotations;
    ``level`` gives the type to write.
    """

    page: bytes
    annotations: Sequence[Any]
    holders: dict[int, bytes]
    links: list[tuple[bytes, Any]]
    part: int
    level: Callable[[str], str]

    def own(self, key: str, value: Any) -> Any:
        """An attribute's value; identifiers of table cells, unique in a part, are made unique in the file."""
        if key == "ID":
            return pydyf.String(f"{self.part}-{value.string}")
        if key == "A" and "Headers" in value:
            headers = pydyf.Array(pydyf.String(f"{self.part}-{name.string}") for name in value["Headers"])
            return pydyf.Dictionary({**value, "Headers": headers})
        return value


def _annotation(link: Link) -> Any:
    """A link annotation (12.5.6.5), with the text for those who cannot see it that PDF/UA-1 (7.18.5) asks for."""
    made = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Link",
            "Rect": pydyf.Array(link.box),
            "BS": pydyf.Dictionary({"W": 0}),
            "Contents": pydyf.String(link.target),
        }
    )
    if link.kind == "internal":
        made["Dest"] = pydyf.String(link.target)
    else:
        made["A"] = pydyf.Dictionary({"Type": "/Action", "S": "/URI", "URI": pydyf.String(link.target)})
    return made


def _outline(pages: Sequence[Any]) -> list[Any]:
    """The bookmarks of ``pages`` as the tree that the engine makes of them."""
    root: list[Any] = []
    skipped: list[int] = []
    last: list[Any] = [root]
    level = 0
    for number, page in enumerate(pages):
        level = make_page_bookmark_tree(page, skipped, last, level, number, Matrix())
    return root
