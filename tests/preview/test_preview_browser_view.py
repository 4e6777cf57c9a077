"""How pages are looked at: size, spreads, keys, fingers, contents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from preview_chromium import TOP, Opened, drawn, edit, ready, update

Served = Callable[..., str]
_WIDTH = "() => document.querySelector('.page').getBoundingClientRect().width"
_FIRST_SEEN = (
    "() => { const top = document.querySelector('#desk').getBoundingClientRect().top + 4;"
    " return [...document.querySelectorAll('.page')].findIndex(f => f.getBoundingClientRect().bottom > top); }"
)
_LINES = (
    "() => [...document.querySelectorAll('#contents li')].map(e =>"
    " [e.querySelector('.t').textContent, e.querySelector('.p').textContent])"
)
_PLACES = "() => [...document.querySelectorAll('.page')].map(f => [f.offsetLeft, f.offsetTop])"


@pytest.fixture
def long(issue: Path) -> Path:
    """The issue with a first section of several pages."""
    edit(issue / "01-甲.md", "甲编的正文。", "甲编的正文。" + "又是一句话。" * 400)
    return issue


def test_contents_tell_printed_numbers_and_lead_there(long: Path, served: Served, opened: Opened) -> None:
    """The numbers are those of the folios, not positions in the file; a click brings that page."""
    page = ready(opened(served()))
    lines = dict(page.evaluate(_LINES))
    labels = page.evaluate("() => [...document.querySelectorAll('.page .label')].map(e => e.textContent)")
    assert labels[:2] == ["i", "ii"]
    assert int(lines["乙编"]) > 3
    page.locator("#contents li.l1 a").last.click()
    page.wait_for_function("document.querySelector('#desk').scrollTop > 500")
    number = page.evaluate(_FIRST_SEEN)
    assert labels[number] == lines["乙编"]
    page.wait_for_function("document.querySelector('#contents li.here .t')?.textContent.startsWith('乙编')")
    before = lines["乙编"]
    with update(page):
        edit(long / "01-甲.md", "又是一句话。" * 400, "短了。")
    after = dict(page.evaluate(_LINES))
    assert int(after["乙编"]) < int(before)


def test_keys_turn_pages(page: Any) -> None:
    """Arrows go by one page, Home and End to the first and the last, Page Down and arrows down scroll at once."""
    count = page.locator(".page").count()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(_FIRST_SEEN) == 1
    page.keyboard.press("ArrowRight")
    assert page.evaluate(_FIRST_SEEN) == 2
    page.keyboard.press("ArrowLeft")
    assert page.evaluate(_FIRST_SEEN) == 1
    page.keyboard.press("End")
    assert page.evaluate(_FIRST_SEEN) >= count - 2
    page.keyboard.press("Home")
    assert page.evaluate(TOP) == pytest.approx(0, abs=20)
    page.keyboard.press("PageDown")
    page.wait_for_function("document.querySelector('#desk').scrollTop > 200")


def test_keys_still_turn_pages_after_a_click_in_the_contents(page: Any) -> None:
    """The focus goes to the pages with the reader."""
    page.locator("#contents li.l1 a").first.click()
    before = page.evaluate(TOP)
    page.keyboard.press("PageDown")
    page.wait_for_function(f"top => ({TOP})() > top + 100", arg=before)


def test_pages_are_sharp_at_any_size(page: Any) -> None:
    """A picture has one dot for each dot of the screen: nothing is stretched."""
    fit = page.evaluate(_WIDTH)
    for key in ("-", "+", "+", "+", "0"):
        page.keyboard.press(key)
        page.wait_for_function(
            "() => { const image = document.querySelector('.page img'), wide = image?.getBoundingClientRect().width;"
            " return Math.abs(image?.naturalWidth - wide * devicePixelRatio) <= 1; }"
        )
    assert page.evaluate(_WIDTH) == fit
    assert page.inner_text("#zoom").endswith("%")


def test_a_spread_has_the_cover_alone_and_then_two_and_two(page: Any) -> None:
    """The cover is a right page; after it come pairs, edge to edge; S again shows single pages, one below another."""
    page.keyboard.press("s")
    page.locator("#pages.spread").wait_for()
    places = page.evaluate(_PLACES)
    left, right = places[1], places[2]
    assert left[1] == right[1]
    assert left[0] < right[0]
    assert places[0][0] == right[0]
    assert places[0][1] < left[1]
    assert places[3][0] == left[0]
    assert right[0] - left[0] - page.evaluate(_WIDTH) < 4
    page.keyboard.press("s")
    assert len({x for x, _ in page.evaluate(_PLACES)}) == 1


def test_size_and_spread_are_remembered(served: Served, opened: Opened) -> None:
    """Opened again, the preview looks as it was left."""
    page = ready(opened(served()))
    page.keyboard.press("-")
    page.keyboard.press("s")
    wide = page.evaluate(_WIDTH)
    page.reload()
    ready(page)
    assert page.evaluate(_WIDTH) == wide
    assert page.get_attribute("#spread", "aria-pressed") == "true"


def test_the_place_is_kept_when_the_size_changes(page: Any) -> None:
    """What is at the top of the window stays there."""
    page.keyboard.press("End")
    at = page.evaluate(_FIRST_SEEN)
    for key in ("+", "+", "0"):
        page.keyboard.press(key)
        assert page.evaluate(_FIRST_SEEN) == at


def test_two_fingers_change_the_size(served: Served, opened: Opened) -> None:
    """Moved apart they enlarge the pages, and the pictures are drawn anew for that size when they are lifted."""
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    page = ready(opened(served(), **phone))
    drawn(page)
    wide = page.evaluate(_WIDTH)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, *xs: int) -> None:
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": 400} for x in xs]})

    fingers("touchStart", 150, 250)
    for more in range(10, 101, 10):
        fingers("touchMove", 150 - more, 250 + more)
    page.wait_for_function(f"wide => ({_WIDTH})() > wide * 1.5", arg=wide)
    assert not [url for url in asked if "/page/" in url]
    fingers("touchEnd")
    page.wait_for_function("() => document.querySelector('.page img').naturalWidth > 900")
    assert page.evaluate("visualViewport.scale") == 1
