"""What docs/mailing.md shows can be copied, and it explains every field and every state."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from newsletter_pdf.findings import Findings
from newsletter_pdf.mail import secrets
from newsletter_pdf.mail.ledger import State
from newsletter_pdf.mail.recipients import Status, read_recipients
from newsletter_pdf.mail.sending.report import WORDS
from newsletter_pdf.mail.sending.sizes import PROVIDERS
from newsletter_pdf.mail.settings import read_mail_settings
from newsletter_pdf.reader.mailfields import MAIL, MAILBOX
from newsletter_pdf.reader.shapes import Shape

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "mailing.md").read_text(encoding="utf-8")


def _example(name: str) -> str:
    return re.search(rf"<!-- file: {re.escape(name)} -->\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[1]


def test_the_settings_shown_are_read_without_a_finding(tmp_path: Path) -> None:
    """And so are those that the project comes with."""
    for text in (_example("mail.yaml"), (ROOT / "content" / "mail.yaml").read_text(encoding="utf-8")):
        (tmp_path / "content" / "2026-12").mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / "mail.yaml").write_text(text, encoding="utf-8")
        findings = Findings()
        assert read_mail_settings(tmp_path / "content" / "2026-12", findings) is not None
        assert list(findings) == []


def test_every_example_of_settings_is_without_error(tmp_path: Path) -> None:
    """The shorter ones, too: readers' own copies, the relay with a certificate of its own."""
    examples = re.findall(r"<!-- file: mail\.yaml -->\n```\w+\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert len(examples) > 2
    (tmp_path / "2026-12").mkdir()
    (tmp_path / "ca.pem").touch()
    for text in examples:
        (tmp_path / "mail.yaml").write_text(text, encoding="utf-8")
        findings = Findings()
        assert read_mail_settings(tmp_path / "2026-12", findings) is not None
        assert findings.good


def test_the_list_shown_is_read_without_a_finding(tmp_path: Path) -> None:
    """Four readers, one of whom is paused."""
    path = tmp_path / "recipients.csv"
    path.write_text(_example("recipients.csv"), encoding="utf-8")
    findings = Findings()
    people = read_recipients(path, findings)
    assert list(findings) == []
    assert [person.status for person in people.people] == [*[Status.ACTIVE] * 3, Status.PAUSED]
    assert people.people[1].groups == ("会员", "专家")


def _keys(shape: Shape) -> Iterator[str]:
    for field in shape.fields:
        yield field.key
        if isinstance(field.kind, Shape) and field.kind is not MAILBOX:
            yield from _keys(field.kind)


def test_every_field_is_explained() -> None:
    """Each stands on the page as code."""
    for key in _keys(MAIL):
        assert f"`{key}`" in PAGE, key


def test_every_state_variable_and_limit_is_explained() -> None:
    """By the names that the program uses."""
    for state in State:
        assert f"{WORDS[state][0]} {state.value}" in PAGE
    for name in (secrets.SMTP_PASSWORD, secrets.IMAP_PASSWORD, secrets.DKIM_KEY, secrets.UNSUBSCRIBE_KEY):
        assert f"`{name}`" in PAGE
    limits = {str(limit // 1024 // 1024) for _, limit in PROVIDERS}
    assert limits == {"20", "25", "50"}
    assert all(f"{limit} MB" in PAGE for limit in limits)


def test_every_finding_named_on_the_page_exists() -> None:
    """Links lead to entries."""
    entries = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    codes = re.findall(r"findings\.md#(n\d+)", PAGE)
    assert codes
    assert all(f'<a id="{code}"></a>' in entries for code in codes)
