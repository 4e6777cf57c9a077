"""Whose copy a PDF is: the number in it, looked for among the readers of the list."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import mailing_copies as rules
from newsletter_pdf.findings import mailing_lists as list_rules
from newsletter_pdf.mail.recipients import Recipient, read_recipients
from newsletter_pdf.mail.recipients.reading import CSV_NAME, recipients_file
from newsletter_pdf.mail.secrets import OPENING_PASSWORD, UNSUBSCRIBE_KEY, find_secret
from newsletter_pdf.mail.sending.copies import OPENING_ENTRY, copy_number
from newsletter_pdf.mail.settings import read_mail_settings
from newsletter_pdf.personal.whose import LockedError, number_of

_LARGEST = 200_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Owner:
    """The reader whose copy it is, and the copy's number."""

    reader: Recipient
    number: str


def find_owner(folder: Path, pdf: Path, findings: Findings) -> Owner | None:
    """The reader of the issue in ``folder`` that the copy ``pdf`` was made for; None and findings when unknown."""
    folder = folder.resolve()
    settings = read_mail_settings(folder, findings)
    path = recipients_file(folder)
    if path is None:
        findings.add(list_rules.NO_RECIPIENTS.at(Place(folder.parent / CSV_NAME), name=CSV_NAME))
        return None
    listed = read_recipients(path, findings)
    if settings is None or listed is None:
        return None
    number = _number(pdf, findings)
    if number is None:
        return None
    secret = find_secret(UNSUBSCRIBE_KEY, "unsubscribe")
    for reader in listed.people:
        if copy_number(settings.list_id, folder.name, reader, secret) == number:
            return Owner(reader, number)
    zh, en = f"编号 {number} 不属于名单上的人", f"the number {number} is nobody's on the list"
    findings.add(rules.NOT_A_COPY.at(Place(pdf), reason_zh=zh, reason=en))
    return None


def _number(pdf: Path, findings: Findings) -> str | None:
    password = find_secret(OPENING_PASSWORD, OPENING_ENTRY)
    try:
        data = pdf.read_bytes() if pdf.stat().st_size <= _LARGEST else b""
        number = number_of(data, password.reveal() if password is not None else "")
        reason = None if number is not None else ("里面没有读者的编号", "there is no reader's number in it")
    except LockedError:
        number, reason = None, ("它有密码，密码没有给或不对", "it is locked, and the password is not given or wrong")
    except (OSError, ValueError) as error:
        number, reason = None, ("不是能读的 PDF", f"it is no PDF that can be read ({error})")
    if reason is not None:
        findings.add(rules.NOT_A_COPY.at(Place(pdf), reason_zh=reason[0], reason=reason[1]))
    return number
