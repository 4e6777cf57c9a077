"""What the server's answers mean for the reader, and which troubles are the server's own."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What became of one try."""

    SENT = "sent"
    DEFERRED = "deferred"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome, the server's code and words (one line), and whether the connection can be used on.

    ``lost`` marks a try that ended without an answer because the line went: the server, not the reader, is to blame.
    """

    outcome: Outcome
    code: int | None
    text: str
    usable: bool = True
    lost: bool = False


class ServerTroubleError(Exception):
    """The server cannot be worked with at all; no reader is to blame.

    ``lasting`` ones (a wrong certificate, a wrong password, a refused sender) are not tried again. ``zh`` and ``en``
    say what it is.
    """

    def __init__(self, zh: str, en: str, *, lasting: bool = False) -> None:
        super().__init__(en)
        self.zh, self.en, self.lasting = zh, en, lasting


def outcome_of(code: int) -> Outcome:
    """The outcome that an answer other than the one hoped for stands for (RFC 5321, 4.2.1): 4xx later, 5xx never."""
    return Outcome.DEFERRED if 400 <= code <= 499 else Outcome.FAILED


def words(reply: bytes) -> str:
    """The text of an answer as one printable line."""
    text = reply.decode("utf-8", errors="backslashreplace")
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))[:400]
