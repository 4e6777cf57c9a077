"""Who gets the mail: the list of readers, without those who left it, or the one who asked for a test copy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.findings import Findings
from newsletter_pdf.findings.mailing_lists import NOBODY
from newsletter_pdf.mail.addresses import Address
from newsletter_pdf.mail.recipients import Recipient, Recipients, Status, Suppressed, read_recipients, read_suppressed
from newsletter_pdf.mail.recipients.nearby import no_list
from newsletter_pdf.mail.recipients.reading import recipients_file
from newsletter_pdf.mail.recipients.suppressed import suppressed_file


@dataclass(frozen=True, slots=True)
class Audience:
    """``readers`` are those of ``listed`` (of ``group``, when one was asked for) who may get mail."""

    listed: Recipients
    suppressed: Mapping[str, Suppressed]
    readers: tuple[Recipient, ...]
    group: str | None = None


def read_audience(folder: Path, group: str | None, findings: Findings) -> Audience | None:
    """The readers of the issue in ``folder``; None when a list is missing (N860, N844) or cannot be read.

    N868 when nobody is left to send to.
    """
    path = recipients_file(folder)
    if path is None:
        findings.add(no_list(folder))
    listed = None if path is None else read_recipients(path, findings)
    suppressed = read_suppressed(suppressed_file(folder), findings)
    if listed is None or suppressed is None:
        return None
    of_group = listed.in_group(group)
    readers = tuple(p for p in of_group if p.status is Status.ACTIVE and p.key not in suppressed)
    if not readers:
        findings.add(NOBODY.at(**_why_nobody(listed, group)))
    return Audience(listed, suppressed, readers, group)


def lone_audience(folder: Path, address: Address, findings: Findings) -> Audience | None:
    """The one at ``address``, with name and language where the list has that address; no list is needed.

    None when there is one that cannot be read.
    """
    path = recipients_file(folder)
    listed = Recipients(()) if path is None else read_recipients(path, findings)
    if listed is None:
        return None
    known = next((person for person in listed.people if person.key == address.key), None)
    return Audience(listed, {}, (known or Recipient(address.text, address.key),))


def _why_nobody(listed: Recipients, group: str | None) -> dict[str, str]:
    """The reason in both languages."""
    of_group = listed.in_group(group)
    if group is not None and not of_group:
        names = "、".join(listed.groups[:10]) or "–"
        zh, en = f"没有“{group}”这一组；现有：{names}", f"there is no group “{group}”; there are: {names}"
    elif of_group:
        zh, en = "名单上的人都退订、暂停或退信了", "all on the list are unsubscribed, paused or bounced"
    else:
        zh, en = "名单里没有能用的行", "the list has no line that can be used"
    return {"reason_zh": zh, "reason": en}
