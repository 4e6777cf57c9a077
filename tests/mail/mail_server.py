"""A mail server on loopback that fails as it is told, and counts what it took."""

from __future__ import annotations

import asyncio
import random
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

Choose = Callable[[str, str], str]
"""Stage (connect, tls, mail, rcpt, data, content, end) and recipient → what to do there; empty: as usual."""


class FaultyServer:
    """Takes mail on 127.0.0.1; ``taken`` holds (recipient, octets) of every message accepted."""

    def __init__(
        self,
        choose: Choose = lambda stage, to: "",
        *,
        tls: ssl.SSLContext | None = None,
        whole_tls: ssl.SSLContext | None = None,
        **options: object,
    ) -> None:
        """``tls`` is for STARTTLS, which is then demanded; with ``whole_tls`` the connection begins with TLS."""
        self.taken: list[tuple[str, bytes]] = []
        self.choose: Choose = lambda stage, to: ""
        self._chosen = choose
        self._tls, self._whole_tls, self._options = tls, whole_tls, options
        self._lock = threading.Lock()
        self.holding = False  # while it is set no message is answered

    def __enter__(self) -> FaultyServer:
        outer = self

        class _Controller(Controller):
            def _trigger_server(self) -> None:
                # The library's own asks port 0.
                sock = socket.create_connection(self.server.sockets[0].getsockname(), 5.0)
                if outer._whole_tls is not None:
                    context = ssl._create_unverified_context()  # noqa: S323 - to wake the server, no more
                    sock = context.wrap_socket(sock)
                with sock:
                    sock.recv(1024)

            def factory(self) -> SMTP:
                return _Session(
                    outer,
                    self.handler,
                    tls_context=outer._tls,
                    require_starttls=outer._tls is not None,
                    hostname="mx.example.org",
                    timeout=30,
                    **outer._options,
                )

        self._controller = _Controller(
            self, hostname="127.0.0.1", port=0, ready_timeout=20, ssl_context=self._whole_tls
        )
        self._controller.start()
        self.choose = self._chosen
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    @property
    def port(self) -> int:
        return self._controller.server.sockets[0].getsockname()[1]

    @property
    def counts(self) -> Counter[str]:
        """How many messages each address got."""
        with self._lock:
            return Counter(to for to, _ in self.taken)

    def messages(self) -> list:
        return [message_from_bytes(data, policy=default) for _, data in self.taken]

    async def handle_MAIL(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list) -> str:
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return await self._reply("mail", "", server) or "250 OK"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list) -> str:
        reply = await self._reply("rcpt", address, server)
        if not reply:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        to = envelope.rcpt_tos[0]
        while self.holding:
            await asyncio.sleep(0.01)
        what = self.choose("end", to)
        if what.startswith("slow"):
            await asyncio.sleep(float(what.split()[1]))
        if what == "lose":
            # The message was complete, and is thrown away without a word.
            server.transport.abort()
            return "250 never seen"
        if what[:1] in {"4", "5"}:
            return what
        with self._lock:
            self.taken.append((to, envelope.original_content))
        if what == "drop":
            server.transport.abort()
        return "250 OK taken"

    async def _reply(self, stage: str, to: str, server: SMTP) -> str:
        what = self.choose(stage, to)
        if what == "drop":
            server.transport.abort()
            return "250 never seen"
        if what.startswith("421"):
            # RFC 5321, 3.8: the server closes after 421.
            asyncio.get_running_loop().call_later(0.01, server.transport.close)
        return what


class _Session(SMTP):
    def __init__(self, outer: FaultyServer, *arguments: object, **options: object) -> None:
        self._outer = outer
        super().__init__(*arguments, **options)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        what = self._outer.choose("connect", "")
        if what == "drop":
            transport.abort()
            return
        if what.startswith("421"):
            transport.write(b"421 4.3.2 busy\r\n")
            transport.close()
            return
        super().connection_made(transport)

    async def smtp_STARTTLS(self, arg: str) -> None:
        if self._outer.choose("tls", "") == "drop":
            await self.push("220 go ahead")
            self.transport.abort()
            return
        await super().smtp_STARTTLS(arg)

    async def smtp_DATA(self, arg: str) -> None:
        to = self.envelope.rcpt_tos[0] if self.envelope.rcpt_tos else ""
        what = self._outer.choose("data", to)
        if what == "drop":
            self.transport.abort()
            return
        if what[:1] in {"4", "5"}:
            await self.push(what)
            return
        if self._outer.choose("content", to) == "drop":
            await self.push("354 go ahead")
            await self._reader.readexactly(random.Random(to).randrange(1, 4000))
            self.transport.abort()
            return
        await super().smtp_DATA(arg)
