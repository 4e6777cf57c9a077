"""The DKIM key that the settings ask for."""

from __future__ import annotations

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings.mailing import BAD_DKIM_KEY
from newsletter_pdf.mail.message import Signer
from newsletter_pdf.mail.message.dkim import KeyProblemError
from newsletter_pdf.mail.secrets import DKIM_KEY, find_key, tell_missing
from newsletter_pdf.mail.settings import MailSettings


def signer_of(settings: MailSettings, findings: Findings) -> Signer | None:
    """The signer with the key of the environment or keyring; None without DKIM, and with N857 or N858 without a key."""
    if settings.dkim_domain is None or settings.dkim_selector is None:
        return None
    entry = f"dkim:{settings.dkim_selector}._domainkey.{settings.dkim_domain}"
    key = find_key(DKIM_KEY, entry)
    if key is None:
        tell_missing(DKIM_KEY, entry, Place(settings.place.file), findings, " DKIM 私钥", "DKIM key")
        return None
    try:
        return Signer(settings.dkim_domain, settings.dkim_selector, key)
    except KeyProblemError as error:
        findings.add(BAD_DKIM_KEY.at(settings.places.at("dkim"), reason_zh=error.zh, reason=error.en))
        return None
