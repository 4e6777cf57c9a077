"""mail.yaml: read with its defaults, refused where it would do harm."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.findings import Findings
from newsletter_pdf.mail.secrets import Secret, find_key, find_secret, hide
from newsletter_pdf.mail.settings import Mailbox, Retry, read_mail_settings


def read(tmp_path: Path, text: str, name: str = "mail.yaml"):
    issue = tmp_path / "content" / "2026-11"
    issue.mkdir(parents=True, exist_ok=True)
    (issue.parent / name).write_text(text, encoding="utf-8")
    findings = Findings()
    return read_mail_settings(issue, findings), findings


GOOD = "from: news@chengguan.example\nunsubscribe: {mailto: leave@chengguan.example}\n"


def test_the_defaults_are_safe_and_complete(tmp_path: Path) -> None:
    """With no more than a sender and a way out."""
    settings, findings = read(tmp_path, GOOD + "server: {host: smtp.chengguan.example}\n")
    assert not list(findings)
    assert settings.sender == Mailbox("news@chengguan.example")
    assert settings.list_id == "newsletter.chengguan.example"
    assert (settings.server.security, settings.server.port) == ("starttls", 587)
    assert (settings.delivery, settings.file_name, settings.slug) == ("auto", "ascii", "newsletter")
    assert settings.rates.per_second == 5


def test_an_issue_may_have_settings_of_its_own(tmp_path: Path) -> None:
    """They take the place of the shared ones."""
    read(tmp_path, GOOD)
    own = tmp_path / "content" / "2026-11" / "mail.yaml"
    own.write_text(GOOD.replace("news@", "other@"), encoding="utf-8")
    settings = read_mail_settings(own.parent, Findings())
    assert settings.sender.address == "other@chengguan.example"


@pytest.mark.parametrize(
    "line",
    [
        "password: geheim-123",
        "server: {host: smtp.chengguan.example, password: geheim-123}",
        "server: {host: smtp.chengguan.example, 授权码: geheim-123}",
        "dkim: {domain: chengguan.example, selector: s1, private_key: geheim-123}",
        "imap: {host: a.example, username: b, passwd: geheim-123}",
        "smtp_token: geheim-123",
    ],
)
def test_a_secret_in_the_file_is_an_error_and_is_not_shown(tmp_path: Path, line: str) -> None:
    """The finding names file and line in words, and has no place from which the line would be quoted."""
    settings, findings = read(tmp_path, GOOD + line + "\n")
    assert settings is None
    (finding,) = findings
    assert finding.code == "N850"
    assert "第 3 行" in finding.message_zh
    assert finding.place.line is None
    assert "geheim" not in repr(finding)


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("server: {host: smtp.chengguan.example, security: none}", "N854"),
        ("server: {host: 127.0.0.1, security: none, username: a}", "N854"),
        ("return_path: bounces", "N852"),
        ("reply_to: 编辑部", "N852"),
        ('subject: "{issue_title}"', "N853"),
        ('subject: "{title"', "N853"),
        ('subject: "{title:>9}"', "N853"),
        ('subject: "{title.__class__}"', "N853"),
        ("link: http://chengguan.example/{file}", "N855"),
        ("link: 'https://chengguan.example/{datei}'", "N853"),
        ("archive: 'https://chengguan.example/往期'", "N855"),
        ("server: {host: smtp.chengguan.example, ca_file: ../../etc/passwd}", "N101"),
        ("rates: {per_second: 0}", "N2"),
        ("delivery: pigeon", "N2"),
        ("copies: {mark: both, lock: yes, executor: dask, scheduler: 'tcp://cluster.example:8786'}", "N847"),
    ],
)
def test_settings_that_would_do_harm_are_refused(tmp_path: Path, line: str, code: str) -> None:
    """Each with a finding of its own; none gets through."""
    settings, findings = read(tmp_path, GOOD + line + "\n")
    assert settings is None
    assert [finding.code[: len(code)] for finding in findings] == [code]


@pytest.mark.parametrize("address", ["tls://cluster.example:8786", "tcp://127.0.0.1:8786", "tcp://[::1]:8786"])
def test_a_scheduler_is_reached_through_tls_or_on_this_computer(tmp_path: Path, address: str) -> None:
    """The password that opens the copies goes there."""
    settings, findings = read(
        tmp_path, GOOD + f"copies: {{mark: both, lock: yes, executor: dask, scheduler: '{address}'}}\n"
    )
    assert settings.copies.scheduler == address
    assert findings.good


def test_loopback_may_go_without_encryption(tmp_path: Path) -> None:
    """For a relay on the same computer."""
    for host in ("127.0.0.1", "localhost"):
        settings, findings = read(tmp_path, GOOD + f"server: {{host: {host}, security: none}}\n")
        assert settings.server.port == 25
        assert findings.good


def test_a_mailing_without_a_way_out_is_warned_of(tmp_path: Path) -> None:
    """Readers who cannot leave press the button for junk."""
    settings, findings = read(tmp_path, "from: news@chengguan.example\n")
    assert settings is not None
    assert [finding.code for finding in findings] == ["N859"]


@pytest.mark.parametrize(
    ("domain", "codes"),
    [("chengguan.example", []), ("Chengguan.Example", []), ("other.example", ["N885"]), ("an.example", ["N885"])],
)
def test_a_signature_of_another_domain_is_warned_of(tmp_path: Path, domain: str, codes: list[str]) -> None:
    """It counts for nothing where the sender's domain is looked at."""
    settings, findings = read(tmp_path, GOOD + f"dkim: {{domain: {domain}, selector: s1}}\n")
    assert settings is not None
    assert [finding.code for finding in findings] == codes


