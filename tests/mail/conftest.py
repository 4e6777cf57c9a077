"""The commands of the mailing, run on an issue of a few readers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from mail_chromium import CHROMIUM
from mail_world import World, make_world
from playwright.sync_api import Browser, sync_playwright

from newsletter_pdf.cli import main
from newsletter_pdf.mail.sending import run as run_module
from newsletter_pdf.mail.transport import smtp


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, headless."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def quick_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Chinese messages, a cache of its own, and servers that are not waited for."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(run_module, "PAUSE", 0.01)
    monkeypatch.setattr(smtp, "FINAL_TIMEOUT", 1.0)


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A project with an issue that was made and approved, and five readers; the current folder."""
    world = make_world(tmp_path / "p", 5)
    monkeypatch.chdir(world.root)
    return world


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., SimpleNamespace]:
    """Runs a command on the issue; gives ``code``, ``out``, ``err``, with --json ``data`` and ``codes``."""

    def _run(command: str, *arguments: str, issue: str = "content/2026-11") -> SimpleNamespace:
        capsys.readouterr()
        code = main([command, issue, *arguments])
        captured = capsys.readouterr()
        data = json.loads(captured.out) if "--json" in arguments else None
        codes = [finding["code"] for finding in data["findings"]] if data else []
        return SimpleNamespace(code=code, out=captured.out, err=captured.err, data=data, codes=codes)

    return _run
