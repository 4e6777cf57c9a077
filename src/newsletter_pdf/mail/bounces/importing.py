"""Importing what came back: the messages read, the list of suppressed addresses and the ledger written."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import mailing as setting_rules
from newsletter_pdf.findings import mailing_bounces as rules
from newsletter_pdf.findings import mailing_sending as sending_rules
from newsletter_pdf.mail.bounces.apply import Marked, mark
from newsletter_pdf.mail.bounces.sources import SourceError, imap_messages, stored_messages
from newsletter_pdf.mail.ledger import FILE_NAME, Entry, Ledger, LedgerBusyError, LedgerError, alone
from newsletter_pdf.mail.recipients import read_recipients, read_suppressed, write_suppressed
from newsletter_pdf.mail.recipients.reading import recipients_file
from newsletter_pdf.mail.recipients.suppressed import suppressed_file
from newsletter_pdf.mail.secrets import IMAP_PASSWORD, SERVICE, UNSUBSCRIBE_KEY, find_secret
from newsletter_pdf.mail.settings import MailSettings, read_mail_settings


def import_bounces(
    folder: Path, source: Path | None, imap_folder: str | None, findings: Findings, *, every: bool, dry_run: bool
) -> Marked | None:
    """Read ``source`` (the IMAP mailbox of the settings without one) and mark the readers that it speaks of.

    None after an error; then nothing was written.
    """
    folder = folder.resolve()
    settings = read_mail_settings(folder, findings)
    path = suppressed_file(folder)
    suppressed = read_suppressed(path, findings)
    listed_path = recipients_file(folder)
    listed = None if listed_path is None else read_recipients(listed_path, Findings())
    if settings is None or suppressed is None:
        return None
    ledger = folder / FILE_NAME
    secret = find_secret(UNSUBSCRIBE_KEY, "unsubscribe")
    try:
        messages = _messages(settings, source, imap_folder, findings)
        if messages is None:
            return None
        people = () if listed is None else listed.people
        marked = mark(messages, people, _entries(ledger), suppressed, settings.list_id, secret, every=every)
        if not dry_run:
            if marked.new:
                write_suppressed(path, [*suppressed.values(), *marked.new])
            _note(ledger, marked)
    except SourceError as error:
        name = str(source) if source is not None else "IMAP"
        rule = rules.NO_MAILBOX if error.missing else rules.MAILBOX_UNREADABLE
        findings.add(rule.at(Place(source), name=name, reason_zh=error.zh, reason=error.en))
        return None
    except LedgerBusyError as error:
        findings.add(sending_rules.LEDGER_BUSY.at(Place(ledger), holder=error.holder))
        return None
    except LedgerError as error:
        findings.add(sending_rules.LEDGER_UNUSABLE.at(Place(ledger), reason_zh=error.zh, reason=error.en))
        return None
    except OSError as error:
        findings.add(
            sending_rules.NOT_WRITTEN.at(Place(path), file=str(Place(path)), reason=error.strerror or str(error))
        )
        return None
    return marked


def _messages(
    settings: MailSettings, source: Path | None, imap_folder: str | None, findings: Findings
) -> Iterator[Message] | None:
    if source is not None:
        return stored_messages(source)
    if settings.imap is None:
        findings.add(rules.NO_IMAP.at(settings.places.at("imap")))
        return None
    entry = f"{settings.imap.username}@{settings.imap.host}"
    password = find_secret(IMAP_PASSWORD, entry)
    if password is None:
        words = {"what_zh": f" {entry} 的密码", "what": f"password of {entry}"}
        command = f'keyring set {SERVICE} "{entry}"'
        findings.add(
            setting_rules.NO_SECRET.at(Place(settings.place.file), variable=IMAP_PASSWORD, command=command, **words)
        )
        return None
    return imap_messages(settings.imap, password, imap_folder)


def _entries(ledger: Path) -> list[Entry]:
    if not ledger.exists():
        return []
    with contextlib.closing(Ledger(ledger, ledger.parent.name, write=False)) as book:
        return book.entries()


def _note(ledger: Path, marked: Marked) -> None:
    if marked.bounced:
        with alone(ledger), Ledger(ledger, ledger.parent.name, write=True) as book:
            for number, reason in marked.bounced.items():
                book.bounced(number, reason)
