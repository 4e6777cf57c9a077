"""What is taken out of the file before it is written, and its identifier."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pydyf
import pypdf
import pytest
from pypdf.generic import DictionaryObject

from newsletter_pdf.render.compact import drop_plain_spans, with_identifier

TEXT = (
    "<!doctype html><html lang=zh-CN><title>t</title><style>html { font-family: 'NL Serif' } p { width: 5em }</style>"
    "<h1 id=a>章</h1>"
    "<p>一行又一行的<em>文字</em>，有<a href='#a'>链接</a>，也有<span>跨了行的一段话</span>。"
    "<ul><li>一项</li></ul><table><tr><td>格</td></tr></table>"
)


Written = Callable[..., bytes]


@pytest.fixture(scope="module")
def written(engine: Any) -> Written:
    """``written(compact)`` is the text as a tagged PDF."""

    def write(compact: bool, **options: Any) -> bytes:
        finisher = (lambda _document, pdf: drop_plain_spans(pdf)) if compact else None
        return bytes(engine.HTML(string=TEXT).write_pdf(finisher=finisher, pdf_variant="pdf/ua-1", **options))

    return write


def content_order(data: bytes) -> list[tuple[str, int]]:
    """Marked content in the order of the structure tree, with the nearest element above that is no Span."""
    reader = pypdf.PdfReader(BytesIO(data))
    found: list[tuple[str, int]] = []

    def walk(element: DictionaryObject, owner: str) -> None:
        owner = owner if element["/S"] == "/Span" else str(element["/S"])
        for kid in element["/K"]:
            kid = kid.get_object()
            if isinstance(kid, int):
                found.append((owner, int(kid)))
            elif kid.get("/Type") == "/StructElem":
                walk(kid, owner)

    for child in reader.root_object["/StructTreeRoot"]["/K"]:
        walk(child.get_object(), "")
    return found


def elements(data: bytes) -> list[DictionaryObject]:
    """All structure elements that the file holds."""
    reader = pypdf.PdfReader(BytesIO(data))
    found = [reader.get_object(number) for number in reader.xref_objStm]
    return [o for o in found if isinstance(o, DictionaryObject) and o.get("/Type") == "/StructElem"]


def test_content_keeps_its_order_and_its_element(written: Written) -> None:
    """Without the Spans the tree holds the same marked content, in the same paragraphs, in the same order."""
    stock, compact = written(False), written(True)
    assert content_order(compact) == content_order(stock)
    assert len(content_order(stock)) > 10


def test_spans_that_say_nothing_are_gone(written: Written) -> None:
    """No Span with nothing but marked content is left in a paragraph, and their objects are not in the file."""
    stock, compact = elements(written(False)), elements(written(True))
    assert sum(element["/S"] == "/Span" for element in stock) > 10
    assert not [
        element
        for element in compact
        if element["/S"] == "/Span" and element["/P"].get_object()["/S"] in ("/P", "/H1", "/Span")
    ]


def test_the_parent_tree_names_the_element_that_holds_the_content(written: Written) -> None:
    """Each marked content of a page leads to the element whose kid it is (ISO 32000-1, 14.7.4.4)."""
    reader = pypdf.PdfReader(BytesIO(written(True)))
    numbers = reader.root_object["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    of_page = numbers[1].get_object()
    assert len(of_page) > 10
    for mcid, element in enumerate(of_page):
        assert mcid in element.get_object()["/K"]


def test_elements_that_say_something_stay() -> None:
    """A Span with a language of its own is kept."""
    pdf = pydyf.PDF()
    root = pydyf.Dictionary({"Type": "/StructTreeRoot"})
    tree = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Array()])})
    for object_ in (tree, root):
        pdf.add_object(object_)
    root["ParentTree"] = tree.reference
    paragraph = pydyf.Dictionary({"Type": "/StructElem", "S": "/P", "Pg": b"1 0 R", "P": root.reference})
    pdf.add_object(paragraph)
    spans = [
        pydyf.Dictionary({"Type": "/StructElem", "S": "/Span", "Pg": b"1 0 R", "P": paragraph.reference, "K": [n]})
        for n in range(2)
    ]
    spans[1]["Lang"] = pydyf.String("en")
    for span in spans:
        pdf.add_object(span)
    paragraph["K"] = pydyf.Array(span.reference for span in spans)
    tree["Nums"][1].extend(span.reference for span in spans)
    assert drop_plain_spans(pdf) == 1
    assert paragraph["K"] == [0, spans[1].reference]
    assert tree["Nums"][1] == [paragraph.reference, spans[1].reference]


def test_the_identifier_is_the_contents_own(written: Written) -> None:
    """The same bytes have the same identifier, others another; the file reads as before."""
    one, other = with_identifier(written(True)), with_identifier(written(False))
    ids = [pypdf.PdfReader(BytesIO(data)).trailer["/ID"][0].original_bytes for data in (one, one, other)]
    assert ids[0] == ids[1] != ids[2]
    assert len(pypdf.PdfReader(BytesIO(one), strict=True).pages) == 1


def test_a_file_with_a_table_of_references_gets_its_identifier_too(written: Written) -> None:
    """The trailer of an uncompressed file takes it as well."""
    data = with_identifier(written(True, uncompressed_pdf=True, pdf_version="1.4"))
    assert "/ID" in pypdf.PdfReader(BytesIO(data), strict=True).trailer


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_an_independent_reader_finds_nothing_wrong(written: Written, tmp_path: Path) -> None:
    """A second reader, qpdf, sees no error in a file with free entries and an identifier put in."""
    file = tmp_path / "a.pdf"
    file.write_bytes(with_identifier(written(True)))
    checked = subprocess.run(["qpdf", "--check", str(file)], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr
