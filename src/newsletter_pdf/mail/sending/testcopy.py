"""A test copy to one address, without the ledger."""

from __future__ import annotations

import secrets

from newsletter_pdf.findings import Findings
from newsletter_pdf.findings import mailing_sending as rules
from newsletter_pdf.mail.sending.advice import trouble_finding
from newsletter_pdf.mail.sending.prepare import Prepared
from newsletter_pdf.mail.sending.server import password_of
from newsletter_pdf.mail.transport import Connection, Outcome, ServerTroubleError


def send_test(prepared: Prepared, findings: Findings) -> bool:
    """Send a marked copy to the one reader of ``prepared``; True when the server took it."""
    password = password_of(prepared.settings, findings)
    if prepared.settings.server is None:
        findings.add(rules.NO_SERVER.at(prepared.settings.place))
    if prepared.settings.server is None or not findings.good:
        return False
    try:
        connection = Connection(prepared.settings.server, password)
        try:
            package = prepared.packer.package(prepared.readers[0], test=secrets.token_hex(8))
            answer = connection.deliver(package, lambda: None)
        finally:
            connection.close()
    except ServerTroubleError as error:
        findings.add(trouble_finding(error, prepared.settings))
        return False
    except ValueError as error:
        findings.add(rules.SERVER_TROUBLE.at(reason_zh=str(error), reason=str(error)))
        return False
    if answer.outcome is not Outcome.SENT:
        text = f"{answer.code or ''} {answer.text}".strip()
        findings.add(rules.SERVER_TROUBLE.at(reason_zh=text, reason=text))
    return answer.outcome is Outcome.SENT
