"""From an issue folder to the validated model."""

from newsletter_pdf.reader.issue import read_issue

__all__ = ["read_issue"]
