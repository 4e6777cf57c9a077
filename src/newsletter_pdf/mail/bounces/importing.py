"""Importing what came back: the messages read, the list of suppressed addresses and the ledger written."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from pathlib import Path

from newsletter_pdf.files import locked
from newsletter_pdf.findings import Finding, Findings, Place
from newsletter_pdf.findings import mailing_bounces as rules
from newsletter_pdf.findings import mailing_sending as sending_rules
from newsletter_pdf.mail.bounces.apply import Marked, collect, settle
from newsletter_pdf.mail.bounces.sources import SourceError, imap_messages, stored_messages
from newsletter_pdf.mail.ledger import FILE_NAME, Entry, Ledger, LedgerBusyError, LedgerError, alone
from newsletter_pdf.mail.projectkey import project_key
from newsletter_pdf.mail.recipients import read_recipients, read_suppressed, write_suppressed
from newsletter_pdf.mail.recipients.reading import recipients_file
from newsletter_pdf.mail.recipients.suppressed import suppressed_file
from newsletter_pdf.mail.secrets import IMAP_PASSWORD, demand_secret
from newsletter_pdf.mail.settings import MailSettings, read_mail_settings

MOST_AT_ONCE = 0.05
"""The share of the list that may be suppressed at once without being asked for."""
_FEW = 5
"""So many may be on any list."""
_PATIENCE = 20.0  # seconds that another import is waited for


@dataclass(frozen=True, slots=True)
class Import:
    """What the caller asked for: soft bounces, too; bounces that have none of our marks; many at once; to tell only."""

    every: bool = False
    trust: bool = False
    many: bool = False
    dry_run: bool = False


def import_bounces(
    folder: Path, source: Path | None, imap_folder: str | None, findings: Findings, wanted: Import
) -> Marked | None:
    """Read ``source`` (the IMAP mailbox of the settings without one) and mark the readers that it speaks of.

    None after an error; then the list of suppressed addresses was not written.
    """
    folder = folder.resolve()
    settings = read_mail_settings(folder, findings)
    errors = findings.errors
    secret = project_key(folder, findings, create=False)
    if settings is None or findings.errors > errors:
        return None
    path, ledger = suppressed_file(folder), folder / FILE_NAME
    try:
        messages = _messages(settings, source, imap_folder, findings)
        if messages is None:
            return None
        noted = collect(messages)
        # From reading the list to writing it: another import at the same time would lose what this one adds.
        with locked(path.parent, _PATIENCE):
            suppressed = read_suppressed(path, findings)
            if suppressed is None:
                return None
            listed_path = recipients_file(folder)
            listed = None if listed_path is None else read_recipients(listed_path, Findings())
            people = () if listed is None else listed.people
            entries = _entries(ledger)
            marked = settle(
                noted, people, entries, suppressed, settings.list_id, secret, every=wanted.every, trust=wanted.trust
            )
            if wanted.dry_run:
                return marked
            if not wanted.many and _too_many(marked, {p.key for p in people} | {e.key for e in entries}, findings):
                return None
            # The ledger first: while the issue is being sent nothing at all is written.
            _note(ledger, marked)
            if marked.new:
                write_suppressed(path, [*suppressed.values(), *marked.new])
    except SourceError as error:
        findings.add(_source_finding(error, source, settings, imap_folder))
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


def _source_finding(error: SourceError, source: Path | None, settings: MailSettings, folder: str | None) -> Finding:
    """N890 or N891, with what to look at: a file is another matter than a mailbox on a server."""
    reasons = {"reason_zh": error.zh, "reason": error.en}
    rule = rules.NO_MAILBOX if error.missing else rules.MAILBOX_UNREADABLE
    if source is not None:
        how = ("给出 mbox 文件、Maildir 文件夹或 .eml 文件", "Give an mbox file, a Maildir folder or an .eml file")
        return rule.at(Place(source), name=str(source), how_zh=how[0], how=how[1], **reasons)
    wanted = folder or (settings.imap.folder if settings.imap is not None else "")
    if error.missing:
        how = ("检查 imap 的 folder（或 --folder）", "See to folder below imap (or to --folder)")
    else:
        zh = "检查 imap 的 host、port、username、ca_file，和密码（授权码）"
        how = (zh, "See to host, port, username and ca_file below imap, and to the password")
    place = settings.places.at("imap")
    return rule.at(place, name=f"IMAP {wanted}".strip(), how_zh=how[0], how=how[1], **reasons)


def _too_many(marked: Marked, keys: set[str], findings: Findings) -> bool:
    """Whether more would be suppressed than happens in a good mailing; told with N894."""
    most = max(_FEW, int(len(keys) * MOST_AT_ONCE))
    if len(marked.new) <= most:
        return False
    findings.add(rules.TOO_MANY_LEAVING.at(count=len(marked.new), share=round(MOST_AT_ONCE * 100)))
    return True


def _messages(
    settings: MailSettings, source: Path | None, imap_folder: str | None, findings: Findings
) -> Iterator[Message | None] | None:
    if source is not None:
        return stored_messages(source)
    if settings.imap is None:
        findings.add(rules.NO_IMAP.at(settings.places.at("imap")))
        return None
    entry = f"{settings.imap.username}@{settings.imap.host}"
    place, words = Place(settings.place.file), (f" {entry} 的密码", f"password of {entry}")
    password = demand_secret(IMAP_PASSWORD, entry, place, findings, *words)
    return None if password is None else imap_messages(settings.imap, password, imap_folder)


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
