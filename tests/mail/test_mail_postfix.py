"""A thousand readers through a real Postfix into a Maildir, over STARTTLS, signed; everything read back twice."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import dkim
import pytest
from mail_keys import KEY, public_record
from mail_postfix import Postfix, why_not
from mail_world import make_world

from newsletter_pdf.findings import Findings
from newsletter_pdf.mail.ledger import State
from newsletter_pdf.mail.sending.send import Options, send

READERS = 1000
PARSER = Path(__file__).with_name("mail_second_parser.pl")
pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")


def _name(number: int) -> str:
    """Names of all sorts: two and three characters, rare ones, Latin with commas, none."""
    kinds = ("闫东", "欧阳若兰", "𠮷野龘", "Zoë O'Neil", "Dr. A, B", "")
    name = kinds[number % len(kinds)]
    return f"{name}{number}" if name else ""


@pytest.fixture(scope="module")
def delivered(tmp_path_factory: pytest.TempPathFactory):
    """What lies in the Maildir after the run, with what was sent."""
    pdf = b"%PDF-1.7\n" + b"".join(hashlib.sha256(bytes([n])).digest() for n in range(200)) * 4 + b"\n.\n%%EOF\n"
    world = make_world(tmp_path_factory.mktemp("postfix"), pdf=pdf)
    rows = [(_name(n), f"reader{n}@d{n % 9}.example.org") for n in range(READERS)]
    with Postfix() as postfix, pytest.MonkeyPatch.context() as patch:
        shutil.copy(postfix.authority, world.root / "content" / "ca.pem")
        world.settings(postfix.port, "dkim: {domain: chengguan.example, selector: s1}\nfile_name: chinese")
        path = world.root / "content" / "mail.yaml"
        path.write_text(path.read_text().replace("security: none", "security: starttls, ca_file: ca.pem"))
        text = "姓名,邮箱\n" + "".join(f'"{name}",{address}\n' for name, address in rows)
        (world.root / "content" / "recipients.csv").write_text(text, encoding="utf-8")
        patch.setenv("NEWSLETTER_PDF_DKIM_KEY", KEY)
        findings = Findings()
        sent = send(world.prepared(connections=4), world.folder, Options(), findings, lambda _: None)
        assert [f.message_en for f in findings] == []
        assert sent.counts[State.SENT] == READERS
        files = postfix.messages(READERS)
        yield world, {address: name for name, address in rows}, files, [file.read_bytes() for file in files]


def everybody_has_exactly_one_message(delivered) -> None:
    """A thousand files, a thousand recipients, a thousand Message-IDs."""
    _, rows, files, data = delivered
    assert len(files) == READERS
    to = [re.search(rb"^Delivered-To: (.*)$", message, re.M)[1].decode().strip() for message in data]
    assert sorted(to) == sorted(rows)
    assert len({message_from_bytes(message)["Message-ID"] for message in data}) == READERS


def python_reads_names_subject_and_pdf(delivered) -> None:
    """Each message parsed back: the right name at the right address, the Chinese subject, the very PDF."""
    world, rows, _, data = delivered
    for octets in data:
        message = message_from_bytes(octets, policy=default)
        (to,) = message["To"].addresses
        assert to.display_name == rows[to.addr_spec]
        assert message["Subject"] == "澄观月报 2026年第11期"
        assert message["From"].addresses[0].display_name == "澄观"
        (attached,) = message.iter_attachments()
        assert attached.get_filename() == "澄观月报2026年第11期.pdf"
        assert attached.get_content() == world.pdf
        assert not message.defects
        assert rows[to.addr_spec] in message.get_body(("plain",)).get_content()


def every_signature_verifies(delivered) -> None:
    """DKIM, after the way through the server."""
    _, _, _, data = delivered
    for octets in data:
        assert dkim.verify(octets.replace(b"\n", b"\r\n"), dnsfunc=public_record)


def no_line_is_too_long(delivered) -> None:
    """At most 998 octets (RFC 5322, 2.1.1)."""
    _, _, _, data = delivered
    assert max(len(line) for octets in data for line in octets.split(b"\n")) <= 998


def a_second_parser_reads_the_same(delivered) -> None:
    """MIME-tools of Perl finds the same subject, names and PDF."""
    world, rows, files, _ = delivered
    done = subprocess.run(
        ["perl", str(PARSER)], input="".join(f"{file}\n" for file in files), capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(found) == READERS
    digest = hashlib.sha256(world.pdf).hexdigest()
    for item in found:
        address = re.search(r"<([^<>]+)>$", item["to"])[1]
        name = item["to"].rpartition("<")[0].strip().strip('"')
        assert name == rows[address]
        assert item["subject"] == "澄观月报 2026年第11期"
        assert [leaf["type"] for leaf in item["leaves"]] == ["text/plain", "text/html", "application/pdf"]
        assert item["leaves"][2]["sha256"] == digest


def test_a_thousand_readers_get_a_thousand_right_messages(delivered) -> None:
    """One each; names, subject, PDF, signature and lines as they shall be, by two parsers.

    One test, as workers that share tests out would each start a server.
    """
    everybody_has_exactly_one_message(delivered)
    python_reads_names_subject_and_pdf(delivered)
    every_signature_verifies(delivered)
    no_line_is_too_long(delivered)
    if not shutil.which("perl") or subprocess.run(["perl", "-MMIME::Parser", "-e1"], capture_output=True).returncode:
        pytest.skip("all but the second parser passed; MIME-tools for Perl is not installed: make mailserver")
    a_second_parser_reads_the_same(delivered)
