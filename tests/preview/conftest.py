"""A small issue, a preview of it that runs, and a browser."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from preview_chromium import CHROMIUM, FLAGS, Opened, ready

ROOT = Path(__file__).parents[2]
SECTION = (
    "---\ntitle: {title}\n---\n\n### {title}第一篇\n\n{text}\n\n### {title}第二篇\n\n{title}第二篇说的是另一件事。\n"
)


@pytest.fixture
def issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An issue of two sections in a project of its own."""
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", os.fspath(ROOT))
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path / "cache"))
    folder = tmp_path / "content" / "2026-11"
    (folder / "images").mkdir(parents=True)
    (folder / "issue.yaml").write_text("title: 小刊月览\ndate: 2026-11-20\nnumber: 11\n", encoding="utf-8")
    (folder / "01-甲.md").write_text(SECTION.format(title="甲编", text="甲编的正文。"), encoding="utf-8")
    (folder / "02-乙.md").write_text(SECTION.format(title="乙编", text="乙编的正文。"), encoding="utf-8")
    return folder


@pytest.fixture
def served(issue: Path, tmp_path: Path) -> Iterator[Callable[..., str]]:
    """``served()`` starts a preview of the issue and gives its address; ``served(port, token)`` one at that address.

    Other settings of ``Preview`` by their names; ``served.stop()`` ends all.
    """
    from newsletter_pdf.preview.serve import Preview

    running: list[tuple[Preview, threading.Thread]] = []

    def start(port: int = 0, token: str | None = None, **settings: Any) -> str:
        ready = threading.Event()
        found: list[str] = []

        def told(address: str) -> None:
            found.append(address)
            ready.set()

        preview = Preview(issue, tmp_path / "build", port=port, token=token, ready=told, **settings)
        thread = threading.Thread(target=preview.run, daemon=True)
        thread.start()
        running.append((preview, thread))
        assert ready.wait(30)
        return found[0]

    def stop() -> None:
        while running:
            preview, thread = running.pop()
            preview.stop()
            thread.join(30)
            assert not thread.is_alive()

    start.stop = stop  # type: ignore[attr-defined] # a function with a second one
    yield start
    stop()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser for the tests of one file; they are skipped where there is none."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: make browser")
    from playwright.sync_api import sync_playwright

    # One that outlived its file would keep an event loop running in the main thread.
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def opened(chromium: Any) -> Iterator[Opened]:
    """``opened(address)`` opens a tab with settings of its own; a fault of a page's script fails the test."""
    contexts: list[Any] = []
    faults: list[str] = []

    def open_tab(address: str, **settings: Any) -> Any:
        # The functions that wait evaluate text in the page, which its policy forbids.
        settings = {"viewport": {"width": 1280, "height": 800}, "bypass_csp": True, **settings}
        contexts.append(chromium.new_context(**settings))
        page = contexts[-1].new_page()
        page.set_default_timeout(120_000)  # a slow machine is no failure
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(address)
        return page

    yield open_tab
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(served: Callable[..., str], opened: Opened) -> Any:
    """The preview, open, with all pages drawn."""
    return ready(opened(served()))
