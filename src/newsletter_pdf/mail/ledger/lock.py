"""One sender at a time: a lock that the system takes back by itself when its holder dies."""

from __future__ import annotations

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from pathlib import Path


class LedgerBusyError(Exception):
    """Another sender holds the lock; ``holder`` says which, as far as it told."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


@contextlib.contextmanager
def alone(ledger: Path) -> Iterator[None]:
    """Hold the lock of the ledger at ``ledger`` while the block runs.

    The lock file beside it stays there; what counts is the system's lock on it. Raises LedgerBusyError when another
    process holds it, and OSError where locks are not to be had (some network drives): nothing is sent from there.
    """
    path = ledger.with_name(f"{ledger.name}.lock")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        if not _lock(descriptor):
            raise LedgerBusyError(_holder(descriptor))
        with contextlib.suppress(OSError, AttributeError):  # a full disk, Windows: the lock holds without the words
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, _myself().encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int) -> bool:
    try:
        import fcntl
    except ImportError:
        return _lock_windows(descriptor)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock_windows(descriptor: int) -> bool:
    import importlib

    msvcrt = importlib.import_module("msvcrt")
    try:
        # A byte far behind the text, as a locked one cannot be read by others.
        os.lseek(descriptor, 1 << 20, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True


def _myself() -> str:
    return f"{socket.gethostname()} · {os.getpid()} · {time.strftime('%Y-%m-%d %H:%M:%S %z')}"


def _holder(descriptor: int) -> str:
    try:
        text = os.pread(descriptor, 300, 0).decode("utf-8", errors="replace")
    except (OSError, AttributeError):
        text = ""
    return " ".join(text.split()) or "?"
