"""Several tabs, and a server that ends and begins again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from preview_chromium import NAMES, Opened, drawn, edit, ready, update

Served = Callable[..., str]


def again(served: Served, address: str) -> None:
    """Start a preview at the address of one that has ended."""
    parts = urlsplit(address)
    assert served(parts.port, parts.path.strip("/")) == address


def test_two_tabs_see_the_same(served: Served, opened: Opened, issue: Path) -> None:
    """Both follow a save; each keeps its own place and size."""
    address = served()
    one, other = ready(opened(address)), ready(opened(address))
    other.keyboard.press("-")
    other.keyboard.press("End")
    with update(one), update(other):
        edit(issue / "02-乙.md", "乙编的正文。", "乙编改过的正文。")
    drawn(one)
    drawn(other)
    assert one.evaluate(NAMES) == other.evaluate(NAMES)
    assert one.evaluate("document.querySelector('#desk').scrollTop") == 0
    assert other.evaluate("document.querySelector('#desk').scrollTop") > 0
    one.close()
    with update(other):
        edit(issue / "02-乙.md", "乙编改过的正文。", "乙编又改过的正文。")


def test_a_server_that_comes_back_is_found_again(served: Served, opened: Opened, issue: Path) -> None:
    """The page says that the connection is lost; when the preview runs again it shows what was saved meanwhile."""
    address = served()
    page = ready(opened(address))
    before = page.evaluate(NAMES)
    served.stop()  # type: ignore[attr-defined] # a function with a second one
    page.wait_for_selector("#live.lost")
    assert page.evaluate(NAMES) == before
    edit(issue / "02-乙.md", "乙编的正文。", "乙编改过的正文。")
    again(served, address)
    page.wait_for_function(f"names => String(({NAMES})()) !== String(names)", arg=before)
    page.wait_for_selector("#live:not(.lost):not(.busy)")
    drawn(page)


def test_pages_outlive_a_restart_into_an_error(served: Served, opened: Opened, issue: Path) -> None:
    """A server that begins with an error has no pages: those of before stay, of their size, with the error above."""
    address = served()
    page = ready(opened(address))
    before = page.evaluate(NAMES)
    wide = page.evaluate("document.querySelector('.page').offsetWidth")
    served.stop()  # type: ignore[attr-defined] # as above
    page.wait_for_selector("#live.lost")
    edit(issue / "02-乙.md", "title:", "titel:")
    again(served, address)
    page.wait_for_selector("#alarm:not([hidden])")
    assert page.evaluate(NAMES) == before
    assert page.locator("#contents li.l1").count() == 2
    page.keyboard.press("0")
    assert page.evaluate("document.querySelector('.page').offsetWidth") == wide
    edit(issue / "02-乙.md", "titel:", "title:")
    page.wait_for_selector("#alarm", state="hidden")
    page.wait_for_function("document.body.dataset.complete === 'true'")
    assert page.evaluate(NAMES) == before


def test_a_page_of_another_preview_is_told_to_look_for_the_address(served: Served, opened: Opened) -> None:
    """Another preview at the same port has another token: the old page says where the new address is told."""
    address = served()
    page: Any = ready(opened(address))
    served.stop()  # type: ignore[attr-defined] # as above
    page.wait_for_selector("#live.lost")
    served(urlsplit(address).port, "another-token-of-its-own")
    page.wait_for_function("document.querySelector('#live').textContent.includes('终端')")
