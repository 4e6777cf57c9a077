"""How the PDF reaches the readers: attached or linked, and under which name."""

from __future__ import annotations

import re
from urllib.parse import quote

from newsletter_pdf.findings import Findings
from newsletter_pdf.findings.mailing_copies import COPIES_LINKED
from newsletter_pdf.findings.mailing_sending import NO_LINK
from newsletter_pdf.mail.message import Delivery
from newsletter_pdf.mail.sending.proved import Proved
from newsletter_pdf.mail.settings import MailSettings
from newsletter_pdf.model import Issue


def delivery_of(settings: MailSettings, issue: Issue, pdf: Proved, findings: Findings) -> Delivery | None:
    """How the settings have the PDF reach the readers; None and N887 or N873 when they contradict themselves."""
    name = file_name(settings, issue)
    size = len(pdf.data)
    attached = settings.delivery == "attach" or (settings.delivery == "auto" and size <= settings.attach_limit)
    own = settings.copies
    if attached:
        return Delivery(name, size, attached=True, personal=own is not None, locked=own is not None and own.lock)
    if own is not None:
        findings.add(COPIES_LINKED.at(settings.places.at("copies")))
        return None
    if settings.link is None:
        findings.add(NO_LINK.at(settings.places.at("delivery")))
        return None
    url = settings.link.replace("{file}", quote(name)).replace("{issue}", quote(issue.name))
    return Delivery(name, size, attached=False, url=url)


def file_name(settings: MailSettings, issue: Issue) -> str:
    """The name under which the reader gets the PDF: ``<slug>-2026-11.pdf``, or in Chinese when the settings say so."""
    facts = issue.facts
    if settings.file_name == "chinese":
        title = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]', "", facts.title).strip(" .")[:60]
        return f"{title}{facts.date.year}年第{facts.number}期.pdf"
    plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,40}", issue.name)
    return f"{settings.slug}-{issue.name if plain else f'{facts.date:%Y-%m}'}.pdf"
