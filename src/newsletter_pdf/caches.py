"""What may be kept between runs, in a folder of the user's own; nothing depends on its being there."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path


def forget() -> None:
    """Remove all that is kept."""
    shutil.rmtree(caches(), ignore_errors=True)


def caches() -> Path:
    """Where they lie."""
    if asked := os.environ.get("XDG_CACHE_HOME"):
        base = Path(asked)
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path.home() / ".cache"
    return base / "newsletter-pdf"


def cache_folder(name: str) -> Path:
    """A folder of the user's own for what may be kept between runs.

    ``fontconfig`` is for its scan of the font folder, ``templates`` for compiled templates.
    """
    folder = caches() / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"newsletter-pdf-{os.getuid()}" / name
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
