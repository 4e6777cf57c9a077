"""The package that one reader gets: headers, the letter in two forms, the PDF."""

from newsletter_pdf.mail.message.dkim import Signer
from newsletter_pdf.mail.message.letter import Delivery, InlinePicture, Letter, LetterText, PlainLetter, mail_address
from newsletter_pdf.mail.message.package import Package, Packer
from newsletter_pdf.mail.message.pdf import Copies, SharedCopy
from newsletter_pdf.mail.message.personal import Locking, PersonalCopies

__all__ = [
    "Copies",
    "Delivery",
    "InlinePicture",
    "Letter",
    "LetterText",
    "Locking",
    "Package",
    "Packer",
    "PersonalCopies",
    "PlainLetter",
    "SharedCopy",
    "Signer",
    "mail_address",
]
