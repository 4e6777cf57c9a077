"""Pictures, charts and codes of the model: what is read out in place of them, and by what they are known again."""

from __future__ import annotations

import re
from pathlib import Path

from newsletter_pdf.charts.sentence import sentence
from newsletter_pdf.model import Chart, Figure, QrCode
from newsletter_pdf.verify.expected import ExpectedFigure
from newsletter_pdf.verify.pixels import pixels_of_file

_TAG = re.compile(rb"<!--.*?-->|<[^>]*>", re.S)
_HEAD = 65536  # bytes in which a drawing names itself


def figure(block: Figure) -> ExpectedFigure:
    """A picture of the content. A file that cannot be read any more is known by its alternative text alone."""
    try:
        data = block.path.read_bytes()
    except OSError:
        data = b""
    if _is_drawing(block.path, data):
        return ExpectedFigure(block.alt, block.place, words=_words(data))
    return ExpectedFigure(block.alt, block.place, known=pixels_of_file(data))


def chart(block: Chart) -> ExpectedFigure:
    """A chart, whose words the layout chooses."""
    return ExpectedFigure(sentence(block), block.place)


def code(block: QrCode) -> ExpectedFigure:
    """A QR code; what is read out for it names what it says, and its squares say the same."""
    import segno

    try:
        matrix = segno.make(block.data, error="m", micro=False).matrix
    except segno.DataOverflowError:  # the reader has told of it
        matrix = ()
    modules = tuple(tuple(bool(module) for module in row) for row in matrix)
    return ExpectedFigure(block.data, block.place, code=block.data, modules=modules)


def _is_drawing(path: Path, data: bytes) -> bool:
    return path.suffix.lower() == ".svg" or b"<svg" in data[:_HEAD]


def _words(data: bytes) -> str | None:
    """All the text of a drawing, whether shown or not; None when there are references or styles that may add some."""
    if b"<!ENTITY" in data or b"&#" in data:
        return None
    try:
        text = _TAG.sub(b" ", data).decode("utf-8")
    except UnicodeDecodeError:
        return None
    for name, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(name, char)
    return text
