"""Passwords and keys, from environment variables or the system's keyring and from nowhere else."""

from __future__ import annotations

import base64
import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings.mailing import NO_SECRET

SMTP_PASSWORD = "NEWSLETTER_PDF_SMTP_PASSWORD"  # noqa: S105 - the variable's name, no password
IMAP_PASSWORD = "NEWSLETTER_PDF_IMAP_PASSWORD"  # noqa: S105 - the same
DKIM_KEY = "NEWSLETTER_PDF_DKIM_KEY"
UNSUBSCRIBE_KEY = "NEWSLETTER_PDF_UNSUBSCRIBE_KEY"
OPENING_PASSWORD = "NEWSLETTER_PDF_OPENING_PASSWORD"  # noqa: S105 - the same
SERVICE = "newsletter-pdf"
"""The name under which the keyring holds our entries."""
_LARGEST_KEY = 20_000  # bytes of a PEM file
_SHORTEST_CORE = 3


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A text that no ``repr`` and no format shows; :meth:`reveal` gives it to the one who needs it."""

    _text: str

    def reveal(self) -> str:
        """The secret itself."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(…)"

    __str__ = __repr__


def find_secret(variable: str, entry: str) -> Secret | None:
    """The secret in the environment ``variable``, else in the keyring under ``entry``; None when there is none."""
    text = os.environ.get(variable)
    if not text:
        text = _from_keyring(entry)
    return Secret(text) if text else None


def demand_secret(
    variable: str, entry: str, place: Place, findings: Findings, what_zh: str, what: str
) -> Secret | None:
    """As :func:`find_secret`; None with N857, which tells where to put it. ``what`` is it, in Chinese and English."""
    secret = find_secret(variable, entry)
    if secret is None:
        tell_missing(variable, entry, place, findings, what_zh, what)
    return secret


def tell_missing(variable: str, entry: str, place: Place, findings: Findings, what_zh: str, what: str) -> None:
    """N857: the secret is in neither place."""
    command = f'keyring set {SERVICE} "{entry}"'
    fields = {"variable": variable, "command": command, "what_zh": what_zh, "what": what}
    findings.add(NO_SECRET.at(place, **fields))


def find_key(variable: str, entry: str) -> Secret | None:
    """As :func:`find_secret` for a PEM key; the variable may hold the path of the file with the key instead."""
    secret = find_secret(variable, entry)
    if secret is None or "-----BEGIN" in secret.reveal():
        return secret
    with contextlib.suppress(OSError, ValueError):
        path = Path(secret.reveal()).expanduser()
        if path.is_file() and path.stat().st_size <= _LARGEST_KEY:
            return Secret(path.read_text(encoding="ascii"))
    return secret


def _from_keyring(entry: str) -> str | None:
    # A machine without a desktop has no keyring service; that is no fault, the variable is the way there. What the
    # backends raise then is not of one class.
    try:
        import keyring

        return keyring.get_password(SERVICE, entry)
    except Exception:
        return None


def hide(text: str, *secrets: Secret | None) -> str:
    """``text`` with every secret in it replaced by ``***``, also as it is sent to log in.

    In Base64 a secret looks different by how many octets stand before it (AUTH PLAIN has the username there): of each
    of the three forms the part that no neighbour changes is looked for, and the whole word around it is replaced.
    """
    for secret in secrets:
        if secret is None or len(secret.reveal()) < 3:
            continue
        plain = secret.reveal()
        text = text.replace(plain, "***")
        for core in _cores(plain.encode()):
            if core in text:
                text = re.sub(rf"[A-Za-z0-9+/=_-]*{re.escape(core)}[A-Za-z0-9+/=_-]*", "***", text)
    return text


def _cores(data: bytes) -> Iterator[str]:
    """What is sure to stand in any Base64 text (either alphabet) of octets among which ``data`` is."""
    for before in range(3):
        coded = base64.b64encode(bytes(before) + data)
        # A character is 6 bits: those that share bits with the octets before, or with those that follow, are left out.
        core = coded[-(-before * 8 // 6) : (before + len(data)) * 8 // 6]
        if len(core) >= _SHORTEST_CORE:
            yield core.decode()
            if (other := core.translate(bytes.maketrans(b"+/", b"-_"))) != core:
                yield other.decode()
