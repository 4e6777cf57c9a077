"""The proof of a finished PDF, from the PDF alone.

:func:`prove` reads a file back and compares what it shows with itself: the printed contents with the pages, labels,
bookmarks and links, the fonts with those that may be used, the file with what it claims; and, when it is told, with
what should stand in it (:mod:`.expected`). Nothing is taken from the renderer, and a second engine (:mod:`.engine`)
reads the file, too. This is the only part of the program that imports pypdf; :mod:`.content` reads where every glyph
stands and can be used by itself.
"""

from typing import TYPE_CHECKING, Any

from newsletter_pdf.verify.against import compare_with_report
from newsletter_pdf.verify.model import ContentsEntry, FontUse, Limits, Proof

if TYPE_CHECKING:
    from newsletter_pdf.verify.proof import prove

__all__ = ["ContentsEntry", "FontUse", "Limits", "Proof", "compare_with_report", "prove"]


def __getattr__(name: str) -> Any:
    """``prove``, imported when it is used: who only tells of a proof need not wait for all that makes one."""
    if name == "prove":
        from newsletter_pdf.verify.proof import prove

        return prove
    raise AttributeError(name)
