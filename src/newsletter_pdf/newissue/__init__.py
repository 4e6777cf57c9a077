"""A new issue folder from the last issue's facts."""

from newsletter_pdf.newissue.checklist import Task, checklist
from newsletter_pdf.newissue.facts import IssueDraft, draft_issue
from newsletter_pdf.newissue.folder import create_folder, create_issue, example_section, usable_name
from newsletter_pdf.newissue.founding import Founding, found_periodical
from newsletter_pdf.newissue.known import KnownIssue, known_issues
from newsletter_pdf.newissue.layout import create_layout

__all__ = [
    "Founding",
    "IssueDraft",
    "KnownIssue",
    "Task",
    "checklist",
    "create_folder",
    "create_issue",
    "create_layout",
    "draft_issue",
    "example_section",
    "found_periodical",
    "known_issues",
    "usable_name",
]
