"""A new periodical: a folder that has all it takes to make its first issue, without any network."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from newsletter_pdf.files import sync_folder, write_atomic
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import founding as rules
from newsletter_pdf.findings import newissue as newissue_rules
from newsletter_pdf.newissue.facts import draft_issue, quoted
from newsletter_pdf.newissue.folder import EXAMPLE_FILE, MAX_NAME, example_section, usable_name

LANGUAGES = ("zh-CN", "zh-TW", "zh-HK", "en")
_STOCK = ("layouts", "fonts")
_HIDDEN = {"gitignore": ".gitignore", "vscode": ".vscode"}
"""Names under which templates lie in the package → those of the files."""


@dataclass(frozen=True, slots=True)
class Founding:
    """The answers that a new periodical is made from.

    ``program`` is the command that its Makefile falls back to, ``python`` its interpreter, both as a shell takes
    them; ``issue`` is the name of the first issue when it is not to be this month's.
    """

    name: str
    organisation: str
    language: str = "zh-CN"
    program: str = "newsletter-pdf"
    python: str = "python3"
    issue: str | None = None


def found_periodical(
    folder: Path,
    answers: Founding,
    home: Path,
    findings: Findings,
    *,
    further: Mapping[str, bytes] | None = None,
    today: dt.date | None = None,
) -> Path | None:
    """Make ``folder`` (which is empty or not there) with everything that an issue is built from.

    Layouts are copied from ``home`` and fonts linked where the disk allows it, else copied; ``further`` are other files
    by path. Returns the first issue's folder, or None with an error; nothing half-made stays.
    """
    place = Place(file=folder)
    if os.path.lexists(folder) and not (folder.is_dir() and not any(folder.iterdir())):
        findings.add(rules.FOLDER_TAKEN.at(place, name=folder.name or str(folder)))
        return None
    day = today or dt.date.today()
    issue = answers.issue or f"{day.year}-{day.month:02}"
    if not usable_name(issue):
        findings.add(newissue_rules.BAD_NAME.at(place, name=issue[:MAX_NAME], limit=MAX_NAME))
        return None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=f".{folder.name[:40]}.", suffix=".tmp", dir=folder.resolve().parent))
        try:
            _fill(temporary, answers, home, issue, day, further or {})
            _take_place(temporary, folder)
        except BaseException:
            shutil.rmtree(temporary, ignore_errors=True)
            raise
        sync_folder(folder.resolve().parent)
    except OSError as error:
        findings.add(rules.NOT_MADE.at(place, name=folder.name, reason=error.strerror or str(error)))
        return None
    return folder / "content" / issue


def _fill(
    root: Path,
    answers: Founding,
    home: Path,
    issue: str,
    day: dt.date,
    further: Mapping[str, bytes],
) -> None:
    values = {
        "name": quoted(answers.name),
        "organisation": quoted(answers.organisation),
        "program": _for_make(answers.program),
        "python": _for_make(answers.python),
        "issue": issue,
    }
    for path, text in _templates(files("newsletter_pdf.newissue").joinpath("periodical")):
        for key, value in values.items():
            text = text.replace(f"@{key}@", value)
        _write(root / path, text.encode())
    for path, data in further.items():
        _write(root / path, data)
    for name in _STOCK:
        shutil.copytree(home / name, root / name, copy_function=_link if name == "fonts" else shutil.copy2)
    content = root / "content"
    # What it would say of placeholders stands in the checklist.
    draft = draft_issue(issue, content, Findings(), day)
    text = draft.text.replace("language: zh-CN", f"language: {answers.language}")
    text = text.replace(f"number: {draft.number}  ", "number: 1  ").replace("# running_number", "running_number")
    _write(content / issue / "issue.yaml", text.encode())
    _write(content / issue / EXAMPLE_FILE, example_section().encode())
    (content / issue / "images").mkdir()
    (root / "稿件").mkdir()
    mask = os.umask(0)
    os.umask(mask)
    root.chmod(0o777 & ~mask)


def _for_make(text: str) -> str:
    """``text`` as the value of a variable of make."""
    return text.replace("$", "$$").replace("#", "\\#")


def _templates(folder: Traversable, prefix: str = "") -> list[tuple[str, str]]:
    """Path and text of every template below ``folder``."""
    found: list[tuple[str, str]] = []
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        path = prefix + _HIDDEN.get(entry.name, entry.name)
        if entry.is_dir():
            found += _templates(entry, path + "/")
        else:
            found.append((path, entry.read_text(encoding="utf-8")))
    return found


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, data)


def _link(source: str, target: str) -> str:
    """A hard link where the disk has them, else a copy: a font is never changed, only replaced."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return target


def _take_place(temporary: Path, folder: Path) -> None:
    if folder.is_dir():
        # Empty, as was seen before; a folder that got something meanwhile makes this fail.
        folder.rmdir()
    temporary.rename(folder)
