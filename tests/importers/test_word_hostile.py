"""Word files that are damaged, disguised or meant to do harm: a finding each, nothing written, no fault."""

from __future__ import annotations

import copy
import io
import random
import re
import shutil
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from wordfile import article, as_bytes, edited, import_word, new, with_part, xml

from newsletter_pdf.findings import Findings
from newsletter_pdf.importers.word import read_word
from newsletter_pdf.importers.word.container import MAX_TOTAL

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
NS = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
GOOD = as_bytes(article(new()))
_EXTERNAL = (
    '<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="{target}" TargetMode="External"/></Relationships>'
)


def _zip(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _with(name: str, old: bytes, new_text: bytes) -> bytes:
    """The good file with ``old`` replaced in a part."""

    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[name]
        parts[name] = parts[name].replace(old, new_text, 1)

    return edited(GOOD, change)


def _without(name: str) -> bytes:
    return edited(GOOD, lambda parts: parts.pop(name) and None)


def _bomb() -> bytes:
    """A part of 40 MB of one letter, which is packed a thousand to one."""
    return edited(GOOD, lambda parts: parts.update({"word/media/image1.png": b"x" * (40 * 1024 * 1024)}))


def _lying_bomb() -> bytes:
    """The same, with a directory that says it were ten bytes."""
    data = bytearray(_bomb())
    entry = data.rindex(b"word/media/image1.png") - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    struct.pack_into("<L", data, entry + 24, 10)
    return bytes(data)


def _entities(declaration: bytes) -> bytes:
    return _with("word/document.xml", b"<w:document", declaration + b"<w:document")


_LAUGHS = b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_FILE = b'<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def _recoded(codec: str, name: str) -> bytes:
    """The document with a declaration of entities, in an encoding in which its letters are other bytes."""
    text = (
        f'<?xml version="1.0" encoding="{name}"?>{_LAUGHS.decode()}<w:document {NS}><w:body/><!--汉字--></w:document>'
    )
    data = text.encode(codec, "replace")
    return edited(GOOD, lambda parts: parts.update({"word/document.xml": data}))


def _renamed(parts: dict[str, bytes]) -> None:
    """The document, with entities, under a name that does not end as XML does."""
    parts["word/document.bak"] = _LAUGHS + parts.pop("word/document.xml")
    for name in ("[Content_Types].xml", "_rels/.rels"):
        parts[name] = parts[name].replace(b"word/document.xml", b"word/document.bak")
    parts["word/_rels/document.bak.rels"] = parts.pop("word/_rels/document.xml.rels")


CASES = {
    "old": (OLE, "N601"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "N834"),
    "rtf": (b"{\\rtf1 x}", "N830"),
    "web page": (b"<html><body>x</body></html>", "N830"),
    "saved web page": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "N830"),
    "pdf": (b"%PDF-1.7\n", "N830"),
    "flat xml": (b'<?xml version="1.0"?><pkg:package/>', "N830"),
    "text": ("这只是文字。".encode(), "N830"),
    "empty": (b"", "N828"),
    "not downloaded": (bytes(5000), "N828"),
    "workbook": (_zip(**{"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"}), "N827"),
    "odt": (_zip(**{"mimetype": b"x", "content.xml": b"<x/>"}), "N830"),
    "zip": (_zip(**{"a.txt": b"x"}), "N830"),
    "empty zip": (_zip(), "N830"),
    "only the magic": (b"PK\x03\x04", "N831"),
    "truncated": (GOOD[: len(GOOD) // 2], "N831"),
    "truncated end": (GOOD[:-10], "N831"),
    "no types": (_without("[Content_Types].xml"), "N831"),
    "no document": (_without("word/document.xml"), "N831"),
    "no relations": (_without("_rels/.rels"), "N831"),
    "no xml": (_with("word/document.xml", b"<w:body>", b"<w:body"), "N831"),
    "no body": (edited(GOOD, lambda p: p.update({"word/document.xml": b"<w:document %s/>" % NS})), "N831"),
    "broken styles": (_with("word/styles.xml", b"<w:styles", b"<w:styles<"), "N831"),
    "broken relations": (_with("word/_rels/document.xml.rels", b"<Relationships", b"<<"), "N831"),
    "zip bomb": (_bomb(), "N832"),
    "zip bomb that lies": (_lying_bomb(), "N831"),
    "too many parts": (edited(GOOD, lambda p: p.update({f"a/{n}.xml": b"<x/>" for n in range(5001)})), "N832"),
    "entity bomb": (_entities(_LAUGHS), "N833"),
    "external entity": (_entities(_FILE), "N833"),
    "entity in utf-16": (
        edited(GOOD, lambda p: p.update({"word/styles.xml": (_LAUGHS.decode() + "<w/>").encode("utf-16")})),
        "N833",
    ),
    "entity in utf-7": (_recoded("utf-7", "UTF-7"), "N826"),
    "entity in ebcdic": (_recoded("cp037", "IBM037"), "N826"),
    "gbk without a word": (_recoded("gb18030", "UTF-8"), "N826"),
    "entity in a part of another name": (edited(GOOD, _renamed), "N833"),
    "deep": (_with("word/document.xml", b"<w:body>", b"<w:body>" + b"<w:ins>" * 3000), "N831"),
}


@pytest.mark.parametrize("name", CASES)
def test_what_cannot_be_opened_is_one_error(name: str, tmp_path: Path) -> None:
    """Each has its code; no folder is made."""
    data, code = CASES[name]
    word = import_word(tmp_path, data)
    assert (word.codes, word.findings.errors, word.result.written) == ([code], 1, ())
    assert not word.folder.exists()


@pytest.mark.parametrize("name", [name for name, (_, code) in CASES.items() if code == "N831"])
def test_damage_is_told_in_words(name: str, tmp_path: Path) -> None:
    """The message says what is broken, not what a program calls the fault."""
    (finding,) = import_word(tmp_path, CASES[name][0]).findings
    assert not re.search(r"Error|Bad|w:|Exception", finding.message_zh + finding.message_en)


@pytest.mark.parametrize("extension", [".docx", ".doc", ".wps"])
def test_an_old_word_file_is_known_by_its_content(extension: str, tmp_path: Path) -> None:
    """Under any name the advice is to save it in the newer format."""
    word = import_word(tmp_path, OLE, "稿件" + extension)
    (finding,) = word.findings
    assert (finding.code, ".docx" in finding.hint_zh) == ("N601", True)


@pytest.mark.parametrize("name", ["稿件.doc", "稿件.wps", "稿件.DOCX", "稿件.txt", "稿件.md"])
def test_a_new_word_file_is_read_under_any_name(name: str, tmp_path: Path) -> None:
    """The content decides; a name of another format is told of."""
    document = article(new())
    document.add_paragraph("正文。")
    word = import_word(tmp_path, document, name)
    assert word.texts() == ["正文。"]
    assert word.codes == (["N836"] if name.endswith((".txt", ".md")) else [])


def test_the_limit_is_on_all_parts_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many parts, none of which is suspicious, are too much together."""
    monkeypatch.setattr("newsletter_pdf.importers.word.container.MAX_TOTAL", 10_000)
    assert import_word(tmp_path, GOOD).codes == ["N832"]
    assert MAX_TOTAL >= 100 * 1024 * 1024


def test_macros_are_not_read(tmp_path: Path) -> None:
    """The text of a .docm is imported, with a warning; the program in it is not even unpacked."""

    def change(parts: dict[str, bytes]) -> None:
        parts["word/vbaProject.bin"] = b"\x00evil"
        types = "[Content_Types].xml"
        parts[types] = parts[types].replace(
            b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
            b"application/vnd.ms-word.document.macroEnabled.main+xml",
        )
        rels = "word/_rels/document.xml.rels"
        relation = (
            b'<Relationship Id="rIdV" Target="vbaProject.bin" '
            b'Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"/></Relationships>'
        )
        parts[rels] = parts[rels].replace(b"</Relationships>", relation)

    document = article(new())
    document.add_paragraph("正文。")
    word = import_word(tmp_path, edited(as_bytes(document), change), "稿件.docm")
    assert word.codes == ["N835"]
    assert word.texts() == ["正文。"]


@pytest.mark.parametrize(
    ("kind", "target"),
    [("attachedTemplate", "http://192.0.2.1/t.dotm"), ("image", "file:///etc/passwd"), ("oleObject", "\\\\host\\x")],
)
def test_what_lies_outside_is_named_and_not_fetched(kind: str, target: str, tmp_path: Path) -> None:
    """Every relationship outside the file but a link of the text is listed with its address."""
    rels = "word/_rels/document.xml.rels"
    data = _with(rels, b"</Relationships>", _EXTERNAL.format(kind=kind, target=target).encode())
    word = import_word(tmp_path, data)
    assert [m for m in word.messages("N650") if target in m and kind in m]


def test_a_linked_picture_is_left_out(tmp_path: Path) -> None:
    """Its address is named, and the picture stands in the report."""
    document = article(new())
    document.add_paragraph("正文。")
    rid = document.part.relate_to(
        "https://example.org/a.png",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image",
        is_external=True,
    )
    drawing = f'<w:r><w:drawing><wp:inline><a:blip r:link="{rid}"/></wp:inline></w:drawing></w:r>'
    document.paragraphs[-1]._p.append(xml(drawing))
    word = import_word(tmp_path, document)
    assert word.left_out("picture") == ["https://example.org/a.png"]
    assert word.texts() == ["正文。"]


def test_relations_to_nothing_do_no_harm(tmp_path: Path) -> None:
    """Some programs leave relationships to parts that are not there (word/NULL)."""
    relation = (
        b'<Relationship Id="rIdN" Target="NULL" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/image"/></Relationships>'
    )
    document = article(new())
    document.add_paragraph("正文。")

    def change(parts: dict[str, bytes]) -> None:
        rels = "word/_rels/document.xml.rels"
        parts[rels] = parts[rels].replace(b"</Relationships>", relation)

    assert import_word(tmp_path, edited(as_bytes(document), change)).texts() == ["正文。"]


def test_the_strict_form_is_read(tmp_path: Path) -> None:
    """Word can save in the names of ISO/IEC 29500 Strict; the text is the same."""

    def change(parts: dict[str, bytes]) -> None:
        for name in [name for name in parts if name.endswith((".xml", ".rels"))]:
            parts[name] = parts[name].replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                b"http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
            parts[name] = parts[name].replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )

    document = article(new())
    document.add_paragraph("正文。")
    assert import_word(tmp_path, edited(as_bytes(document), change)).texts() == ["正文。"]


def test_a_part_inserted_from_another_file_is_named(tmp_path: Path) -> None:
    """An altChunk is another document in this one's place."""
    document = article(new())
    document.add_paragraph("正文。")
    document.element.body.insert(1, xml('<w:altChunk r:id="rIdaFChunk"/>'))
    data = with_part(as_bytes(document), "chunk.html", "<html>别的</html>", "aFChunk", "text/html")
    assert import_word(tmp_path, data).left_out("inserted-file") == ["/word/chunk.html"]


@pytest.mark.parametrize("mode", ["Internal", "External"])
@pytest.mark.parametrize("attributes", ['Id="x" Target="y"', 'Id="x" Type="y"', 'Type="x" Target="y"', ""])
def test_half_a_relation_is_none(attributes: str, mode: str, tmp_path: Path) -> None:
    """A relationship without its id, type or target is passed over."""
    relation = f'<Relationship {attributes} TargetMode="{mode}"/></Relationships>'.encode()
    data = _with("word/_rels/document.xml.rels", b"</Relationships>", relation)
    assert import_word(tmp_path, data).findings.errors == 0


def _sample() -> bytes:
    document = article(new())
    document.add_paragraph("正文", style="List Bullet").add_run("粗").bold = True
    document.add_table(rows=2, cols=2).cell(0, 0).text = "格"
    document.add_comment(document.paragraphs[-1].runs, text="批注", author="某")
    return as_bytes(document)


SAMPLE = _sample()
SAMPLE_XML = zipfile.ZipFile(io.BytesIO(SAMPLE)).read("word/document.xml")


@settings(max_examples=150)
@given(
    inside=st.booleans(),
    where=st.floats(0, 1),
    length=st.integers(0, 40),
    inserted=st.one_of(
        st.binary(max_size=20), st.sampled_from([b"<w:p>", b"</w:p>", b'w:val="', b"99999999999", b"&#1;"])
    ),
)
def test_no_damage_is_a_fault(
    inside: bool, where: float, length: int, inserted: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Bytes cut out and put in, in the file or in a part before packing, give a manuscript or an error, not both."""
    source = SAMPLE_XML if inside else SAMPLE
    at = int(where * len(source))
    changed = source[:at] + inserted + source[at + length :]
    if inside:
        part = changed
        changed = edited(SAMPLE, lambda parts: parts.update({"word/document.xml": part}))
    path = tmp_path_factory.mktemp("damaged") / "稿件.docx"
    path.write_bytes(changed)
    findings = Findings()
    assert (read_word(path, findings) is None) == (findings.errors > 0)
    shutil.rmtree(path.parent)


_VALUES = ("", "-1", "999999999999", "x", "0", "true", "1.5", "%1%9")


@settings(max_examples=100)
@given(rnd=st.randoms(use_true_random=False), part=st.sampled_from(["document", "styles", "numbering", "comments"]))
def test_no_disorder_is_a_fault(rnd: random.Random, part: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Well-formed XML whose elements stand, repeat or nest where they should not gives sections or findings."""
    name = f"word/{part}.xml"
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(SAMPLE)).read(name))
    elements = list(root.iter())
    for _ in range(rnd.randint(1, 6)):
        one, other = rnd.choice(elements), rnd.choice(elements)
        match rnd.randint(0, 4):
            case 0 if one.getparent() is not None:
                one.getparent().remove(one)
            case 1 if one.attrib:
                one.set(rnd.choice(list(one.attrib)), rnd.choice(_VALUES))
            case 2:
                other.append(copy.deepcopy(one))
            case 3:
                one.tag = other.tag
            case 4 if one not in other.iterancestors() and one is not other:
                other.insert(0, one)
    data = edited(SAMPLE, lambda parts: parts.update({name: etree.tostring(root)}))
    folder = tmp_path_factory.mktemp("disorder")
    word = import_word(folder, data)
    assert bool(word.result.written) == (word.findings.errors == 0)
    shutil.rmtree(folder)
