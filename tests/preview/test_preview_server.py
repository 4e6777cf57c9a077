"""The server: who is let in, and what it gives."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import pytest

from newsletter_pdf.preview import server
from newsletter_pdf.preview.loop import Loop

Served = Callable[..., str]


def ask(address: str, path: str = "", **headers: str) -> tuple[int, bytes, dict[str, str]]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        connection.putrequest("GET", parts.path + path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        answer = connection.getresponse()
        return answer.status, answer.read(), {k.lower(): v for k, v in answer.getheaders()}
    finally:
        connection.close()


def state(address: str, good: Callable[[dict], bool] = lambda told: bool(told.get("complete"))) -> dict:
    """The state once ``good`` holds of it."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        told = json.loads(ask(address, "state.json")[1])
        if told and good(told):
            return told
    raise AssertionError(f"the state did not come: {told}")


def test_the_page_its_parts_and_pictures_are_served(served: Served) -> None:
    """Nothing may come from elsewhere or be framed elsewhere."""
    address = served()
    status, page, headers = ask(address)
    assert status == 200
    assert b"preview.js" in page
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"
    for name in ("static/preview.css", "static/preview.js", "static/icon.svg"):
        assert ask(address, name)[0] == 200
    first = state(address)["pages"][0]
    assert ask(address, f"page/{first['id']}.png?w=200")[1].startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("state.json", {"Origin": "https://evil.example"}),
        ("state.json", {"Sec_Fetch_Site": "cross-site"}),
        ("state.json", {"Host": "evil.example"}),
        ("static/../../../../etc/passwd", {}),
        ("../wrong-token/state.json", {}),
    ],
)
def test_strangers_are_refused(served: Served, path: str, headers: dict[str, str]) -> None:
    """Other origins, other names of this address, other tokens, and ways out of the folder."""
    status, body, _ = ask(served(), path, **headers)
    assert status == 403
    assert b"root:" not in body


def test_the_last_of_many_quick_saves_is_shown(served: Served, issue: Path) -> None:
    """However quickly they come, what was saved last is what is seen."""
    address = served()
    before = state(address)
    path = issue / "01-甲.md"
    text = path.read_text(encoding="utf-8")
    for number in range(200):
        path.write_text(text.replace("### 甲编第一篇", f"### 甲编第一篇之{number}"), encoding="utf-8")
    told = state(address, lambda told: told["complete"] and "第一篇之199" in str(told["contents"]))
    assert told["version"] > before["version"]


def test_a_preview_started_again_has_its_address(served: Served) -> None:
    """Same port, same token: an open page finds it again."""
    address = served()
    parts = urlsplit(address)
    state(address)
    served.stop()  # type: ignore[attr-defined]
    assert served(parts.port, parts.path.strip("/")) == address
    assert state(address)["complete"]


@pytest.mark.parametrize(("saves", "changed", "runs"), [(0, False, 1), (1, False, 2), (5, True, 2)])
def test_a_build_that_was_saved_into_is_made_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saves: int, changed: bool, runs: int
) -> None:
    """Then it is told why there is none: who saves all the time is asked to press again."""
    outcomes = [(1, {"findings": [{"code": "N669"}]})] * saves + [(0, {"findings": []})]
    made = []

    async def built(words: list[str]) -> tuple[int, dict[str, object]]:
        made.append(words)
        return outcomes[len(made) - 1]

    monkeypatch.setattr(server, "_built", built)
    loop = Loop(SimpleNamespace(folder=tmp_path / "2026-11"), [], lambda _: None)  # type: ignore[arg-type]
    site = server.Site(loop, SimpleNamespace(), tmp_path, lang="zh", editor=None, layout=None)  # type: ignore[arg-type]
    told = json.loads(bytes(asyncio.run(site.proof(SimpleNamespace())).body))  # type: ignore[arg-type]
    assert (told["changed"], len(made)) == (changed, runs)
    assert told["exit"] == (1 if changed else 0)


def test_a_proof_nobody_waits_for_any_more_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """The preview ends amid a proof: its build does not go on without it."""
    started: list[asyncio.subprocess.Process] = []
    stock = asyncio.create_subprocess_exec

    async def noted(*_words: str, **streams: Any) -> asyncio.subprocess.Process:
        started.append(await stock(sys.executable, "-c", "import sys; sys.stdin.read()", stdin=-1, **streams))
        return started[0]

    async def cancelled() -> None:
        monkeypatch.setattr(asyncio, "create_subprocess_exec", noted)
        proof = asyncio.create_task(server._built(["build"]))
        while not started:
            await asyncio.sleep(0)
        proof.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await proof

    asyncio.run(cancelled())
    assert started[0].returncode not in (None, 0)
