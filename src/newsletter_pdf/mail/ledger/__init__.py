"""The ledger: one row a reader and issue, on disk before anything leaves."""

from newsletter_pdf.mail.ledger.ledger import FILE_NAME, Ledger, LedgerError
from newsletter_pdf.mail.ledger.lock import LedgerBusyError, alone
from newsletter_pdf.mail.ledger.model import Entry, State, Step

__all__ = ["FILE_NAME", "Entry", "Ledger", "LedgerBusyError", "LedgerError", "State", "Step", "alone"]
