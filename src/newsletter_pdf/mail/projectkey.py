"""The periodical's own key, from which everything comes that marks a reader and that nobody else shall work out.

Readers' numbers, the Message-IDs and the numbers of copies are made with it. Who wants it elsewhere than in a file
gives it as ``NEWSLETTER_PDF_UNSUBSCRIBE_KEY`` or in the keyring; else it is made once and kept beside the list of
readers, for its owner alone.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from newsletter_pdf.files import sync_folder
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings.mailing import BAD_PROJECT_KEY
from newsletter_pdf.findings.mailing_sending import NOT_WRITTEN
from newsletter_pdf.mail.secrets import UNSUBSCRIBE_KEY, Secret, find_secret

FILE_NAME = "mailing.key"
_SHORTEST, _LONGEST = 16, 1000  # characters


def project_key(issue: Path, findings: Findings, *, create: bool) -> Secret | None:
    """The key for the issue in the folder ``issue``, made with ``create`` when there is none.

    None after a finding: the file cannot be read or made; without ``create`` also when there is simply none.
    """
    given = find_secret(UNSUBSCRIBE_KEY, "unsubscribe")
    if given is not None:
        return given
    path = issue.resolve().parent / FILE_NAME
    try:
        if create and not path.exists():
            _make(path)
        # Read back whoever made it: of two at once one has won.
        text = path.read_bytes()[: _LONGEST + 1].decode("ascii").strip() if path.exists() else None
    except UnicodeDecodeError:
        text = ""
    except OSError as error:
        findings.add(NOT_WRITTEN.at(Place(path), file=str(Place(path)), reason=error.strerror or str(error)))
        return None
    if text is None:
        return None
    if not _SHORTEST <= len(text) <= _LONGEST:
        findings.add(BAD_PROJECT_KEY.at(file=path.name))
        return None
    return Secret(text)


def _make(path: Path) -> None:
    """Write a new key under another name and link it: never half of one, never in the place of another."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(f"{secrets.token_hex(32)}\n")
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(temporary, path)
        except FileExistsError:
            pass
        except OSError:  # a disk without hard links
            if not path.exists():
                temporary.rename(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            temporary.unlink()
    sync_folder(path.parent)
