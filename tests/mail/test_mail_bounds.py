"""What a server may say: not without end, and never our password."""

from __future__ import annotations

import smtplib
import socket
import ssl
import threading
from pathlib import Path

import pytest
from mail_certificates import write_certificates
from mail_server import FaultyServer
from mail_world import make_world

from newsletter_pdf.findings import Findings
from newsletter_pdf.mail.ledger import Ledger, State
from newsletter_pdf.mail.secrets import Secret
from newsletter_pdf.mail.sending import run as run_module
from newsletter_pdf.mail.sending.plan import Options
from newsletter_pdf.mail.sending.send import send
from newsletter_pdf.mail.settings import Server
from newsletter_pdf.mail.transport import Connection, ServerTroubleError, replies
from newsletter_pdf.mail.transport.replies import BoundedSmtp


class Line:
    """A socket that says what it is told to, a piece at a time, a second each."""

    def __init__(self, *pieces: bytes, again: bytes = b"") -> None:
        self.pieces, self.again, self.now, self.given = list(pieces), again, 0.0, 0

    def recv(self, _size: int) -> bytes:
        self.now += 1.0
        piece = self.pieces.pop(0) if self.pieces else self.again
        self.given += len(piece)
        return piece

    def gettimeout(self) -> float:
        return 60.0

    def settimeout(self, _seconds: float) -> None:
        pass

    def close(self) -> None:
        pass


def client(line: Line, monkeypatch: pytest.MonkeyPatch) -> BoundedSmtp:
    monkeypatch.setattr(replies.time, "monotonic", lambda: line.now)
    smtp = BoundedSmtp()
    smtp.sock = line
    return smtp


def test_answers_are_read_as_the_standard_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """RFC 5321, 4.2.1: several lines, in any pieces, one answer after the other."""
    smtp = client(Line(b"250-a", b"\r\n250-b\r\n25", b"0 c\r\n354 go\r\n"), monkeypatch)
    assert smtp.getreply() == (250, b"a\nb\nc")
    assert smtp.getreply() == (354, b"go")
    with pytest.raises(smtplib.SMTPServerDisconnected):
        smtp.getreply()


@pytest.mark.parametrize("again", [b"250-more\r\n", b"x" * 4096, b"2"], ids=["lines", "a line", "octets"])
def test_an_answer_without_end_is_none(monkeypatch: pytest.MonkeyPatch, again: bytes) -> None:
    """Neither lines without end, nor a line without end, nor an octet a second for ever."""
    line = Line(again=again)
    smtp = client(line, monkeypatch)
    with pytest.raises(smtplib.SMTPServerDisconnected):
        smtp.getreply()
    assert line.given < 20_000
    assert line.now <= 101.0


def test_what_was_said_before_the_encryption_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words put in behind the answer to STARTTLS."""
    smtp = client(Line(b"220 go ahead\r\n250 injected\r\n"), monkeypatch)
    assert smtp.getreply() == (220, b"go ahead")
    smtp.sock = encrypted = Line(b"250 true\r\n")
    monkeypatch.setattr(replies.time, "monotonic", lambda: encrypted.now)
    assert smtp.getreply() == (250, b"true")


def test_an_endless_answer_to_a_message_leaves_it_uncertain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have been taken."""
    monkeypatch.setattr(run_module, "PAUSE", 0.01)
    with FaultyServer(lambda stage, to: "451-x\r\n" * 500 + "451 x" if stage == "end" else "") as server:
        world = make_world(tmp_path, 1, server.port)
        send(world.prepared(), world.folder, Options(), Findings(), lambda _: None)
    with Ledger(world.ledger, world.folder.name, write=False) as ledger:
        assert ledger.counts()[State.UNCERTAIN] == 1


@pytest.mark.parametrize("username", ["news@chengguan.example", "monthly1@chengguan.example", "monthly12@c.example"])
def test_a_server_that_repeats_the_log_in_gets_no_word_of_it_shown(tmp_path: Path, username: str) -> None:
    """Only the code and the status are told, however long the username before the password is."""
    write_certificates(tmp_path / "ca.pem", tmp_path / "key.pem", tmp_path / "chain.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "chain.pem", tmp_path / "key.pem")
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            with context.wrap_socket(listener.accept()[0], server_side=True) as line, line.makefile("rwb") as stream:
                stream.write(b"220 x\r\n")
                stream.flush()
                for command in stream:
                    answer = b"250-x\r\n250 AUTH PLAIN\r\n" if command[:4].upper() == b"EHLO" else b"250 ok\r\n"
                    if command[:4].upper() == b"AUTH":
                        answer = b"535 5.7.8 rejected: " + command
                    stream.write(answer)
                    stream.flush()

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        server = Server("127.0.0.1", listener.getsockname()[1], "tls", username, tmp_path / "ca.pem", None, 20.0)
        with pytest.raises(ServerTroubleError) as caught:
            Connection(server, Secret("Geheim-4711"))
        thread.join(20)
    assert str(caught.value) == "127.0.0.1 does not accept username or password (535 5.7.8)"
    assert "rejected" not in caught.value.zh
