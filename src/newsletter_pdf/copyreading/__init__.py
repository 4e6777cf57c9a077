"""Proof-reading of Chinese copy: typography alone, no grammar; what is safe can be mended in the files."""

from newsletter_pdf.copyreading.check import proofread
from newsletter_pdf.copyreading.edits import masked
from newsletter_pdf.copyreading.fix import Mended, mend

__all__ = ["Mended", "masked", "mend", "proofread"]
