"""Do the two sets of metadata agree, and is the version right (ISO 14289-1, 5 and 7.1; ISO 32000-1, 14.3)."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from newsletter_pdf.findings import proof_file as rules
from newsletter_pdf.verify.context import Context
from newsletter_pdf.verify.pdfobjects import dictionary, text

_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_DC, _XMP = "{http://purl.org/dc/elements/1.1/}", "{http://ns.adobe.com/xap/1.0/}"
_PDF, _UA = "{http://ns.adobe.com/pdf/1.3/}", "{http://www.aiim.org/pdfua/ns/id/}"
_FIELDS = (  # the same facts in the document information and in XMP (ISO 16684-1; ISO 19005-1, table 1)
    ("Title", f"{_DC}title", "标题", "title"),
    ("Author", f"{_DC}creator", "作者", "author"),
    ("Subject", f"{_DC}description", "主题", "subject"),
    ("Keywords", f"{_PDF}Keywords", "关键词", "keywords"),
    ("Creator", f"{_XMP}CreatorTool", "制作工具", "creator"),
    ("CreationDate", f"{_XMP}CreateDate", "创建日期", "creation date"),
    ("ModDate", f"{_XMP}ModifyDate", "修改日期", "date of change"),
)
_LONGEST = 1_000_000  # bytes of XMP; more is no metadata of a newsletter
_DIGITS = 14  # of a date: to the second
_QUOTED = 60
_VERSION = re.compile(rb"%PDF-(\d+\.\d+)")


def read_xmp(data: bytes) -> dict[str, str] | None:
    """The simple values of XMP metadata by qualified name (lists joined by ``; ``); None when they cannot be read.

    Documents with a DTD are not read: XMP has none, and entities could blow up.
    """
    if not data or len(data) > _LONGEST or b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return None
    try:
        root = ElementTree.fromstring(data)  # noqa: S314 - no DTD gets here, and so no entities
    except ElementTree.ParseError:
        return None
    values: dict[str, str] = {}
    for description in root.iter(f"{_RDF}Description"):
        for name, value in description.attrib.items():
            values.setdefault(name, value)
        for child in description:
            items = [item.text or "" for item in child.iter(f"{_RDF}li")]
            values.setdefault(child.tag, "; ".join(items) if items else (child.text or "").strip())
    return values


def check_agreement(context: Context) -> None:
    """What both sets tell, they tell alike; a tagged file claims to be PDF/UA-1."""
    add, info = context.findings.add, context.pdf.information
    values = read_xmp(context.pdf.xmp)
    if dictionary(context.pdf.root, "/StructTreeRoot") is not None and (values or {}).get(f"{_UA}part") != "1":
        add(rules.CLAIM_MISSING.at())
    if values is None:
        return
    for key, name, field_zh, field_en in _FIELDS:
        ours, theirs = info.get(key, "").strip(), values.get(name, "").strip()
        same = _same_date(ours, theirs) if "Date" in key else ours.split() == theirs.split()
        if not same:
            shown = {"info": ours[:_QUOTED] or "—", "xmp": theirs[:_QUOTED] or "—"}
            add(rules.METADATA_DISAGREES.at(field_zh=field_zh, field_en=field_en, **shown))


def _same_date(info: str, xmp: str) -> bool:
    """Whether ``D:20261120…`` and ``2026-11-20…`` are the same as far as both go, the day at least."""
    ours, theirs = ("".join(re.findall(r"\d", date.removeprefix("D:")))[:_DIGITS] for date in (info, xmp))
    shared = min(len(ours), len(theirs))
    return ours[:shared] == theirs[:shared] and (shared > 0 or not ours + theirs)


def check_version(context: Context) -> None:
    """PDF/UA-1 stands on PDF 1.7; object streams need 1.5. The catalog may raise the header's version.

    Source: ISO 14289-1, 6.1; ISO 32000-1, 7.2.2 and 7.5.7.
    """
    match = _VERSION.search(context.pdf.data[:1024])
    header = match[1].decode() if match else "?"
    raised = (text(context.pdf.root, "/Version") or "").lstrip("/")
    version = max(header, raised)
    least = "1.5" if context.pdf.reader.xref_objStm else "1.3"
    if not least <= version <= "1.7":
        context.findings.add(rules.VERSION_WRONG.at(version=version))
