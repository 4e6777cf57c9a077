"""The preview on a telephone, 390 px wide, and on a window of half a screen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from preview_chromium import Opened, drawn, edit, ready, update

Served = Callable[..., str]
_PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
_SIDEWAYS = "() => [document.documentElement.scrollWidth, document.querySelector('#desk').scrollWidth]"


@pytest.fixture
def phone(served: Served, opened: Opened, issue: Path) -> Any:
    """The preview on a telephone, with a finding to see."""
    edit(issue / "02-乙.md", "乙编第二篇说的是另一件事。", "乙编第二篇,说的是另一件事。")
    return ready(opened(served(), **_PHONE))


def inside(page: Any, width: int) -> None:
    """The page is no wider than the window; every tool that is shown stands in it, and none on another."""
    assert max(page.evaluate(_SIDEWAYS)) <= width
    boxes = [box for box in (b.bounding_box() for b in page.locator("header :is(button, a)").all()) if box]
    for number, box in enumerate(boxes):
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        for other in boxes[number + 1 :]:
            apart = (
                box["x"] + box["width"] <= other["x"] + 1
                or other["x"] + other["width"] <= box["x"] + 1
                or box["y"] + box["height"] <= other["y"] + 1
                or other["y"] + other["height"] <= box["y"] + 1
            )
            assert apart


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_has_to_be_moved_sideways(served: Served, opened: Opened, issue: Path, lang: str) -> None:
    """Neither with pages, nor with an error above them, nor with all tools that a proof adds; at any width."""
    page = ready(opened(served(lang=lang), **_PHONE))
    drawn(page)
    inside(page, 390)
    edit(issue / "01-甲.md", "title:", "titel:")
    page.wait_for_selector("#alarm:not([hidden])")
    inside(page, 390)
    page.evaluate("for (const name of ['pdf', 'report']) document.getElementById(name).hidden = false")
    for width in (320, 390, 500, 800, 821, 901, 1024):
        page.set_viewport_size({"width": width, "height": 844})
        page.wait_for_function(f"width => Math.max(...({_SIDEWAYS})()) <= width", arg=width)
        inside(page, width)


def test_buttons_are_large_enough_for_a_finger(phone: Any) -> None:
    """At least 36 px high: those above and the lines of the contents."""
    phone.tap("#toggle-contents")
    for button in phone.locator("header :is(button, a), #contents a").all():
        if button.is_visible():
            assert button.bounding_box()["height"] >= 36


def test_contents_come_when_asked_for_and_go_with_a_choice(phone: Any) -> None:
    """They lie over the pages, are read without moving sideways, and give way to the chosen page."""
    assert phone.locator("#contents").is_hidden()
    phone.tap("#toggle-contents")
    box = phone.locator("#contents").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] < 390  # a strip of the page shows that it is still there
    phone.locator("#contents li.l1 a").last.tap()
    assert phone.locator("#contents").is_hidden()
    phone.wait_for_function("document.querySelector('#desk').scrollTop > 300")


def test_findings_come_when_asked_for_and_lead_to_the_page(phone: Any) -> None:
    """Their number stands on the button; one panel gives way to the other, and to the page."""
    assert phone.inner_text("#toggle-findings").split()[-1].isdigit()
    phone.tap("#toggle-contents")
    phone.tap("#toggle-findings")
    assert phone.locator("#contents").is_hidden()
    assert phone.locator("#findings").is_visible()
    phone.locator("#findings li", has_text="02-乙.md:11").first.locator(".message").tap()
    assert phone.locator("#findings").is_hidden()
    phone.locator(".page .mark").wait_for()


def test_a_touch_of_the_pages_puts_a_panel_away(phone: Any) -> None:
    """So does Esc, where there are keys."""
    phone.tap("#toggle-contents")
    phone.touchscreen.tap(380, 600)
    phone.locator("#contents").wait_for(state="hidden")
    phone.tap("#toggle-findings")
    phone.keyboard.press("Escape")
    phone.locator("#findings").wait_for(state="hidden")


def test_a_save_is_followed_on_the_telephone_too(phone: Any, issue: Path) -> None:
    """The changed page is marked as on a wide screen."""
    with update(phone):
        edit(issue / "01-甲.md", "甲编的正文。", "甲编改过的正文。")
    phone.locator(".page.changed").first.wait_for(state="attached")
    drawn(phone)


def test_a_window_made_narrow_frees_the_pages_and_made_wide_has_its_panels(page: Any) -> None:
    """Panels that stood beside the pages do not lie over them; they come back with the room."""
    page.set_viewport_size({"width": 600, "height": 800})
    page.locator("#contents").wait_for(state="hidden")
    assert page.locator("#findings").is_hidden()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.locator("#contents").wait_for()
    assert page.locator("#findings").is_visible()
