"""Whether a message is small enough for the readers' providers."""

from __future__ import annotations

from newsletter_pdf.files import human_size
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings.mailing_sending import LARGE_MESSAGE
from newsletter_pdf.mail.message import Packer
from newsletter_pdf.mail.recipients import Recipient

_MB = 1024 * 1024
PROVIDERS = (
    *(("iCloud", 20 * _MB), ("Outlook.com", 20 * _MB), ("Gmail", 25 * _MB), ("Yahoo", 25 * _MB)),
    *(("QQ 邮箱", 50 * _MB), ("163 网易邮箱", 50 * _MB)),
)
"""Octets of a message that common providers take, as published; where sources differ, the smaller number."""


def check_size(packer: Packer, reader: Recipient, place: Place, findings: Findings) -> None:
    """The warning N872 at ``place`` when the message to ``reader`` is larger than some provider takes."""
    try:
        size = packer.package(reader).size
    except ValueError:
        return  # told, with the reader, when all packages are made
    over = [f"{name} {human_size(limit)}" for name, limit in PROVIDERS if size > limit]
    if over:
        findings.add(LARGE_MESSAGE.at(place, size=human_size(size), providers="、".join(over)))
