"""Signatures are those that dkimpy would make by itself; keys that make none end in a finding that says why."""

from __future__ import annotations

import base64
import re
from types import SimpleNamespace

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from mail_world import World

from newsletter_pdf.findings import Findings
from newsletter_pdf.mail.message import Signer
from newsletter_pdf.mail.secrets import Secret
from newsletter_pdf.mail.sending.prepare import prepare

DOMAIN, SELECTOR = "chengguan.example", "s1"
HEADERS = (
    b"From: =?utf-8?q?=E6=BE=84=E8=A7=82?= <monthly@chengguan.example>\r\nTo: zhang@example.org\r\n"
    b"Subject: =?utf-8?b?5r6E6KeC5pyI5oql?=\r\n =?utf-8?b?5r6E6KeC?=\r\nDate: Wed, 25 Nov 2026 09:30:00 +0800\r\n"
    b"Message-ID: <1.2@chengguan.example>\r\nMIME-Version: 1.0\r\n"
    b"List-Unsubscribe: <mailto:leave@chengguan.example>,\r\n"
    b" <https://chengguan.example/u?i=1>\r\nX-Other: not signed\r\n"
)
BODY = [b"one \r\n", b"..\r\n\r", b"\n" + bytes(range(128, 256)), b"\r\n"]
# Too short for the library to make one today, not too short for somebody to have one.
SHORT = """\
-----BEGIN RSA PRIVATE KEY-----
MIIBPAIBAAJBAKnh7DFm58PRQvX03fKJ8AOaQa+6rIwIIrJIoTY05hZLL0eheBRT
azXw288KplQAw4agMuHuAnhQfBrKZg+hGKkCAwEAAQJBAI/mucYXHxd2OTxS0XbT
dSX4EtAiVmq/sXRHpZdfM8+JOtFN6EFGfuwHZXr0beZ5Z9Pkdcvm9bFOlZUiXa0d
jwECIQDYtK1vbf5Km/vzgGLixrXLqh9CFzHbRyVnn5OLPDUokQIhAMivvmn0gJpq
PsHpI6kM5RTaJoeq6/UOHrebpsVbezqZAiEAlIKVzSSTPaxSaVjV69YEJnQLAe8F
YuIKF067/ZKgV5ECIFdBAdrzcU6xzuNkSBrh/l/YkVP/HmQHZZeS1ymLosJRAiEA
zpXMKbL8NB8nQvUWIF8oKfyAUToYT0Xx5l1xLJ4ysrQ=
-----END RSA PRIVATE KEY-----
"""


def pem(key: object, form: PrivateFormat = PrivateFormat.PKCS8, password: bytes = b"") -> str:
    return key.private_bytes(  # type: ignore[attr-defined]
        Encoding.PEM, form, BestAvailableEncryption(password) if password else NoEncryption()
    ).decode()


def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=bits)


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa_key(2048)


@pytest.mark.parametrize("bits", [1024, 2048, 4096])
@pytest.mark.parametrize("form", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL], ids=["pkcs8", "pkcs1"])
def test_a_signature_is_the_one_that_dkimpy_makes(
    bits: int, form: PrivateFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Octet for octet, with the same fields at the same time; RSASSA-PKCS1-v1_5 leaves nothing to chance."""
    monkeypatch.setattr(dkim, "time", SimpleNamespace(time=lambda: 1_795_000_000))
    text = pem(rsa_key(bits), form)
    own = Signer(DOMAIN, SELECTOR, Secret(text)).sign(HEADERS, BODY)
    fields = [name.strip() for name in re.search(rb"\bh=([^;]*);", own)[1].split(b":")]
    theirs = dkim.sign(
        HEADERS + b"\r\n" + b"".join(BODY),
        *(SELECTOR.encode(), DOMAIN.encode(), text.encode()),
        canonicalize=(b"relaxed", b"simple"),
        include_headers=fields,
    )
    assert own == theirs
    assert fields.count(b"from") == 2
    assert b"list-unsubscribe" in fields
    assert b"x-other" not in fields


def test_a_key_is_read_as_editors_come_by_it(key: rsa.RSAPrivateKey) -> None:
    """Lines that end in CRLF, words before it, no end of line, a byte order mark: all the same signature."""
    text = pem(key)
    forms = [text.replace("\n", "\r\n"), f"Bag Attributes\n  a: b\n{text}", text.strip(), f"\ufeff{text}"]
    signatures = [Signer(DOMAIN, SELECTOR, Secret(form)).sign(HEADERS, BODY) for form in (text, *forms)]
    assert len({re.sub(rb"t=\d+|b=[^;]*$", b"", signature) for signature in signatures}) == 1


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda _: pem(ed25519.Ed25519PrivateKey.generate()), "another kind than RSA"),
        (lambda _: pem(ec.generate_private_key(ec.SECP256R1())), "another kind than RSA"),
        (lambda _: pem(ec.generate_private_key(ec.SECP256R1()), PrivateFormat.TraditionalOpenSSL), "another kind"),
        (lambda key: pem(key, password=b"geheim"), "locked by a password"),
        (lambda key: pem(key, PrivateFormat.TraditionalOpenSSL, b"geheim"), "locked by a password"),
        (
            lambda key: key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
            "no PEM text of an RSA private key",
        ),
        (lambda _: SHORT, "512 bits, too few"),
    ],
    ids=["ed25519", "ec", "ec of openssl", "locked", "locked by openssl", "public", "512 bits"],
)
def test_a_key_that_cannot_sign_is_told_with_the_reason(
    world: World, monkeypatch: pytest.MonkeyPatch, key: rsa.RSAPrivateKey, make: object, reason: str
) -> None:
    """N858 names what it is, none of its lines; nothing is made."""
    text = make(key)  # type: ignore[operator]
    monkeypatch.setenv("NEWSLETTER_PDF_DKIM_KEY", text)
    world.settings(2525, f"dkim: {{domain: {DOMAIN}, selector: {SELECTOR}}}")
    findings = Findings()
    assert prepare(world.folder, world.out, findings) is None
    (finding,) = findings
    assert finding.code == "N858"
    assert reason in finding.message_en
    assert not any(line in repr(finding) for line in text.splitlines() if line and not line.startswith("-----"))


@pytest.mark.parametrize("bits", [1024, 4096])
def test_a_key_of_another_length_signs(world: World, monkeypatch: pytest.MonkeyPatch, bits: int) -> None:
    """The message says which key, and its signature verifies with the public half."""
    made = rsa_key(bits)
    monkeypatch.setenv("NEWSLETTER_PDF_DKIM_KEY", pem(made))
    world.settings(2525, f"dkim: {{domain: {DOMAIN}, selector: {SELECTOR}}}")
    prepared = world.prepared()
    public = made.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)
    octets = prepared.packer.package(prepared.readers[0]).as_bytes()
    assert dkim.verify(octets, dnsfunc=lambda name, timeout=5: record)
