"""A new issue folder from the last issue's facts."""

from newsletter_pdf.newissue.facts import IssueDraft, draft_issue
from newsletter_pdf.newissue.folder import create_folder, create_issue, example_section, usable_name
from newsletter_pdf.newissue.known import KnownIssue, known_issues

__all__ = [
    "IssueDraft",
    "KnownIssue",
    "create_folder",
    "create_issue",
    "draft_issue",
    "example_section",
    "known_issues",
    "usable_name",
]
