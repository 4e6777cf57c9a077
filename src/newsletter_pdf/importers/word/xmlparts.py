"""The XML of a Word file's parts, checked before any parser of XML sees it, in one encoding and with one set of names.

ECMA-376 Part 2 (6.2.5 and Annex) allows UTF-8 and UTF-16 only and forbids document types. A part in another encoding
could hide a declaration from whoever looks for its letters, so the letters are looked for after decoding, and what
goes on is UTF-8.
"""

from __future__ import annotations

import codecs
import re

from lxml import etree

from newsletter_pdf.findings import wordopening as rules
from newsletter_pdf.importers.word.names import STRICT
from newsletter_pdf.importers.word.refusal import RefusedError

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*?\?>\s*")
_ENCODING = re.compile(r"encoding\s*=\s*[\"']\s*([^\"']*?)\s*[\"']", re.IGNORECASE)
_ALLOWED = frozenset({"utf-8", "utf8", "utf-16", "utf16", "us-ascii", "ascii"})
_OVERRIDE = re.compile(rb"<(?:\w+:)?Override\b[^>]*>", re.IGNORECASE)
_DEFAULT = re.compile(rb"<(?:\w+:)?Default\b[^>]*>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"(PartName|Extension|ContentType)\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)


def usual_xml(name: str, content: bytes) -> bytes:
    """The part ``name`` in UTF-8, transitional names, without comments and instructions; a refusal for what may not be.

    Comments go because they would divide the text of an element in two. What is not well-formed is left as it is, as
    the opening of the package refuses it.
    """
    text = _decoded(name, content)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise RefusedError(rules.ENTITIES, part=name)
    declaration = _DECLARATION.match(text)
    plain = (text if declaration is None else text[declaration.end() :]).encode()
    for strict, transitional in STRICT:
        plain = plain.replace(strict, transitional)
    if b"<!--" in plain or b"<?" in plain:
        parser = etree.XMLParser(remove_comments=True, remove_pis=True, resolve_entities=False, no_network=True)
        try:
            plain = etree.tostring(etree.fromstring(plain, parser), encoding="UTF-8")
        except etree.LxmlError:
            return plain
    return plain


def _decoded(name: str, content: bytes) -> str:
    encoding = "utf-8"
    for mark, codec in _MARKS:
        if content.startswith(mark):
            content, encoding = content[len(mark) :], codec
            break
    else:
        # Without a mark, the zero byte beside the first sign tells.
        encoding = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}.get(content[:2], "utf-8")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise RefusedError(rules.ENCODING, part=name, encoding=_declared(content) or "?") from error
    declaration = _DECLARATION.match(text)
    named = _ENCODING.search(declaration[0]) if declaration is not None else None
    if named is not None and named[1].lower() not in _ALLOWED:
        raise RefusedError(rules.ENCODING, part=name, encoding=named[1][:40])
    return text


def _declared(content: bytes) -> str:
    found = _ENCODING.search(content[:200].decode("latin-1"))
    return found[1][:40] if found is not None else ""


def xml_parts(files: dict[str, bytes], types: str) -> frozenset[str]:
    """The names of parts that hold XML: by their ending, or by what the part ``types`` says of them."""
    listed = files.get(types, b"").replace(b"\0", b"")
    names: set[str] = set()
    endings = {"xml", "rels", "vml"}
    for pattern in (_OVERRIDE, _DEFAULT):
        for element in pattern.findall(listed):
            found = {key.lower(): value.decode("latin-1") for key, value in _ATTRIBUTE.findall(element)}
            if "xml" not in found.get(b"contenttype", "").lower():
                continue
            names.add(found.get(b"partname", "").lstrip("/").lower())
            endings.add(found.get(b"extension", "xml").lower())
    return frozenset(name for name in files if name.lower() in names or name.rsplit(".", 1)[-1].lower() in endings)
