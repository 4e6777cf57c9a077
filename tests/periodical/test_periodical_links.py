"""``check --online``: links are asked for on a server of our own; without the flag nothing is."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from newsletter_pdf.cli import main
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.periodical import PlacedLink
from newsletter_pdf.periodical.links import check_links

HOME = Path(__file__).resolve().parents[2]
Issue = Callable[..., Path]


class _Server(ThreadingHTTPServer):
    """Answers by the path; ``asked`` holds the requests, ``most`` how many were in work at once."""

    daemon_threads = True
    asked: list[str]
    most: int
    now: int
    lock: threading.Lock
    gate: threading.Event


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def _answer(self) -> None:
        with self.server.lock:
            self.server.asked.append(f"{self.command} {self.path}")
            self.server.now += 1
            self.server.most = max(self.server.most, self.server.now)
        status = {"/gone": 404, "/old": 410, "/secret": 403, "/broken": 500, "/moved": 302}.get(
            self.path.split("?")[0], 200
        )
        if self.path == "/no-head" and self.command == "HEAD":
            status = 405
        if self.path == "/slow":
            self.server.gate.wait(5)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/there")
        self.send_header("Content-Length", "0")
        self.end_headers()
        with self.server.lock:
            self.server.now -= 1

    do_GET = do_HEAD = _answer  # noqa: N815 # the library's names

    def log_message(self, format: str, *arguments: object) -> None:
        """Tests are silent."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Server]:
    """A server on the loopback interface."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    served = _Server(("127.0.0.1", 0), _Handler)
    served.asked, served.most, served.now = [], 0, 0
    served.lock, served.gate = threading.Lock(), threading.Event()
    thread = threading.Thread(target=served.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield served
    served.gate.set()
    served.shutdown()
    served.server_close()
    thread.join()


def _address(server: _Server, path: str) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}{path}"


def _codes(hrefs: list[str], **options: float) -> list[str]:
    findings = Findings()
    check_links([PlacedLink(href, "", Place(line=n)) for n, href in enumerate(hrefs)], findings, **options)  # type: ignore[arg-type]
    return [f"{finding.code} {finding.place.line}" for finding in findings]


def test_dead_links_are_told(server: _Server) -> None:
    """404 and 410 are dead, 5xx is not known, what is there or merely refused is good; redirects are followed."""
    paths = ["/", "/gone", "/old", "/secret", "/broken", "/moved", "/no-head", "/中文?问=答", "/#part"]
    assert _codes([_address(server, path) for path in paths]) == ["N764 1", "N764 2", "N765 4"]
    assert {"HEAD /there", "GET /there"} & set(server.asked)
    assert "GET /no-head" in server.asked
    assert "HEAD /%E4%B8%AD%E6%96%87?%E9%97%AE=%E7%AD%94" in server.asked


def test_an_address_is_asked_once(server: _Server) -> None:
    """However often it stands in the issue; each place is told."""
    assert _codes([_address(server, "/gone")] * 3 + [_address(server, "/gone#a")]) == [f"N764 {n}" for n in range(4)]
    assert server.asked == ["HEAD /gone", "GET /gone"]


def test_a_slow_server_is_not_waited_for(server: _Server) -> None:
    """After the timeout the link counts as not checked."""
    assert _codes([_address(server, "/slow")], timeout=0.2) == ["N765 0"]


def test_nobody_listens(server: _Server) -> None:
    """A refused connection is no proof that the page is gone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert _codes([f"http://127.0.0.1:{port}/"]) == ["N765 0"]
    assert server.asked == []


def test_mail_addresses_are_not_asked_for(server: _Server) -> None:
    """Nor is anything else but http and https."""
    assert _codes(["mailto:a@example.org", "ftp://127.0.0.1/"]) == []
    assert server.asked == []


def test_only_online_asks(
    server: _Server, issue: Issue, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """``check`` uses no network, ``check --online`` tells of the dead link at its place."""
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", str(HOME))
    folder = issue("2026-11", "2026-11-20", 11, body=f"### 文章\n\n见[网页]({_address(server, '/gone')})。\n")
    assert main(["check", str(folder)]) == 0
    assert server.asked == []
    assert "N764" not in capsys.readouterr().out
    assert main(["check", str(folder), "--online"]) == 0
    assert "N764  第 7 行" in capsys.readouterr().out
