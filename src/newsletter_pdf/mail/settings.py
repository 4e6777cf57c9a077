"""``mail.yaml`` → :class:`MailSettings`. What is wrong with it is a finding; secrets in it are refused unread."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast

from newsletter_pdf.files import confined
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import mailing as rules
from newsletter_pdf.findings.mailing_sending import UNALIGNED
from newsletter_pdf.findings.source import FILE_MISSING
from newsletter_pdf.mail.addresses import AddressError, parse_address
from newsletter_pdf.mail.copysettings import CopySettings, copy_settings
from newsletter_pdf.mail.fieldplaces import FieldPlaces
from newsletter_pdf.mail.hosts import host_of, is_loopback
from newsletter_pdf.mail.secrets import DKIM_KEY, SMTP_PASSWORD
from newsletter_pdf.project import shared_file
from newsletter_pdf.reader.mailfields import MAIL
from newsletter_pdf.reader.single import read_settings
from newsletter_pdf.source import YamlMapping, YamlNode, YamlSequence

FILE_NAME = "mail.yaml"
SUBJECT_FIELDS = ("title", "title_en", "subtitle", "year", "month", "number", "running_number", "issue")
Security = Literal["starttls", "tls", "none"]
_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_SECRET = re.compile(
    r"pass(word|wd|phrase)?|pwd|secret|token|credential|(api|private|dkim|secret)[_-]?key|密码|口令|授权码|密钥|私钥",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address with the name shown beside it."""

    address: str
    name: str = ""

    @property
    def domain(self) -> str:
        """The domain, in lower case."""
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Server:
    """The server that takes the messages. ``ca_file`` is an absolute path; ``timeout`` in seconds."""

    host: str
    port: int
    security: Security = "starttls"
    username: str | None = None
    ca_file: Path | None = None
    helo: str | None = None
    timeout: float = 60.0


@dataclass(frozen=True, slots=True)
class Imap:
    """The mailbox that bounces come to, over TLS."""

    host: str
    username: str
    port: int = 993
    folder: str = "INBOX"
    ca_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """The ways out; ``url`` may hold ``{id}`` and ``{address}``, ``one_click`` says that it takes RFC 8058's POST."""

    mailto: str | None = None
    url: str | None = None
    one_click: bool = False


@dataclass(frozen=True, slots=True)
class Rates:
    """Limits: messages a second, a minute to one domain, an hour (None: no limit); parallel connections."""

    per_second: float = 5.0
    per_domain: float = 60.0
    per_hour: int | None = None
    connections: int = 2


@dataclass(frozen=True, slots=True)
class Retry:
    """How often a reader is tried, and the seconds waited before: ``first_delay``, doubled up to ``longest_delay``."""

    attempts: int = 6
    first_delay: float = 120.0
    longest_delay: float = 1800.0

    def delay(self, attempts: int) -> float:
        """Seconds to wait after ``attempts`` (1 or more) tries."""
        return float(min(self.longest_delay, self.first_delay * 2 ** min(attempts - 1, 30)))


@dataclass(frozen=True, slots=True)
class MailSettings:
    """All of ``mail.yaml``, checked, with its defaults; ``own_subject`` is False when it leaves that to the layout."""

    sender: Mailbox
    list_id: str
    reply_to: Mailbox | None = None
    return_path: str | None = None
    subject: str = "{title} {year}年第{number}期"
    subject_en: str | None = None
    own_subject: bool = True
    advertisement: bool = False
    unsubscribe: Unsubscribe = Unsubscribe()
    archive: str | None = None
    slug: str = "newsletter"
    file_name: Literal["ascii", "chinese"] = "ascii"
    delivery: Literal["auto", "attach", "link"] = "auto"
    attach_limit: int = 10 * 1024 * 1024
    link: str | None = None
    copies: CopySettings | None = None
    server: Server | None = None
    dkim_domain: str | None = None
    dkim_selector: str | None = None
    imap: Imap | None = None
    rates: Rates = Rates()
    retry: Retry = Retry()
    place: Place = field(default_factory=Place)
    places: FieldPlaces = field(default_factory=FieldPlaces, compare=False)


def read_mail_settings(issue: Path, findings: Findings) -> MailSettings | None:
    """The settings for the issue in the folder ``issue``: its own ``mail.yaml``, else the shared one above it.

    None after any error, all of them reported.
    """
    path = shared_file(issue, FILE_NAME)
    if path is None:
        findings.add(rules.NO_SETTINGS.at(Place(issue.parent / FILE_NAME), name=FILE_NAME))
        return None
    errors = findings.errors
    places = FieldPlaces(path)
    values = read_settings(path, MAIL, findings, lambda node: _without_secrets(places.take(node), path, findings))
    if values is None:
        return None
    settings = _Reading(path, cast(Place, values["place"]), places, findings).settings(values)
    return settings if findings.errors == errors else None


