"""The page in a real browser: a save is seen, an error is told and goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from preview_chromium import NAMES, TOP, Opened, drawn, edit, ready, update

from newsletter_pdf.preview.workbench import Workbench


def test_a_save_is_shown_and_marked_and_the_place_stays(page: Any, issue: Path) -> None:
    """The changed page gets another picture, the others keep theirs; the reader stays where he was."""
    page.keyboard.press("End")
    page.wait_for_function("document.querySelector('#desk').scrollTop > 500")
    before, top = page.evaluate(NAMES), page.evaluate(TOP)
    with update(page):
        edit(issue / "02-乙.md", "乙编的正文。", "乙编改过的正文。")
    page.wait_for_selector(".page.changed")
    after = page.evaluate(NAMES)
    assert len(after) == len(before)
    assert sum(one != other for one, other in zip(before, after, strict=True)) == 1
    assert page.evaluate(TOP) == pytest.approx(top, abs=3)
    drawn(page)


def test_only_the_changed_page_travels(page: Any, issue: Path) -> None:
    """A save asks the server for the picture of the changed page and for no other."""
    page.keyboard.press("End")
    drawn(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    before = page.evaluate(NAMES)
    with update(page):
        edit(issue / "02-乙.md", "乙编的正文。", "乙编改过的正文。")
    drawn(page)
    fresh = set(page.evaluate(NAMES)) - set(before)
    pictures = {url.rsplit("/", 1)[1].split(".")[0] for url in asked if "/page/" in url}
    assert len(fresh) == 1
    assert pictures == fresh


def test_an_error_says_what_to_do_and_moves_nothing(page: Any, issue: Path) -> None:
    """It lies over the pages; each stays on its spot of the window, and so do the lists at the sides."""
    places = """() => ['.page', '#desk', '#contents', '#findings'].map(
        name => { const box = document.querySelector(name).getBoundingClientRect(); return [box.top, box.bottom]; })"""
    before = page.evaluate(places)
    edit(issue / "01-甲.md", "title:", "titel:")
    page.wait_for_selector("#alarm:not([hidden])")
    assert page.evaluate(places) == before
    assert "怎么办：是不是「title」" in page.inner_text("#alarm")
    alarm, findings = page.locator("#alarm").bounding_box(), page.locator("#findings").bounding_box()
    assert alarm["x"] + alarm["width"] <= findings["x"] + 1


def test_an_error_is_told_above_the_pages_and_goes_when_mended(page: Any, issue: Path) -> None:
    """The pages stay; the finding names file and line; mended, it is gone and the change is there."""
    names = page.evaluate(NAMES)
    edit(issue / "01-甲.md", "title:", "titel:")
    page.wait_for_selector("#alarm:not([hidden])")
    assert "titel" in page.inner_text("#alarm")
    assert page.locator("#findings li").first.get_attribute("class").startswith("error")  # before all warnings
    assert page.inner_text("#findings .error .where") == "01-甲.md:2:1"
    assert page.evaluate(NAMES) == names
    drawn(page)
    edit(issue / "01-甲.md", "titel: 甲编", "title: 甲编改过")
    page.wait_for_selector("#alarm", state="hidden")
    page.wait_for_function("document.querySelector('#contents li.l1 .t').textContent === '甲编改过'")
    assert page.locator("#findings .error").count() == 0


def test_an_error_in_the_facts_is_told_and_the_pages_follow(page: Any, issue: Path) -> None:
    """The source of an article is still to come: its text is shown as it is saved, and no page is called an old one."""
    edit(issue / "01-甲.md", "title: 甲编", "title: 甲编\nsources: required")
    page.wait_for_selector("#alarm:not([hidden])")
    told = page.inner_text("#alarm")
    assert "没有来源" in told
    assert "上一次" not in told
    names = page.evaluate(NAMES)
    edit(issue / "01-甲.md", "甲编的正文", "甲编改过的正文")
    page.wait_for_function(f"names => String(({NAMES})()) !== names", arg=",".join(names))
    assert page.is_visible("#alarm")
    edit(issue / "01-甲.md", "\nsources: required", "")
    page.wait_for_selector("#alarm", state="hidden")


def test_an_issue_that_begins_with_an_error_says_so(served: Callable[..., str], opened: Opened, issue: Path) -> None:
    """There are no pages yet, and none are spoken of; mended, they come."""
    edit(issue / "01-甲.md", "title:", "titel:")
    page = opened(served())
    page.wait_for_selector("#alarm:not([hidden])")
    assert "上一次" not in page.inner_text("#alarm")
    edit(issue / "01-甲.md", "titel:", "title:")
    drawn(ready(page))
    assert len(page.evaluate(NAMES)) > 2


def test_a_fault_of_ours_is_told_and_the_next_save_mends_it(
    served: Callable[..., str], opened: Opened, issue: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program's own error leaves the pages there, with a word above them, and is not the end."""
    told: list[Exception] = []
    page = ready(opened(served(fault=told.append)))
    names = page.evaluate(NAMES)

    def fails(_bench: Workbench) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr(Workbench, "refresh", lambda bench: (fails(bench) for _ in range(1)))
        edit(issue / "02-乙.md", "乙编的正文。", "乙编改过的正文。")
        page.wait_for_selector("#alarm:not([hidden])")
        assert "ZeroDivisionError" in page.inner_text("#alarm")
        assert page.evaluate(NAMES) == names
    assert [type(error) for error in told] == [ZeroDivisionError]
    edit(issue / "02-乙.md", "乙编改过的正文。", "乙编又改过的正文。")
    page.wait_for_selector("#alarm", state="hidden")
    assert sum(one != other for one, other in zip(names, page.evaluate(NAMES), strict=True)) == 1


def test_the_page_keeps_to_its_own_policy(served: Callable[..., str], opened: Opened) -> None:
    """Under the policy that the server sends, everything works and the browser has nothing to refuse."""
    refused: list[str] = []
    page = opened("about:blank", bypass_csp=False)
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    page.goto(served())
    page.locator("#contents li.l1 a").last.click()
    page.locator(".page img").first.wait_for()
    page.keyboard.press("s")
    page.locator("#pages.spread").wait_for()
    assert refused == []
