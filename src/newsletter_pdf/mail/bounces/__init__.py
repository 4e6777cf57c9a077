"""What comes back: bounces (RFC 3464 and the others), complaints (RFC 5965), unsubscriptions."""

from newsletter_pdf.mail.bounces.apply import Marked, mark
from newsletter_pdf.mail.bounces.classify import Kind, Notice, read_notice
from newsletter_pdf.mail.bounces.sources import SourceError, imap_messages, stored_messages

__all__ = ["Kind", "Marked", "Notice", "SourceError", "imap_messages", "mark", "read_notice", "stored_messages"]
