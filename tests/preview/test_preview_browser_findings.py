"""From a finding, or a place on a page, to the page and to the line of the file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from preview_chromium import TOP, Opened, drawn, edit, ready, update

Served = Callable[..., str]
_SHORT = "乙编第二篇说的是另一件事。"
_FAULTY = "乙编第二篇,说的是另一件事。"


@pytest.fixture
def faulty(issue: Path) -> Path:
    """The second section with a comma of the wrong kind in its line 11."""
    path = issue / "02-乙.md"
    edit(path, _SHORT, _FAULTY)
    assert path.read_text(encoding="utf-8").splitlines()[10] == _FAULTY
    return path


def finding(page: Any, place: str) -> Any:
    """The finding in the list that is told of this place."""
    return page.locator("#findings li").filter(has=page.locator(".where", has_text=place))


def test_a_finding_leads_to_its_page_and_marks_the_place(served: Served, opened: Opened, faulty: Path) -> None:
    """The page comes into the window, and a frame stands around the paragraph for a moment, and then goes."""
    page = ready(opened(served()))
    assert page.evaluate(TOP) == 0
    finding(page, f"{faulty.name}:11").first.click()
    mark = page.locator(".page .mark")
    mark.wait_for()
    assert mark.locator("xpath=..").evaluate("f => f.page.part") == "02-乙"
    window, frame = page.locator("#desk").bounding_box(), mark.bounding_box()
    assert window["y"] <= frame["y"]
    assert frame["y"] + frame["height"] <= window["y"] + window["height"]
    assert 5 < frame["height"] < 200
    answer = mark.evaluate(
        """async mark => {
            const page = mark.parentElement.getBoundingClientRect(), box = mark.getBoundingClientRect();
            const x = (box.left + box.width / 2 - page.left) / page.width;
            const y = (box.top + box.height / 2 - page.top) / page.height;
            const number = [...document.querySelectorAll('.page')].indexOf(mark.parentElement);
            return (await fetch(`source?page=${number}&x=${x}&y=${y}`)).json(); }"""
    )
    assert answer["file"].endswith("02-乙.md")
    assert answer["line"] == 11
    mark.wait_for(state="detached")


def test_the_keyboard_reaches_a_finding(served: Served, opened: Opened, faulty: Path) -> None:
    """Its text is a button: Enter on it leads to the page as a click does."""
    page = ready(opened(served()))
    finding(page, f"{faulty.name}:11").first.locator(".message").focus()
    page.keyboard.press("Enter")
    page.locator(".page .mark").wait_for()


def test_what_stands_before_the_text_leads_to_the_section(page: Any, issue: Path) -> None:
    """An error in the head of a file has no place on a page: it leads to where the section begins."""
    edit(issue / "02-乙.md", "title:", "titel:")
    finding(page, "02-乙.md:2:1").click()
    page.wait_for_function("document.querySelector('#desk').scrollTop > 500")
    first = "[...document.querySelectorAll('.page')].find(f => f.page.part === '02-乙').getBoundingClientRect()"
    desk = "document.querySelector('#desk').getBoundingClientRect()"
    top = page.evaluate(f"{first}.top - {desk}.top")
    assert 0 <= top < 100 or page.evaluate(f"{first}.bottom <= {desk}.bottom")


def test_a_click_on_the_place_copies_it_whole(served: Served, opened: Opened, faulty: Path) -> None:
    """What is shown is short; what is copied is the path with line and column that editors understand."""
    page = ready(opened(served(), permissions=["clipboard-read", "clipboard-write"]))
    finding(page, f"{faulty.name}:11").first.locator(".where").click()
    page.wait_for_selector("#toast:not([hidden])")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{faulty.resolve()}:11:")
    assert copied in page.inner_text("#toast")
    assert page.evaluate(TOP) == 0  # copying leads nowhere


def test_a_double_click_on_the_page_copies_its_line(served: Served, opened: Opened, faulty: Path) -> None:
    """From the page to the manuscript: the file and line of the paragraph that was meant."""
    page = ready(opened(served(), permissions=["clipboard-read", "clipboard-write"]))
    finding(page, f"{faulty.name}:11").first.click()
    frame = page.locator(".page .mark").bounding_box()
    page.mouse.dblclick(frame["x"] + frame["width"] / 3, frame["y"] + frame["height"] / 2)
    page.wait_for_selector("#toast:not([hidden])")
    assert page.evaluate("navigator.clipboard.readText()") == f"{faulty.resolve()}:11"


@pytest.mark.parametrize("way", ["finding", "page"])
def test_with_an_editor_set_its_address_is_opened(served: Served, opened: Opened, faulty: Path, way: str) -> None:
    """The address has path, line and column in it; the preview stays where it is."""
    page = ready(opened(served(editor="http://editor.example/?file={path}&line={line}&column={column}")))
    # As with an editor's own scheme, the browser stays on the page.
    page.route("http://editor.example/**", lambda route: route.fulfill(status=204))
    found = finding(page, f"{faulty.name}:11").first
    with page.expect_request("http://editor.example/**") as request:
        if way == "finding":
            found.locator(".where").click()
        else:
            found.click()
            frame = page.locator(".page .mark").bounding_box()
            page.mouse.dblclick(frame["x"] + frame["width"] / 3, frame["y"] + frame["height"] / 2)
    told = parse_qs(urlsplit(request.value.url).query)
    assert told["file"] == [str(faulty.resolve())]
    assert told["line"] == ["11"]
    assert int(told["column"][0]) >= 1
    with update(page):
        edit(faulty, _FAULTY, _SHORT)
    drawn(page)
