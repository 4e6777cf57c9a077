"""Faults of ours: the traceback goes to a log file, the screen gets two lines."""

from __future__ import annotations

import os
import platform
import tempfile
import traceback
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from newsletter_pdf import __version__
from newsletter_pdf.cache import cache_base

#: How many logs are kept; older ones are removed when a new one is written.
KEPT = 20


def log_folder() -> Path | None:
    """Where the logs lie: the user's cache folder; None for a user without a home."""
    base = cache_base()
    return None if base is None else base / "log"


def write_log(error: BaseException, arguments: Sequence[str]) -> Path | None:
    """Write what is needed to find the fault; None when no folder can be written to.

    The log holds versions, the call, the current folder and the traceback, and nothing of the content.
    """
    now = datetime.now().astimezone()
    text = "\n".join(
        (
            f"newsletter-pdf {__version__}, Python {platform.python_version()}, {platform.platform()}",
            f"{now.isoformat(timespec='seconds')}",
            f"call: {list(arguments)!r}",
            f"in: {_current_folder()}",
            "",
            "".join(traceback.format_exception(error)),
        )
    )
    for folder in _candidates():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{now:%Y%m%d-%H%M%S}-{os.getpid()}.log"
            path.write_text(text, encoding="utf-8", errors="backslashreplace")
            _prune(folder)
        except OSError:
            continue
        return path
    return None


def _candidates() -> list[Path]:
    folder = log_folder()
    return [*([] if folder is None else [folder]), Path(tempfile.gettempdir()) / "newsletter-pdf-log"]


def _prune(folder: Path) -> None:
    for old in sorted(folder.glob("*.log"))[:-KEPT]:
        old.unlink(missing_ok=True)


def _current_folder() -> str:
    try:
        return str(Path.cwd())
    except OSError as error:
        return f"? ({error})"
