"""Sets of XML elements that the reading of runs treats alike."""

from __future__ import annotations

from newsletter_pdf.importers.word.names import M, W

SILENT = frozenset(
    {
        *(W + name for name in ("pPr", "rPr", "tblPr", "trPr", "tcPr", "sdtPr", "sdtEndPr", "instrText", "fldData")),
        *(W + name for name in ("delInstrText", "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak")),
        *(W + name for name in ("annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator")),
        *(W + name for name in ("smartTagPr", "customXmlPr", "softHyphen", "ffData", "pgNum")),
        *(M + name for name in ("oMathParaPr", "ctrlPr")),
    }
)
"""Children that hold no text of the document, or are asked for where they matter."""

NOTE_CALLS = frozenset({W + "footnoteReference", W + "endnoteReference"})
DRAWINGS = frozenset({W + "drawing", W + "pict", W + "object"})
FLOATING = (*NOTE_CALLS, *DRAWINGS)
