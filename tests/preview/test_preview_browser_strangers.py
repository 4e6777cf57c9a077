"""What pages of other sites can get from the preview in the same browser: nothing."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from preview_chromium import Opened, ready

Served = Callable[..., str]


class _Stranger(BaseHTTPRequestHandler):
    """An empty page of another site."""

    def do_GET(self) -> None:  # named by http.server
        body = b"<!doctype html><title>another site</title><body>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Be silent."""


@pytest.fixture
def stranger() -> Iterator[str]:
    """The address of another site on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Stranger)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


_TRIES = {
    "fetch": "async a => { try { return (await fetch(a + 'state.json')).ok; } catch { return false; } }",
    "build": """async a => {
        try { await fetch(a + 'proof', { method: 'POST', mode: 'no-cors' }); } catch { } return false; }""",
    "image": """async a => new Promise(done => {
        const image = new Image(); image.onload = () => done(true); image.onerror = () => done(false);
        image.src = a + 'static/icon.svg'; })""",
    "script": """async a => new Promise(done => {
        const script = document.createElement('script'); script.onload = () => done(true);
        script.onerror = () => done(false); script.src = a + 'static/preview.js'; document.head.append(script); })""",
    "events": """async a => new Promise(done => {
        const events = new EventSource(a + 'events'); events.onmessage = () => done(true);
        events.onerror = () => { events.close(); done(false); }; })""",
}


@pytest.mark.parametrize("way", sorted(_TRIES))
def test_another_site_gets_nothing(served: Served, opened: Opened, stranger: str, tmp_path: Path, way: str) -> None:
    """Even one that knows the token reads no state, page, script or picture, and starts no build."""
    address = served()
    ready(opened(address))  # there is something to get
    page = opened(stranger, bypass_csp=False)
    answers: list[int] = []
    page.on("response", lambda answer: answers.append(answer.status))
    assert page.evaluate(_TRIES[way], address) is False
    assert set(answers) <= {403}
    assert not (tmp_path / "build").exists()


def test_another_site_cannot_frame_it(served: Served, opened: Opened, stranger: str) -> None:
    """The preview in a frame of another page stays empty."""
    address = served()
    page = opened(stranger)
    page.evaluate(
        "a => new Promise(done => { const f = document.createElement('iframe'); f.onload = done; f.src = a;"
        " document.body.append(f); })",
        address,
    )
    assert page.frame_locator("iframe").locator("#desk").count() == 0


def test_another_name_of_this_machine_gets_nothing(served: Served, opened: Opened) -> None:
    """A site whose own name suddenly means this machine (DNS rebinding) is refused: the browser says its name."""
    parts = urlsplit(served())
    page = opened("about:blank")
    answer = page.goto(f"http://rebound.example:{parts.port}{parts.path}")
    assert answer.status == 403
    assert page.locator("#desk").count() == 0


@pytest.mark.parametrize(
    "path",
    [
        "static/../../serve.py",
        "static/..%2f..%2fserve.py",
        "static/%2e%2e/%2e%2e/serve.py",
        "static/....//serve.py",
        "static/..%5c..%5cserve.py",
        "static//etc/passwd",
        "static/%2fetc%2fpasswd",
        "page/..%2f..%2f..%2fetc%2fpasswd.png",
        "report.html/../../../etc/passwd",
        "static/preview.js%00.css",
    ],
)
def test_no_path_leads_out(served: Served, path: str) -> None:
    """Neither plain nor escaped dots, slashes or zeros in an address reach a file that the preview does not show."""
    parts = urlsplit(served())
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        connection.putrequest("GET", parts.path + path)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    assert answer.status in (403, 404)
    assert b"root:" not in body
    assert b"import" not in body
