"""Whose copy a PDF is: the number in it, looked for among the readers of the list."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import mailing_copies as rules
from newsletter_pdf.mail.projectkey import project_key
from newsletter_pdf.mail.recipients import Recipient, read_recipients
from newsletter_pdf.mail.recipients.nearby import no_list
from newsletter_pdf.mail.recipients.reading import recipients_file
from newsletter_pdf.mail.secrets import OPENING_PASSWORD, find_secret
from newsletter_pdf.mail.sending.copies import OPENING_ENTRY, copy_number
from newsletter_pdf.mail.settings import read_mail_settings
from newsletter_pdf.personal.whose import LockedError, numbers_of

_LARGEST = 200_000_000  # bytes


@dataclass(frozen=True, slots=True)
class Owner:
    """A number in the copy, and the reader whose it is; None when it is nobody's on the list."""

    number: str
    reader: Recipient | None


def find_owners(folder: Path, pdf: Path, findings: Findings) -> list[Owner]:
    """The readers of the issue in ``folder`` that the numbers in ``pdf`` belong to; empty and findings without any.

    More than one number, or a number that two readers have, gives all of them: which one it was they do not tell.
    """
    folder = folder.resolve()
    errors = findings.errors
    settings = read_mail_settings(folder, findings)
    path = recipients_file(folder)
    if path is None:
        findings.add(no_list(folder))
        return []
    listed = read_recipients(path, findings)
    secret = project_key(folder, findings, create=False)
    if settings is None or listed is None or findings.errors > errors:
        return []
    owners: list[Owner] = []
    numbers = _numbers(pdf, findings)
    known = [(copy_number(settings.list_id, folder.name, reader, secret), reader) for reader in listed.people]
    for number in numbers:
        readers = [reader for own, reader in known if own == number]
        owners += [Owner(number, reader) for reader in readers] or [Owner(number, None)]
    if numbers and all(owner.reader is None for owner in owners):
        shown = "、".join(numbers[:5])
        zh, en = f"编号 {shown} 不属于名单上的人", f"the number {shown} is nobody's on the list"
        findings.add(rules.NOT_A_COPY.at(Place(pdf), reason_zh=zh, reason=en))
    return owners


def _numbers(pdf: Path, findings: Findings) -> tuple[str, ...]:
    password = find_secret(OPENING_PASSWORD, OPENING_ENTRY)
    try:
        data = pdf.read_bytes() if pdf.stat().st_size <= _LARGEST else b""
        numbers = numbers_of(data, password.reveal() if password is not None else "")
        reason = None if numbers else ("里面没有读者的编号", "there is no reader's number in it")
    except LockedError:
        numbers, reason = (), ("它有密码，密码没有给或不对", "it is locked, and the password is not given or wrong")
    except (OSError, ValueError) as error:
        numbers, reason = (), ("不是能读的 PDF", f"it is no PDF that can be read ({error})")
    if reason is not None:
        findings.add(rules.NOT_A_COPY.at(Place(pdf), reason_zh=reason[0], reason=reason[1]))
    return numbers
