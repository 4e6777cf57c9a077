"""The preview's web server: the page, the states as they come, the pictures, and the proof when it is asked for."""

from __future__ import annotations

import asyncio
import json
import secrets
import sys
from collections.abc import AsyncIterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from newsletter_pdf.findings.signoff import CHANGED_MEANWHILE
from newsletter_pdf.preview.loop import Loop
from newsletter_pdf.preview.pictures import Pictures
from newsletter_pdf.preview.proved import Proved
from newsletter_pdf.preview.state import State, editor_link, spot_at

_STATIC = {
    "preview.css": "text/css",
    "preview.js": "text/javascript",
    "words.js": "text/javascript",
    "icon.svg": "image/svg+xml",
}
_ALIVE = 10.0  # s between signs of life on the stream of states


class Site:
    """The pages of one preview. ``output`` is the folder of the issue's PDF and reports."""

    def __init__(
        self, loop: Loop, pictures: Pictures, output: Path, *, lang: str, editor: str | None, layout: str | None
    ) -> None:
        self.loop, self.pictures, self.output = loop, pictures, output
        self.lang, self.editor, self.layout = lang, editor, layout
        self.proving = asyncio.Lock()
        self.stop = asyncio.Event()
        self.born = secrets.token_hex(4)  # tells a page that the server is another than before
        self.proved = Proved(loop.bench.folder, output)
        loop.is_proved = self.proved.current
        self._text: tuple[State | None, str] = (None, "{}")

    def app(self) -> Starlette:
        """The application, without its guard."""
        return Starlette(
            routes=[
                Route("/", self.page),
                Route("/static/{name}", self.static),
                Route("/events", self.events),
                Route("/state.json", self.state),
                Route("/page/{name}.png", self.picture),
                Route("/source", self.source),
                Route("/proof", self.proof, methods=["POST"]),
                Route("/issue.pdf", self.pdf),
                Route("/report.html", self.report),
            ]
        )

    async def page(self, _request: Request) -> Response:
        """The page itself."""
        html = _resource("preview.html").replace("{{ lang }}", "en" if self.lang == "en" else "zh-CN")
        return Response(html, media_type="text/html", headers={"Cache-Control": "no-store"})

    async def static(self, request: Request) -> Response:
        """Its style, script and icon."""
        name = request.path_params["name"]
        if name not in _STATIC:
            return Response(status_code=404)
        return Response(_resource(name), media_type=_STATIC[name], headers={"Cache-Control": "no-cache"})

    async def events(self, request: Request) -> Response:
        """The states, the present one first (server-sent events, HTML Living Standard 9.2)."""

        async def stream() -> AsyncIterator[str]:
            states = self.loop.states()
            upcoming: asyncio.Task[object] | None = None
            try:
                yield "retry: 500\n\n"
                while not self.stop.is_set():
                    upcoming = upcoming or asyncio.ensure_future(anext(states))
                    done, _ = await asyncio.wait({upcoming}, timeout=_ALIVE)
                    if await request.is_disconnected():
                        break
                    if not done:
                        yield ": alive\n\n"
                        continue
                    upcoming = None
                    if self.loop.state is not None:
                        yield f"data: {self.shown()}\n\n"
            finally:
                if upcoming is not None:
                    upcoming.cancel()

        return StreamingResponse(stream(), media_type="text/event-stream", headers={"Cache-Control": "no-store"})

    def shown(self) -> str:
        """The present state for the browser, as JSON; made once for all who look at it."""
        state = self.loop.state
        if state is not None and self._text[0] is not state:
            folder = self.loop.bench.folder
            told = {**state.as_json(self.lang, self.editor, folder), "issue": folder.name, "born": self.born}
            self._text = state, json.dumps(told, ensure_ascii=False)
        return self._text[1]

    async def state(self, _request: Request) -> Response:
        """The present state, once."""
        return Response(self.shown(), media_type="application/json", headers={"Cache-Control": "no-store"})

    async def picture(self, request: Request) -> Response:
        """A page as a picture; its name tells its content, so that a browser may keep it."""
        try:
            width = int(request.query_params.get("w", "1000"))
        except ValueError:
            return Response(status_code=400)
        name = request.path_params["name"]
        data = self.pictures.made(name, width)
        if data is None:
            data = await asyncio.to_thread(self.pictures.png, name, width)
        if data is None:
            return Response(status_code=404, headers={"Cache-Control": "no-store"})
        headers = {"Cache-Control": "private, max-age=31536000, immutable"}
        sent = BackgroundTask(self.loop.fetched, name)
        return Response(data, media_type="image/png", headers=headers, background=sent)

    async def source(self, request: Request) -> Response:
        """The file and line of the block at a place on a page: ``page`` from 0, ``x`` and ``y`` from 0 to 1."""
        state = self.loop.state
        try:
            page = int(request.query_params["page"])
            x, y = float(request.query_params["x"]), float(request.query_params["y"])
        except (KeyError, ValueError):
            return Response(status_code=400)
        spot = None if state is None or not 0 <= page < len(state.pages) else spot_at(state.pages[page].spots, x, y)
        if spot is None:
            return Response(status_code=404)
        link = None if self.editor is None else editor_link(self.editor, Path(spot.file), spot.line, 1)
        return JSONResponse({"file": spot.file, "line": spot.line, "link": link})

    async def proof(self, _request: Request) -> Response:
        """Build the issue in full, as ``build`` does; the outcome as ``build --json`` tells it.

        ``reported`` tells whether it came to a report, ``proved`` whether the PDF is of the files as they are now,
        ``changed`` whether some were saved meanwhile. Then it is
        built once more before that is told. In a process of its own, as PDFium must not be used by two at once in one.
        """
        words = ["build", str(self.loop.bench.folder), "--out", str(self.output), "--json", "--lang", self.lang]
        if self.layout is not None:
            words += ["--layout", self.layout]
        async with self.proving:
            before = _written(self.output / "report.html")
            exit_code, told = await _built(words)
            if _changed(told):
                exit_code, told = await _built(words)
            reported = _written(self.output / "report.html") != before
            if exit_code == 0:
                await asyncio.to_thread(self.proved.note)
        proved = exit_code == 0 and await asyncio.to_thread(self.proved.current)
        self.loop.mark_proved(proved)
        answer = {"exit": exit_code, "reported": reported, "changed": _changed(told), "proved": proved, **told}
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})

    async def pdf(self, _request: Request) -> Response:
        """The PDF that was proved last."""
        return self._file(self.output / f"{self.loop.bench.folder.name}.pdf", "application/pdf", download=True)

    async def report(self, _request: Request) -> Response:
        """The report on it. It is one file with its own styles and pictures, and no script."""
        response = self._file(self.output / "report.html", "text/html", download=False)
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'"
        )
        return response

    def _file(self, path: Path, kind: str, *, download: bool) -> Response:
        if not path.is_file():
            return Response(status_code=404)
        name = path.name if download else None
        return FileResponse(path, media_type=kind, filename=name, headers={"Cache-Control": "no-store"})


async def _built(words: list[str]) -> tuple[int | None, dict[str, Any]]:
    """The exit code of the program run with these words, and what it tells."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "newsletter_pdf", *words,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        answer, _ = await process.communicate()
    finally:
        # Whoever asked may be gone, and the preview at its end: nobody is left who would read the answer.
        if process.returncode is None:
            process.kill()
            await process.wait()
    try:
        told = json.loads(answer)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        told = {"error": {"kind": "fault", "message": answer.decode("utf-8", "replace")[:500]}}
    return process.returncode, told


def _changed(told: dict[str, Any]) -> bool:
    """Whether a build failed because a file was saved meanwhile."""
    return any(finding.get("code") == CHANGED_MEANWHILE.code for finding in told.get("findings", ()))


def _written(path: Path) -> tuple[int, int] | None:
    """What is another when the file was written again; None when there is none."""
    try:
        facts = path.stat()
    except OSError:
        return None
    return facts.st_ino, facts.st_mtime_ns


def _resource(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
