"""The server's answers, read within bounds: the standard library's own reading has neither a last line nor an end."""

from __future__ import annotations

import contextlib
import smtplib
import socket
import time

MOST_LINES = 100
"""Lines of one answer; servers that are right send some ten."""
_LONGEST_LINE = 8192  # octets; RFC 5321, 4.5.3.1.5, has 512
_BLOCK = 4096


class BoundedSmtp(smtplib.SMTP):
    """A client whose socket timeout is the time for a whole answer, not for each of its octets."""

    _source: socket.socket | None = None
    _rest = b""

    def getreply(self) -> tuple[int, bytes]:
        """The code and the text of the next answer. Raises SMTPServerDisconnected when none comes, or no end of it."""
        sock = self.sock
        if sock is None:
            raise smtplib.SMTPServerDisconnected("no connection")
        if sock is not self._source:
            # What was sent in the clear before TLS began is not believed (RFC 3207, 5).
            self._source, self._rest = sock, b""
        timeout = sock.gettimeout()
        deadline = None if timeout is None else time.monotonic() + timeout
        try:
            return self._reply(sock, deadline)
        except smtplib.SMTPServerDisconnected:
            self.close()
            raise
        except OSError as error:
            self.close()
            raise smtplib.SMTPServerDisconnected(f"no answer: {error}") from None
        finally:
            with contextlib.suppress(OSError):
                sock.settimeout(timeout)

    def _reply(self, sock: socket.socket, deadline: float | None) -> tuple[int, bytes]:
        said = []
        for _ in range(MOST_LINES):
            line = self._line(sock, deadline)
            said.append(line[4:].strip())
            if not line[:3].isdigit():
                return -1, b"\n".join(said)
            if line[3:4] != b"-":
                return int(line[:3]), b"\n".join(said)
        raise smtplib.SMTPServerDisconnected(f"the answer has more than {MOST_LINES} lines")

    def _line(self, sock: socket.socket, deadline: float | None) -> bytes:
        while b"\n" not in self._rest:
            if len(self._rest) > _LONGEST_LINE:
                raise smtplib.SMTPServerDisconnected("a line of the answer is too long")
            if deadline is not None:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise smtplib.SMTPServerDisconnected("the answer takes too long")
                sock.settimeout(left)
            data = sock.recv(_BLOCK)
            if not data:
                raise smtplib.SMTPServerDisconnected("the connection was closed")
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        return line


class BoundedSmtps(BoundedSmtp, smtplib.SMTP_SSL):
    """The same over a connection that begins with TLS."""
