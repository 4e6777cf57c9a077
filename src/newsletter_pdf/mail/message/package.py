"""Putting a message together: what is the same for all is made once, what is a reader's own is small.

A package is a row of byte strings. The longest, the encoded PDF, is one object in all packages, so ten thousand of them
take no more memory than one.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from email.message import MIMEPart
from email.policy import SMTP
from functools import lru_cache
from urllib.parse import quote

from newsletter_pdf.mail.message.dkim import Signer
from newsletter_pdf.mail.message.headers import date_field, mailbox_field, raw_field, text_field
from newsletter_pdf.mail.message.letter import Delivery, InlinePicture, Letter, LetterText
from newsletter_pdf.mail.message.pdf import Copies
from newsletter_pdf.mail.recipients import Recipient
from newsletter_pdf.mail.recipients.model import reader_id
from newsletter_pdf.mail.secrets import Secret
from newsletter_pdf.mail.settings import Mailbox, MailSettings

_CRLF = b"\r\n"
AD_MARK = "【广告】"
"""Before the subject of advertising, which China's rules for e-mail services demand to be marked 「广告」 in front."""
TEST_MARK = "［试发］"


@dataclass(frozen=True, slots=True)
class Package:
    """A message ready to leave: ``sender`` is the envelope's return path, ``pieces`` joined are its octets."""

    recipient: Recipient
    sender: str
    message_id: str
    pieces: tuple[bytes, ...]

    @property
    def size(self) -> int:
        """Octets of the whole message."""
        return sum(len(piece) for piece in self.pieces)

    def as_bytes(self) -> bytes:
        """The whole message."""
        return b"".join(self.pieces)


def message_id(list_id: str, issue: str, key: str, domain: str, salt: str = "", secret: Secret | None = None) -> str:
    """The Message-ID of an issue for a reader, always the same: a server that gets it twice can tell (RFC 5322, 3.6.4).

    With ``secret`` nobody but the reader knows it, so a bounce that names it is of that message. ``salt`` makes another
    one, for test copies.
    """
    text = f"{list_id}\n{issue}\n{key}\n{salt}".encode()
    if secret is None:
        return f"<{hashlib.sha256(text).hexdigest()[:32]}@{domain}>"
    text = b"message\n" + text  # unlike the numbers made with the same secret
    return f"<{hmac.new(secret.reveal().encode(), text, hashlib.sha256).hexdigest()[:32]}@{domain}>"


