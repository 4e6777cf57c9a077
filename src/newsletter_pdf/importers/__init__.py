"""Manuscripts, as authors send them, into section files.

``registry`` picks the reader of a file format, which gives a :class:`Manuscript` (headings and blocks in order);
``structure`` makes sections of it and understands typed numbers, labels and sources; ``writer`` writes section files;
``run`` does all of that for a set of files, and writes only when everything could be read.
"""

from newsletter_pdf.importers.manuscript import Heading, Manuscript, ManuscriptBlock, Unplaced
from newsletter_pdf.importers.registry import READERS, ManuscriptReader
from newsletter_pdf.importers.run import ImportResult, import_manuscripts

__all__ = [
    "READERS",
    "Heading",
    "ImportResult",
    "Manuscript",
    "ManuscriptBlock",
    "ManuscriptReader",
    "Unplaced",
    "import_manuscripts",
]
