"""``newsletter-pdf preview`` as it is called."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ended by a signal")


@contextmanager
def running(issue: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The command while it runs, and the address that it tells."""
    command = [sys.executable, "-m", "newsletter_pdf", "preview", os.fspath(issue), "--no-open", "--json", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            told = ""
            while not told.rstrip().endswith("}"):
                line = process.stdout.readline()
                assert line, process.stderr.read() if process.stderr else ""
                told += line
            yield process, json.loads(told)["address"]
        finally:
            process.kill()


def test_it_serves_until_it_is_interrupted_and_keeps_its_address(issue: Path) -> None:
    """Ctrl-C ends it without an error; started again it has the address that the browser still shows."""
    with running(issue) as (process, address):
        with urllib.request.urlopen(address) as answer:  # our own address
            assert b"preview.js" in answer.read()
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        assert process.returncode == 0
        assert errors == ""
    with running(issue) as (_, again):
        assert again == address


def test_two_of_the_same_issue_run_beside_each_other(issue: Path) -> None:
    """The second finds the port taken, and takes another without a word."""
    with running(issue) as (_, one), running(issue) as (_, other):
        assert one != other
        for address in (one, other):
            with urllib.request.urlopen(address) as answer:  # our own addresses
                assert answer.status == 200


def test_the_usual_editor_is_known_by_its_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody types the address of VS Code."""
    from newsletter_pdf.cli import main

    told: dict[str, object] = {}

    class Served:
        def __init__(self, *_: object, **settings: object) -> None:
            told.update(settings)

        def run(self) -> None:
            """Serve nothing."""

    monkeypatch.setattr("newsletter_pdf.preview.serve.Preview", Served)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert main(["preview", str(tmp_path), "--editor", "vscode"]) == 0
    assert told["editor"] == "vscode://file/{path}:{line}:{column}"


@pytest.mark.parametrize("wrong", ["port", "editor"])
def test_what_cannot_be_is_told(issue: Path, wrong: str) -> None:
    """A port that was asked for and is taken, or an editor's address without the path: code 2 and the reason."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        words = {"port": ["--port", port], "editor": ["--editor", "vscode://file"]}[wrong]
        done = subprocess.run(
            [sys.executable, "-m", "newsletter_pdf", "preview", os.fspath(issue), "--no-open", *words],
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert {"port": port, "editor": "{path}"}[wrong] in done.stderr
