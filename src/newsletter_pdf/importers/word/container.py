"""Whether a file that calls itself a Word file may be opened, and its opening.

Everything is measured before it is unpacked and again while it is (a header may lie), no document type declaration is
accepted (ECMA-376 Part 2, 6.2.5 forbids them), nothing outside the file is followed, macros are not even unpacked.
What is left goes to python-docx as a package of which every XML part has been parsed once.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import docx  # noqa: F401 - tells the package reader which parts hold XML
from docx.opc.exceptions import OpcError
from docx.opc.package import OpcPackage
from docx.opc.part import Part
from lxml import etree

from newsletter_pdf.files import human_size, read_bytes
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import wordopening as rules
from newsletter_pdf.importers.word.names import Element, W
from newsletter_pdf.importers.word.package import WordPackage, root_of
from newsletter_pdf.importers.word.refusal import RefusedError
from newsletter_pdf.importers.word.xmlparts import usual_xml, xml_parts

MAX_FILE = 100 * 1024 * 1024
"""Largest Word file that is read, in bytes."""

MAX_TOTAL = 300 * 1024 * 1024
"""Most that a Word file may unpack to, in bytes."""

MAX_XML = 64 * 1024 * 1024
"""Most that one XML part may unpack to, in bytes: some three thousand pages of text."""

MAX_RATIO = 150
"""Most by which a part of more than :data:`RATIO_FROM` bytes may grow when it is unpacked."""

RATIO_FROM = 8 * 1024 * 1024
MAX_PARTS = 5000

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "[Content_Types].xml"
# What a file is that is a zip, but no Word file; the entry tells.
_OTHER_ZIP = (
    ("xl/", "Excel 工作簿", "an Excel workbook"),
    ("ppt/", "PowerPoint 演示文稿", "a PowerPoint presentation"),
    ("content.xml", "OpenDocument 文件（.odt 等）", "an OpenDocument file (.odt and the like)"),
    ("META-INF/container.xml", "电子书（EPUB）", "an e-book (EPUB)"),
    ("index.xml", "Pages 文稿", "a Pages document"),
)


# Why a file is damaged, in words: where it shows, Chinese, English.
_CUT = ("压缩包缺了一截或已损坏", "its archive is cut short or broken")
_METHOD = ("压缩的方法不认识", "its archive is packed in an unknown way")
_PARTS = ("缺少必要的部分，或里面的写法有错", "parts are missing or malformed")
_NO_TEXT = ("里面没有正文", "it has no body")


def looks_like_word(path: Path) -> bool:
    """Whether ``path`` begins as a zip that holds a Word document, whatever its name ends in."""
    try:
        with path.open("rb") as stream:
            if stream.read(4) != b"PK\x03\x04":
                return False
        with zipfile.ZipFile(path) as archive:
            return any(name.lower().startswith("word/") for name in archive.namelist()[:MAX_PARTS])
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError, struct.error):
        return False


def open_word(path: Path, findings: Findings) -> WordPackage | None:
    """Open a Word file, or report why not and return None. Nothing is written and nothing fetched."""
    data = read_bytes(path, findings, MAX_FILE)
    if data is None:
        return None
    try:
        return _open(path, data, findings)
    except RefusedError as refused:
        findings.add(refused.rule.at(Place(file=path), **{"name": path.name, **refused.fields}))
    return None


def _open(path: Path, data: bytes, findings: Findings) -> WordPackage:
    _check_kind(data)
    kept, dropped = _without_danger(_unpack(data))
    try:
        package = OpcPackage.open(io.BytesIO(_packed(kept)))
        main = package.main_document_part
        parts = (main, *(part for part in package.iter_parts() if part is not main))
        for part in parts:
            if _is_xml(str(part.partname)):
                root_of(part)
        document = root_of(main)
    except (OpcError, etree.LxmlError, KeyError, ValueError, AttributeError, TypeError, RecursionError) as error:
        # python-docx trusts its input: what is missing or malformed in a package shows as any of these.
        raise _damaged(_PARTS) from error
    if document.tag != W + "document" or document.find(W + "body") is None:
        raise _damaged(_NO_TEXT)
    if any(name.lower().endswith("vbaproject.bin") for name in dropped):
        findings.add(rules.MACROS_IGNORED.at(Place(file=path), name=path.name))
    return WordPackage(path, main, document, _with_ids(parts))


def _damaged(reason: tuple[str, str]) -> RefusedError:
    return RefusedError(rules.DAMAGED, reason_zh=reason[0], reason_en=reason[1])


def _with_ids(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple({id(part): part for part in parts}.values())


# --- what kind of file it is ----------------------------------------------------------------------------------------


def _check_kind(data: bytes) -> None:
    if not data.strip(b"\0"):
        raise RefusedError(rules.NOTHING_INSIDE)
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t")
    if data.startswith(OLE):
        raise RefusedError(rules.PASSWORD if _ENCRYPTED in data else rules.OLD_FORMAT)
    if head.startswith(b"{\\rtf"):
        raise RefusedError(rules.NOT_WORD, kind_zh="RTF 文件", kind_en="an RTF file")
    lower = head[:1024].lower()
    if b"<html" in lower or b"mime-version:" in lower or b"<!doctype html" in lower:
        raise RefusedError(rules.NOT_WORD, kind_zh="网页", kind_en="a web page")
    if head.startswith(b"<?xml"):
        raise RefusedError(rules.NOT_WORD, kind_zh="XML 文件", kind_en="an XML file")
    if head.startswith(b"%PDF"):
        raise RefusedError(rules.NOT_WORD, kind_zh="PDF 文件", kind_en="a PDF file")
    if not data.startswith(b"PK"):
        raise RefusedError(rules.NOT_WORD, kind_zh="别的文件", kind_en="some other file")


def _check_names(names: list[str]) -> None:
    lower = [name.lower() for name in names]
    if any(name.startswith("word/") for name in lower) and _TYPES.lower() in lower:
        return
    for beginning, zh, en in _OTHER_ZIP:
        if any(name.startswith(beginning.lower()) for name in lower):
            rule = rules.OTHER_OFFICE if beginning in {"xl/", "ppt/"} else rules.NOT_WORD
            raise RefusedError(rule, kind_zh=zh, kind_en=en)
    if _TYPES.lower() in lower or any(name.startswith("word/") for name in lower):
        raise _damaged(_PARTS)
    raise RefusedError(rules.NOT_WORD, kind_zh="压缩包", kind_en="a zip archive")


# --- unpacking ------------------------------------------------------------------------------------------------------


def _unpack(data: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check_sizes(entries)
            _check_names([entry.filename for entry in entries])
            return _read_all(archive, entries)
    except NotImplementedError as error:
        raise _damaged(_METHOD) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError, ValueError) as error:
        raise _damaged(_CUT) from error
    except RuntimeError as error:  # zipfile's word for an encrypted entry
        raise RefusedError(rules.PASSWORD) from error


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    total = sum(entry.file_size for entry in entries)
    grown = [e for e in entries if e.file_size > RATIO_FROM and e.file_size > MAX_RATIO * max(1, e.compress_size)]
    if len(entries) > MAX_PARTS or total > MAX_TOTAL or grown:
        raise RefusedError(rules.TOO_MUCH, size=human_size(total), limit=human_size(MAX_TOTAL))


def _read_all(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        name = _normal(entry.filename)
        limit = MAX_XML if _is_xml(name) else MAX_TOTAL
        if not _wanted(name):
            files[name] = b""
            continue
        with archive.open(entry) as stream:
            # One byte more than the header tells: a header that lies is found by it.
            content = stream.read(min(entry.file_size, limit) + 1)
        total += len(content)
        if len(content) > min(entry.file_size, limit) or total > MAX_TOTAL:
            raise RefusedError(rules.TOO_MUCH, size=human_size(total), limit=human_size(MAX_TOTAL))
        files[name] = content
    return files


def _normal(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/")


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels", ".vml"))


def _wanted(name: str) -> bool:
    """Macros, embedded programs' files and fonts are not even unpacked."""
    lower = name.lower()
    return not (lower.endswith(".bin") or "/embeddings/" in lower or "/fonts/" in lower or "/activex/" in lower)