def test_the_wait_doubles_up_to_its_limit() -> None:
    """2, 4, 8 … minutes, at most half an hour."""
    retry = Retry()
    assert [retry.delay(n) for n in (1, 2, 3, 5, 6, 60)] == [120, 240, 480, 1800, 1800, 1800]


def test_secrets_come_from_the_environment_and_show_themselves_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither repr nor format tells them; replies that repeat them are cleaned, in Base64 too."""
    monkeypatch.setenv("X_PASSWORD", "geheim-123")
    secret = find_secret("X_PASSWORD", "nobody")
    assert secret.reveal() == "geheim-123"
    assert "geheim" not in f"{secret} {secret!r} {[secret]}"
    assert hide("535 geheim-123 Z2VoZWltLTEyMw== no", secret, None) == "535 *** *** no"


@given(st.binary(max_size=12), st.text(min_size=3, max_size=20), st.binary(max_size=5))
def test_a_secret_is_found_in_base64_whatever_stands_around_it(before: bytes, text: str, after: bytes) -> None:
    """AUTH PLAIN has the username before the password: the same octets, in one of three forms."""
    secret = text.encode("utf-8", errors="replace")
    token = base64.b64encode(before + secret + after).decode()
    for coded in (token, token.replace("+", "-").replace("/", "_")):
        shown = hide(f"502 unknown: AUTH PLAIN {coded} [x]", Secret(secret.decode()))
        if len(secret) > 3:
            assert coded not in shown
            assert shown.endswith(" [x]")


def test_the_keyring_is_asked_when_the_variable_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under our service's name; a machine without one gives none."""
    import keyring
    import keyring.errors

    def get(service: str, name: str) -> str:
        if (service, name) == ("newsletter-pdf", "me@host"):
            return "from-keyring"
        raise keyring.errors.NoKeyringError

    monkeypatch.setattr(keyring, "get_password", get)
    assert find_secret("X_NOT_SET", "me@host") == Secret("from-keyring")
    assert find_secret("X_NOT_SET", "other") is None


def test_a_key_may_be_named_by_its_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The variable holds the PEM text, or where it lies."""
    path = tmp_path / "dkim.pem"
    path.write_text("-----BEGIN X\n", encoding="ascii")
    monkeypatch.setenv("X_KEY", str(path))
    assert find_key("X_KEY", "none").reveal() == "-----BEGIN X\n"
    monkeypatch.setenv("X_KEY", "-----BEGIN Y")
    assert find_key("X_KEY", "none").reveal() == "-----BEGIN Y"
