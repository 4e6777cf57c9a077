"""Putting a PDF in its place, and only a good one.

The candidate is written beside the old file, proved there, and then renamed: over the old one when it is good, to
``*.rejected.pdf`` when it is not. A process killed at any moment leaves the old PDF whole.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

from newsletter_pdf.files import write_atomic

KEPT = "approved"
"""The folder beside the PDF in which the approved one is kept, as the next build may replace the PDF."""
_SUFFIX = ".candidate.pdf"
_STALE = 3600.0  # seconds after which a candidate cannot belong to a build that is still running


class Candidate:
    """A PDF waiting for its proof, for the final path ``target``."""

    def __init__(self, target: Path, data: bytes) -> None:
        """Write ``data`` beside ``target``, whose folder is made when it is missing. Raises OSError."""
        self.target = target
        target.parent.mkdir(parents=True, exist_ok=True)
        _sweep(target)
        self.path = target.with_name(f".{target.stem}-{os.getpid()}{_SUFFIX}")
        write_atomic(self.path, data)

    @property
    def rejected_path(self) -> Path:
        """Where a PDF that failed the proof is kept."""
        return self.target.with_name(f"{self.target.stem}.rejected.pdf")

    def accept(self) -> Path:
        """Put the candidate in place of the old PDF; a rejected one of an earlier run is removed."""
        self.path.replace(self.target)
        _flush(self.target.parent)
        self.rejected_path.unlink(missing_ok=True)
        return self.target

    def reject(self) -> Path:
        """Keep the candidate as ``*.rejected.pdf``; the old PDF stays as it is."""
        self.path.replace(self.rejected_path)
        return self.rejected_path

    def discard(self) -> None:
        """Remove the candidate when neither happened."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


def _sweep(target: Path) -> None:
    """Remove candidates that a killed build left behind."""
    for path in target.parent.glob(f".{target.stem}-*{_SUFFIX}"):
        with contextlib.suppress(OSError):
            if time.time() - path.stat().st_mtime > _STALE:
                path.unlink()


def _flush(folder: Path) -> None:
    """Make the renaming itself durable, where the system can."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
