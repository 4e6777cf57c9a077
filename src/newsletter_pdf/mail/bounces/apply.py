"""Notices → the list of suppressed addresses and the ledger. Only addresses that are ours are touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any

from newsletter_pdf.mail.bounces.classify import UNREADABLE, Kind, Notice, read_notice
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
class Noted:
    """What was read from the messages: of each its notices; how many there were, how many could not be read."""

    notices: list[Notice] = field(default_factory=list)
    messages: int = 0
    unreadable: int = 0


@dataclass(slots=True)
class Marked:
    """What came of the messages: ``new`` entries for the list, bounces that were let pass, strangers, rows bounced.

    ``doubtful`` are readers of whom something was said that is not enough to act on, with what it was.
    """

    messages: int = 0
    unreadable: int = 0
    new: list[Suppressed] = field(default_factory=list)
    soft: dict[str, str] = field(default_factory=dict)
    doubtful: dict[str, str] = field(default_factory=dict)
    strangers: int = 0
    bounced: dict[int, str] = field(default_factory=dict)
    kinds: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(Kind, 0))


def collect(messages: Iterable[Message | None]) -> Noted:
    """The notices in ``messages``; one that is broken, or None, is counted and passed over."""
    noted = Noted()
    for message in messages:
        noted.messages += 1
        try:
            if message is not None:
                noted.notices += read_notice(message)
            else:
                noted.unreadable += 1
        except UNREADABLE:
            noted.unreadable += 1
    return noted


def mark(messages: Iterable[Message | None], *known: Any, **wanted: Any) -> Marked:
    """Read ``messages`` and :func:`settle` what they say."""
    return settle(collect(messages), *known, **wanted)


def settle(
    noted: Noted,
    people: Iterable[Recipient],
    entries: Iterable[Entry],
    suppressed: Mapping[str, Suppressed],
    list_id: str,
    secret: Secret | None = None,
    *,
    every: bool = False,
    trust: bool = False,
) -> Marked:
    """Say what follows from the notices for the ``people`` on the list and the ledger's ``entries``.

    Gone addresses, complaints and unsubscriptions are to be suppressed; with ``every`` soft bounces, too. A bounce or a
    complaint counts when it has one of our marks, which only its reader has; with ``trust`` the address in it is
    enough. Nothing is written here.
    """
    rows = list(entries)
    addresses = {entry.key: entry.address for entry in rows} | {person.key: person.address for person in people}
    ours = _Ours(
        addresses,
        {reader_id(list_id, key, secret): key for key in addresses},
        {entry.message_id: entry.key for entry in rows if entry.message_id},
        trust,
    )
    row_of = {entry.key: entry for entry in rows}
    result = Marked(noted.messages, noted.unreadable)
    done = dict(suppressed)
    for notice in noted.notices:
        keys, sure = ours.of(notice)
        if not keys:
            result.strangers += 1
        for key in keys:
            if not sure:
                if key not in done:
                    result.doubtful.setdefault(addresses[key], _WORDS[notice.kind])
                continue
            result.kinds[notice.kind] += 1
            if notice.kind in {Kind.GONE, Kind.SOFT} and key in row_of and row_of[key].state is State.SENT:
                result.bounced[row_of[key].number] = f"bounced: {notice.reason}"
            if notice.kind is Kind.SOFT and not every:
                result.soft.setdefault(addresses[key], notice.reason)
            elif key not in done:
                entry = Suppressed(addresses[key], _WORDS[notice.kind], today(), notice.reason[:200])
                done[key] = entry
                result.new.append(entry)
    for entry in result.new:
        result.doubtful.pop(entry.address, None)
    return result


@dataclass(frozen=True, slots=True)
class _Ours:
    """Our readers: their addresses by key, their keys by number and by Message-ID."""

    addresses: Mapping[str, str]
    numbers: Mapping[str, str]
    by_message: Mapping[str, str]
    trust: bool

    def of(self, notice: Notice) -> tuple[list[str], bool]:
        """The keys of our readers that a notice is about, and whether that is sure enough to act on.

        Our own marks come first: a forwarded mailbox bounces under another address. A message has one of one reader;
        who puts several together says nothing of any of them.
        """
        marked = [self.numbers[number] for number in notice.ids if number in self.numbers]
        marked += [self.by_message[identity] for identity in notice.messages if identity in self.by_message]
        marked = list(dict.fromkeys(marked))
        if marked:
            return marked, len(marked) == 1 and (notice.sure or notice.kind is not Kind.UNSUBSCRIBE)
        named = [key for key in notice.keys if key in self.addresses]
        # Who writes from an address may leave: a forged wish costs one reader one issue, a wish that is not heeded a
        # complaint. What claims to be a bounce is another matter: one message may name everybody.
        believed = self.trust or notice.kind is Kind.UNSUBSCRIBE
        return named, believed and notice.sure
