"""Folders of the user's own for what may be kept between runs: compiled templates, fontconfig's scan, logs.

Nothing in them is needed; a folder that cannot be written to is replaced by one in the system's temporary folder.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path

_NAME = "newsletter-pdf"


def cache_base() -> Path | None:
    """The program's folder in the user's cache folder, by the custom of the system; None for a user without a home."""
    if asked := os.environ.get("XDG_CACHE_HOME"):
        return Path(asked) / _NAME
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or tempfile.gettempdir()) / _NAME
    try:
        home = Path.home()
    except RuntimeError:
        return None
    return home.joinpath(*(("Library", "Caches") if sys.platform == "darwin" else (".cache",)), _NAME)


def cache_folder(name: str) -> Path:
    """A folder in it that can be written to, made when it is missing.

    ``fontconfig`` is for its scan of the font folder, ``templates`` for compiled templates, ``preview`` for addresses.
    When there is no such folder it lies in the temporary folder, in one that is this user's alone. Raises OSError when
    not even that can be made.
    """
    base = cache_base()
    if base is not None and _usable(base / name):
        return base / name
    folder = _own_temporary() / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def forget() -> None:
    """Remove all that is kept."""
    base = cache_base()
    if base is not None:
        shutil.rmtree(base, ignore_errors=True)


def _usable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # Permissions do not tell of a full or read-only disk.
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b" ")
    except OSError:
        return False
    return True


def _own_temporary() -> Path:
    """A folder in the temporary folder that nobody else can have put there, or can change."""
    user = os.getuid() if hasattr(os, "getuid") else 0
    folder = Path(tempfile.gettempdir()) / f"{_NAME}-{user}"
    with contextlib.suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
        if stat.S_ISDIR(status.st_mode) and status.st_uid == user and not status.st_mode & 0o022:
            return folder
    return Path(tempfile.mkdtemp(prefix=f"{_NAME}-"))
