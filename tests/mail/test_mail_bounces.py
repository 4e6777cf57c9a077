"""What comes back marks those it speaks of, and nobody else."""

from __future__ import annotations

import contextlib
import mailbox
import socketserver
import ssl
import threading
from email import message_from_bytes, message_from_string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_certificates import write_certificates
from mail_world import World, make_world

from newsletter_pdf.findings import Findings
from newsletter_pdf.mail.bounces import Kind, mark, read_notice
from newsletter_pdf.mail.bounces import importing as importing_module
from newsletter_pdf.mail.bounces import sources as sources_module
from newsletter_pdf.mail.bounces.importing import Import, import_bounces
from newsletter_pdf.mail.ledger import Ledger, State, alone
from newsletter_pdf.mail.recipients import Recipient, read_suppressed
from newsletter_pdf.mail.recipients.model import reader_id
from newsletter_pdf.mail.secrets import Secret

LIST = "monthly.chengguan.example"
READERS = [Recipient(f"{name}@example.org", f"{name}@example.org") for name in ("zhang", "li", "wang")]


def dsn(
    address: str,
    status: str,
    *,
    action: str = "failed",
    said: str = "",
    to: str = "news@c.example",
    identity: str = "<x@c.example>",
) -> str:
    """A report (RFC 3464); ``identity`` is the Message-ID of the message enclosed."""
    return (
        f"From: MAILER-DAEMON@mx.example.org\nTo: {to}\nSubject: Undelivered Mail Returned to Sender\n"
        'MIME-Version: 1.0\nContent-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
        "--B\nContent-Type: text/plain\n\nSorry.\n"
        "--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n"
        f"Final-Recipient: rfc822; {address}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; {said}\n\n"
        f"--B\nContent-Type: message/rfc822\n\nFrom: news@c.example\nTo: li@example.org\nMessage-ID: {identity}\n"
        "Subject: x\n\n--B--\n"
    )


def kinds(text: str) -> dict[str, Kind]:
    """What is said, of whom, when the readers are READERS."""
    return {key: notice.kind for notice in read_notice(message_from_string(text)) for key in notice.keys}


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        ("5.1.1", "550 5.1.1 User unknown", Kind.GONE),
        ("5.1.2", "host not found", Kind.GONE),
        ("5.2.1", "mailbox disabled", Kind.GONE),
        ("5.0.0", "550 no such user here", Kind.GONE),
        ("5.2.2", "552 mailbox full", Kind.SOFT),
        ("5.7.1", "550 blocked by policy", Kind.SOFT),
        ("5.7.1", "550 recipient rejected: user unknown", Kind.GONE),
        ("5.3.4", "552 message too big", Kind.SOFT),
        ("4.4.1", "connection timed out", Kind.SOFT),
        ("5.1.8", "bad sender", Kind.SOFT),
        ("5.0.0", "554 something", Kind.SOFT),
    ],
)
def test_a_report_tells_whether_the_address_is_gone(status: str, said: str, kind: Kind) -> None:
    """RFC 3463: class and subject decide, the words where these are vague."""
    assert kinds(dsn("zhang@example.org", status, said=said)) == {"zhang@example.org": kind}


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_reports_of_other_things_are_no_bounces(action: str) -> None:
    """A delay is none, a receipt is none."""
    assert kinds(dsn("zhang@example.org", "4.4.1", action=action)) == {}


QMAIL = """From: MAILER-DAEMON@mx.example.org
To: news@c.example
Subject: failure notice

Hi. This is the qmail-send program at mx.example.org.
I wasn't able to deliver your message to the following addresses.

<zhang@example.org>:
192.0.2.1 does not like recipient.
Remote host said: 550 5.1.1 User unknown

--- Below this line is a copy of the message.

From: news@c.example
To: li@example.org
"""
EXIM = """From: Mail Delivery System <Mailer-Daemon@mx.example.org>
To: news@c.example
X-Failed-Recipients: zhang@example.org
Subject: Mail delivery failed: returning message to sender

The following address failed: zhang@example.org: Unrouteable address; user not found. Ask postmaster@example.org.
"""
CHINESE = """From: =?utf-8?b?6YKu5Lu257O757uf?= <postmaster@mail.example>
To: news@c.example
Subject: =?utf-8?b?6YCA5L+h77ya5oqV6YCS5aSx6LSl?=
Content-Type: text/html; charset=gb18030
Content-Transfer-Encoding: 8bit

<p>您发往 zhang@example.org 的邮件被退回：收件人地址不存在。550</p>
"""


