"""The figures of a file that a report gives: fonts, characters and images as the pages show them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from newsletter_pdf.verify.fontface import FontFace
from newsletter_pdf.verify.glyphs import PageContent
from newsletter_pdf.verify.model import FontUse
from newsletter_pdf.verify.pdffile import PdfFile

_NO_PICTURE = frozenset({"Artifact", "Figure"})  # what is painted there is furniture, or counted as one figure


def drawn_codes(pdf: PdfFile) -> dict[FontFace, set[int]]:
    """The codes of each font that the pages show."""
    drawn: defaultdict[FontFace, set[int]] = defaultdict(set)
    for content in pdf.contents:
        for glyph in content.glyphs if content else ():
            drawn[glyph.font].add(glyph.code)
    return drawn


def fonts_used(pdf: PdfFile, drawn: Mapping[FontFace, set[int]]) -> tuple[FontUse, ...]:
    """Every font of the file by name; one that no page uses has no glyphs. ``drawn`` is from :func:`drawn_codes`."""
    uses = [
        FontUse(
            name=face.base_name or face.file_name or "?",
            embedded=face.embedded,
            subset=face.subset,
            glyphs=len(drawn.get(face, ())),
            mapped=all(face.shape(code).text is not None for code in drawn.get(face, ())),
        )
        for face in pdf.fonts
    ]
    return tuple(sorted(uses, key=lambda use: (use.name, -use.glyphs)))


def characters(pdf: PdfFile) -> int:
    """How many characters are printed, white space aside; folios and running heads count."""
    texts = Counter(
        glyph.shape.text for content in pdf.contents for glyph in (content.glyphs if content else ()) if glyph.visible
    )
    return sum(count * len("".join(text.split())) for text, count in texts.items() if text)


def images(pdf: PdfFile) -> int:
    """How many pictures the pages show: what is tagged as a figure, and each image that no figure holds."""
    return sum(_images(content) for content in pdf.contents if content)


def _images(content: PageContent) -> int:
    tagged = {
        mark.mcid if mark.mcid is not None else -1 - i for i, mark in enumerate(content.marks) if mark.tag == "Figure"
    }
    loose = sum(1 for paint in content.paints if paint.kind == "image" and not _held(content, paint.mark))
    return len(tagged) + loose


def _held(content: PageContent, mark: int) -> bool:
    while mark >= 0:
        if content.marks[mark].tag in _NO_PICTURE:
            return True
        mark = content.marks[mark].parent
    return False
