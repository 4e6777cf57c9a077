"""``suppressed.csv``: addresses that get nothing, kept apart so that a new list of readers does not bring them back."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.files import write_atomic
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import mailing_lists as rules
from newsletter_pdf.mail.addresses import AddressError, parse_address, same_key, unformula
from newsletter_pdf.mail.recipients import columns
from newsletter_pdf.mail.recipients.reading import shown
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
    """The entries by key, empty without the file; None when it cannot be read, as nobody may then be written to.

    That goes for a single line, too: of whoever it was meant to name nobody knows.
    """
    errors = findings.errors
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
        try:
            key = parse_address(entry.address).key
        except AddressError as error:
            text = {"text": shown(entry.address, 80), "reason_zh": error.zh, "reason": error.en}
            findings.add(rules.BAD_SUPPRESSED.at(Place(path, row.line), **text))
            continue
        entries.setdefault(key, entry)
    return entries if findings.errors == errors else None


class SuppressedChangedError(Exception):
    """The list was changed and cannot be read now."""


class SuppressedWatch:
    """The list while a run goes on: read again whenever the file has changed. Thread-safe."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, ...] | None = None
        self._keys: frozenset[str] = frozenset()

    def has(self, key: str) -> bool:
        """Whether ``key`` is on the list now. Raises SuppressedChangedError."""
        with self._lock:
            seen = self._look()
            if seen != self._seen:
                entries = read_suppressed(self._path, Findings())
                if entries is None:
                    raise SuppressedChangedError
                # Who was on the list stays out of this run, also when the file is moved away under it.
                self._keys, self._seen = self._keys | frozenset(entries), seen
            return key in self._keys

    def _look(self) -> tuple[int, ...]:
        try:
            found = self._path.stat()
        except OSError:
            return ()
        return found.st_mtime_ns, found.st_size, found.st_ino


def write_suppressed(path: Path, entries: Iterable[Suppressed]) -> None:
    """Replace the file by ``entries``, whole or not at all. Raises OSError."""
    write_atomic(path, table_bytes(_HEADER, ((e.address, e.reason, e.date, e.source) for e in entries)))


def today() -> str:
    """The day for a new entry, as the people here count it."""
    return dt.datetime.now().astimezone().date().isoformat()
