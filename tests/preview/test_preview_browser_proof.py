"""The whole PDF, proved, on demand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from preview_chromium import Opened, edit, ready, update
from pypdf import PdfReader


def test_the_pdf_is_made_proved_and_downloaded(page: Any, tmp_path: Path) -> None:
    """Nothing is written before it is asked for; then the PDF holds the pages that are shown, and the report opens."""
    assert page.locator("#pdf").is_hidden()
    assert not (tmp_path / "build").exists()
    page.locator("#prove").click()
    page.locator("#pdf:not([hidden])").wait_for()
    assert "通过" in page.inner_text("#live")
    with page.expect_download() as download:
        page.locator("#pdf").click()
    assert download.value.suggested_filename == "2026-11.pdf"
    reader = PdfReader(download.value.path())
    assert len(reader.pages) == page.locator(".page").count()
    assert reader.page_labels == page.evaluate("[...document.querySelectorAll('.page')].map(f => f.page.label)")
    with page.context.expect_page() as report:
        page.locator("#report").click()
    report.value.wait_for_load_state()
    assert "小刊月览" in report.value.content()


def test_a_pdf_that_is_older_than_the_pages_is_not_offered(page: Any, issue: Path) -> None:
    """After the next change the download is away, until the PDF is made again: by a key this time."""
    page.keyboard.press("p")
    page.locator("#pdf:not([hidden])").wait_for()
    with update(page):
        edit(issue / "02-乙.md", "乙编的正文。", "乙编改过的正文。")
    assert page.locator("#pdf").is_hidden()
    page.keyboard.press("p")
    page.locator("#pdf:not([hidden])").wait_for()
    with page.expect_download() as download:
        page.locator("#pdf").click()
    text = "".join(found.extract_text() for found in PdfReader(download.value.path()).pages)
    assert "乙编改过的正文" in text


def test_a_pdf_is_of_the_files_even_where_no_page_shows_it(page: Any, issue: Path) -> None:
    """A link's address or the text for a picture is in the PDF alone; undone, the PDF is offered again."""
    with update(page):
        edit(issue / "02-乙.md", "乙编的正文。", "[乙编](https://example.org/a)的正文。")
    page.locator("#prove").click()
    page.locator("#pdf:not([hidden])").wait_for()
    edit(issue / "02-乙.md", "org/a", "org/b")
    page.locator("#pdf[hidden]").wait_for(state="attached")
    edit(issue / "02-乙.md", "org/b", "org/a")
    page.locator("#pdf:not([hidden])").wait_for()


def test_a_manuscript_with_errors_is_not_made(page: Any, issue: Path) -> None:
    """The report says why; there is no PDF to download, and it can be tried again."""
    edit(issue / "01-甲.md", "title:", "titel:")
    page.wait_for_selector("#alarm:not([hidden])")
    page.locator("#prove").click()
    page.wait_for_function("document.querySelector('#live').textContent === '没有通过'")
    assert page.locator("#pdf").is_hidden()
    assert page.locator("#prove").is_enabled()
    with page.context.expect_page() as report:
        page.locator("#report").click()
    report.value.wait_for_load_state()
    assert "titel" in report.value.content()


def test_a_page_opened_in_english_speaks_english(served: Any, opened: Opened) -> None:
    """The language of the program is that of the page."""
    page = ready(opened(served(lang="en")))
    assert page.get_attribute("html", "lang") == "en"
    assert page.inner_text("#prove") == "Build and prove"
    assert "pages" in page.inner_text("#live")


def test_a_report_that_is_older_than_the_pages_is_not_offered(page: Any, issue: Path) -> None:
    """As the PDF: after the next change both are away."""
    page.locator("#prove").click()
    page.locator("#report:not([hidden])").wait_for()
    with update(page):
        edit(issue / "02-乙.md", "乙编的正文。", "乙编改过的正文。")
    assert page.locator("#report").is_hidden()


def test_a_save_while_it_is_made_is_the_reason_that_is_told(page: Any) -> None:
    """Who saved is asked to press again, and is not sent to a report that says nothing of it."""
    answer = {"exit": 1, "reported": True, "changed": True, "pages": 0, "findings": []}
    page.route("**/proof", lambda route: route.fulfill(json=answer))
    page.locator("#prove").click()
    page.locator("#toast:not([hidden])").wait_for()
    assert "存过盘，请再按一次" in page.inner_text("#toast")
    assert page.locator("#report").is_hidden()
    assert page.locator("#prove").is_enabled()
