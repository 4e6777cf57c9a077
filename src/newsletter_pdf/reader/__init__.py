"""Source files → Issue: everything is read, everything wrong is reported at once."""

from newsletter_pdf.reader.issue import read_issue, read_levels

__all__ = ["read_issue", "read_levels"]
