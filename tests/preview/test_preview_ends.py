"""The command ``preview`` as a process: how it starts and how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

Started = Callable[..., tuple[subprocess.Popen[str], dict]]
COMMAND = [sys.executable, "-m", "newsletter_pdf", "preview", "--no-open", "--json"]


@pytest.fixture
def started(issue: Path) -> Iterator[Started]:
    """``started(*words)`` runs the command on the issue and gives the process and what it told."""
    running: list[subprocess.Popen[str]] = []

    def start(*words: str) -> tuple[subprocess.Popen[str], dict]:
        process = subprocess.Popen(
            [*COMMAND, str(issue), *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        running.append(process)
        told = ""
        while line := process.stdout.readline() if process.stdout else "":
            told += line
            try:
                return process, json.loads(told)
            except ValueError:
                continue
        raise AssertionError(f"told no more than {told}")

    yield start
    for process in running:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("looked_at", [False, True])
def test_an_interrupt_ends_it_cleanly(started: Started, looked_at: bool) -> None:
    """Ctrl-C is how it ends: with code 0 and no word, whether a browser looks at it or it is still laying out."""
    process, told = started()
    # A stream of states that stays open; its first line comes when the server serves.
    stream = urlopen(told["address"] + "events") if looked_at else None
    if stream is not None:
        assert stream.readline()
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    if stream is not None:
        stream.close()
    assert process.returncode == 0
    assert said == ""


def test_another_program_may_end_it(started: Started) -> None:
    """SIGTERM ends it with the code that tells of it."""
    process, _ = started()
    process.terminate()
    _, said = process.communicate(timeout=30)
    assert process.returncode == 143
    assert "Traceback" not in said


def test_a_port_that_is_taken_is_told(started: Started) -> None:
    """The one who asked for this port gets no other."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process, told = started("--port", str(port))
        assert process.wait(30) == 2
    assert told["error"]["kind"] == "usage"
    assert f"端口 {port} 已经有程序在用" in told["error"]["message"]


def test_a_second_preview_gets_a_port_of_its_own(started: Started) -> None:
    """The port of last time is taken by the first one: nobody has to know."""
    (_, first), (_, second) = started(), started()
    assert first["address"] != second["address"]
    assert first["address"].split("/")[3] != second["address"].split("/")[3]
    for told in (first, second):
        with urlopen(told["address"]) as answer:
            assert answer.status == 200


def test_a_token_is_good_on_its_port_alone(started: Started) -> None:
    """A browser with the last page open tells it to whoever listens there now: the preview at another has another."""
    process, first = started()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    port = int(urlsplit(first["address"]).port or 0)
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        other.listen()
        _, second = started()
    token = urlsplit(first["address"]).path
    address = urlsplit(second["address"])
    assert address.port != port
    assert address.path != token
    with pytest.raises(HTTPError, match="403"):
        urlopen(f"http://127.0.0.1:{address.port}{token}")


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_folder_that_cannot_be_written_to_is_shown(started: Started, issue: Path) -> None:
    """Looking writes nothing."""
    for path in (*issue.iterdir(), issue):
        path.chmod(0o555 if path.is_dir() else 0o444)
    _, told = started()
    with urlopen(told["address"] + "events") as stream:
        state = next(json.loads(line[6:]) for line in stream if line.startswith(b"data: "))
    issue.chmod(0o755)
    assert len(state["pages"]) > 2
