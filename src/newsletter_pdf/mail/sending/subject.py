"""What the subject of a mailing is filled in with."""

from __future__ import annotations

from collections.abc import Mapping

from newsletter_pdf.findings import Findings
from newsletter_pdf.findings.mailing import BAD_PLACEHOLDER
from newsletter_pdf.mail.settings import MailSettings, placeholders
from newsletter_pdf.model import Issue


def subject_fields(settings: MailSettings, issue: Issue, findings: Findings) -> Mapping[str, object]:
    """The facts of the issue by the names that a subject may use; N853 for each that it uses and that is not there."""
    facts = issue.facts
    fields = {
        "title": facts.title,
        "title_en": facts.title_en,
        "subtitle": facts.subtitle,
        "year": facts.date.year,
        "month": facts.date.month,
        "number": facts.number,
        "running_number": facts.running_number,
        "issue": issue.name,
    }
    known = " ".join(f"{{{name}}}" for name, value in fields.items() if value is not None)
    for key, template in (("subject", settings.subject), ("subject_en", settings.subject_en or "")):
        for name in placeholders(template):
            if fields.get(name) is None:
                place = settings.places.at(key)
                findings.add(BAD_PLACEHOLDER.at(place, key=key, name=f"{{{name}}}", known=known))
    return fields