@pytest.mark.parametrize("text", [QMAIL, EXIM, CHINESE], ids=["qmail", "exim", "chinese"])
def test_bounces_in_words_are_understood(text: str) -> None:
    """Those of qmail and Exim, and those of Chinese providers in GBK."""
    message = message_from_bytes(text.encode("gb18030"))
    (notice,) = read_notice(message)
    assert (notice.kind, notice.keys) == (Kind.GONE, ("zhang@example.org",))
    marked = mark([message], READERS, [], {}, LIST, trust=True)
    assert [entry.address for entry in marked.new] == ["zhang@example.org"]
    unsure = mark([message], READERS, [], {}, LIST)
    assert (unsure.new, list(unsure.doubtful)) == ([], ["zhang@example.org"])


@pytest.mark.parametrize(
    ("headers", "body", "leaves"),
    [
        ("Subject: unsubscribe", "", True),
        ("Subject: =?utf-8?b?6YCA6K6i?=", "", True),
        ("Subject: TD", "", True),
        ("Subject: hello", "退订\n", True),
        ("Subject: hello", "谢谢贵刊，读到退订一节……\n", False),
        ("Subject: Re: monthly", "退订\n", True),
        ("Subject: Re: monthly", "收到，谢谢！\n> 退订请回复\n", False),
        ("Subject: unsubscribe\nAuto-Submitted: auto-replied", "", False),
        ("Subject: Unsubscribers are many", "", False),
        ("Subject: Out of office", "> unsubscribe\n", False),
        ("Subject: TD Bank report: please comment", "hello\n", False),
        ("Subject: =?utf-8?b?6YCA6K6iIOS4jeaYr+aIkeimgeeahO+8jOivt+S4jeimgemAgOiuouaIkQ==?=", "", False),
        ("Subject: hello", "退订的办法在哪里？\n", False),
        ("Subject: hello", "请退订，谢谢！\n", True),
        ("Subject: Unsubscribe.", "", True),
    ],
)
def test_who_asks_to_leave_is_let_go(headers: str, body: str, leaves: bool) -> None:
    """By subject or first line; machines and quotations ask for nothing."""
    message = message_from_bytes(f"From: Zhang <Zhang@example.org>\nTo: leave@c.example\n{headers}\n\n{body}".encode())
    marked = mark([message], READERS, [], {}, LIST)
    assert [(e.address, e.reason) for e in marked.new] == ([("zhang@example.org", "退订")] if leaves else [])


def test_words_that_may_mean_something_else_are_told() -> None:
    """An editor decides."""
    message = message_from_bytes(b"From: Zhang@example.org\nSubject: TD Bank report\n\nhello\n")
    assert mark([message], READERS, [], {}, LIST).doubtful == {"zhang@example.org": "退订"}


def test_the_number_names_the_reader_whatever_address_is_written_from() -> None:
    """A forwarded copy: the subject that our header asked for tells who leaves."""
    number = reader_id(LIST, "li@example.org")
    message = message_from_string(f"From: other@elsewhere.example\nSubject: unsubscribe {number}\n\n")
    assert [entry.address for entry in mark([message], READERS, [], {}, LIST).new] == ["li@example.org"]
    guessed = message_from_string("From: other@elsewhere.example\nSubject: unsubscribe " + "0" * 20 + "\n\n")
    assert mark([guessed], READERS, [], {}, LIST).new == []


