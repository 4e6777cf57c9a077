"""The letter that a layout's templates give: its contents, colours, cover picture and plain text."""

from newsletter_pdf.mail.letters.layout import LayoutLetter, layout_letter

__all__ = ["LayoutLetter", "layout_letter"]
