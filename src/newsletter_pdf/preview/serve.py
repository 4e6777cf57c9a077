"""One preview from its start to its end."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from newsletter_pdf.preview.guard import Guard
from newsletter_pdf.preview.loop import Loop
from newsletter_pdf.preview.pictures import Pictures
from newsletter_pdf.preview.server import Site
from newsletter_pdf.preview.workbench import Workbench
from newsletter_pdf.project import find_home

_ADDRESS = "127.0.0.1"


class Preview:
    """The preview of the issue in ``folder``.

    ``output`` is where the PDF and reports go when the proof is asked for. The server listens on the loopback address
    alone, at ``port`` or any free one (0), and calls ``ready`` with the address to open, which holds ``token`` or a
    random one. ``fault`` is told of faults of ours, which do not end it.
    """

    def __init__(
        self,
        folder: Path,
        output: Path,
        *,
        layout: str | None = None,
        port: int = 0,
        lang: str = "zh",
        editor: str | None = None,
        token: str | None = None,
        ready: Callable[[str], None] = lambda _address: None,
        fault: Callable[[Exception], None] = lambda _error: None,
    ) -> None:
        self._folder, self._output, self._port = folder, output, port
        self._layout, self._lang, self._editor = layout, lang, editor
        self._token = token or secrets.token_urlsafe(18)
        self._ready, self._fault = ready, fault
        self._server: uvicorn.Server | None = None

    def run(self) -> None:
        """Serve until interrupted or stopped. Raises OSError when the port is taken."""
        try:
            asyncio.run(self._serve())
        except KeyboardInterrupt as interruption:
            if type(interruption) is not KeyboardInterrupt:
                raise  # another program ends it
            # Ctrl-C is its end, not a failure; the server has ended in order

    def stop(self) -> None:
        """End it; may be called from another thread."""
        if self._server is not None:
            self._server.should_exit = True

    async def _serve(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((_ADDRESS, self._port))
            listener.listen()  # who comes at once waits, instead of being refused
            port = listener.getsockname()[1]
            pictures = Pictures()
            bench = Workbench(self._folder, self._layout, pictures)
            loop = Loop(bench, _watched(self._folder), self._fault)
            site = Site(loop, pictures, self._output, lang=self._lang, editor=self._editor, layout=self._layout)
            config = uvicorn.Config(
                Guard(site.app(), self._token, port),
                log_level="critical",
                access_log=False,
                lifespan="off",
                timeout_graceful_shutdown=1,
                ws="none",
                server_header=False,
            )
            server = self._server = uvicorn.Server(config)
            working = asyncio.create_task(loop.run(site.stop))
            self._ready(f"http://{_ADDRESS}:{port}/{self._token}/")
            try:
                await server.serve(sockets=[listener])
            finally:
                site.stop.set()
                await working
                pictures.close()


def _watched(folder: Path) -> list[Path]:
    """The folders that an issue is made from: its own with the shared files beside it, layouts and fonts."""
    folder = folder.resolve()
    home = find_home(folder)
    return [folder.parent] if home is None else [folder.parent, home / "layouts", home / "fonts"]
