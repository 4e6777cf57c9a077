"""One connection to the server (RFC 5321), with TLS and log-in, over the standard library's smtplib.

The library's own way of sending a message does not tell whether the full stop that ends it had left when the line
went; here it leaves by itself, after the caller has put that down.
"""

from __future__ import annotations

import contextlib
import re
import smtplib
import socket
import ssl
from collections.abc import Callable

from newsletter_pdf.mail.message import Package
from newsletter_pdf.mail.secrets import Secret, hide
from newsletter_pdf.mail.settings import Server
from newsletter_pdf.mail.transport.answers import (
    Answer,
    Cause,
    Outcome,
    ServerTroubleError,
    doubtful,
    outcome_of,
    words,
)
from newsletter_pdf.mail.transport.replies import BoundedSmtp, BoundedSmtps

FINAL_TIMEOUT = 600.0
"""Seconds to wait for the answer to a whole message (RFC 5321, 4.5.3.2.6)."""
_LINE_POINT = re.compile(rb"(?m)^\.")
_BLOCK = 256 * 1024  # bytes given to the socket at once
_LOST = (smtplib.SMTPServerDisconnected, OSError)


def _cause(error: Exception) -> Cause:
    if type(error) is smtplib.SMTPException:
        return Cause.NO_LOGIN  # the library raises its bare class for the lack of a mechanism that both know
    return Cause.ENCRYPTION if isinstance(error, ssl.SSLError) else Cause.UNREACHABLE


