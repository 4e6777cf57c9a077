"""What makes the letter of a mailing, and the one that takes no layout."""

from __future__ import annotations

from collections.abc import Callable

from newsletter_pdf.findings import Findings
from newsletter_pdf.mail.message import Letter, PlainLetter
from newsletter_pdf.mail.sending.proved import Proved
from newsletter_pdf.mail.settings import MailSettings
from newsletter_pdf.model import Issue

LetterMaker = Callable[[Issue, Proved, MailSettings, Findings], Letter | None]
"""Makes what readers read; adds findings and gives None when it cannot."""


def plain_letter(issue: Issue, pdf: Proved, settings: MailSettings, _findings: Findings) -> Letter:
    """The letter for layouts that bring none of their own."""
    sections = [(row.title, row.page) for row in pdf.contents if row.level == 1]
    return PlainLetter(issue.facts, sections, settings.sender.name)