def _without_secrets(node: YamlMapping, path: Path, findings: Findings) -> YamlMapping:
    """``node`` without the keys that name a secret, each reported.

    The finding names the file alone and tells the line in words: with a line as its place the screen would show it.
    """
    entries: list[tuple[object, YamlNode]] = []
    for key, value in node:
        if _SECRET.search(key.text):
            variable = DKIM_KEY if "key" in key.text.lower() or "钥" in key.text else SMTP_PASSWORD
            fields = {"key": key.text[:40], "line": key.place.line, "file": path.name, "variable": variable}
            findings.add(rules.SECRET_IN_FILE.at(Place(path), **fields))
            continue
        entries.append((key, _inner(value, path, findings)))
    return YamlMapping(tuple(entries), node.place)  # type: ignore[arg-type]  # the keys are those of a mapping


def _inner(value: YamlNode, path: Path, findings: Findings) -> YamlNode:
    if isinstance(value, YamlMapping):
        return _without_secrets(value, path, findings)
    if isinstance(value, YamlSequence):
        return YamlSequence(tuple(_inner(item, path, findings) for item in value.items), value.place)
    return value


class _Reading:
    """Values of the right types → settings that make sense together."""

    def __init__(self, path: Path, place: Place, places: FieldPlaces, findings: Findings) -> None:
        self.path, self.place, self.places, self.findings = path, place, places, findings

    def settings(self, values: Mapping[str, object]) -> MailSettings | None:
        """The settings; None when the sender is wrong (the others are reported and left out)."""
        sender = self._mailbox(values.get("from"), "from")
        unsubscribe = self._unsubscribe(_section(values, "unsubscribe"))
        dkim = _section(values, "dkim")
        subject = str(values.get("subject", MailSettings.__dataclass_fields__["subject"].default))
        english = None if values.get("subject_en") is None else str(values["subject_en"])
        self._placeholders("subject", subject, SUBJECT_FIELDS)
        self._placeholders("subject_en", english or "", SUBJECT_FIELDS)
        link = self._web("link", values.get("link"), ("file", "issue"))
        if sender is None:
            return None
        self._check_alignment(sender, dkim)
        return MailSettings(
            sender=sender,
            list_id=str(values.get("list_id") or f"newsletter.{sender.domain}").lower(),
            reply_to=self._mailbox(values.get("reply_to"), "reply_to"),
            return_path=self._return_path(values.get("return_path")),
            subject=subject,
            subject_en=english,
            own_subject=values.get("subject") is not None,
            advertisement=values.get("advertisement") == "yes",
            unsubscribe=unsubscribe,
            archive=self._web("archive", values.get("archive"), ()),
            slug=str(values.get("slug", "newsletter")),
            file_name=cast(Literal["ascii", "chinese"], values.get("file_name", "ascii")),
            delivery=cast(Literal["auto", "attach", "link"], values.get("delivery", "auto")),
            attach_limit=cast(int, values.get("attach_limit", 10)) * 1024 * 1024,
            link=link,
            copies=self._copies(_section(values, "copies")),
            server=self._server(_section(values, "server")),
            dkim_domain=str(dkim["domain"]).lower() if "domain" in dkim else None,
            dkim_selector=str(dkim["selector"]) if "selector" in dkim else None,
            imap=self._imap(_section(values, "imap")),
            rates=Rates(**_known(_section(values, "rates"), Rates)),
            retry=Retry(**_known(_section(values, "retry"), Retry)),
            place=self.place,
            places=self.places,
        )

    def _check_alignment(self, sender: Mailbox, dkim: Mapping[str, object]) -> None:
        """Receivers look for a signature of the sender's domain, or one above it (RFC 7489, 3.1.1)."""
        signing = str(dkim.get("domain", sender.domain)).lower()
        if sender.domain != signing and not sender.domain.endswith(f".{signing}"):
            self.findings.add(UNALIGNED.at(self.places.at("dkim.domain"), signing=signing, sender=sender.domain))

    def _mailbox(self, value: object, key: str) -> Mailbox | None:
        if not isinstance(value, Mapping):
            return None
        address = self._address(str(value.get("address", "")), key)
        return None if address is None else Mailbox(address, str(value.get("name", "")))

    def _address(self, text: str, key: str) -> str | None:
        try:
            return parse_address(text).text
        except AddressError as error:
            fields = {"key": key, "address": text[:80], "reason_zh": error.zh, "reason": error.en}
            self.findings.add(rules.BAD_SENDER.at(self.places.at(key), **fields))
            return None

    def _return_path(self, value: object) -> str | None:
        if value is None:
            return None
        # With an id in place of the marker it has to be an address; 20 letters are what an id has.
        good = self._address(str(value).replace("{id}", "a" * 20), "return_path")
        return None if good is None else good.replace("a" * 20, "{id}")

    def _unsubscribe(self, values: Mapping[str, object]) -> Unsubscribe:
        mailto = values.get("mailto")
        address = None
        if mailto is not None:
            address = self._address(str(mailto).removeprefix("mailto:").partition("?")[0], "unsubscribe.mailto")
        url = self._web("unsubscribe.url", values.get("url"), ("id", "address"))
        if not values.get("mailto") and not values.get("url"):
            self.findings.add(rules.NO_UNSUBSCRIBE.at(self.places.at("unsubscribe")))
        return Unsubscribe(address, url, one_click=values.get("one_click") == "yes" and url is not None)

    def _web(self, key: str, value: object, names: tuple[str, ...]) -> str | None:
        if value is None:
            return None
        text = str(value)
        plain = text.isascii() and text.isprintable() and not set(text) & set(' <>"\\^`|')
        if not plain or not re.match(r"https://[A-Za-z0-9.-]+(:[0-9]+)?([/?]|$)", text):
            self.findings.add(rules.BAD_WEB_ADDRESS.at(self.places.at(key), key=key, value=text[:80]))
            return None
        return text if self._placeholders(key, text, names) else None

    def _placeholders(self, key: str, text: str, names: tuple[str, ...]) -> bool:
        good = True
        for name in placeholders(text):
            if name not in names:
                known = " ".join(f"{{{known}}}" for known in names) or "–"
                self.findings.add(
                    rules.BAD_PLACEHOLDER.at(self.places.at(key), key=key, name=f"{{{name}}}", known=known)
                )
                good = False
        return good

    def _server(self, values: Mapping[str, object]) -> Server | None:
        if "host" not in values:
            return None
        security = cast(Security, values.get("security", "starttls"))
        username = values.get("username")
        host = str(values["host"]).strip("[]")
        if security == "none" and (username is not None or not is_loopback(host)):
            self.findings.add(rules.UNSAFE_SERVER.at(self.places.at("server.security"), host=host))
        return Server(
            host=host,
            port=cast(int, values.get("port", _PORTS[security])),
            security=security,
            username=None if username is None else str(username),
            ca_file=self._ca_file("server", values),
            helo=None if values.get("helo") is None else str(values["helo"]),
            timeout=float(cast(int, values.get("timeout", 60))),
        )

    def _copies(self, section: Mapping[str, object]) -> CopySettings | None:
        """The settings for copies; to a scheduler elsewhere the password goes through TLS or not at all."""
        copies = copy_settings(section)
        address = None if copies is None else copies.scheduler
        if address is not None and not address.startswith("tls://") and not is_loopback(host_of(address)):
            self.findings.add(rules.UNSAFE_SCHEDULER.at(self.places.at("copies.scheduler"), scheduler=address[:80]))
        return copies

    def _ca_file(self, section: str, values: Mapping[str, object]) -> Path | None:
        """The certificate's absolute path; it lies in the folder of mail.yaml."""
        if values.get("ca_file") is None:
            return None
        path = confined(Path(str(values["ca_file"])), self.path.parent)
        if path is None or not path.is_file():
            self.findings.add(FILE_MISSING.at(self.places.at(f"{section}.ca_file"), name=str(values["ca_file"])))
            return None
        return path

    def _imap(self, values: Mapping[str, object]) -> Imap | None:
        if "host" not in values or "username" not in values:
            return None
        return Imap(
            host=str(values["host"]),
            username=str(values["username"]),
            port=cast(int, values.get("port", 993)),
            folder=str(values.get("folder", "INBOX")),
            ca_file=self._ca_file("imap", values),
        )


def placeholders(text: str) -> Iterator[str]:
    """The names in braces in ``text``; a brace that is not paired counts as the name ``{``."""
    try:
        for _, name, spec, conversion in string.Formatter().parse(text):
            if name is not None:
                yield name if not spec and not conversion else f"{name}:{spec}"
    except ValueError:
        yield "{"


def _section(values: Mapping[str, object], key: str) -> Mapping[str, object]:
    section = values.get(key)
    return cast(Mapping[str, object], section) if isinstance(section, Mapping) else {}


def _known(section: Mapping[str, object], kind: type) -> dict[str, Any]:
    """The values of ``section`` that ``kind`` has fields for, of the types that the reader has checked."""
    return {key: value for key, value in section.items() if key in kind.__dataclass_fields__}  # type: ignore[attr-defined]  # a dataclass
