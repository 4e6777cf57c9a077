"""What the server's answers mean for the reader, and which troubles are the server's own."""

from __future__ import annotations

import re
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
    ``doubtful`` marks a refusal that may speak of us (a setting, a quota, the message) and not of the reader.
    """

    outcome: Outcome
    code: int | None
    text: str
    usable: bool = True
    lost: bool = False
    doubtful: bool = False


class Cause(StrEnum):
    """What a trouble of the server is about, as far as it can be told: what to do depends on it."""

    LOGIN = "login"
    NO_LOGIN = "no login"
    CERTIFICATE = "certificate"
    ENCRYPTION = "encryption"
    UNREACHABLE = "unreachable"


class ServerTroubleError(Exception):
    """The server cannot be worked with at all; no reader is to blame.

    ``lasting`` ones (a wrong certificate, a wrong password, a refused sender) are not tried again in this run. ``zh``
    and ``en`` say what it is, ``cause`` what it is about.
    """

    def __init__(self, zh: str, en: str, *, lasting: bool = False, cause: Cause | None = None) -> None:
        super().__init__(en)
        self.zh, self.en, self.lasting, self.cause = zh, en, lasting, cause


def outcome_of(code: int) -> Outcome:
    """The outcome that an answer other than the one hoped for stands for (RFC 5321, 4.2.1): 4xx later, 5xx never."""
    return Outcome.DEFERRED if 400 <= code <= 499 else Outcome.FAILED


_STATUS = re.compile(r"\b5\.(\d{1,3})\.(\d{1,3})\b")
_ABOUT_US = re.compile(
    r"\brelay|authenticat|\b(sending|sender|hourly|daily|message|rate|user)s?\b.{0,30}\b(limit|quota)|"
    r"too many messages|发信.{0,8}(限|频)|发送.{0,8}(限|频)|认证",
    re.I,
)


def doubtful(code: int, text: str, *, after_data: bool) -> bool:
    """Whether a refusal (5xx) may be about the sender, the settings or the message rather than the reader.

    By the enhanced status (RFC 3463) where there is one: addresses (5.1) and mailboxes (5.2) are the reader's, but for
    5.1.7 and 5.1.8, which name the sender; 5.4.5 is what providers say of a quota that is used up. Else by the code
    (50x and 53x speak of the session, RFC 5321, 4.2.2, and RFC 4954, 6), and by the words. What is said ``after_data``
    without a word of the address is about the message, which all readers get.
    """
    if 500 <= code <= 504 or 530 <= code <= 539:
        return True
    found = _STATUS.search(text)
    if found is None or found[1] == "0":
        return after_data or _ABOUT_US.search(text) is not None
    if found[1] == "1":
        return found[2] in {"7", "8"}
    if found[1] == "4":
        return found[2] == "5"
    return found[1] != "2"


def words(reply: bytes) -> str:
    """The text of an answer as one printable line."""
    text = reply.decode("utf-8", errors="backslashreplace")
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))[:400]
