"""Pictures of pages, and finding text on them."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image
from weasyprint import HTML

from newsletter_pdf.findings import Findings, Place, Rule, Severity
from newsletter_pdf.report import Report
from newsletter_pdf.report.page import report_page
from newsletter_pdf.report.pictures import LARGE, SMALL, open_pages

LINES = ("morning light", "evening market", "evening harbour")


@pytest.fixture(scope="module")
def text_pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of three lines, 20 pt type on 40 pt, 50 pt from the left and 100 pt from the top; and a lying page."""
    path = tmp_path_factory.mktemp("pdf") / "text.pdf"
    lines = "<br>".join(LINES)
    style = (
        "@page{size:A4;margin:100pt 50pt} @page w{size:A4 landscape} body{margin:0} p{margin:0;font:20pt/40pt serif}"
    )
    HTML(string=f"<style>{style}</style><p>{lines}</p><p style='page:w;break-before:page'>wide</p>").write_pdf(path)
    return path


def test_pictures_have_the_size_asked_for(text_pdf: Path) -> None:
    """Each is a JPEG as wide as asked, lying pages included; pages that do not exist are left out."""
    with open_pages(text_pdf) as pages:
        for width in (SMALL, LARGE):
            made = pages.draw([0, 1, 2, 3], width)
            assert list(made) == [1, 2]
            for picture in made.values():
                with Image.open(io.BytesIO(base64.b64decode(picture.uri.partition(",")[2]))) as image:
                    assert image.format == "JPEG"
                    assert abs(image.width - width) <= 1
                    assert image.height / image.width == pytest.approx(picture.height / picture.width, abs=0.02)


def test_text_is_found_where_it_stands(text_pdf: Path) -> None:
    """The rectangle is that of the line; the first text that is there counts."""
    with open_pages(text_pdf) as pages:
        (box,) = pages.find(1, ["not there", "evening market"])
        left, bottom, right, top = box
        assert left == pytest.approx(50, abs=2)
        assert 842 - 180 <= bottom < top <= 842 - 140
        assert 120 < right - left < 200
        assert pages.find(2, ["evening market"]) == ()


def test_text_over_a_line_end_is_found_on_both_lines(text_pdf: Path) -> None:
    """Line breaks and spaces do not count."""
    with open_pages(text_pdf) as pages:
        above, below = pages.find(1, ["lightevening"])
    assert above[1] > below[3]


def test_a_text_that_stands_twice_is_marked_twice(text_pdf: Path) -> None:
    """Which of the places is meant is for the editor to see."""
    with open_pages(text_pdf) as pages:
        assert len(pages.find(1, ["evening"])) == 2


@pytest.mark.parametrize("text", ["", "e", "…", " \n"])
def test_next_to_nothing_is_not_searched_for(text_pdf: Path, text: str) -> None:
    """One letter stands everywhere."""
    with open_pages(text_pdf) as pages:
        assert pages.find(1, [text]) == ()


def test_a_text_that_a_finding_names_is_marked(text_pdf: Path) -> None:
    """A finding without a rectangle of its own points to the text that its message quotes."""
    rule = Rule("N799", Severity.ERROR, "「{title}」不对", "“{title}” is wrong", "", "", "x", "x", "x", "x")
    findings = Findings()
    findings.add(rule.at(Place(page=1), title="evening market"))
    page = report_page(Report("x", text_pdf, None, 2, "x", findings=findings))
    assert page.count('<rect class="mark error"') == 2
    findings.add(rule.at(Place(page=2), title="evening market"))
    assert report_page(Report("x", text_pdf, None, 2, "x", findings=findings)).count("<rect") == 2


@pytest.mark.parametrize(
    ("line", "column", "found"),
    [
        ("The *evening* market is long", 5, False),  # the only run that is long enough is not printed so
        ("so: *evening market*, they say", 10, True),
        ("## evening market", 1, True),
        ("evening\u200b market", 8, True),
        ("evening", 1, False),  # stands on the page twice
    ],
)
def test_the_line_of_the_source_is_found_in_print(
    text_pdf: Path, tmp_path: Path, line: str, column: int, found: bool
) -> None:
    """A finding in a manuscript shows the page, where the words around the column stand once and no more."""
    source = tmp_path / "01-a.md"
    source.write_text(f"x\n{line}\n", encoding="utf-8")
    rule = Rule("N799", Severity.WARNING, "x", "x", "", "", "x", "x", "x", "x")
    findings = Findings()
    findings.add(rule.at(Place(source, 2, column)))
    page = report_page(Report("x", text_pdf, None, 2, "x", findings=findings))
    assert page.count('<rect class="mark warning"') == (2 if found else 0)
    assert "第\u00a02\u00a0行" in page
    assert ("· 第\u00a01\u00a0页</p>" in page) == found
    assert ('<li class="warning">' in page.partition('class="overview"')[2]) == found


def test_a_moved_page_origin_is_heeded(tmp_path: Path) -> None:
    """Rectangles are in the page's user space, whose origin need not be the corner of the page."""
    document = pdfium.PdfDocument.new()
    page = document.new_page(600, 800)
    page.set_mediabox(100, 50, 700, 850)
    page.close()
    path = tmp_path / "moved.pdf"
    document.save(path)
    document.close()
    rule = Rule("N799", Severity.ERROR, "x", "x", "", "", "x", "x", "x", "x")
    findings = Findings()
    findings.add(rule.at(Place(page=1, box=(200, 750, 300, 760))))
    page_text = report_page(Report("x", path, None, 1, "x", findings=findings))
    assert '<rect class="mark error" x="97.0" y="87.0"' in page_text


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 broken", b"no pdf"])
def test_a_file_that_is_no_pdf_has_no_pages(tmp_path: Path, data: bytes) -> None:
    """Neither drawing nor searching raises."""
    path = tmp_path / "x.pdf"
    path.write_bytes(data)
    for file in (path, tmp_path / "missing.pdf", None):
        with open_pages(file) as pages:
            assert len(pages) == 0
            assert pages.draw([1], SMALL) == {}
            assert pages.find(1, ["evening"]) == ()
            assert pages.origin(1) is None
