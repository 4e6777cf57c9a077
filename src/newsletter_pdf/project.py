"""Where things lie: the home with layouts and fonts, and the files that issues share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

HOME_VARIABLE = "NEWSLETTER_PDF_HOME"
"""Environment variable that names the home and wins over every search."""


def is_home(folder: Path) -> bool:
    """True for a folder that holds both ``layouts/`` and ``fonts/``."""
    return (folder / "layouts").is_dir() and (folder / "fonts").is_dir()


def find_home(start: Path) -> Path | None:
    """The absolute folder with ``layouts/`` and ``fonts/`` to use for work in ``start``, or None.

    Looked for in this order: the environment variable NEWSLETTER_PDF_HOME (when it is set, nothing else counts: a
    wrong value gives None); ``start`` and its parents; the current folder and its parents; the checkout that the
    package is installed from.
    """
    named = os.environ.get(HOME_VARIABLE)
    if named:
        home = Path(named).expanduser().resolve()
        return home if is_home(home) else None
    return next((folder for folder in _candidates(start) if is_home(folder)), None)


def _candidates(start: Path) -> Iterator[Path]:
    for origin in (start, Path.cwd(), Path(__file__)):
        here = origin.resolve()
        yield here
        yield from here.parents


def issue_of(pdf: Path) -> Path | None:
    """The issue folder that a PDF in its usual place, ``build/<issue>/`` beside ``content/``, was made from."""
    folder = pdf.resolve().parent
    issue = folder.parent.parent / "content" / folder.name
    return issue if folder.parent.name == "build" and (issue / "issue.yaml").is_file() else None


def shared_file(issue: Path, name: str) -> Path | None:
    """``name`` (``masthead.yaml``, ``services.yaml``) in the issue folder, else in the folder above it, else None."""
    for folder in (issue, issue.parent):
        path = folder / name
        if os.path.lexists(path):
            return path
    return None
