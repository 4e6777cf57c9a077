"""The second engine: what it reads otherwise is told, and where it reads it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from text_issue import Built

from newsletter_pdf.findings import Findings
from newsletter_pdf.verify.context import Context
from newsletter_pdf.verify.engine import check_engine
from newsletter_pdf.verify.enginepages import EnginePage, SecondEngine
from newsletter_pdf.verify.pdffile import PdfFile


class Other(SecondEngine):
    """An engine that has read a file somewhat otherwise."""

    def __init__(self, pages: list[EnginePage], fault: str | None = None) -> None:
        self._result = (pages, fault)

    def pages(self) -> tuple[list[EnginePage], str | None]:
        return self._result


@pytest.fixture(scope="module")
def read(built: Built) -> list[EnginePage]:
    return SecondEngine(built.pdf.read_bytes()).pages()[0]


def told(built: Built, pages: list[EnginePage], fault: str | None = None) -> list[tuple[str, int | None, str]]:
    findings = Findings()
    check_engine(Context(PdfFile(built.pdf.read_bytes()), findings), Other(pages, fault))
    return [(finding.code, finding.place.page, finding.message_zh) for finding in findings]


def test_both_engines_read_the_same(built: Built, read: list[EnginePage]) -> None:
    """Letters, places, number and sizes of the pages of a sound file."""
    assert told(built, read) == []


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        (lambda page: replace(page, text=page.text.replace("夜", "", 1)), "N738", "少了「夜」"),
        (lambda page: replace(page, text=page.text + "密"), "N738", "多了「密」"),
        (lambda page: replace(page, text=page.text.replace("一", "二", 1)), "N738", "少了「一」，多了「二」"),
        (lambda page: replace(page, boxes=[(a, b + 40, c, d + 40) for a, b, c, d in page.boxes]), "N738", "位置不同"),
        (lambda page: replace(page, boxes=[(a + 60, b, c + 60, d) for a, b, c, d in page.boxes]), "N738", "位置不同"),
        (lambda page: replace(page, boxes=[]), "N738", "位置不同"),
        (lambda page: replace(page, width=page.width + 20), "N739", "615 × 842 pt"),
    ],
)
def test_page_read_otherwise_is_told(
    built: Built, read: list[EnginePage], change: Callable[[EnginePage], EnginePage], code: str, message: str
) -> None:
    """A letter less, more or another, the lines elsewhere, another size."""
    pages = list(read)
    pages[9] = change(pages[9])
    [(found, page, text)] = told(built, pages)
    assert (found, page) == (code, 10)
    assert message in text


def test_lost_page_is_told(built: Built, read: list[EnginePage]) -> None:
    """Another number of pages."""
    assert told(built, read[:-1]) == [("N739", None, "另一个阅读引擎（PDFium）读到的页不同：12 页，校验读到 13 页。")]


def test_unreadable_file_is_told(built: Built) -> None:
    """An engine that gives up is told with its reason; one for bytes that are no PDF gives up."""
    pages, fault = SecondEngine(b"no pdf").pages()
    assert pages == []
    assert fault
    [(code, _page, message)] = told(built, pages, fault)
    assert code == "N739"
    assert fault in message