class Packer:
    """Makes the packages of one issue. Thread-safe: nothing changes after it is made but caches."""

    def __init__(
        self,
        settings: MailSettings,
        issue: str,
        subject_fields: Mapping[str, object],
        letter: Letter,
        copies: Copies,
        delivery: Delivery,
        *,
        signer: Signer | None = None,
        secret: Secret | None = None,
        subjects: Mapping[str, str] | None = None,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now().astimezone(),
    ) -> None:
        """``issue`` is its name (``2026-11``), ``secret`` what readers' numbers are made with.

        ``subjects``, by language, stand in the place of those of the settings.
        """
        self.settings, self.issue, self.delivery = settings, issue, delivery
        self.letter, self.copies, self._signer = letter, copies, signer
        self._secret, self._clock = secret, clock
        mark = AD_MARK if settings.advertisement else ""
        templates = {"zh": settings.subject, "en": settings.subject_en or settings.subject}
        self._subjects = {
            language: " ".join((mark + template.format_map(dict(subject_fields))).split())
            for language, template in templates.items()
        }
        for language, subject in (subjects or {}).items():
            self._subjects[language] = " ".join((mark + subject).split())
        # Neither Base64 nor a header can hold a line that begins like this.
        self._boundary = f"=_np_{hashlib.sha256(issue.encode()).hexdigest()[:24]}"
        self._leaf = lru_cache(maxsize=64)(_text_part)
        self._picture = lru_cache(maxsize=16)(_picture_part)

    @property
    def subject(self) -> str:
        """The subject that readers get who are written to in Chinese."""
        return self._subjects["zh"]

    def reader_id(self, reader: Recipient) -> str:
        """The number of ``reader`` in addresses and links."""
        return reader_id(self.settings.list_id, reader.key, self._secret)

    def package(self, reader: Recipient, *, test: str = "", signed: bool = True, identity: str = "") -> Package:
        """The package for ``reader``; with ``test``, a salt, a marked copy that no server takes for the real one.

        ``identity`` is the Message-ID that it had when it was first made, where there is one.
        Without ``signed`` the signature is left out, which takes most of the time where there is one.

        Raises HeaderError (a ValueError) when the reader's name or address cannot stand in a header.
        """
        settings = self.settings
        number = self.reader_id(reader)
        own = message_id(settings.list_id, self.issue, reader.key, settings.sender.domain, test, self._secret)
        identity = identity or own
        unsubscribe = self.ways_out(reader)
        content_type, body = self._body(reader, unsubscribe)
        headers = self._headers(reader, identity, unsubscribe, content_type, TEST_MARK if test else "")
        if self._signer is not None and signed:
            headers = self._signer.sign(headers, body) + headers
        sender = (settings.return_path or settings.sender.address).replace("{id}", number)
        return Package(reader, sender, identity, (headers + _CRLF, *body))

    def _headers(
        self, reader: Recipient, identity: str, unsubscribe: tuple[str, ...], content_type: str, mark: str
    ) -> bytes:
        settings = self.settings
        fields = [
            date_field(self._clock()),
            mailbox_field("From", settings.sender),
            mailbox_field("To", Mailbox(reader.address, reader.name)),
            text_field("Subject", mark + self._subjects[reader.language]),
            raw_field("Message-ID", identity),
            raw_field("List-Id", f"<{settings.list_id}>"),
            # Vacation programs answer neither lists nor bulk (RFC 3834, 2); the last field is what Exchange heeds.
            raw_field("Precedence", "bulk"),
            raw_field("Auto-Submitted", "auto-generated"),
            raw_field("X-Auto-Response-Suppress", "OOF, AutoReply"),
            raw_field("MIME-Version", "1.0"),
            raw_field("Content-Type", content_type),
        ]
        if settings.reply_to is not None:
            fields.append(mailbox_field("Reply-To", settings.reply_to))
        if unsubscribe:
            fields.append(raw_field("List-Unsubscribe", ",\r\n ".join(f"<{way}>" for way in unsubscribe)))
            if settings.unsubscribe.one_click:
                fields.append(raw_field("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"))
        if settings.archive is not None:
            fields.append(raw_field("List-Archive", f"<{quote(settings.archive, safe=_URL_SAFE)}>"))
        return b"".join(fields)

    def ways_out(self, reader: Recipient) -> tuple[str, ...]:
        """The ways for ``reader`` to unsubscribe, the web page first (RFC 2369, 3.2: in order of preference)."""
        number = self.reader_id(reader)
        ways = []
        if self.settings.unsubscribe.url is not None:
            url = self.settings.unsubscribe.url
            ways.append(url.replace("{id}", number).replace("{address}", quote(reader.address, safe="")))
        if self.settings.unsubscribe.mailto is not None:
            address = quote(self.settings.unsubscribe.mailto, safe="@+")
            ways.append(f"mailto:{address}?subject=unsubscribe%20{number}")
        return tuple(ways)

    def _body(self, reader: Recipient, unsubscribe: tuple[str, ...]) -> tuple[str, tuple[bytes, ...]]:
        """The value of Content-Type, and the body in pieces."""
        known = self.delivery
        delivery = replace(known, unsubscribe=next(iter(unsubscribe), None))
        letter = self.letter.for_reader(reader, delivery)
        alternative = f"{self._boundary}_a"
        line = f"--{alternative}\r\n".encode()
        pieces = [line, self._leaf(letter.text, "plain"), line]
        pieces += self._html(letter)
        pieces.append(f"--{alternative}--\r\n".encode())
        kind = f'multipart/alternative;\r\n boundary="{alternative}"'
        if not known.attached:
            return kind, (b"".join(pieces),)
        mixed = f"{self._boundary}_m"
        head = f"--{mixed}\r\nContent-Type: {kind}\r\n\r\n".encode()
        first = head + b"".join(pieces) + f"--{mixed}\r\n".encode()
        body = (first, self.copies.part(reader), f"--{mixed}--\r\n".encode())
        return f'multipart/mixed;\r\n boundary="{mixed}"', body

    def _html(self, letter: LetterText) -> list[bytes]:
        page = self._leaf(letter.html, "html")
        if not letter.pictures:
            return [page]
        related = f"{self._boundary}_r"
        kind = f'multipart/related; type="text/html";\r\n boundary="{related}"'
        pieces = [f"Content-Type: {kind}\r\n\r\n--{related}\r\n".encode(), page]
        for picture in letter.pictures:
            pieces += [f"--{related}\r\n".encode(), self._picture(picture)]
        return [*pieces, f"--{related}--\r\n".encode()]


_URL_SAFE = "/:?#[]@!$&'()*+,;=%-._~"


def _text_part(text: str, subtype: str) -> bytes:
    part = MIMEPart(policy=SMTP)
    part.set_content(text, subtype=subtype, charset="utf-8", cte="base64")
    return _ended(part.as_bytes())


def _picture_part(picture: InlinePicture) -> bytes:
    part = MIMEPart(policy=SMTP)
    part.set_content(
        picture.data, maintype="image", subtype=picture.kind, disposition="inline", cid=f"<{picture.name}>"
    )
    return _ended(part.as_bytes())


def _ended(part: bytes) -> bytes:
    return part if part.endswith(_CRLF) else part + _CRLF