# --- cleaning -------------------------------------------------------------------------------------------------------


def _without_danger(files: dict[str, bytes]) -> tuple[dict[str, bytes], list[str]]:
    """The parts to keep, in the transitional form, relationships to parts that are not there removed; and the rest."""
    kept: dict[str, bytes] = {}
    xml = xml_parts(files, _TYPES)
    for name, content in files.items():
        if _wanted(name):
            kept[name] = usual_xml(name, content) if name in xml else content
    dropped = [name for name in files if name not in kept]
    known = {name.lower() for name in kept}
    for name in [name for name in kept if name.lower().endswith(".rels")]:
        kept[name] = _good_relations(name, kept[name], known)
    return kept, dropped


def _good_relations(name: str, content: bytes, known: set[str]) -> bytes:
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.LxmlError as error:
        raise _damaged(_PARTS) from error
    folder = posixpath.dirname(posixpath.dirname(name))
    for relation in list(_relations(root)):
        if not all(relation.get(key) for key in ("Id", "Type", "Target")):
            root.remove(relation)
            continue
        if relation.get("TargetMode") == "External":
            continue
        address = unquote(relation.get("Target") or "").split("#")[0]
        path = posixpath.normpath(posixpath.join("/", folder, address)).lstrip("/")
        if path.lower() not in known:
            root.remove(relation)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _relations(root: Element) -> Iterator[Element]:
    return root.iterchildren(_RELS)


def _packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()
