"""The package: what stands in it, and what nobody can put into it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import dkim
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mail_keys import KEY, public_record
from mail_world import make_world

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.mail.message import (
    Delivery,
    InlinePicture,
    LetterText,
    Packer,
    PlainLetter,
    SharedCopy,
    Signer,
)
from newsletter_pdf.mail.message.dkim import KeyProblemError
from newsletter_pdf.mail.message.headers import HeaderError, mailbox_field, raw_field, text_field
from newsletter_pdf.mail.message.pdf import encoded, pdf_part
from newsletter_pdf.mail.recipients import Recipient
from newsletter_pdf.mail.secrets import Secret
from newsletter_pdf.mail.sending.prepare import prepare
from newsletter_pdf.mail.settings import Mailbox, MailSettings, Unsubscribe
from newsletter_pdf.model import IssueFacts

FACTS = IssueFacts(title="澄观月报", date=dt.date(2026, 11, 20), number=11, running_number=7, place=Place())
SETTINGS = MailSettings(
    Mailbox("monthly@chengguan.example", "澄观，编辑部"),
    "monthly.chengguan.example",
    reply_to=Mailbox("editors@chengguan.example"),
    return_path="bounces+{id}@chengguan.example",
    unsubscribe=Unsubscribe(
        "leave@chengguan.example", "https://chengguan.example/" + "long/" * 30 + "?i={id}&a={address}", one_click=True
    ),
    archive="https://chengguan.example/archive",
)
PDF = b"%PDF-1.7\n.\r\n.\n..\n" + bytes(range(256)) * 300
READER = Recipient("zhang@example.org", "zhang@example.org", "张三")
NOW = dt.datetime(2026, 11, 25, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))


def packer(settings: MailSettings = SETTINGS, name: str = "chengguan-2026-11.pdf", **more: object) -> Packer:
    fields = {"title": FACTS.title, "year": 2026, "month": 11, "number": 11, "running_number": 7, "issue": "2026-11"}
    letter = more.pop("letter", PlainLetter(FACTS, [("境内观察", "1"), ("<b>&", "12")], "编辑部"))
    delivery = more.pop("delivery", Delivery(name, len(PDF), attached=True))
    return Packer(settings, "2026-11", fields, letter, SharedCopy(PDF, name), delivery, clock=lambda: NOW, **more)


def parsed(package):
    octets = package.as_bytes()
    assert octets.count(b"\n") == octets.count(b"\r\n") == octets.count(b"\r")
    assert max(len(line) for line in octets.split(b"\r\n")) <= 998
    assert octets.isascii()
    assert len(octets) == package.size
    message = message_from_bytes(octets, policy=default)
    assert not message.defects
    return message


def test_the_headers_are_those_that_conventions_ask_for() -> None:
    """One of each, with the values of the settings."""
    package = packer().package(READER)
    message = parsed(package)
    number = re.search(r"i=([0-9a-f]{20})&", message["List-Unsubscribe"])[1]
    assert message["From"] == "澄观，编辑部 <monthly@chengguan.example>"
    assert message["To"] == "张三 <zhang@example.org>"
    assert message["Subject"] == "澄观月报 2026年第11期"
    assert message["Date"].datetime == NOW
    assert message["Reply-To"] == "editors@chengguan.example"
    assert message["List-Id"] == "<monthly.chengguan.example>"
    assert message["List-Archive"] == "<https://chengguan.example/archive>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Precedence"] == "bulk"
    assert message["Auto-Submitted"] == "auto-generated"
    web, mail = re.fullmatch(r"<(https://[^<>\s]+)>, <(mailto:[^<>\s]+)>", message["List-Unsubscribe"]).groups()
    assert web.endswith(f"?i={number}&a=zhang%40example.org")
    assert mail == f"mailto:leave@chengguan.example?subject=unsubscribe%20{number}"
    assert package.sender == f"bounces+{number}@chengguan.example"
    assert all(len(message.get_all(name)) == 1 for name in message.keys())  # noqa: SIM118 - keys repeat


def test_long_addresses_in_headers_are_not_encoded() -> None:
    """A list header that is folded into encoded words is one that no program reads."""
    octets = packer().package(READER).as_bytes()
    (header,) = re.findall(rb"^List-Unsubscribe: .*(?:\r\n .*)*", octets, re.M)
    assert b"=?" not in header


def test_the_message_id_is_stable_per_reader_and_issue() -> None:
    """The same again for the same; another for another reader, another issue, a test copy."""
    one = packer().package(READER).message_id
    other = dataclasses.replace(READER, address="li@example.org", key="li@example.org")
    assert packer().package(READER).message_id == one
    assert len({one, packer().package(other).message_id, packer().package(READER, test="x").message_id}) == 3
    assert re.fullmatch(r"<[0-9a-f]{32}@chengguan\.example>", one)


def test_the_pdf_arrives_as_it_is_and_is_encoded_once() -> None:
    """Lines that begin with a point, and every octet; the encoded part is one object in all packages."""
    maker = packer()
    first, second = maker.package(READER), maker.package(dataclasses.replace(READER, name="李四"))
    (attached,) = parsed(first).iter_attachments()
    assert attached.get_content() == PDF
    assert (attached.get_filename(), attached.get_content_type()) == ("chengguan-2026-11.pdf", "application/pdf")
    assert any(a is b for a in first.pieces for b in second.pieces if len(a) > len(PDF))


def test_a_chinese_file_name_goes_by_rfc_2231() -> None:
    """The name is there whole, and nowhere as raw octets."""
    package = packer(name="澄观月报2026年第11期.pdf").package(READER)
    (attached,) = parsed(package).iter_attachments()
    assert attached.get_filename() == "澄观月报2026年第11期.pdf"
    assert b"filename*" in package.as_bytes()


def test_a_link_instead_of_the_pdf() -> None:
    """No attachment; the address in both forms of the letter."""
    delivery = Delivery("a.pdf", 5_000_000, attached=False, url="https://chengguan.example/a.pdf?x=1&y=2")
    message = parsed(packer(delivery=delivery).package(READER))
    assert message.get_content_type() == "multipart/alternative"
    assert delivery.url in message.get_body(("plain",)).get_content()
    assert 'href="https://chengguan.example/a.pdf?x=1&amp;y=2"' in message.get_body(("html",)).get_content()


def test_the_letter_speaks_the_readers_language_and_escapes() -> None:
    """Chinese by default, English where the list says so; titles are text."""
    chinese = parsed(packer().package(READER))
    english = parsed(packer().package(dataclasses.replace(READER, language="en")))
    assert "张三：" in chinese.get_body(("plain",)).get_content()
    assert "《澄观月报》2026年第11期（总第7期）已经出版。" in chinese.get_body(("plain",)).get_content()
    assert "Dear 张三," in english.get_body(("plain",)).get_content()
    assert "&lt;b&gt;&amp;" in chinese.get_body(("html",)).get_content()
    assert '<html lang="en">' in english.get_body(("html",)).get_content()


def test_readers_of_english_have_a_subject_of_their_own() -> None:
    """Where the settings give one."""
    settings = dataclasses.replace(SETTINGS, subject_en="Monthly no. {number}")
    english = dataclasses.replace(READER, language="en")
    assert parsed(packer(settings).package(english))["Subject"] == "Monthly no. 11"
    assert parsed(packer(settings).package(READER))["Subject"] == "澄观月报 2026年第11期"
    assert parsed(packer().package(english))["Subject"] == "澄观月报 2026年第11期"


def test_pictures_of_the_letter_are_shown_inline() -> None:
    """A layout's letter may bring pictures; the HTML finds them by their Content-ID."""

    class Pictured:
        def for_reader(self, reader: Recipient, delivery: Delivery) -> LetterText:
            picture = InlinePicture("cover", "png", b"\x89PNG" + bytes(5000))
            return LetterText("文字\n", '<img src="cid:cover">', (picture,))

    message = parsed(packer(letter=Pictured()).package(READER))
    (picture,) = [part for part in message.walk() if part.get_content_maintype() == "image"]
    assert picture["Content-ID"] == "<cover>"
    assert picture.get_content().startswith(b"\x89PNG")
    assert len(list(message.iter_attachments())) == 1


