"""All that a mailing starts from, read and checked before anything is made: settings, PDF, readers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.approval import Approval, approval_of
from newsletter_pdf.findings import Findings, Place, Severity
from newsletter_pdf.mail.addresses import Address
from newsletter_pdf.mail.message import Packer
from newsletter_pdf.mail.projectkey import project_key
from newsletter_pdf.mail.recipients import Recipient, Recipients, Suppressed
from newsletter_pdf.mail.sending.audience import Audience, lone_audience, read_audience
from newsletter_pdf.mail.sending.copies import CopyMaker, CopyPlan, shared_copy
from newsletter_pdf.mail.sending.delivery import delivery_of
from newsletter_pdf.mail.sending.lettermaker import LetterMaker, plain_letter
from newsletter_pdf.mail.sending.proved import Proved, read_proved
from newsletter_pdf.mail.sending.signing import signer_of
from newsletter_pdf.mail.sending.sizes import check_size
from newsletter_pdf.mail.sending.subject import subject_fields
from newsletter_pdf.mail.settings import MailSettings, read_mail_settings
from newsletter_pdf.model import Issue
from newsletter_pdf.reader import read_issue


@dataclass(frozen=True, slots=True)
class Prepared:
    """A mailing that can be made, to ``audience``."""

    issue: Issue
    settings: MailSettings
    pdf: Proved
    approval: Approval | None
    audience: Audience
    packer: Packer

    @property
    def readers(self) -> tuple[Recipient, ...]:
        """Those who get a message."""
        return self.audience.readers

    @property
    def listed(self) -> Recipients:
        """The list, with those who get none."""
        return self.audience.listed

    @property
    def suppressed(self) -> Mapping[str, Suppressed]:
        """The addresses that get none whatever the list says, by their keys."""
        return self.audience.suppressed

    @property
    def group(self) -> str | None:
        """The group that the readers are of; None for all."""
        return self.audience.group


def prepare(
    folder: Path,
    out: Path,
    findings: Findings,
    *,
    group: str | None = None,
    to: Address | None = None,
    letter: LetterMaker = plain_letter,
    copies: CopyMaker = shared_copy,
) -> Prepared | None:
    """Read and check all that mailing the issue in ``folder`` needs, with its PDF in ``out``.

    None after any error; everything that can be checked is checked first. ``to`` asks for a test copy: nobody else is
    a reader then, and no list is needed. ``letter`` and ``copies`` make what readers read and the PDF that each gets, a
    plain letter and one PDF for all by default; they add findings and give None when they cannot. Whether the PDF is
    approved is in the result, for the caller to judge.
    """
    errors = findings.errors
    folder = folder.resolve()
    issue = read_issue(folder, inner := Findings())
    findings.extend(finding for finding in inner if finding.severity is Severity.ERROR)
    settings = read_mail_settings(folder, findings)
    pdf = read_proved(folder, out, findings)
    audience = read_audience(folder, group, findings) if to is None else lone_audience(folder, to, findings)
    if issue is None or settings is None or pdf is None or audience is None:
        return None
    delivery = delivery_of(settings, issue, pdf, findings)
    signer = signer_of(settings, findings)
    fields = subject_fields(settings, issue, findings)
    if delivery is None or findings.errors > errors:
        return None
    secret = project_key(folder, findings, create=True)
    if secret is None:
        return None
    text = letter(issue, pdf, settings, findings)
    plan = CopyPlan(pdf.path, pdf.data, delivery.file_name, issue.name, settings, audience.readers, secret)
    own = copies(plan, findings)
    if text is None or own is None or findings.errors > errors:
        return None
    subjects = None if settings.own_subject else text.subjects
    packer = Packer(settings, issue.name, fields, text, own, delivery, signer=signer, secret=secret, subjects=subjects)
    if audience.readers:
        check_size(packer, audience.readers[0], Place(pdf.path), findings)
    return Prepared(issue, settings, pdf, approval_of(folder, pdf.sha256), audience, packer)
