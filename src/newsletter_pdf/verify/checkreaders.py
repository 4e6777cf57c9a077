"""Does another engine see the same file: PDFium (Chrome's) beside our own reading."""

from __future__ import annotations

import pypdfium2

from newsletter_pdf.findings import proof_file as rules
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.pdffile import Sheet

_TOLERANCE = 0.5  # pt
_MOST_READ = 6  # pages whose text is counted, spread over the file; all would take as long as the proof
_SHARE = 0.9  # of the characters that both must find


def check_other_reader(context: Context) -> None:
    """Same number of pages, same sizes, and on some pages as many characters."""
    add = context.findings.add
    try:
        document = pypdfium2.PdfDocument(context.pdf.data)
    except pypdfium2.PdfiumError as error:
        detail = str(error).splitlines()[0][:80]
        add(rules.OTHER_READER.at(what_zh=f"打不开（{detail}）", what_en=f"it cannot open the file ({detail})"))
        return
    try:
        pages = len(context.pdf.page_objects)
        if len(document) != pages:
            what_zh, what_en = f"它数出 {len(document)} 页，我们 {pages} 页", f"{len(document)} pages, ours {pages}"
            add(rules.OTHER_READER.at(what_zh=what_zh, what_en=what_en))
            return
        for index, sheet in enumerate(context.pdf.sheets):
            if sheet is not None and not _same_size(document.get_page_size(index), sheet):
                add(rules.OTHER_READER.at(place(index), what_zh="页面大小不同", what_en="the page's size differs"))
        step = max(1, -(-pages // _MOST_READ))
        for index in range(0, pages, step):
            _compare_text(context, document, index)
    finally:
        document.close()


def _same_size(size: tuple[float, float], sheet: Sheet) -> bool:
    width, height = size if sheet.rotation % 180 == 0 else size[::-1]
    return abs(width - sheet.width) <= _TOLERANCE and abs(height - sheet.height) <= _TOLERANCE


def _compare_text(context: Context, document: pypdfium2.PdfDocument, index: int) -> None:
    content = context.pdf.contents[index]
    if content is None:
        return
    try:
        page = document[index]
        text_page = page.get_textpage()
        theirs = sum(1 for char in text_page.get_text_range() if not char.isspace())
        text_page.close()
        page.close()
    except pypdfium2.PdfiumError:
        context.findings.add(rules.OTHER_READER.at(place(index), what_zh="它读不出这一页", what_en="no such page"))
        return
    ours = sum(1 for glyph in content.glyphs for char in glyph.text if not char.isspace())
    if min(ours, theirs) < _SHARE * max(ours, theirs) - 2:
        what_zh, what_en = f"它读到 {theirs} 个字，我们 {ours} 个", f"{theirs} characters, ours {ours}"
        context.findings.add(rules.OTHER_READER.at(place(index), what_zh=what_zh, what_en=what_en))
