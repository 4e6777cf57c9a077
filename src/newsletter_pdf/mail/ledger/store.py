"""The ledger's file: its tables, opening it with all that makes it safe, and room kept for the last answers.

WAL with ``synchronous=FULL``: a transaction that was committed survives a loss of power, and one that was not leaves
no trace. A second process may read meanwhile.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from pathlib import Path

from newsletter_pdf.files import sync_folder

VERSION = 1
_RESERVE = 256 * 1024
"""Bytes of a file that is given up when the disk is full, so that answers on their way can still be recorded."""
_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE readers (
    number INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    address TEXT NOT NULL,
    name TEXT NOT NULL DEFAULT '',
    groups TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT 'zh',
    state TEXT NOT NULL CHECK (state IN
        ('pending', 'sending', 'sent', 'deferred', 'failed', 'uncertain', 'suppressed')),
    step TEXT NOT NULL DEFAULT '' CHECK (step IN ('', 'claimed', 'final')),
    attempts INTEGER NOT NULL DEFAULT 0,
    retried INTEGER NOT NULL DEFAULT 0,
    not_before REAL NOT NULL DEFAULT 0,
    code INTEGER,
    reply TEXT NOT NULL DEFAULT '',
    message_id TEXT NOT NULL DEFAULT '',
    pdf TEXT NOT NULL DEFAULT '',
    at REAL NOT NULL
);
CREATE INDEX readers_by_state ON readers (state);
-- What happened, in the order of seq; the clock may go back, seq does not.
CREATE TABLE events (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    number INTEGER NOT NULL REFERENCES readers (number),
    state TEXT NOT NULL,
    code INTEGER,
    reply TEXT NOT NULL DEFAULT '',
    at REAL NOT NULL
);
CREATE INDEX events_by_reader ON events (number);
"""


class StoreError(Exception):
    """The file is no ledger that can be used; ``zh`` and ``en`` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


def connect(path: Path, issue: str, *, create: bool) -> sqlite3.Connection:
    """Open the ledger of ``issue``; with ``create`` make it when it is missing, else open it for reading alone.

    Raises StoreError for a file that is damaged, of a newer version, or another issue's, and sqlite3.Error or OSError
    when the disk does not do its part.
    """
    if create and not path.exists():
        _make(path, issue)
    mode = "rw" if create else "ro"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False, timeout=10.0
    )
    try:
        if create:
            _make_durable(connection)
        _check(connection, issue)
    except sqlite3.DatabaseError as error:
        connection.close()
        if isinstance(error, sqlite3.OperationalError):
            raise
        raise StoreError("文件坏了", f"the file is damaged ({error})") from None
    except StoreError:
        connection.close()
        raise
    return connection


def _make_durable(connection: sqlite3.Connection) -> None:
    """What is committed shall survive a loss of power."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    if sys.platform == "darwin":
        # There fsync leaves the data in the drive's own memory.
        connection.execute("PRAGMA fullfsync = ON")


def _make(path: Path, issue: str) -> None:
    """Make the file under another name and rename it: no ledger without its tables is ever seen."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    temporary.unlink(missing_ok=True)
    try:
        connection = sqlite3.connect(temporary, isolation_level=None)
        with contextlib.closing(connection):
            connection.execute("PRAGMA synchronous = FULL")
            connection.executescript(_SCHEMA)
            rows = (("version", str(VERSION)), ("issue", issue))
            connection.executemany("INSERT INTO meta VALUES (?, ?)", rows)
        temporary.chmod(0o600)
        # link, unlike rename, never replaces a ledger that another process has just made.
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass
        except OSError:
            # A disk without hard links. The lock that the caller holds keeps others out.
            if not path.exists():
                temporary.rename(path)
    finally:
        temporary.unlink(missing_ok=True)
        temporary.with_name(f"{temporary.name}-journal").unlink(missing_ok=True)
    sync_folder(path.parent)


def _check(connection: sqlite3.Connection, issue: str) -> None:
    answer = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if answer != "ok":
        raise StoreError("文件坏了", f"the file is damaged ({answer})")
    meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    if meta.get("version") != str(VERSION):
        raise StoreError("它是另一个版本写的", "another version of this program wrote it")
    if meta.get("issue") != issue:
        raise StoreError(f"它是 {meta.get('issue')} 这一期的", f"it is that of the issue {meta.get('issue')}")


class Reserve:
    """Some room on the disk, held by a file of random bytes beside the ledger and given up when it is needed."""

    def __init__(self, ledger: Path) -> None:
        self._path = ledger.with_name(f"{ledger.name}.reserve")

    def take(self) -> None:
        """Hold the room. Raises OSError when it is not there."""
        if self._path.exists() and self._path.stat().st_size >= _RESERVE:
            return
        with self._path.open("wb") as stream:
            # Random, so that no file system stores it in less.
            stream.write(os.urandom(_RESERVE))
            stream.flush()
            os.fsync(stream.fileno())

    def give_up(self) -> bool:
        """Give the room back to the disk; True when there was any."""
        try:
            self._path.unlink()
        except OSError:
            return False
        return True
