"""``suppressed.csv``: addresses that get nothing, kept apart so that a new list of readers does not bring them back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.files import write_atomic
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import mailing_lists as rules
from newsletter_pdf.mail.addresses import same_key, unformula
from newsletter_pdf.mail.recipients import columns
from newsletter_pdf.mail.recipients.table import read_table, table_bytes

FILE_NAME = "suppressed.csv"
_HEADER = ("邮箱", "原因", "日期", "来源")


@dataclass(frozen=True, slots=True)
class Suppressed:
    """One entry: the address, why and since when, and what it was learnt from."""

    address: str
    reason: str
    date: str = ""
    source: str = ""

    @property
    def key(self) -> str:
        """Equal for equal mailboxes."""
        return same_key(self.address)


def suppressed_file(issue: Path) -> Path:
    """Where the list of an issue lies: beside the list of readers, shared by the issues."""
    return issue.resolve().parent / FILE_NAME


def read_suppressed(path: Path, findings: Findings) -> dict[str, Suppressed] | None:
    """The entries by key, empty without the file; None when it cannot be read, as nobody may then be written to."""
    if not path.exists():
        return {}
    rows = read_table(path, findings)
    if rows is None:
        return None
    names = [columns.column(cell) for cell in rows[0].cells]
    start = 1
    if "address" not in names:
        if "@" not in "".join(rows[0].cells).replace("＠", "@"):
            found = "、".join(cell.strip()[:20] for cell in rows[0].cells[:8])
            findings.add(rules.NO_ADDRESS_COLUMN.at(Place(path, rows[0].line), found=found))
            return None
        names, start = ["address", "reason", "date", "source"], 0
    entries: dict[str, Suppressed] = {}
    for row in rows[start:]:
        fields = {name: unformula(cell) for name, cell in zip(names, row.cells, strict=False) if name is not None}
        entry = Suppressed(
            fields.get("address", ""), fields.get("reason", ""), fields.get("date", ""), fields.get("source", "")
        )
        if "@" not in entry.key:
            text = {"reason_zh": "没有地址", "reason": "there is no address in it"}
            findings.add(rules.LIST_ROW.at(Place(path, row.line), **text))
            continue
        entries.setdefault(entry.key, entry)
    return entries


def write_suppressed(path: Path, entries: Iterable[Suppressed]) -> None:
    """Replace the file by ``entries``, whole or not at all. Raises OSError."""
    write_atomic(path, table_bytes(_HEADER, ((e.address, e.reason, e.date, e.source) for e in entries)))


def today() -> str:
    """The day for a new entry, as the people here count it."""
    return dt.datetime.now().astimezone().date().isoformat()