class Connection:
    """A session with the server. Not for several threads, but :meth:`abort` may come from any."""

    def __init__(self, server: Server, password: Secret | None = None, *, final_timeout: float | None = None) -> None:
        """Connect, encrypt as the settings ask, log in. Raises ServerTroubleError."""
        self._server, self._password = server, password
        self._final_timeout = max(FINAL_TIMEOUT, server.timeout) if final_timeout is None else final_timeout
        try:
            self._smtp = self._connect()
        except ssl.SSLCertVerificationError as error:
            raise ServerTroubleError(
                f"服务器 {server.host} 的证书没有通过核对（{error.verify_message}）",
                f"the certificate of {server.host} was not accepted ({error.verify_message})",
                lasting=True,
                cause=Cause.CERTIFICATE,
            ) from None
        except smtplib.SMTPAuthenticationError as error:
            # Not the server's words: what it answers to a log-in may be the log-in.
            said = f"{error.smtp_code} {_status(error.smtp_error)}".strip()
            # 4xx: the server cannot tell now (RFC 4954, 6).
            raise ServerTroubleError(
                f"服务器 {server.host} 不认用户名或密码（{said}）",
                f"{server.host} does not accept username or password ({said})",
                lasting=not 400 <= error.smtp_code <= 499,
                cause=Cause.LOGIN,
            ) from None
        except smtplib.SMTPNotSupportedError as error:
            raise ServerTroubleError(
                f"服务器 {server.host} 不支持所要的加密或登录方式（{error}）",
                f"{server.host} does not offer the encryption or log-in asked for ({error})",
                lasting=True,
                cause=Cause.ENCRYPTION if "STARTTLS" in str(error) else Cause.NO_LOGIN,
            ) from None
        except smtplib.SMTPResponseException as error:
            text = self._words(error.smtp_error)
            raise ServerTroubleError(
                f"服务器 {server.host} 不接待（{error.smtp_code} {text}）",
                f"{server.host} does not receive us ({error.smtp_code} {text})",
            ) from None
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            reason = hide(str(error) or type(error).__name__, password)
            raise ServerTroubleError(
                f"连不上服务器 {server.host}:{server.port}（{reason}）",
                f"{server.host}:{server.port} cannot be reached ({reason})",
                cause=_cause(error),
            ) from None

    def _connect(self) -> BoundedSmtp:
        server = self._server
        name = server.helo or _own_name()
        if server.security == "tls":
            smtp: BoundedSmtp = BoundedSmtps(
                server.host, server.port, name, timeout=server.timeout, context=_tls(server)
            )
        else:
            smtp = BoundedSmtp(server.host, server.port, name, timeout=server.timeout)
        try:
            if server.security == "starttls":
                smtp.ehlo_or_helo_if_needed()
                smtp.starttls(context=_tls(server))
            smtp.ehlo_or_helo_if_needed()
            # The settings refuse a username without encryption; this is for callers that made their own.
            if server.username is not None and self._password is not None and server.security != "none":
                smtp.login(server.username, self._password.reveal())
        except BaseException:
            smtp.close()
            raise
        if smtp.sock is not None:
            # The full stop is a small packet of its own: it shall not wait for the receipt of what went before.
            smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return smtp

    @property
    def largest(self) -> int | None:
        """Octets of the largest message that the server takes (SIZE, RFC 1870); None when it names no limit."""
        size = self._smtp.esmtp_features.get("size", "")
        return int(size) if size.isdigit() and int(size) > 0 else None

    def alive(self) -> bool:
        """Whether the server is still there; asked after a pause, as servers end connections that do nothing."""
        try:
            return self._smtp.noop()[0] == 250
        except (OSError, smtplib.SMTPException):
            return False

    def deliver(self, package: Package, before_final: Callable[[], None]) -> Answer:
        """Hand over ``package``.

        ``before_final`` is called when all but the full stop has left; when it raises, the connection is closed, so
        that the server throws the message away, and the exception goes on. Raises ServerTroubleError for whatever the
        server has against us before it has heard of the reader: for the time being or, a refused sender, for good.
        """
        try:
            answer = self._envelope(package)
            if answer is not None:
                return answer
            self._content(package)
        except _LOST as error:
            return self._lost(error)
        except smtplib.SMTPResponseException as error:
            self.abort()
            return Answer(Outcome.DEFERRED, error.smtp_code, self._words(error.smtp_error), usable=False, lost=True)
        try:
            before_final()
        except BaseException:
            self.abort()
            raise
        return self._end()

    def _envelope(self, package: Package) -> Answer | None:
        """MAIL, RCPT and DATA; None when the server waits for the message."""
        smtp = self._smtp
        self._sender(package)
        code, reply = smtp.rcpt(package.recipient.address)
        if not 200 <= code <= 299:
            return self._refused(code, reply)
        code, reply = smtp.docmd("DATA")
        return None if code == 354 else self._refused(code, reply, after_data=True)

    def _sender(self, package: Package) -> None:
        """MAIL, in which no reader is named yet: whatever is said to it is no reader's fault."""
        smtp = self._smtp
        size = [f"SIZE={package.size}"] if smtp.has_extn("size") else []
        try:
            code, reply = smtp.mail(package.sender, size)
        except _LOST as error:
            self.abort()
            text = hide(str(error) or type(error).__name__, self._password)
            raise ServerTroubleError(
                f"与服务器的连接断开了（{text}）", f"the connection to the server was lost ({text})"
            ) from None
        if 200 <= code <= 299:
            return
        text = self._words(reply)
        self.abort()
        lasting = 500 <= code <= 599
        zh, en = ("不接受发件人", "refuses the sender") if lasting else ("现在不收", "takes nothing now from")
        raise ServerTroubleError(
            f"服务器{zh} {package.sender}（{code} {text}）",
            f"the server {en} {package.sender} ({code} {text})",
            lasting=lasting,
        )

    def _content(self, package: Package) -> None:
        """Send the message without its end, lines that begin with a point given a second one (RFC 5321, 4.5.2)."""
        sock = self._smtp.sock
        if sock is None:
            raise smtplib.SMTPServerDisconnected("no connection")
        for piece in package.pieces:
            data = _LINE_POINT.sub(b"..", piece) if piece.startswith(b".") or b"\n." in piece else piece
            view = memoryview(data)
            for start in range(0, len(view), _BLOCK):
                sock.sendall(view[start : start + _BLOCK])

    def _end(self) -> Answer:
        """Send the full stop and take the answer; without one nobody knows."""
        sock = self._smtp.sock
        try:
            if sock is None:
                raise smtplib.SMTPServerDisconnected("no connection")
            sock.settimeout(self._final_timeout)
            sock.sendall(b".\r\n")
            code, reply = self._smtp.getreply()
            sock.settimeout(self._server.timeout)
        except (*_LOST, smtplib.SMTPException) as error:
            self.abort()
            text = hide(str(error) or type(error).__name__, self._password)
            return Answer(Outcome.UNCERTAIN, None, f"no answer: {text}", usable=False, lost=True)
        text = self._words(reply)
        if 200 <= code <= 299:
            return Answer(Outcome.SENT, code, text)
        if 400 <= code <= 599:
            outcome = outcome_of(code)
            unsure = outcome is Outcome.FAILED and doubtful(code, text, after_data=True)
            return Answer(outcome, code, text, usable=code != 421, doubtful=unsure)
        self.abort()
        return Answer(Outcome.UNCERTAIN, None, f"no answer that means anything: {text}", usable=False, lost=True)

    def _refused(self, code: int, reply: bytes, *, after_data: bool = False) -> Answer:
        if not 400 <= code <= 599:
            # Not what SMTP allows here; the message has not been given, so it may be tried again.
            self.abort()
            return Answer(Outcome.DEFERRED, None, f"strange answer: {self._words(reply)}", usable=False, lost=True)
        outcome, text = outcome_of(code), self._words(reply)
        unsure = outcome is Outcome.FAILED and doubtful(code, text, after_data=after_data)
        usable = code != 421 and self.reset()
        if not usable:
            self.abort()
        return Answer(outcome, code, text, usable=usable, doubtful=unsure)

    def _lost(self, error: BaseException) -> Answer:
        self.abort()
        text = hide(str(error) or type(error).__name__, self._password)
        return Answer(Outcome.DEFERRED, None, f"connection lost: {text}", usable=False, lost=True)

    def _words(self, reply: bytes | str) -> str:
        data = reply.encode("utf-8", errors="replace") if isinstance(reply, str) else reply
        return hide(words(data), self._password)

    def reset(self) -> bool:
        """Forget a message that was begun; False when the connection is of no use any more."""
        try:
            return self._smtp.rset()[0] == 250
        except (OSError, smtplib.SMTPException):
            self.abort()
            return False

    def close(self) -> None:
        """Take leave."""
        with contextlib.suppress(OSError, smtplib.SMTPException, ValueError):
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(5.0)
            self._smtp.quit()
        self.abort()

    def abort(self) -> None:
        """Close the connection at once; a message without its full stop is thrown away by the server."""
        sock = self._smtp.sock
        if sock is not None:
            with contextlib.suppress(OSError):
                # Wakes a thread that waits for the server, which closing alone does not.
                sock.shutdown(socket.SHUT_RDWR)
        with contextlib.suppress(OSError, ValueError):
            self._smtp.close()


def _tls(server: Server) -> ssl.SSLContext:
    """Certificates and host names are checked, always; ``ca_file`` adds an authority of one's own."""
    context = ssl.create_default_context()
    if server.ca_file is not None:
        context.load_verify_locations(cafile=server.ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _status(reply: bytes | str) -> str:
    """The enhanced status (RFC 3463) that ``reply`` begins with, nothing without one."""
    text = reply if isinstance(reply, str) else reply.decode("ascii", errors="replace")
    found = re.match(r"\s*([245]\.\d{1,3}\.\d{1,3})\b", text)
    return "" if found is None else found[1]


def _own_name() -> str:
    """What we call ourselves in EHLO: the host's name when it is a whole one, else an address literal (4.1.3)."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"