def test_the_return_path_names_the_reader_of_a_bounce() -> None:
    """bounces+<number>@…: the report speaks of an address we never wrote to."""
    to = f"bounces+{reader_id(LIST, 'wang@example.org')}@c.example"
    message = message_from_string(dsn("forwarded@elsewhere.example", "5.1.1", to=to))
    assert [entry.address for entry in mark([message], READERS, [], {}, LIST).new] == ["wang@example.org"]


def test_a_complaint_is_a_wish_to_leave() -> None:
    """RFC 5965."""
    text = (
        'From: fbl@mail.example\nContent-Type: multipart/report; report-type=feedback-report; boundary="B"\n\n'
        "--B\nContent-Type: text/plain\n\nThis is an abuse report.\n--B\nContent-Type: message/feedback-report\n\n"
        "Feedback-Type: abuse\nUser-Agent: x\nVersion: 1\nOriginal-Rcpt-To: <li@example.org>\n\n--B--\n"
    )
    marked = mark([message_from_string(text)], READERS, [], {}, LIST, trust=True)
    assert [(entry.address, entry.reason) for entry in marked.new] == [("li@example.org", "投诉")]
    assert list(mark([message_from_string(text)], READERS, [], {}, LIST).doubtful) == ["li@example.org"]


def test_strangers_and_forgeries_change_nothing() -> None:
    """Bounces of addresses that are not ours, and words that name several of ours."""
    several = QMAIL.replace("<zhang@example.org>:", "zhang@example.org, li@example.org and wang@example.org:")
    marked = mark(
        [message_from_string(dsn("nobody@elsewhere.example", "5.1.1")), message_from_string(several)],
        READERS,
        [],
        {},
        LIST,
    )
    assert marked.new == []
    assert marked.strangers == 1
    assert set(marked.doubtful) == {reader.address for reader in READERS}


def blocks(*addresses: str) -> str:
    """One report that names all of them."""
    said = "Action: failed\nStatus: 5.1.1\n"
    more = "".join(f"Final-Recipient: rfc822; {address}\n{said}\n" for address in addresses[1:])
    return dsn(addresses[0], "5.1.1").replace(f"{said}Diagnostic-Code: smtp; \n\n", f"{said}\n{more}")


def test_a_forged_report_that_names_every_reader_changes_nothing() -> None:
    """Anybody can write one; the readers are told of, and with --trust-addresses they are believed."""
    message = message_from_string(blocks(*(reader.address for reader in READERS)))
    marked = mark([message], READERS, [], {}, LIST)
    assert (marked.new, marked.bounced, set(marked.doubtful)) == ([], {}, {reader.address for reader in READERS})
    assert len(mark([message], READERS, [], {}, LIST, trust=True).new) == 3


def test_a_mark_speaks_of_its_reader_alone() -> None:
    """Who has one letter has one mark, whatever addresses are beside it; several readers' marks say nothing."""
    secret = Secret("a secret of the periodical")
    mine = reader_id(LIST, "li@example.org", secret)
    text = blocks(*(reader.address for reader in READERS))
    one = message_from_string(text.replace("To: news@c.example", f"To: bounces+{mine}@c.example", 1))
    assert [entry.address for entry in mark([one], READERS, [], {}, LIST, secret).new] == ["li@example.org"]
    both = f"To: bounces+{mine}@c.example, bounces+{reader_id(LIST, 'wang@example.org', secret)}@c.example"
    two = mark([message_from_string(text.replace("To: news@c.example", both, 1))], READERS, [], {}, LIST, secret)
    assert (two.new, set(two.doubtful)) == ([], {"li@example.org", "wang@example.org"})
    guessed = message_from_string(text.replace("news@c.example", f"b+{reader_id(LIST, 'li@example.org')}@c.example", 1))
    assert mark([guessed], READERS, [], {}, LIST, secret).new == []


