"""Personal copies: a finished PDF with a reader's mark, appended to its bytes; and whose copy a file is.

``stamp`` makes the update and knows its own again, ``finished`` reads the file that is stamped, ``face`` gives the few
glyphs of a mark as a font, ``dots`` are the marks that nobody sees, ``lock`` puts a password before the file, and
``executors`` gives the work to other processes.
"""

from newsletter_pdf.personal.dots import dots_of, number_in
from newsletter_pdf.personal.face import Face, FaceError, read_face
from newsletter_pdf.personal.finished import NotStampableError
from newsletter_pdf.personal.stamp import Mark, Recognised, Stamper, recognise

__all__ = [
    "Face",
    "FaceError",
    "Mark",
    "NotStampableError",
    "Recognised",
    "Stamper",
    "dots_of",
    "number_in",
    "read_face",
    "recognise",
]
