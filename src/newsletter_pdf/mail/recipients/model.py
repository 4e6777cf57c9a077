"""One reader, and all of them."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from newsletter_pdf.findings import Place
from newsletter_pdf.mail.secrets import Secret


class Status(StrEnum):
    """What the list says of a reader; only ``active`` ones get mail."""

    ACTIVE = "active"
    PAUSED = "paused"
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"


@dataclass(frozen=True, slots=True)
class Recipient:
    """A reader: ``address`` as SMTP gets it, ``key`` equal for equal mailboxes; ``name`` is one line, maybe empty."""

    address: str
    key: str
    name: str = ""
    groups: tuple[str, ...] = ()
    language: Literal["zh", "en"] = "zh"
    status: Status = Status.ACTIVE
    place: Place | None = None

    @property
    def domain(self) -> str:
        """The domain of the address, in lower case."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Recipients:
    """The list as it was read; ``left_out`` counts the lines that could not be used."""

    people: tuple[Recipient, ...]
    left_out: int = 0

    def in_group(self, group: str | None) -> tuple[Recipient, ...]:
        """Those of ``group``, all without one."""
        return tuple(p for p in self.people if group is None or group in p.groups)

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of all groups, in order of their first use."""
        return tuple(dict.fromkeys(group for person in self.people for group in person.groups))


def reader_id(list_id: str, key: str, secret: Secret | None = None) -> str:
    """The number by which a reader is named in addresses and links: 20 hexadecimal digits, the same in every issue.

    With ``secret`` (an environment variable, see :mod:`..secrets`) nobody can work out the number of another reader.
    """
    text = f"{list_id}\n{key}".encode()
    if secret is None:
        return hashlib.sha256(text).hexdigest()[:20]
    return hmac.new(secret.reveal().encode(), text, hashlib.sha256).hexdigest()[:20]
