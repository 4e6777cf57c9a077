"""One message that came back → what it says of whom. Nothing in it is believed that was not asked for.

Anybody can write a message that looks like a bounce, so a notice names addresses and ids only; whether we ever wrote to
them is checked by :mod:`.apply`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from enum import StrEnum

from newsletter_pdf.mail.addresses import same_key

UNREADABLE = (ValueError, LookupError, MessageError, RecursionError)
"""What the standard library raises for messages that are broken in one of the ways in which they can be."""

_LONGEST_TEXT = 200_000
"""Characters of a message's text that are looked at."""
_LONGEST_HEADER = 2000  # characters
# These are no charsets of letters, and some take a time that grows with the square of the length.
_NO_CHARSETS = {"idna", "punycode", "undefined", "unicode_escape", "raw-unicode-escape"}
_ADDRESS = re.compile(r"[A-Za-z0-9._%+=/~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_SMTP = re.compile(r"\b(55[0-4]|45[0-2]|421)[ -]")
_FROM_SYSTEM = re.compile(r"mailer-?daemon|postmaster|mail delivery|system administrator|邮件系统|系统退信|退信", re.I)
_BOUNCE_SUBJECT = re.compile(
    r"undeliver|delivery (status|failure|report|has failed|incomplete)|failure notice|returned mail|mail delivery fail|"
    r"could not be delivered|退信|投递失败|发送失败|无法投递|未送达",
    re.I,
)
_NOBODY = re.compile(
    r"user unknown|unknown user|no such (user|mailbox|recipient|address)|does not exist|doesn'?t exist|user not found|"
    r"recipient (not found|unknown|rejected)|invalid (recipient|mailbox)|mailbox (unavailable|not found)|"
    r"account (is )?(disabled|inactive|suspended)|address rejected|"
    r"不存在|无此用户|用户未找到|收件人地址有误|已停用|已注销",
    re.I,
)
_FULL = re.compile(r"(mailbox|quota|storage).{0,30}(full|exceed)|over ?quota|邮箱已满|容量|空间不足", re.I)
_LEAVE = re.compile(
    r"[\s“”\"「」]*(?:请|我要|申请|please\s)?\s*(?:unsubscribe|unsub|remove me|退订|取消订阅|不再接收|td|tuiding)"
    r"[\s:：，,!！.。~“”\"「」]*(?P<id>[0-9a-f]{20})?(?:谢谢|thanks|thank you|please)?[\s!！.。~]*",
    re.I,
)
"""A wish to leave, and nothing else."""
_PERHAPS = re.compile(r"\b(?:unsubscribe|remove me|td)\b|退订|取消订阅|不再接收", re.I)
_OWN = re.compile(r"below this line|original message|copy of (?:the|your) message|原始邮件|原邮件", re.I)
"""In a line of dashes: what follows is our own message."""
_ID = re.compile(r"[0-9a-f]{20}")
_MESSAGE_ID = re.compile(r"<[0-9a-f]{32}@[^<>\s]{1,253}>")


class Kind(StrEnum):
    """What a message is: ``gone`` addresses do not exist, ``soft`` ones may work next time."""

    GONE = "gone"
    SOFT = "soft"
    COMPLAINT = "complaint"
    UNSUBSCRIBE = "unsubscribe"


@dataclass(frozen=True, slots=True)
class Notice:
    """What one message says: of the mailboxes with ``keys``, readers' numbers ``ids``, Message-IDs ``messages``.

    It is not ``sure`` when the words may mean something else.
    """

    kind: Kind
    keys: tuple[str, ...]
    reason: str
    ids: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    sure: bool = True


def read_notice(message: Message) -> Iterator[Notice]:
    """What ``message`` says; nothing for a message that is no bounce, complaint or unsubscription.

    Raises what is in UNREADABLE for some that are broken.
    """
    report = _report_type(message)
    if report == "delivery-status":
        yield from _dsn(message)
    elif report == "feedback-report":
        yield from _complaint(message)
    elif _looks_bounced(message):
        yield from _free_form(message)
    elif (leaving := _leaving(message)) is not None:
        yield leaving


def _report_type(message: Message) -> str:
    if message.get_content_type() != "multipart/report":
        # Some systems forget the type of the whole; the part tells.
        kinds = {part.get_content_type() for part in message.walk()} if message.is_multipart() else set()
        return "delivery-status" if "message/delivery-status" in kinds else ""
    return str(message.get_param("report-type") or "delivery-status").lower()


def _dsn(message: Message) -> Iterator[Notice]:
    """RFC 3464: one notice for each recipient that the report speaks of as failed or delayed for good."""
    ids, messages = _marks(message)
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status" or not isinstance(part.get_payload(), list):
            continue
        for block in part.get_payload():
            if not isinstance(block, Message):
                continue
            named = [_typed(block.get(name)) for name in ("Original-Recipient", "Final-Recipient")]
            if not any(named):
                continue
            action = str(block.get("Action", "")).strip().lower()
            if action not in {"failed", ""}:
                continue  # delayed, delivered, relayed, expanded
            status = str(block.get("Status", "")).strip()
            said = " ".join(str(block.get("Diagnostic-Code", "")).split())[:200]
            keys = tuple(dict.fromkeys(same_key(text) for text in named if text))
            yield Notice(_weight(status, said), keys, f"{status} {said}".strip(), ids, messages)


def _typed(value: object) -> str:
    """The address in ``rfc822; somebody@example.org``."""
    return str(value or "").partition(";")[2].strip(" <>") if ";" in str(value or "") else str(value or "").strip(" <>")


def _weight(status: str, said: str) -> Kind:
    """Whether the address is gone: by the status (RFC 3463), where that is vague by the words."""
    found = _STATUS.search(status) or _STATUS.search(said)
    if found is not None:
        group = (found[1], found[2], found[3])
        if group[0] != "5":
            return Kind.SOFT
        if group[1] == "1" or group[1:] == ("2", "1"):
            # 5.1.8 is about the sender's address.
            return Kind.SOFT if group[2] in {"7", "8"} and group[1] == "1" else Kind.GONE
        if group[1] != "0" and not (group[1] in {"5", "7", "4"} and _NOBODY.search(said)):
            return Kind.SOFT
    if _FULL.search(said):
        return Kind.SOFT
    return Kind.GONE if _NOBODY.search(said) else Kind.SOFT


def _complaint(message: Message) -> Iterator[Notice]:
    """RFC 5965: somebody pressed the button for junk; that is a wish to leave."""
    ids, messages = _marks(message)
    for part in message.walk():
        if part.get_content_type() != "message/feedback-report":
            continue
        payload = part.get_payload()
        fields = payload[0] if isinstance(payload, list) and payload else part
        if not isinstance(fields, Message):
            continue
        body = _text(fields)
        kind = re.search(r"^Feedback-Type:\s*(\S+)", body, re.I | re.M)
        feedback = str(fields.get("Feedback-Type") or (kind[1] if kind else "")).strip().lower()
        if feedback not in {"abuse", "opt-out", "fraud"}:
            continue
        named = [str(value) for value in fields.get_all("Original-Rcpt-To", [])]
        named += re.findall(r"^Original-Rcpt-To:\s*(\S+)", body, re.I | re.M)
        keys = tuple(dict.fromkeys(same_key(_typed(text)) for text in named))
        yield Notice(Kind.COMPLAINT, keys, "complaint", ids, messages)


def _looks_bounced(message: Message) -> bool:
    if message.get("X-Failed-Recipients"):
        return True
    subject = _header(message, "Subject")
    empty = str(message.get("Return-Path", "")).strip() == "<>"
    return bool(_BOUNCE_SUBJECT.search(subject)) and (empty or bool(_FROM_SYSTEM.search(_header(message, "From"))))


def _free_form(message: Message) -> Iterator[Notice]:
    """Bounces in words (qmail, Exim, Chinese providers): addresses with what is said of them."""
    ids, messages = _marks(message)
    text = "\n".join(_texts(message))[:_LONGEST_TEXT]
    # What follows is our own message, in which every address may stand.
    said = _before_own(text)
    named = [part.strip() for part in str(message.get("X-Failed-Recipients", "")).split(",") if "@" in part]
    found = named or list(dict.fromkeys(_ADDRESS.findall(said)))
    status = _STATUS.search(said)
    words = " ".join(said.split())
    kind = _weight(status[0] if status else "", words[:4000])
    code = _SMTP.search(said)
    reason = " ".join(filter(None, (code[1] if code else "", status[0] if status else "")))
    keys = tuple(dict.fromkeys(same_key(address) for address in found))
    if keys or ids or messages:
        yield Notice(kind, keys, reason or "bounced", ids, messages, sure=bool(named) or len(keys) == 1)


def _leaving(message: Message) -> Notice | None:
    """A message whose subject, or first line, asks to be left out. Answers of machines are none."""
    automatic = str(message.get("Auto-Submitted", "no")).strip().lower()
    if not automatic.startswith("no") or str(message.get("Precedence", "")).lower() in {"auto_reply", "bulk", "junk"}:
        return None
    subject = _header(message, "Subject")
    first = next((line.strip() for text in _texts(message) for line in text.splitlines() if line.strip()), "")
    match = _LEAVE.fullmatch(subject) or _LEAVE.fullmatch(first[:_LONGEST_HEADER])
    if match is None:
        answers = subject.lower().startswith(("re:", "回复", "答复"))
        short = first if len(first) <= 40 and not first.startswith(">") else ""
        if not _PERHAPS.search(short if answers else f"{subject} {short}"):
            return None
    key = same_key(parseaddr(str(message.get("From", ""))[:_LONGEST_HEADER])[1])
    ids = (match["id"].lower(),) if match is not None and match["id"] else ()
    return Notice(Kind.UNSUBSCRIBE, (key,) if "@" in key else (), "unsubscribe", ids, sure=match is not None)


def _before_own(text: str) -> str:
    """``text`` up to the line of dashes after which our own message is quoted."""
    lines = []
    for line in text.splitlines(keepends=True):
        if line.startswith("--") and _OWN.search(line):
            break
        lines.append(line)
    return "".join(lines)


def _marks(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Our own marks in a bounce: the number in the address it came to, the Message-IDs in it."""
    to = " ".join(str(message.get(name, "")) for name in ("To", "Delivered-To", "X-Original-To"))
    text = "\n".join(_texts(message, inner=True))[:_LONGEST_TEXT]
    return tuple(dict.fromkeys(_ID.findall(to))), tuple(dict.fromkeys(_MESSAGE_ID.findall(text)))


def _texts(message: Message, *, inner: bool = False) -> Iterator[str]:
    """The texts of ``message``; with ``inner`` also the headers of messages enclosed."""
    for part in message.walk():
        if inner and part is not message and part.get("Message-ID"):
            yield f"Message-ID: {part['Message-ID']}"
        if part.get_content_maintype() == "text":
            text = _text(part)
            yield re.sub(r"<[^<>@]*>", " ", text) if part.get_content_subtype() == "html" else text


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    payload = payload[: 4 * _LONGEST_TEXT]
    try:
        charset = codecs.lookup(part.get_content_charset() or "utf-8").name
        if charset not in _NO_CHARSETS:
            return payload.decode(charset, errors="replace")[:_LONGEST_TEXT]
    except (LookupError, ValueError):
        pass
    return payload.decode("utf-8", errors="replace")[:_LONGEST_TEXT]


def _header(message: Message, name: str) -> str:
    """The text of a header, decoded; raw octets beyond ASCII, which no header may hold and many do, too."""
    raw = next((str(value) for key, value in message.raw_items() if key.lower() == name.lower()), "")
    octets = raw[:_LONGEST_HEADER].encode("utf-8", errors="surrogateescape")
    for codec in ("utf-8", "gb18030"):
        try:
            return _decoded(" ".join(octets.decode(codec).split()))
        except UnicodeDecodeError:
            continue
    return _decoded(octets.decode("utf-8", errors="replace"))


def _decoded(text: str) -> str:
    try:
        return str(make_header(decode_header(text)))
    except UNREADABLE:
        return text
