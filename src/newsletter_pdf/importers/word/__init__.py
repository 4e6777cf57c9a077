"""Manuscripts in Word's format (Office Open XML, ECMA-376; WPS Office writes the same) → :class:`Manuscript`.

``container`` decides whether a file may be opened at all, ``package`` gives its parts; ``styles``, ``numbering`` and
``fields`` resolve what Word computes while it shows a document; ``runs`` and ``body`` read the text; ``reader`` puts
headings, lists, captions and all else together.
"""

from newsletter_pdf.importers.word.reader import read_word

__all__ = ["read_word"]
