"""From the settings to the PDF that each reader gets: one for all, or a marked copy for everyone."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import mailing_copies as rules
from newsletter_pdf.fonts import load_fonts
from newsletter_pdf.mail.copysettings import CopySettings, MarkKind
from newsletter_pdf.mail.message import Copies, Locking, PersonalCopies, SharedCopy
from newsletter_pdf.mail.recipients import Recipient
from newsletter_pdf.mail.secrets import OPENING_PASSWORD, Secret, demand_secret
from newsletter_pdf.mail.settings import MailSettings
from newsletter_pdf.personal import Face, FaceError, Mark, NotStampableError, Stamper, read_face
from newsletter_pdf.personal.executors import NoExecutorError, open_executor
from newsletter_pdf.project import find_home

FAMILY, WEIGHT = "NL Sans", 400
"""The face that marks are set in."""
OPENING_ENTRY = "opening"
"""The keyring's entry with the password that opens the copies."""
_QUOTED = 5


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """What copies are made of: the finished PDF, its name for readers, and those readers, in order."""

    path: Path
    data: bytes
    file_name: str
    issue: str
    settings: MailSettings
    readers: tuple[Recipient, ...]
    secret: Secret | None = None


CopyMaker = Callable[[CopyPlan, Findings], Copies | None]


def shared_copy(plan: CopyPlan, _findings: Findings) -> Copies:
    """The same PDF for everybody."""
    return SharedCopy(plan.data, plan.file_name)


def reader_copies(plan: CopyPlan, findings: Findings) -> Copies | None:
    """What the settings ask for; None after errors, which are in ``findings``.

    The processes that locking takes are ended with :func:`end_copies`.
    """
    wanted = plan.settings.copies
    if wanted is None:
        return shared_copy(plan, findings)
    errors = findings.errors
    face = None if wanted.mark == "specks" else mark_face(plan.path, findings)
    locking = _locking(plan, wanted, findings) if wanted.lock else None
    try:
        stamper = Stamper(plan.data, face)
    except NotStampableError as error:
        findings.add(rules.NOT_STAMPABLE.at(Place(plan.path), reason_zh=error.zh, reason=str(error)))
        return None
    if findings.errors > errors:
        return None
    if face is not None and wanted.mark != "number":
        _tell_unset(plan, face, findings)

    _tell_same(plan, findings)

    def mark_of(reader: Recipient) -> Mark:
        return make_mark(reader, copy_number(plan.settings.list_id, plan.issue, reader, plan.secret), wanted.mark, face)

    return PersonalCopies(stamper, plan.file_name, mark_of, plan.readers, locking)


def end_copies(copies: Copies) -> None:
    """End what was started for ``copies``."""
    if isinstance(copies, PersonalCopies):
        copies.close()


def copy_number(list_id: str, issue: str, reader: Recipient, secret: Secret | None = None) -> str:
    """The number of a reader's copy: ten hexadecimal digits, another one in every issue.

    It is not the number in links to unsubscribe: who finds a copy shall not be able to do that. With ``secret`` nobody
    can work it out from an address.
    """
    text = f"copy\n{list_id}\n{issue}\n{reader.key}".encode()
    if secret is None:
        return hashlib.sha256(text).hexdigest()[:10].upper()
    return hmac.new(secret.reveal().encode(), text, hashlib.sha256).hexdigest()[:10].upper()


def make_mark(reader: Recipient, number: str, kind: MarkKind, face: Face | None) -> Mark:
    """The mark for a reader; the number stands for a name that is empty or that ``face`` cannot set."""
    if face is None or kind == "specks":
        return Mark("", number)
    name = "" if kind == "number" or not _settable(reader.name, face) else reader.name
    if name and kind == "both":
        return Mark(f"{name} · {number}", number)
    return Mark(name or number, number)


def mark_face(start: Path, findings: Findings) -> Face | None:
    """The face for marks from the font folder of the project that ``start`` belongs to; None and findings without."""
    home = find_home(start)
    fonts = None if home is None else load_fonts(home / "fonts", findings)
    if home is None or fonts is None:
        if home is None:
            findings.add(rules.NO_MARK_FONT.at(font=FAMILY, reason_zh="没有 fonts 文件夹", reason="no folder fonts"))
        return None
    chosen = [face for face in fonts.faces if (face.family, face.weight, face.style) == (FAMILY, WEIGHT, "normal")]
    try:
        if chosen:
            return read_face(home / "fonts" / chosen[0].file, chosen[0].postscript_name)
        zh, en = "manifest.json 里没有它", "it is not in manifest.json"
    except (OSError, FaceError) as error:
        zh = en = str(error)
    findings.add(rules.NO_MARK_FONT.at(Place(home / "fonts"), font=FAMILY, reason_zh=zh, reason=en))
    return None


def _settable(name: str, face: Face) -> bool:
    return name.replace("\u3000", " ").isprintable() and face.has(name)


def _tell_unset(plan: CopyPlan, face: Face, findings: Findings) -> None:
    unset = [reader for reader in plan.readers if not _settable(reader.name, face)]
    if unset:
        names = "、".join(reader.name[:20] for reader in unset[:_QUOTED])
        findings.add(rules.NAMES_NOT_SET.at(unset[0].place, count=len(unset), names=names))


def _tell_same(plan: CopyPlan, findings: Findings) -> None:
    """N846 where two readers have the same number: forty bits are few enough that it may happen."""
    readers: dict[str, list[Recipient]] = {}
    for reader in plan.readers:
        number = copy_number(plan.settings.list_id, plan.issue, reader, plan.secret)
        readers.setdefault(number, []).append(reader)
    same = [reader.address for found in readers.values() if len(found) > 1 for reader in found]
    if same:
        findings.add(rules.SAME_NUMBER.at(names="、".join(same[:_QUOTED])))


def _locking(plan: CopyPlan, wanted: CopySettings, findings: Findings) -> Locking | None:
    place, words = Place(plan.settings.place.file), ("打开 PDF 的密码", "password that opens the PDF")
    password = demand_secret(OPENING_PASSWORD, OPENING_ENTRY, place, findings, *words)
    if password is None:
        return None
    if wanted.executor == "processes":
        return Locking(password, lambda: open_executor("processes", wanted.workers))
    # Whether the cluster is there is asked at once: an answer in the middle of a mailing would come too late.
    try:
        cluster: Executor = open_executor("dask", wanted.workers, wanted.scheduler)
    except NoExecutorError as error:
        findings.add(
            rules.NO_EXECUTOR.at(plan.settings.places.at("copies.executor"), reason_zh=error.zh, reason=str(error))
        )
        return None
    return Locking(password, lambda: cluster, ahead=64)
