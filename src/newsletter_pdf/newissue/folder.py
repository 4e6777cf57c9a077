"""The folder of a new issue: made whole under a temporary name, then renamed into its place."""

from __future__ import annotations

import datetime as dt
import errno
import os
import re
import shutil
import tempfile
from importlib.resources import files
from pathlib import Path

from newsletter_pdf.files import sync_folder, write_atomic
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import newissue as rules
from newsletter_pdf.newissue.facts import draft_issue

EXAMPLE_FILE = "01-示例栏目.md"
MAX_NAME = 60

# What Windows and shells forbid or take for something else; the name is a folder on every editor's computer.
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]|^[.\-~ ]|[. ]$')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


def example_section() -> str:
    """The text of the first section file of a new issue: an example that teaches the format."""
    return files("newsletter_pdf.newissue").joinpath("example_section.md").read_text(encoding="utf-8")


def create_issue(name: str, content: Path, findings: Findings, *, today: dt.date | None = None) -> Path | None:
    """Make the issue folder ``content/name``, ready to build, from the last issue's facts.

    Returns the folder, or None with an error when the name cannot be used, the folder exists or cannot be written. An
    existing folder is never touched. ``today`` is used only when there is no issue to count on from.
    """
    folder = content / name
    if not usable_name(name):
        findings.add(rules.BAD_NAME.at(Place(file=content), name=name[:MAX_NAME], limit=MAX_NAME))
        return None
    if not content.is_dir():
        findings.add(rules.NO_CONTENT.at(Place(file=content), folder=content.name))
        return None
    if os.path.lexists(folder):
        findings.add(rules.ISSUE_EXISTS.at(Place(file=folder), name=name))
        return None
    draft = draft_issue(name, content, findings, today)
    try:
        create_folder(folder, {"issue.yaml": draft.text.encode(), EXAMPLE_FILE: example_section().encode()})
    except OSError as error:
        findings.add(rules.CANNOT_CREATE.at(Place(file=folder), name=name, reason=error.strerror or str(error)))
        return None
    return folder


def create_folder(folder: Path, contents: dict[str, bytes]) -> None:
    """Create ``folder`` with the files ``contents`` (names may lie in one subfolder) and an ``images`` folder.

    Nobody sees a half-made folder: it gets its name when all is written. Raises OSError, leaving nothing behind, also
    when ``folder`` came into being meanwhile.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}.", suffix=".tmp", dir=folder.parent))
    try:
        (temporary / "images").mkdir()
        for name, data in contents.items():
            (temporary / name).parent.mkdir(exist_ok=True)
            write_atomic(temporary / name, data)
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o777 & ~mask)
        _rename_new(temporary, folder)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    sync_folder(folder.parent)


def _rename_new(temporary: Path, folder: Path) -> None:
    # rename() would silently replace an empty folder; anything else in the place makes it fail.
    if os.path.lexists(folder):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))
    temporary.rename(folder)


def usable_name(name: str) -> bool:
    """Whether ``name`` can be an issue folder on every system, and names nothing but a folder in ``content``."""
    return (
        0 < len(name) <= MAX_NAME
        and _FORBIDDEN.search(name) is None
        and _RESERVED.fullmatch(name) is None
        and name.isprintable()
    )