BROKEN = {
    "a header": b"From: spam@x.example\nSubject: =?utf-8?b?abcde?=\n\nhi\n",
    "idna": b'From: x@y.example\nSubject: hi\nContent-Type: text/plain; charset="idna"\n\n..\xff..xn--\n',
    "undefined": b'From: x@y.example\nSubject: hi\nContent-Type: text/plain; charset="undefined"\n\nhi\n',
    "NUL": b'From: x@y.example\nSubject: hi\nContent-Type: text/plain; charset="utf-8\0"\n\nhi\n',
    "hex": b'From: x@y.example\nSubject: hi\nContent-Type: text/plain; charset="hex"\n\nzz\n',
    "deep": b"From: x@y.example\nSubject: hi\n"
    + b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000))
    + b"Content-Type: text/plain\n\nhi\n",
}


@pytest.mark.parametrize("kind", BROKEN)
def test_one_broken_letter_stops_nobody(world: World, tmp_path: Path, kind: str) -> None:
    """It is passed over; those before and after it count."""
    path = tmp_path / "box.mbox"
    line = b"From x Thu Jan  1 00:00:00 2026\n"
    wishes = [f"From: reader{n}@d{n}.example.org\nSubject: unsubscribe\n\n\n".encode() for n in (0, 1)]
    path.write_bytes(line + wishes[0] + line + BROKEN[kind] + b"\n" + line + wishes[1])
    marked = import_bounces(world.folder, path, None, Findings(), Import())
    assert [entry.address for entry in marked.new] == ["reader0@d0.example.org", "reader1@d1.example.org"]
    assert (marked.messages, marked.unreadable) == (3, 1 if kind == "deep" else 0)


