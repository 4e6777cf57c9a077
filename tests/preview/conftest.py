"""A small issue, a workbench on it, and a preview that runs."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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
    """``served()`` starts a preview of the issue and gives its address; ``served(port, token)`` one at that address."""
    from newsletter_pdf.preview.serve import Preview

    running: list[tuple[Preview, threading.Thread]] = []

    def start(port: int = 0, token: str | None = None) -> str:
        ready = threading.Event()
        found: list[str] = []

        def told(address: str) -> None:
            found.append(address)
            ready.set()

        preview = Preview(issue, tmp_path / "build", port=port, token=token, ready=told)
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
