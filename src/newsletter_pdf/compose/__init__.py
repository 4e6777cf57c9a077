"""Composition: an issue and a layout become parts, each a self-contained HTML page."""

from newsletter_pdf.compose.numbering import ContentsLine, NumberedSection, number_section
from newsletter_pdf.compose.parts import Composer
from newsletter_pdf.compose.words import layout_words
from newsletter_pdf.part import Part

__all__ = ["Composer", "ContentsLine", "NumberedSection", "Part", "layout_words", "number_section"]
