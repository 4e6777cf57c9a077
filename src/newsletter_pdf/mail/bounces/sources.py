"""Where the messages that came back lie: an mbox, a Maildir, .eml files, an IMAP folder. All are only read."""

from __future__ import annotations

import email
import email.policy
import imaplib
import mailbox
import ssl
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

from newsletter_pdf.mail.bounces.classify import UNREADABLE
from newsletter_pdf.mail.secrets import Secret, hide
from newsletter_pdf.mail.settings import Imap

_LARGEST = 50 * 1024 * 1024
"""Bytes of a message that is looked at; a bounce may enclose ours."""
_TIMEOUT = 60.0  # seconds


class SourceError(Exception):
    """The messages cannot be read; ``zh`` and ``en`` say why. ``missing`` marks that there is nothing there."""

    def __init__(self, zh: str, en: str, *, missing: bool = False) -> None:
        super().__init__(en)
        self.zh, self.en, self.missing = zh, en, missing


def stored_messages(path: Path) -> Iterator[Message | None]:
    """The messages in an mbox file, a Maildir, an .eml file, or a folder of .eml files; None for one beyond reading.

    Raises SourceError.
    """
    if not path.exists():
        raise SourceError("没有这个文件或文件夹", "there is no such file or folder", missing=True)
    try:
        if path.is_dir():
            yield from _folder(path)
        elif _is_mbox(path):
            box = mailbox.mbox(path, create=False)
            try:
                for key in box.iterkeys():
                    with box.get_file(key) as stream:
                        yield _parsed(stream.read(_LARGEST + 1))
            finally:
                box.close()
        elif path.suffix.lower() in {".eml", ".msg", ""}:
            yield _read(path)
        else:
            raise SourceError("认不出是什么信箱", "it is no kind of mailbox that is known")
    except OSError as error:
        reason = error.strerror or str(error)
        raise SourceError(reason, reason) from None


def _folder(path: Path) -> Iterator[Message | None]:
    if (path / "cur").is_dir() or (path / "new").is_dir():
        files = [file for name in ("new", "cur") for file in sorted((path / name).glob("*")) if file.is_file()]
    else:
        files = sorted(path.glob("*.eml"))
    if not files:
        raise SourceError("里面没有信", "there are no messages in it", missing=True)
    for file in files:
        yield _read(file)


def _read(file: Path) -> Message | None:
    with file.open("rb") as stream:
        return _parsed(stream.read(_LARGEST + 1))


def _is_mbox(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(5) == b"From "


def _parsed(data: bytes) -> Message | None:
    if len(data) > _LARGEST:
        return None
    try:
        return email.message_from_bytes(data, policy=email.policy.compat32)
    except UNREADABLE:
        return None


def imap_messages(settings: Imap, password: Secret, folder: str | None = None) -> Iterator[Message | None]:
    """The messages in an IMAP folder, over TLS, without marking any as read; None for one beyond reading.

    Raises SourceError.
    """
    context = ssl.create_default_context()
    if settings.ca_file is not None:
        context.load_verify_locations(cafile=settings.ca_file)
    try:
        client = imaplib.IMAP4_SSL(settings.host, settings.port, ssl_context=context, timeout=_TIMEOUT)
        try:
            _login(client, settings, password)
            yield from _fetched(client, folder or settings.folder)
        finally:
            client.shutdown()
    except (imaplib.IMAP4.error, OSError) as error:
        reason = hide(str(error), password)
        raise SourceError(f"{settings.host} 连不上，或中途断了（{reason}）", f"{settings.host}: {reason}") from None


def _login(client: imaplib.IMAP4, settings: Imap, password: Secret) -> None:
    try:
        client.login(settings.username, password.reveal())
    except imaplib.IMAP4.abort:  # the line went
        raise
    except imaplib.IMAP4.error as error:
        reason = hide(str(error), password)
        zh, en = "服务器不接受用户名或密码", "the server refuses username or password"
        raise SourceError(f"{settings.host} {zh}（{reason}）", f"{settings.host}: {en} ({reason})") from None
    except UnicodeEncodeError:  # LOGIN takes ASCII alone (RFC 3501, 6.2.3)
        zh, en = "用户名或密码里有英文以外的字", "username or password have other characters than ASCII"
        raise SourceError(f"{settings.host}：{zh}", f"{settings.host}: {en}") from None


def _fetched(client: imaplib.IMAP4, folder: str) -> Iterator[Message | None]:
    quoted = _folder_name(folder)
    status, _ = client.select(quoted, readonly=True)
    if status != "OK":
        raise SourceError(f"没有文件夹 {folder}", f"there is no folder {folder}", missing=True)
    _, found = client.uid("SEARCH", "UNDELETED")
    for uid in (found[0] or b"").split():
        _, data = client.uid("FETCH", uid.decode("ascii"), "(BODY.PEEK[])")
        for item in data:
            if isinstance(item, tuple):
                yield _parsed(item[1])


def _folder_name(name: str) -> str:
    """The name as IMAP has it: modified UTF-7 (RFC 3501, 5.1.3) in quotation marks."""
    out, wide = "", ""

    def coded(text: str) -> str:
        import base64

        return "&" + base64.b64encode(text.encode("utf-16-be")).decode().rstrip("=").replace("/", ",") + "-"

    for character in name:
        if 0x20 <= ord(character) <= 0x7E:
            out += (coded(wide) if wide else "") + ("&-" if character == "&" else character)
            wide = ""
        else:
            wide += character
    out += coded(wide) if wide else ""
    escaped = out.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
