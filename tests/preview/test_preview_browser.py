"""The page in a real browser."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
)  # fmt: skip


@pytest.fixture
def page(served: Callable[..., str]) -> Iterator[Any]:
    """The preview, open, with all pages drawn; a fault of its script fails the test."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=os.fspath(CHROMIUM or ""), args=list(_QUIET))
        page = browser.new_page(viewport={"width": 1280, "height": 800}, bypass_csp=True)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(served())
        page.wait_for_function("document.body.dataset.complete === 'true'")
        yield page
        browser.close()
        assert faults == []


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_save_is_shown_and_marked_and_the_place_stays(page: Any, issue: Path) -> None:
    """The changed page gets another picture, the others keep theirs; the reader stays where he was."""
    page.keyboard.press("End")
    page.wait_for_function("document.querySelector('#desk').scrollTop > 500")
    names = "() => [...document.querySelectorAll('.page')].map(f => f.page.id)"
    before, top = page.evaluate(names), page.evaluate("document.querySelector('#desk').scrollTop")
    edit(issue / "02-乙.md", "乙编的正文。", "乙编改过的正文。")
    page.wait_for_selector(".page.changed")
    page.wait_for_function("document.body.dataset.complete === 'true' && +document.body.dataset.version > 1")
    after = page.evaluate(names)
    assert len(after) == len(before)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    assert page.evaluate("document.querySelector('#desk').scrollTop") == pytest.approx(top, abs=3)


def test_an_error_is_told_above_the_pages_and_goes_when_mended(page: Any, issue: Path) -> None:
    """The pages stay; the finding names file and line."""
    count = page.locator(".page").count()
    edit(issue / "01-甲.md", "title:", "titel:")
    page.wait_for_selector("#alarm:not([hidden])")
    assert "titel" in page.inner_text("#alarm")
    assert page.locator(".page").count() == count
    assert "01-甲.md" in page.inner_text("#findings .error .where")
    edit(issue / "01-甲.md", "titel:", "title:")
    page.wait_for_selector("#alarm", state="hidden")


def test_contents_lead_to_their_page_and_keys_zoom(page: Any) -> None:
    """A click in the contents brings the page; + and 0 change the size, S lays pages side by side."""
    page.locator("#contents li.l3").last.locator("a").click()
    page.wait_for_function("document.querySelector('#desk').scrollTop > 500")
    width = "() => document.querySelector('.page').offsetWidth"
    fit = page.evaluate(width)
    page.keyboard.press("-")
    assert page.evaluate(width) < fit
    page.keyboard.press("0")
    assert page.evaluate(width) == fit
    page.keyboard.press("s")
    assert page.get_attribute("#spread", "aria-pressed") == "true"