def test_a_message_beyond_all_measure_is_not_read(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In an mbox as in a folder."""
    monkeypatch.setattr(sources_module, "_LARGEST", 500)
    text = "From: reader0@d0.example.org\nSubject: unsubscribe\n\n" + "x" * 1000 + "\n"
    for kind in ("mbox", "eml"):
        path = _store(kind, tmp_path / kind, [text])
        marked = import_bounces(world.folder, path, None, Findings(), Import())
        assert (marked.new, marked.unreadable) == ([], 1)


@pytest.mark.parametrize("unit", ["-", "<", "mailbox", "=?", "<a@"])
def test_long_nonsense_is_read_to_its_end(unit: str) -> None:
    """What would take hours if the work grew with the square of the length; the time limit of the tests tells."""
    text = "From: mailer-daemon@b.example\nSubject: undelivered mail\nReturn-Path: <>\nContent-Type: text/html\n\n"
    assert list(read_notice(message_from_string(text + unit * 200_000 + "\n"))) == []


@given(st.binary(max_size=2000), st.sampled_from([b"", dsn("a@b.example", "5.1.1").encode()]))
def test_no_message_breaks_the_reader(noise: bytes, frame: bytes) -> None:
    """Anything can be in a mailbox."""
    for data in (noise, frame[: len(noise)] + noise + frame[len(noise) :]):
        list(read_notice(message_from_bytes(data)))


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = make_world(tmp_path, 3)
    world.settings(more='return_path: "bounces+{id}@chengguan.example"')
    with Ledger(world.ledger, world.folder.name, write=True) as ledger:
        ledger.update(world.prepared().readers, ())
        for entry in ledger.entries():
            ledger.claim(entry.number, f"<{entry.number:032x}@chengguan.example>", "x")
            ledger.final(entry.number)
            ledger.answer(entry.number, State.SENT, 250, "ok")
    return world


def identity(number: int) -> str:
    """The Message-ID in the ledger of the fixture."""
    return f"<{number + 1:032x}@chengguan.example>"


def _store(kind: str, path: Path, texts: list[str]) -> Path:
    if kind == "eml":
        path.mkdir()
        for number, text in enumerate(texts):
            (path / f"{number}.eml").write_text(text, encoding="utf-8")
        return path
    box = mailbox.mbox(path) if kind == "mbox" else mailbox.Maildir(path)
    with contextlib.closing(box):
        for text in texts:
            box.add(text.encode())
    return path


@pytest.mark.parametrize("kind", ["mbox", "maildir", "eml"])
def test_a_mailbox_is_imported_once_and_left_as_it_is(world: World, tmp_path: Path, kind: str) -> None:
    """The list grows, the ledger tells; a second import finds nothing new; the mailbox has not changed."""
    texts = [
        dsn("reader0@d0.example.org", "5.1.1", said="550 user unknown", identity=identity(0)),
        dsn("reader1@d1.example.org", "5.2.2", said="552 mailbox full", identity=identity(1)),
        "From: reader2@d2.example.org\nSubject: unsubscribe\n\n",
    ]
    path = _store(kind, tmp_path / "box", texts)
    before = (
        {file: file.read_bytes() for file in path.rglob("*") if file.is_file()} if path.is_dir() else path.read_bytes()
    )
    findings = Findings()
    marked = import_bounces(world.folder, path, None, findings, Import())
    assert list(findings) == []
    assert [entry.address for entry in marked.new] == ["reader0@d0.example.org", "reader2@d2.example.org"]
    assert marked.soft == {"reader1@d1.example.org": "5.2.2 smtp; 552 mailbox full"}
    suppressed = read_suppressed(world.root / "content" / "suppressed.csv", Findings())
    assert set(suppressed) == {"reader0@d0.example.org", "reader2@d2.example.org"}
    with Ledger(world.ledger, world.folder.name, write=False) as ledger:
        assert [entry.state for entry in ledger.entries()] == [State.FAILED, State.FAILED, State.SENT]
    assert import_bounces(world.folder, path, None, Findings(), Import()).new == []
    after = (
        {file: file.read_bytes() for file in path.rglob("*") if file.is_file()} if path.is_dir() else path.read_bytes()
    )
    assert after == before
    again = import_bounces(world.folder, path, None, Findings(), Import(every=True, dry_run=True))
    assert [entry.address for entry in again.new] == ["reader1@d1.example.org"]
    assert set(read_suppressed(world.root / "content" / "suppressed.csv", Findings())) == set(suppressed)


def test_nothing_is_written_while_the_issue_is_being_sent(world: World, tmp_path: Path) -> None:
    """Neither the ledger nor the list, as the message on the screen says."""
    path = _store("mbox", tmp_path / "box", [dsn("reader0@d0.example.org", "5.1.1", identity=identity(0))])
    findings = Findings()
    with alone(world.ledger):
        assert import_bounces(world.folder, path, None, findings, Import()) is None
    assert [finding.code for finding in findings] == ["N876"]
    assert not (world.root / "content" / "suppressed.csv").exists()


def test_two_imports_at_once_lose_nothing(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From reading the list to writing it no other import comes between."""
    paths = [
        _store("mbox", tmp_path / str(n), [f"From: reader{n}@d{n}.example.org\nSubject: unsubscribe\n\n"])
        for n in (0, 1)
    ]
    inside = threading.Event()
    second = threading.Thread(
        target=lambda: import_bounces(world.folder, paths[1], None, Findings(), Import()), daemon=True
    )
    real, waits = importing_module.settle, importing_module.locked

    def slow(*arguments: object, **options: object) -> object:
        if not inside.is_set():
            inside.set()
            second.start()
            assert waiting.wait(30)
        return real(*arguments, **options)

    waiting = threading.Event()

    def lock(folder: Path, patience: float) -> object:
        if threading.current_thread() is second:
            return waits(folder, patience, waiting.set)
        return waits(folder, patience)

    monkeypatch.setattr(importing_module, "settle", slow)
    monkeypatch.setattr(importing_module, "locked", lock)
    import_bounces(world.folder, paths[0], None, Findings(), Import())
    second.join(30)
    suppressed = read_suppressed(world.root / "content" / "suppressed.csv", Findings())
    assert set(suppressed) == {"reader0@d0.example.org", "reader1@d1.example.org"}


def test_many_at_once_are_asked_about(tmp_path: Path) -> None:
    """More than five, and more than a twentieth of the list."""
    world = make_world(tmp_path / "p", 100)
    texts = [f"From: reader{n}@d{n % 7}.example.org\nSubject: unsubscribe\n\n" for n in range(6)]
    path = tmp_path / "p" / "content" / "suppressed.csv"
    for count, code in ((6, "N894"), (5, "")):
        findings = Findings()
        box = _store("mbox", tmp_path / f"{count}", texts[:count])
        marked = import_bounces(world.folder, box, None, findings, Import())
        assert [finding.code for finding in findings] == ([code] if code else [])
        assert (marked is None) == bool(code)
        assert path.exists() != bool(code)
    assert len(import_bounces(world.folder, tmp_path / "6", None, Findings(), Import(many=True)).new) == 1


def test_a_mailbox_that_is_not_there_is_told(world: World, tmp_path: Path) -> None:
    """A wrong path, an empty folder, a picture."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "x.png").write_bytes(b"\x89PNG")
    for name, code in (("none.mbox", "N890"), ("empty", "N890"), ("x.png", "N891")):
        findings = Findings()
        assert import_bounces(world.folder, tmp_path / name, None, findings, Import()) is None
        assert [finding.code for finding in findings] == [code]


class _Imap(socketserver.StreamRequestHandler):
    """As much of an IMAP server as a client needs that only reads."""

    texts: list[str]
    said: list[str]

    def handle(self) -> None:
        self.wfile.write(b"* OK ready\r\n")
        for line in self.rfile:
            tag, _, command = line.decode().strip().partition(" ")
            type(self).said.append(command)
            word = command.split()[0].upper()
            if word == "CAPABILITY":
                self.wfile.write(b"* CAPABILITY IMAP4rev1\r\n")
            elif word == "EXAMINE":
                self.wfile.write(f"* {len(self.texts)} EXISTS\r\n".encode())
            elif command.upper().startswith("UID SEARCH"):
                self.wfile.write(("* SEARCH " + " ".join(str(n + 1) for n in range(len(self.texts))) + "\r\n").encode())
            elif command.upper().startswith("UID FETCH"):
                data = self.texts[int(command.split()[2]) - 1].replace("\n", "\r\n").encode()
                self.wfile.write(f"* 1 FETCH (UID 1 BODY[] {{{len(data)}}}\r\n".encode() + data + b")\r\n")
            elif word == "LOGIN" and "geheim-123" not in command:
                self.wfile.write(f"{tag} NO wrong\r\n".encode())
                continue
            self.wfile.write(f"{tag} OK done\r\n".encode())
            if word == "LOGOUT":
                return


def test_an_imap_folder_is_read_over_tls_without_marking_anything(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """EXAMINE and BODY.PEEK; the password comes from the environment; a wrong one is told without being shown."""
    content = world.root / "content"
    write_certificates(content / "ca.pem", world.root / "key.pem", world.root / "chain.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(world.root / "chain.pem", world.root / "key.pem")
    handler = type("_Handler", (_Imap,), {"texts": [dsn("x@d0.example", "5.1.1", identity=identity(0))], "said": []})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler, bind_and_activate=True) as server:
        server.daemon_threads = True
        server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        world.settings(2525, f"imap: {{host: 127.0.0.1, port: {port}, username: me, folder: 退信, ca_file: ca.pem}}")
        monkeypatch.setenv("NEWSLETTER_PDF_IMAP_PASSWORD", "geheim-123")
        marked = import_bounces(world.folder, None, None, Findings(), Import())
        assert [entry.address for entry in marked.new] == ["reader0@d0.example.org"]
        assert 'EXAMINE "&kABP4Q-"' in handler.said
        assert any("BODY.PEEK[]" in command for command in handler.said)
        monkeypatch.setenv("NEWSLETTER_PDF_IMAP_PASSWORD", "wrong-456")
        findings = Findings()
        assert import_bounces(world.folder, None, None, findings, Import()) is None
        server.shutdown()
    (finding,) = findings
    assert finding.code == "N891"
    assert "wrong-456" not in repr(finding)