def test_a_layout_brings_its_letter_and_a_copy_for_each(tmp_path: Path) -> None:
    """``prepare`` takes what makes the letter and the copies; each reader gets the own one."""

    class Own:
        size = 9

        def part(self, reader: Recipient) -> bytes:
            return pdf_part(reader.name.encode(), "own.pdf")

    class Short:
        subjects = None

        def for_reader(self, reader: Recipient, delivery: Delivery) -> LetterText:
            return LetterText(f"给{reader.name}\n", f"<p>{delivery.unsubscribe}</p>")

    world = make_world(tmp_path, 2)
    prepared = prepare(
        world.folder, world.out, Findings(), letter=lambda *known: Short(), copies=lambda plan, findings: Own()
    )
    for reader in prepared.readers:
        message = parsed(prepared.packer.package(reader))
        assert message.get_body(("plain",)).get_content().split() == [f"给{reader.name}"]
        assert next(message.iter_attachments()).get_content().decode() == reader.name


def test_advertising_and_test_copies_are_marked_in_front() -> None:
    """「广告」 before anything else of the subject."""
    settings = dataclasses.replace(SETTINGS, advertisement=True)
    assert parsed(packer(settings).package(READER))["Subject"].startswith("【广告】澄观月报")
    assert parsed(packer().package(READER, test="x"))["Subject"].startswith("［试发］")


