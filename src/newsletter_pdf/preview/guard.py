"""Who may ask the preview: this machine's browser, on the page that was opened, and nobody else.

Other web sites can send requests to a server on the loopback address, and can let their own name resolve to it (DNS
rebinding). So the address holds a random token, the ``Host`` has to be the one that was opened, and a request that a
browser says comes from another origin is refused (Fetch Metadata; RFC 6454).
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_POLICY: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Guard:
    """ASGI middleware: lets requests for ``/<token>/…`` from the page itself through, and refuses all others."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self.app = app
        self.token = token
        self.hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost")}
        self.origins = {f"http://{host}" for host in self.hosts}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        if not self._allowed(scope):
            await PlainTextResponse("not here", status_code=403, headers=dict(_POLICY))(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _POLICY.items():
                    headers.setdefault(name, value)
            await send(message)

        inner = {**scope, "path": scope["path"][len(self.token) + 1 :], "raw_path": b""}
        await self.app(inner, receive, guarded)

    def _allowed(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        first, _, rest = scope["path"].lstrip("/").partition("/")
        if not hmac.compare_digest(first.encode(), self.token.encode()) or not scope["path"].startswith(f"/{first}/"):
            return False
        if headers.get("host", "").lower() not in self.hosts or ".." in rest.split("/"):
            return False
        origin = headers.get("origin")
        if origin is not None and origin.lower() not in self.origins:
            return False
        return headers.get("sec-fetch-site", "none") in ("none", "same-origin")
