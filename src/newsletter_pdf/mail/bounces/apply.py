"""Notices → the list of suppressed addresses and the ledger. Only addresses that are ours are touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.message import Message

from newsletter_pdf.mail.bounces.classify import Kind, Notice, read_notice
from newsletter_pdf.mail.ledger import Entry, State
from newsletter_pdf.mail.recipients import Recipient, Suppressed
from newsletter_pdf.mail.recipients.model import reader_id
from newsletter_pdf.mail.recipients.suppressed import today
from newsletter_pdf.mail.secrets import Secret

_WORDS = {
    Kind.GONE: "退信：地址无效",
    Kind.SOFT: "退信",
    Kind.COMPLAINT: "投诉",
    Kind.UNSUBSCRIBE: "退订",
}


@dataclass(slots=True)
class Marked:
    """What came of the messages: ``new`` entries for the list, bounces that were let pass, strangers, rows bounced."""

    messages: int = 0
    new: list[Suppressed] = field(default_factory=list)
    soft: dict[str, str] = field(default_factory=dict)
    strangers: int = 0
    bounced: dict[int, str] = field(default_factory=dict)
    kinds: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))


def mark(
    messages: Iterable[Message],
    people: Iterable[Recipient],
    entries: Iterable[Entry],
    suppressed: Mapping[str, Suppressed],
    list_id: str,
    secret: Secret | None = None,
    *,
    every: bool = False,
) -> Marked:
    """Read ``messages`` and say what follows for the ``people`` on the list and the ledger's ``entries``.

    Gone addresses, complaints and unsubscriptions are to be suppressed; with ``every`` soft bounces, too. Nothing is
    written here.
    """
    rows = list(entries)
    addresses = {entry.key: entry.address for entry in rows} | {person.key: person.address for person in people}
    numbers = {reader_id(list_id, key, secret): key for key in addresses}
    by_message = {entry.message_id: entry.key for entry in rows if entry.message_id}
    row_of = {entry.key: entry for entry in rows}
    result = Marked()
    done = dict(suppressed)
    for message in messages:
        result.messages += 1
        for notice in read_notice(message):
            keys = _ours(notice, addresses, numbers, by_message)
            if not keys:
                result.strangers += 1
            for key in keys:
                result.kinds[notice.kind] += 1
                if notice.kind in {Kind.GONE, Kind.SOFT} and key in row_of and row_of[key].state is State.SENT:
                    result.bounced[row_of[key].number] = f"bounced: {notice.reason}"
                if notice.kind is Kind.SOFT and not every:
                    result.soft.setdefault(addresses[key], notice.reason)
                elif key not in done:
                    entry = Suppressed(addresses[key], _WORDS[notice.kind], today(), notice.reason[:200])
                    done[key] = entry
                    result.new.append(entry)
    return result


def _ours(
    notice: Notice, addresses: Mapping[str, str], numbers: Mapping[str, str], by_message: Mapping[str, str]
) -> list[str]:
    """The keys of our readers that a notice is about: by our own marks first, which nobody else can guess."""
    marked = [numbers[number] for number in notice.ids if number in numbers]
    marked += [by_message[identity] for identity in notice.messages if identity in by_message]
    named = [key for key in notice.keys if key in addresses]
    if marked:
        # A forwarded mailbox bounces under another address: the mark names the reader.
        return list(dict.fromkeys(marked))
    # In words without any mark, several addresses may be anybody's: the postmaster's, the sender's.
    return named if notice.sure or len(named) == 1 else []