def test_a_signature_verifies_and_covers_what_must_be_covered() -> None:
    """RFC 8058 wants both List-Unsubscribe fields signed; a second From breaks the signature."""
    octets = packer(signer=Signer("chengguan.example", "s1", Secret(KEY))).package(READER).as_bytes()
    assert dkim.verify(octets, dnsfunc=public_record)
    signed = re.search(rb"h=([^;]*);", octets)[1].split()
    assert {b"list-unsubscribe", b"list-unsubscribe-post", b"from", b"message-id"} <= set(signed)
    assert not dkim.verify(octets.replace(b"\r\nSubject:", b"\r\nFrom: x@y.example\r\nSubject:"), dnsfunc=public_record)
    assert not dkim.verify(octets.replace(b"JVBERi0x", b"JVBERi0y"), dnsfunc=public_record)


@pytest.mark.parametrize("key", ["", "x", KEY.replace("MII", "AAA", 1), "-----BEGIN RSA PRIVATE KEY-----\nAA\n"])
def test_a_key_that_is_none_is_refused_without_being_told(key: str) -> None:
    """And its text is not in the exception."""
    with pytest.raises(KeyProblemError) as caught:
        Signer("chengguan.example", "s1", Secret(key))
    assert len(key) < 5 or key not in str(caught.value)


BAD = ["\r\nBcc: all@example.org", "\nX: y", "\r", "a\u2028b", "a\x00b", "\x1b[0m", "\u202eevil", "\x85", "\ud800"]


@pytest.mark.parametrize("bad", BAD)
def test_nothing_typed_begins_another_header(bad: str) -> None:
    """Subject, name, address, file name, and raw values: refused."""
    with pytest.raises(HeaderError):
        text_field("Subject", f"甲{bad}")
    with pytest.raises(HeaderError):
        mailbox_field("To", Mailbox("a@example.org", f"甲{bad}"))
    with pytest.raises(HeaderError):
        mailbox_field("To", Mailbox(f"a@example.org{bad}", "甲"))
    with pytest.raises(HeaderError):
        raw_field("List-Id", f"<a{bad}>")
    with pytest.raises(ValueError, match="file name"):
        pdf_part(PDF, f"甲{bad}.pdf")


@pytest.mark.parametrize("address", ["a@b.example>, <c@d.example", "a b@c.example", "a,b@c.example", "甲@b.example"])
def test_an_address_is_one_address(address: str) -> None:
    """Whatever the list's check let through."""
    with pytest.raises(HeaderError):
        mailbox_field("To", Mailbox(address, "甲"))


TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cf"]), max_size=300)


@given(TEXT)
def test_every_text_comes_back_from_a_header(text: str) -> None:
    """Long ones, with every script, with what looks like an encoded word: one field, lines within the limit."""
    octets = text_field("Subject", text)
    assert octets.isascii()
    assert octets.endswith(b"\r\n")
    lines = octets[:-2].split(b"\r\n")
    assert all(line[:1] == b" " for line in lines[1:])
    assert max(map(len, lines)) <= 998
    message = message_from_bytes(octets + b"\r\n", policy=default)
    assert list(message.keys()) == ["Subject"]
    assert re.sub(r"\s+", "", str(message["Subject"])) == re.sub(r"\s+", "", text)


@given(TEXT.filter(lambda text: len(text) <= 100))
def test_every_name_comes_back_beside_its_address(name: str) -> None:
    """Quotes, commas, angle brackets: the header has one mailbox, with the name and the address given."""
    octets = mailbox_field("To", Mailbox("zhang@example.org", name))
    assert octets.isascii()
    assert max(map(len, octets.split(b"\r\n"))) <= 998
    message = message_from_bytes(octets + b"\r\n", policy=default)
    assert list(message.keys()) == ["To"]
    (address,) = message["To"].addresses
    assert address.addr_spec == "zhang@example.org"
    assert re.sub(r"\s+", "", address.display_name) == re.sub(r"\s+", "", name)


@given(st.binary(max_size=200_000))
def test_base64_is_that_of_the_standard(data: bytes) -> None:
    """Lines of 76 characters; decodes to what it was."""
    import base64

    text = encoded(data)
    assert base64.b64decode(text) == data
    assert all(len(line) == 76 for line in text.split(b"\r\n")[:-2])
