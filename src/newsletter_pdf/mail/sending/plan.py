"""What a sending would do, told before it is done."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import mailing_sending as rules
from newsletter_pdf.mail.ledger import FILE_NAME, Ledger, LedgerError, State
from newsletter_pdf.mail.recipients import Recipient, Status
from newsletter_pdf.mail.sending.prepare import Prepared
from newsletter_pdf.mail.transport import Pace


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller asked for: whom to send to, at most how many now, and whom of those that are settled again."""

    group: str | None = None
    limit: int | None = None
    retry_uncertain: bool = False
    retry_failed: bool = False
    new_pdf: bool = False
    wait: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do: ``open`` readers get a message, the states of all are in ``counts``; seconds it takes."""

    open: int
    counts: dict[State, int]
    domains: tuple[tuple[str, int], ...]
    message_size: int
    seconds: float


def ledger_path(folder: Path) -> Path:
    """Where the ledger of an issue lies: in the issue folder, which no clearing of build/ touches."""
    return folder.resolve() / FILE_NAME


def plan(prepared: Prepared, folder: Path, options: Options, findings: Findings) -> Plan | None:
    """What a run now would do, from the ledger as it is; nothing is written. None when the ledger cannot be used."""
    states: dict[str, State] = {}
    open_keys: set[str] = set()
    path = ledger_path(folder)
    if path.exists():
        try:
            with contextlib.closing(Ledger(path, prepared.issue.name, write=False)) as ledger:
                states = {entry.key: entry.state for entry in ledger.entries()}
                again = ledger.open(uncertain=options.retry_uncertain, failed=options.retry_failed)
                open_keys = {entry.key for entry in again}
        except LedgerError as error:
            findings.add(rules.LEDGER_UNUSABLE.at(Place(path), reason_zh=error.zh, reason=error.en))
            return None
    # Rows suppressed once may be open again, those of a run that was killed will be: as a run does before it begins.
    closed = {State.SENT, State.FAILED, State.UNCERTAIN}
    ready = [r for r in prepared.readers if r.key in open_keys or states.get(r.key) not in closed]
    counts = _counts(prepared, states)
    now = ready if options.limit is None else ready[: options.limit]
    domains = Counter(reader.domain for reader in now)
    size = prepared.packer.package(now[0]).size if now else 0
    pace = Pace(prepared.settings.rates)
    return Plan(
        open=len(now),
        counts={state: counts.get(state, 0) for state in State},
        domains=tuple(domains.most_common()),
        message_size=size,
        seconds=pace.seconds_for(len(now), domains.values()) if now else 0.0,
    )


def _counts(prepared: Prepared, states: Mapping[str, State]) -> Counter[State]:
    """How many are in each state once a run has brought the ledger up to the list, as it does before it begins.

    All of the list are counted, whatever the group, as the ledger counts them when the run has ended.
    """
    suppressed = prepared.suppressed
    wanted = {p.key for p in prepared.listed.people if p.status is Status.ACTIVE and p.key not in suppressed}
    counts: Counter[State] = Counter()
    for key in {person.key for person in prepared.listed.people} | states.keys():
        state = states.get(key, State.PENDING)
        if state in (State.PENDING, State.DEFERRED, State.SUPPRESSED):
            kept = State.PENDING if state is State.SUPPRESSED else state
            state = kept if key in wanted else State.SUPPRESSED
        counts[state] += 1
    return counts


def rehearse(prepared: Prepared, tick: Callable[[int, int], None]) -> tuple[int, list[tuple[Recipient, str]]]:
    """Make every package and throw it away: octets in all, and the readers for whom none can be made, with reasons.

    The first is signed where a key is given, the others are not: one signature tells whether the key is good.
    """
    octets, refused = 0, []
    for number, reader in enumerate(prepared.readers):
        try:
            octets += prepared.packer.package(reader, signed=number == 0).size
        except ValueError as error:
            refused.append((reader, str(error)))
        tick(number + 1, len(prepared.readers))
    return octets, refused
