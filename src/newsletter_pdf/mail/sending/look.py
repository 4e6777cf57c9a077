"""The package to look at before anyone gets it: ``mail.html``, ``mail.txt``, one ``.eml`` a language, ``mail.json``."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from pathlib import Path

from newsletter_pdf.files import write_atomic
from newsletter_pdf.mail.message import Letter, LetterText, PersonalCopies
from newsletter_pdf.mail.recipients import Recipient
from newsletter_pdf.mail.sending.prepare import Prepared

FOLDER = "mail"
COPY = "copy.pdf"
"""The first reader's own copy, where readers have one."""


def write_look(prepared: Prepared, folder: Path, *, every: bool = False) -> list[Path]:
    """Write what the readers will see into ``folder``; returns the paths, ``mail.html`` first.

    One message for each language on the list, to its first reader; with ``every`` one for each reader. Each file is
    replaced whole; what an earlier look left there is removed. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in (*folder.glob("*.eml"), *folder.glob("mail-*.html"), *folder.glob("mail-*.txt")):
        old.unlink()
    samples = {reader.language: reader for reader in reversed(prepared.readers)}
    paths = []
    for language, reader in sorted(samples.items(), reverse=True):
        suffix = "" if language == "zh" else f"-{language}"
        letter = letter_for(prepared, reader)
        for name, text in ((f"mail{suffix}.html", _standalone(letter)), (f"mail{suffix}.txt", letter.text)):
            write_atomic(folder / name, text.encode("utf-8", errors="backslashreplace"))
            paths.append(folder / name)
        path = folder / f"mail{suffix}.eml"
        write_atomic(path, prepared.packer.package(reader).as_bytes())
        paths.append(path)
    own = prepared.packer.copies
    (folder / COPY).unlink(missing_ok=True)
    if isinstance(own, PersonalCopies) and prepared.readers:
        write_atomic(folder / COPY, own.copy(prepared.readers[0]))
        paths.append(folder / COPY)
    if every:
        for number, reader in enumerate(prepared.readers, start=1):
            path = folder / f"{number:06d}.eml"
            write_atomic(path, prepared.packer.package(reader).as_bytes())
            paths.append(path)
    summary = folder / "mail.json"
    write_atomic(summary, (json.dumps(summary_of(prepared), ensure_ascii=False, indent=2) + "\n").encode())
    return [*paths, summary]


def letter_for(prepared: Prepared, reader: Recipient) -> LetterText:
    """The letter that ``reader`` gets."""
    letter: Letter = prepared.packer.letter
    known = prepared.packer.delivery
    ways = prepared.packer.ways_out(reader)
    return letter.for_reader(reader, replace(known, unsubscribe=next(iter(ways), None)))


def summary_of(prepared: Prepared) -> dict[str, object]:
    """The facts of the mailing, for people and programs."""
    delivery, approval = prepared.packer.delivery, prepared.approval
    size = prepared.packer.package(prepared.readers[0]).size if prepared.readers else 0
    return {
        "issue": prepared.issue.name,
        "subject": prepared.packer.subject,
        "from": prepared.settings.sender.address,
        "readers": len(prepared.readers),
        "group": prepared.group,
        "left_out": prepared.listed.left_out,
        "suppressed": len(prepared.suppressed),
        "pdf": delivery.file_name,
        "sha256": prepared.pdf.sha256,
        "pages": prepared.pdf.pages,
        "delivery": "attach" if delivery.attached else "link",
        "link": delivery.url,
        "personal": delivery.personal,
        "locked": delivery.locked,
        "message_size": size,
        "approved_by": None if approval is None else approval.by,
        "approved_at": None if approval is None else approval.when,
    }


def _standalone(letter: LetterText) -> str:
    """The HTML with its pictures in itself, so that a browser shows it."""
    page = letter.html
    for picture in letter.pictures:
        data = base64.b64encode(picture.data).decode()
        page = re.sub(rf"cid:{re.escape(picture.name)}(?=[\"')])", f"data:image/{picture.kind};base64,{data}", page)
    return page
