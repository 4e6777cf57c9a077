"""Putting a PDF in its place, and only a good one, together with the files that tell of it.

The candidate is written beside the old file and proved there. The files that tell of it (report, manifest) are written
beside theirs. When all are complete and on disk they are renamed in a row, the PDF last: over the old one when it is
good, to ``*.rejected.pdf`` when it is not. A process killed at any moment leaves the old PDF whole, and whatever fails,
fails before the PDF is replaced. From the candidate to the last renaming the folder belongs to one build alone.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from newsletter_pdf.files import STAGED_SUFFIX, Staged, locked, stage, sync_folder, write_atomic

KEPT = "approved"
"""The folder beside the PDF in which the approved one is kept, as the next build may replace the PDF."""
PATIENCE = 120.0
"""Seconds that a build waits for another one to leave the output folder: some ten times what proof and report take."""
_SUFFIX = ".candidate.pdf"
_STALE = (
    3600.0  # seconds after which a leftover cannot belong to a build that is still running, where locks are unknown
)
_LEFTOVER = re.compile(
    rf"\..+{re.escape(_SUFFIX)}|\.(?:.+{re.escape(_SUFFIX)}|.+\.pdf|report\.json|report\.html|manifest\.json)"
    rf"\.[^.]+{re.escape(STAGED_SUFFIX)}"
)
_INTERRUPTS = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


@contextlib.contextmanager
def alone(folder: Path, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Have the output folder, made when it is missing, for this build alone; what killed builds left is removed.

    ``waiting`` is called once when another build has to be waited for. Raises :class:`~newsletter_pdf.files.BusyError`
    when it takes longer than ``PATIENCE``, other OSErrors when the folder cannot be made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with locked(folder, PATIENCE, waiting) as held:
        for place in (folder, folder / KEPT):
            _sweep(place, 0.0 if held else _STALE)
        try:
            yield
        finally:
            if held:  # an interruption may come between the writing of a file and the taking note of it
                _sweep(folder, 0.0)


class Candidate:
    """A PDF waiting for its proof, for the final path ``target``."""

    def __init__(self, target: Path, data: bytes) -> None:
        """Write ``data`` beside ``target``, whose folder is made when it is missing. Raises OSError."""
        self.target = target
        self._beside: list[Staged] = []
        target.parent.mkdir(parents=True, exist_ok=True)
        self.path = target.with_name(f".{target.stem[:60]}-{os.getpid()}{_SUFFIX}")
        write_atomic(self.path, data)

    @property
    def rejected_path(self) -> Path:
        """Where a PDF that failed the proof is kept."""
        return self.target.with_name(f"{self.target.stem}.rejected.pdf")

    def add(self, name: str, data: bytes) -> Path:
        """Write a file that goes into its place together with the PDF; returns that place. Raises OSError."""
        path = self.target.with_name(name)
        self._beside.append(stage(path, data))
        return path

    def accept(self) -> Path:
        """Put the candidate in place of the old PDF; a rejected one of an earlier run is removed.

        Raises OSError when something could not be put in its place: the old PDF is there then, unchanged.
        """
        self._put(self.target)
        with contextlib.suppress(OSError):  # the new PDF is there, and that is what counts
            self.rejected_path.unlink(missing_ok=True)
        return self.target

    def reject(self) -> Path:
        """Keep the candidate as ``*.rejected.pdf``; the old PDF stays as it is. Raises OSError."""
        self._put(self.rejected_path)
        return self.rejected_path

    def discard(self) -> None:
        """Remove the candidate, and what was to go with it, when neither happened."""
        Staged(self.path, self.target).discard()
        for staged in self._beside:
            staged.discard()

    def _put(self, place: Path) -> None:
        row = [*self._beside, Staged(self.path, place)]
        for staged in row:
            # The one obstacle that is known before anything is renamed.
            if staged.target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(staged.target))
        for staged in row:
            staged.put()
        sync_folder(self.target.parent)


@contextlib.contextmanager
def undisturbed() -> Iterator[None]:
    """Let nobody interrupt (Ctrl-C, SIGTERM, SIGHUP) what is done inside; interruptions come right after it.

    Only the main thread is interrupted at all; in another this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    pending: list[int] = []

    def remember(number: int, _frame: FrameType | None) -> None:
        pending.append(number)

    before = {number: signal.getsignal(number) for number in _INTERRUPTS}
    try:
        for number, handler in before.items():
            if handler is not None:  # one that Python did not set, and could not set again
                signal.signal(number, remember)
        yield
    finally:
        for number, handler in before.items():
            if handler is not None:
                signal.signal(number, handler)
    for number in pending:
        signal.raise_signal(number)


def _sweep(folder: Path, age: float) -> None:
    """Remove what a killed build left behind, when it is older than ``age`` seconds."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if _LEFTOVER.fullmatch(path.name) and time.time() - path.lstat().st_mtime >= age:
                with contextlib.suppress(OSError):
                    path.unlink()


def output_folder(folder: Path) -> Path:
    """Where output goes: ``build/<issue>/`` beside the ``content/`` that it lies in, else in the current folder."""
    parent = folder.resolve().parent
    base = parent.parent if parent.name == "content" else Path.cwd()
    return base / "build" / folder.resolve().name
