"""Header fields as octets: nothing that a person typed can begin another field.

Structured fields with long addresses (List-Unsubscribe, Message-ID) are written as they are, since the general folding
of the standard library turns a long word into an encoded one; texts go through RFC 2047.
"""

from __future__ import annotations

import re
from email.header import Header
from email.utils import format_datetime, quote
from typing import TYPE_CHECKING

from newsletter_pdf.files import CONTROL, DIRECTION
from newsletter_pdf.mail.settings import Mailbox

if TYPE_CHECKING:
    import datetime as dt

LONGEST_LINE = 998
"""Octets of a line without its CRLF (RFC 5322, 2.1.1)."""
_NAME = re.compile(r"[!-9;-~]+")
_CRLF = "\r\n"
# Controls with tab and line ends, marks of direction, lone surrogates. Not str.isprintable(): it refuses rare Han that
# are newer than the interpreter.
_HARMFUL = re.compile(f"[\t\r\n\ud800-\udfff]|{CONTROL.pattern}|{DIRECTION.pattern}")


class HeaderError(ValueError):
    """A value cannot stand in a header; such messages are not made."""


def raw_field(name: str, value: str) -> bytes:
    r"""``name: value`` as it is; ``value`` may hold foldings that the caller made (``\r\n`` and a blank).

    Raises HeaderError for anything but printable ASCII and such foldings, and for a line over 998 octets.
    """
    lines = value.split(_CRLF + " ")
    if not _NAME.fullmatch(name) or any(not (line.isascii() and line.isprintable()) for line in lines):
        raise HeaderError(f"{name} holds what no header may")
    text = f"{name}: {value}"
    if any(len(line) > LONGEST_LINE for line in text.split(_CRLF)):
        raise HeaderError(f"{name} is too long")
    return text.encode("ascii") + b"\r\n"


def text_field(name: str, text: str) -> bytes:
    """A field of free text, such as the subject, encoded by RFC 2047 where it is not ASCII.

    Raises HeaderError when ``text`` is more than one line or holds controls.
    """
    _check_line(name, text)
    charset = "us-ascii" if text.isascii() else "utf-8"
    # ASCII that looks like an encoded word would be decoded by the reader's program into something else.
    if "=?" in text:
        charset = "utf-8"
    value = Header(text, charset, header_name=name, maxlinelen=76).encode(linesep=_CRLF)
    return raw_field(name, value)


def mailbox_field(name: str, *mailboxes: Mailbox) -> bytes:
    """A field of mailboxes, such as From: each the name, quoted or encoded (RFC 2047, 5), and the address."""
    values = [_mailbox(name, mailbox) for mailbox in mailboxes]
    return raw_field(name, f",{_CRLF} ".join(values))


def date_field(moment: dt.datetime) -> bytes:
    """The field Date for ``moment``, which has an offset."""
    return raw_field("Date", format_datetime(moment))


def _mailbox(field: str, mailbox: Mailbox) -> str:
    _check_line(field, mailbox.address)
    _check_line(field, mailbox.name)
    if not mailbox.address.isascii() or set(mailbox.address) & set(' <>,;:"()[]\\'):
        raise HeaderError(f"{field} holds no plain address")
    if not mailbox.name:
        return f"<{mailbox.address}>" if field == "To" else mailbox.address
    if mailbox.name.isascii() and "=?" not in mailbox.name:
        phrase = f'"{quote(mailbox.name)}"'
        if len(phrase) > 200:
            raise HeaderError(f"the name in {field} is too long")
    else:
        phrase = Header(mailbox.name, "utf-8", header_name=field, maxlinelen=75).encode(linesep=_CRLF)
    # The address on a line of its own: however long the name is, no line grows beyond the limit.
    return f"{phrase}{_CRLF} <{mailbox.address}>"


def _check_line(field: str, text: str) -> None:
    if _HARMFUL.search(text):
        raise HeaderError(f"{field} holds controls or several lines")
