"""Who gets the mail: the list of recipients, the suppressed addresses, and tables as spreadsheets write them."""

from newsletter_pdf.mail.recipients.model import Recipient, Recipients, Status
from newsletter_pdf.mail.recipients.reading import read_recipients
from newsletter_pdf.mail.recipients.suppressed import Suppressed, read_suppressed, write_suppressed

__all__ = [
    "Recipient",
    "Recipients",
    "Status",
    "Suppressed",
    "read_recipients",
    "read_suppressed",
    "write_suppressed",
]
