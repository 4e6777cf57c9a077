"""Handing a package to the server, and what its answers mean."""

from newsletter_pdf.mail.transport.answers import Answer, Cause, Outcome, ServerTroubleError
from newsletter_pdf.mail.transport.pace import Pace
from newsletter_pdf.mail.transport.smtp import Connection

__all__ = ["Answer", "Cause", "Connection", "Outcome", "Pace", "ServerTroubleError"]
