"""Which reader takes which kind of manuscript, by file extension.

A new format is one entry here: its reader turns the file into a :class:`Manuscript`, and all that follows is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import importing as rules
from newsletter_pdf.findings import wordopening as word_rules
from newsletter_pdf.importers.manuscript import Manuscript
from newsletter_pdf.importers.markdown import read_markdown
from newsletter_pdf.importers.plaintext import read_plain_text

Progress = Callable[[int, int], None]
"""Told how many of how many steps of a long reading are done."""

ManuscriptReader = Callable[[Path, Findings, Progress | None], Manuscript | None]
"""Reads one file; None when that is impossible, with findings that say why."""


def _word(path: Path, findings: Findings, progress: Progress | None) -> Manuscript | None:
    # Word's library is loaded only when there is a Word file.
    from newsletter_pdf.importers.word import read_word

    return read_word(path, findings, progress)


def _markdown(path: Path, findings: Findings, _progress: Progress | None) -> Manuscript | None:
    return read_markdown(path, findings)


def _plain_text(path: Path, findings: Findings, _progress: Progress | None) -> Manuscript | None:
    return read_plain_text(path, findings)


READERS: Mapping[str, ManuscriptReader] = {
    ".docx": _word,
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _plain_text,
}

# What may hold a Word document in its newer format, whatever it is called: the content decides.
_PERHAPS_WORD = frozenset({".doc", ".docm", ".dotx", ".dotm", ".wps", ".wpt"})
# Other word processors' formats, for which the remedy is to save as .docx.
_WORD_PROCESSORS = frozenset({".odt", ".rtf", ".pdf", ".pages", ".uof", ".uot", ".ofd"})


def read_manuscript(path: Path, findings: Findings, progress: Progress | None = None) -> Manuscript | None:
    """Read a manuscript by the reader for its extension (upper or lower case), or report that there is none.

    A Word file is read as one under any other extension of a manuscript too.
    """
    extension = path.suffix.lower()
    reader = READERS.get(extension)
    if extension in _PERHAPS_WORD or (reader is not None and reader is not _word and _is_word(path)):
        reader = _word
    if reader is not None:
        return reader(path, findings, progress)
    if extension in _WORD_PROCESSORS:
        findings.add(word_rules.OLD_FORMAT.at(Place(file=path), name=path.name))
    else:
        findings.add(rules.UNKNOWN_FORMAT.at(Place(file=path), name=path.name, known="、".join(READERS)))
    return None


def _is_word(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            if stream.read(4) != b"PK\x03\x04":
                return False
    except (OSError, ValueError):
        return False
    from newsletter_pdf.importers.word.container import looks_like_word

    return looks_like_word(path)
