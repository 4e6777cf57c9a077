"""Passwords and keys, from environment variables or the system's keyring and from nowhere else."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from pathlib import Path

SMTP_PASSWORD = "NEWSLETTER_PDF_SMTP_PASSWORD"  # noqa: S105 - the variable's name, no password
IMAP_PASSWORD = "NEWSLETTER_PDF_IMAP_PASSWORD"  # noqa: S105 - the same
DKIM_KEY = "NEWSLETTER_PDF_DKIM_KEY"
UNSUBSCRIBE_KEY = "NEWSLETTER_PDF_UNSUBSCRIBE_KEY"
OPENING_PASSWORD = "NEWSLETTER_PDF_OPENING_PASSWORD"  # noqa: S105 - the same
SERVICE = "newsletter-pdf"
"""The name under which the keyring holds our entries."""
_LARGEST_KEY = 20_000  # bytes of a PEM file


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
    """``text`` with every secret in it replaced by ``***``, also as it is sent to log in (Base64)."""
    import base64

    for secret in secrets:
        if secret is None or len(secret.reveal()) < 3:
            continue
        plain = secret.reveal()
        coded = base64.b64encode(plain.encode()).decode().rstrip("=")
        text = text.replace(plain, "***").replace(coded, "***")
    return text
