"""What should stand in the PDF of an issue, for the proof to compare it with (:mod:`newsletter_pdf.verify.expected`).

Made of the validated issue alone, not of what was rendered: the text filter and the numbering are applied, as these are
what the pages are meant to show; labels and brackets are the layout's, whose words are listed apart.
"""

from newsletter_pdf.expectation.issue import expected
from newsletter_pdf.expectation.limits import limits

__all__ = ["expected", "limits"]
