"""The PDF as part of a message: one for all, encoded once, or a copy for each reader."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from email.message import MIMEPart
from email.policy import SMTP
from typing import Protocol

from newsletter_pdf.mail.recipients import Recipient

BASE64_LINE = 57
"""Bytes that make a line of 76 characters (RFC 2045, 6.8)."""


class Copies(Protocol):
    """Gives the PDF for a reader as a finished MIME part."""

    @property
    def size(self) -> int:
        """Bytes of the PDF before it is encoded (of the largest, when they differ)."""

    def part(self, reader: Recipient) -> bytes:
        """The part: its headers, an empty line, the encoded PDF; lines end in CRLF, the last one too."""


@dataclass(slots=True)
class SharedCopy:
    """The same PDF for everybody: the part is made at the first call and is one object from then on."""

    data: bytes
    file_name: str
    _part: bytes = field(default=b"", init=False)

    @property
    def size(self) -> int:
        """Bytes of the PDF."""
        return len(self.data)

    def part(self, reader: Recipient) -> bytes:  # noqa: ARG002 - the same for all
        """The part, the same object for every reader."""
        if not self._part:
            self._part = pdf_part(self.data, self.file_name)
        return self._part


def pdf_part(data: bytes, file_name: str) -> bytes:
    """A MIME part with the PDF attached under ``file_name``; raises ValueError as :func:`part_headers`."""
    return part_headers(file_name) + encoded(data)


def part_headers(file_name: str) -> bytes:
    """The headers of the part with the empty line after them; a name that is not ASCII goes by RFC 2231.

    Raises ValueError for a name that holds line ends or other controls, or a path.
    """
    if not file_name.isprintable() or not file_name or set(file_name) & set('/\\"'):
        raise ValueError("a file name for an attachment is one line without a path")
    part = MIMEPart(policy=SMTP)
    part["Content-Type"] = "application/pdf"
    part["Content-Transfer-Encoding"] = "base64"
    part.add_header("Content-Disposition", "attachment", filename=file_name)
    headers = part.as_bytes().rstrip(b"\r\n")
    return headers + b"\r\n\r\n"


def encoded(data: bytes) -> bytes:
    """``data`` in Base64, lines of 76 characters that end in CRLF."""
    # Encoding in pieces keeps the memory for a large file near its encoded size.
    step = BASE64_LINE * 1024
    out = bytearray()
    for start in range(0, len(data), step):
        block = base64.b64encode(data[start : start + step])
        out += b"".join(block[i : i + 76] + b"\r\n" for i in range(0, len(block), 76))
    return bytes(out)
