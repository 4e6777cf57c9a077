"""Bounces out of a real Dovecot, over TLS of an authority of our own; the mailbox stays as it was."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from mail_dovecot import PASSWORD, USER, Dovecot, why_not
from mail_world import World
from test_mail_bounces import LIST, dsn

from newsletter_pdf.mail.recipients.model import reader_id

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")
Run = Callable[..., SimpleNamespace]
# 退信/二〇二六 & 其他: modified UTF-7 (RFC 3501, 5.1.3); in a Maildir a point parts the levels.
FOLDER = "&kABP4Q-.&TowwB06MUW0- &- &UXZO1g-"


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with Dovecot() as server:
        yield server


def _settings(world: World, dovecot: Dovecot, more: str = "folder: 退信/二〇二六 & 其他, ca_file: ca.pem") -> None:
    shutil.copy(dovecot.authority, world.root / "content" / "ca.pem")
    imap = f"imap: {{host: 127.0.0.1, port: {dovecot.port}, username: {USER}, {more}}}"
    world.settings(2525, f'return_path: "bounces+{{id}}@chengguan.example"\n{imap}')


def _files(box: Path) -> set[str]:
    """What the Maildir holds; flags (read, deleted) are part of the names."""
    return {f"{path.name}" for name in ("cur", "new") for path in (box / name).iterdir()}


def test_bounces_come_out_of_a_mailbox_that_stays_as_it_was(
    world: World, run: Run, monkeypatch: pytest.MonkeyPatch, dovecot: Dovecot
) -> None:
    """A folder with a Chinese name below another; bounces, a letter of 3 MB, one beyond reading; nothing is flagged."""
    marks = [reader_id(LIST, f"reader{number}@d{number}.example.org") for number in range(3)]
    bounces = [dsn("x@d.example", "5.1.1", to=f"bounces+{mark}@chengguan.example").encode() for mark in marks]
    others = [b"From: a@b.example\r\nSubject: hello\r\n\r\n" + b"x" * 70 * 40_000, b"\xff\x00\xfe\n\n\r"]
    box = dovecot.put(bounces + others, FOLDER)
    _settings(world, dovecot)
    monkeypatch.setenv("NEWSLETTER_PDF_IMAP_PASSWORD", PASSWORD)
    before = len(_files(box))
    result = run("bounces", "--imap", "--json")
    assert result.code == 0, result.data
    assert result.data["messages"] == 5
    found = {entry["address"] for entry in result.data["suppressed"]}
    assert found == {f"reader{number}@d{number}.example.org" for number in range(3)}
    assert len(_files(box)) == before
    assert not [name for name in _files(box) if name.endswith(("S", "T"))]
    assert run("bounces", "--imap", "--json").data["suppressed"] == []


def test_what_is_wrong_is_told(world: World, run: Run, monkeypatch: pytest.MonkeyPatch, dovecot: Dovecot) -> None:
    """A wrong password, a folder that is not there, an authority that is not known; no password is shown."""
    dovecot.put([])
    monkeypatch.setenv("NEWSLETTER_PDF_IMAP_PASSWORD", PASSWORD)
    _settings(world, dovecot)
    missing = run("bounces", "--imap", "--folder", "没有的", "--json")
    _settings(world, dovecot, "folder: INBOX")
    unknown = run("bounces", "--imap", "--json")
    _settings(world, dovecot, "ca_file: ca.pem")
    empty = run("bounces", "--imap", "--json")
    monkeypatch.setenv("NEWSLETTER_PDF_IMAP_PASSWORD", "wrong-456")
    wrong = run("bounces", "--imap", "--json")
    monkeypatch.setenv("NEWSLETTER_PDF_IMAP_PASSWORD", "密码")
    chinese = run("bounces", "--imap", "--json")
    assert missing.codes == ["N890"]
    assert (unknown.codes, wrong.codes) == (["N891"], ["N891"])
    assert (empty.code, empty.data["messages"]) == (0, 0)
    assert chinese.codes == ["N891"]
    assert "英文以外的字" in chinese.data["findings"][0]["message"]
    assert "wrong-456" not in wrong.out + wrong.err
    assert "没有的" in missing.data["findings"][0]["message"]
    assert "folder" in missing.data["findings"][0]["hint"]
    assert "CERTIFICATE_VERIFY_FAILED" in unknown.data["findings"][0]["message"]
    assert "不接受用户名或密码" in wrong.data["findings"][0]["message"]
    assert "授权码" in wrong.data["findings"][0]["hint"]
