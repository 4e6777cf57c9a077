"""Which reader takes which kind of manuscript, by file extension.

A new format is one entry here: its reader turns the file into a :class:`Manuscript`, and all that follows is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import importing as rules
from newsletter_pdf.importers.manuscript import Manuscript
from newsletter_pdf.importers.markdown import read_markdown

ManuscriptReader = Callable[[Path, Findings], Manuscript | None]
"""Reads one file; None when that is impossible, with findings that say why."""

READERS: Mapping[str, ManuscriptReader] = {
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".txt": read_markdown,
}

# Word processors' formats, for which the remedy is to save as text.
_WORD_PROCESSORS = frozenset({".docx", ".doc", ".docm", ".wps", ".odt", ".rtf", ".pdf", ".pages"})


def read_manuscript(path: Path, findings: Findings) -> Manuscript | None:
    """Read a manuscript by the reader for its extension (upper or lower case), or report that there is none."""
    extension = path.suffix.lower()
    reader = READERS.get(extension)
    if reader is not None:
        return reader(path, findings)
    if extension in _WORD_PROCESSORS:
        findings.add(rules.WORD_NOT_YET.at(Place(file=path), name=path.name))
    else:
        findings.add(rules.UNKNOWN_FORMAT.at(Place(file=path), name=path.name, known="、".join(READERS)))
    return None
