"""The parts of an opened Word file: their XML, and what their relationships lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from docx.opc.part import Part, XmlPart
from docx.oxml.parser import parse_xml
from lxml import etree

from newsletter_pdf.importers.word.names import RELATION, Element


@dataclass(frozen=True, slots=True)
class External:
    """What a relationship names outside the file; it is never fetched."""

    kind: str
    address: str


@dataclass(frozen=True, slots=True)
class WordPackage:
    """A Word file whose XML could be parsed. ``main`` is the part of the document's text."""

    path: Path
    main: Part
    document: Element
    parts: tuple[Part, ...]

    def root(self, kind: str) -> Element | None:
        """The root of the part that the document relates to as ``kind`` (``styles``, ``numbering`` …), or None."""
        part = self.part(kind)
        return None if part is None else root_of(part)

    def part(self, kind: str) -> Part | None:
        """The part that the document relates to as ``kind``, whatever organisation defined the relationship."""
        return next((part for _, part in self.related(kind)), None)

    def related(self, kind: str) -> list[tuple[str, Part]]:
        """All parts related as ``kind``, with their relationships' ids."""
        inside = (rel for rel in self.main.rels.values() if not rel.is_external)
        return [(rel.rId, rel.target_part) for rel in inside if _is(rel.reltype, kind)]


def _is(reltype: str, kind: str) -> bool:
    return reltype == RELATION + kind or reltype.rsplit("/", 1)[-1] == kind


def root_of(part: Part) -> Element:
    """A part's XML; an empty element for a part that holds none, as a relationship may lead to any part."""
    root: Element
    try:
        root = part.element if isinstance(part, XmlPart) else parse_xml(part.blob)
    except etree.LxmlError:
        root = etree.Element("none")
    return root


def target(part: Part, rid: str | None) -> Part | External | None:
    """What the relationship ``rid`` of ``part`` leads to, or None when there is no such relationship."""
    relation = part.rels.get(rid) if rid else None
    if relation is None:
        return None
    if relation.is_external:
        return External(relation.reltype.rsplit("/", 1)[-1], relation.target_ref)
    inside: Part = relation.target_part
    return inside


def externals(package: WordPackage) -> Iterator[External]:
    """Every relationship to something outside the file, in the order of the parts."""
    for part in package.parts:
        for relation in part.rels.values():
            if relation.is_external:
                yield External(relation.reltype.rsplit("/", 1)[-1], relation.target_ref)
