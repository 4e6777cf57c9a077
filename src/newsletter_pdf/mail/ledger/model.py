"""The states of a reader in an issue's ledger."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a reader stands.

    ``pending → sending → sent | deferred | failed | uncertain``; ``suppressed`` ones are not sent to. ``deferred`` may
    be tried again, ``uncertain`` (neither accepted nor refused when the line or the power went) only when asked for.
    """

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    SUPPRESSED = "suppressed"


class Step(StrEnum):
    """How far a message in ``sending`` may have come.

    Until ``final`` is on disk the full stop that ends the message (RFC 5321, 4.1.1.4) has not left this computer, so
    the server cannot have accepted it; from then on it may have.
    """

    NONE = ""
    CLAIMED = "claimed"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. ``attempts`` counts the tries; ``not_before`` is the time (seconds since 1970) of the next one.

    ``code`` and ``reply`` are the server's last words; ``retried`` counts the times it was sent again although it was
    uncertain; ``at`` is when the state was entered, as the clock said.
    """

    number: int
    key: str
    address: str
    name: str
    groups: str
    language: str
    state: State
    step: Step
    attempts: int
    retried: int
    not_before: float
    code: int | None
    reply: str
    message_id: str
    at: float
