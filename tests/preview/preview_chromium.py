"""What the browser tests of the preview share: how Chromium is started, and what is looked for in the page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--host-resolver-rules=MAP rebound.example 127.0.0.1",
)  # fmt: skip
Opened = Callable[..., Any]
"""Opens an address in a tab of its own, with the settings of a browser context."""

NAMES = "() => [...document.querySelectorAll('.page')].map(f => f.page.id)"
TITLES = "() => [...document.querySelectorAll('#contents li.l1 .t')].map(e => e.textContent)"
TOP = "() => document.querySelector('#desk').scrollTop"


def ready(page: Any, after: int = 0) -> Any:
    """The page when it shows a complete state of a version beyond ``after``, without an error."""
    page.wait_for_function(
        "after => document.body.dataset.complete === 'true' && +document.body.dataset.version > after"
        " && document.querySelector('#alarm').hidden",
        arg=after,
    )
    return page


def version(page: Any) -> int:
    """The version of the state that is shown."""
    return int(page.evaluate("document.body.dataset.version || 0"))


@contextmanager
def update(page: Any) -> Iterator[None]:
    """What is saved inside is shown afterwards, whole and without an error."""
    before = version(page)
    yield
    ready(page, before)


def contents(page: Any, *titles: str) -> None:
    """Wait until the contents have exactly these sections."""
    page.wait_for_function(f"titles => String(({TITLES})()) === String(titles)", arg=list(titles))


def drawn(page: Any) -> None:
    """Wait until every page in the window has a picture, that of its present content, with dots in it."""
    page.wait_for_function(
        "() => [...document.querySelectorAll('.page')].filter(f => f.near).every(f =>"
        " f.dataset.shown === f.page.id && f.querySelector('img').naturalWidth > 0)"
    )


def edit(path: Path, old: str, new: str) -> None:
    """Replace ``old``, which has to be there, in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def put(path: Path, text: str) -> None:
    """Save as many editors do: beside the file, then over it."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_text(text, encoding="utf-8")
    beside.replace(path)
