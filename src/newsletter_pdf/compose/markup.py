"""From inline content and values to HTML: the filters that every template may use.

Text passes through the Chinese text filter here, as the last place where it is still a text node; code and addresses
do not.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import segno
from markupsafe import Markup, escape

from newsletter_pdf.chinese import clean, is_han
from newsletter_pdf.compose.numbering import Run, SourceNote
from newsletter_pdf.model import Code, Emphasis, FootnoteCall, LineBreak, Link, ProperName, Ruby, Strong, Text


def text(value: object) -> Markup:
    """Plain text of a value, filtered for setting."""
    return escape(clean(str(value)))


def inline(children: Iterable[Run], *, dots: bool = False) -> Markup:
    """Inline content as HTML; with ``dots``, each Han character of an emphasis is in a ``<span class="dotted">``."""
    return Markup().join(_run(run, dots, False) for run in children)


def _run(run: Run, dots: bool, dotted: bool) -> Markup:
    def inner(children: Iterable[Run], dotted: bool = dotted) -> Markup:
        return Markup().join(_run(child, dots, dotted) for child in children)

    match run:
        case Text():
            return _dotted(clean(run.text)) if dotted else escape(clean(run.text))
        case SourceNote():
            return Markup('<span class="source">{}</span>').format(clean(run.text))
        case Strong():
            return Markup("<strong>{}</strong>").format(inner(run.children))
        case Emphasis():
            return Markup("<em>{}</em>").format(inner(run.children, dots))
        case Code():
            return Markup("<code>{}</code>").format(run.text)
        case Link():
            return Markup('<a href="{}">{}</a>').format(run.href, _address(run) or inner(run.children))
        case FootnoteCall():
            return Markup('<span class="footnote">{}</span>').format(inner(run.children, False))
        case Ruby():
            # The reading stands first, as in the box it is above the text.
            return Markup("<ruby><rt>{}</rt><rb>{}</rb></ruby>").format(run.reading, clean(run.text))
        case ProperName():
            return Markup('<span class="proper-name">{}</span>').format(clean(run.text))
        case LineBreak():
            return Markup("<br>")


def _dotted(text: str) -> Markup:
    """Text with 着重号: marks, Latin and figures have none."""
    span = Markup('<span class="dotted">{}</span>')
    return Markup().join(span.format(char) if is_han(char) else escape(char) for char in text)


def _address(link: Link) -> Markup | None:
    """A link that is shown as its own address, which is code and not filtered; None for any other."""
    if len(link.children) == 1 and isinstance(link.children[0], Text):
        shown = link.children[0].text
        if shown in (link.href, link.href.removeprefix("mailto:")):
            return Markup('<span class="address">{}</span>').format(shown)
    return None


def name3(name: str) -> Markup:
    """A two-character Han name spread over three, as boards and title pages set it (「闫　东」); others unchanged.

    The space is the layout's: the text stays two characters without anything between them.
    """
    if len(name) == 2 and all(map(is_han, name)):
        return Markup('<span class="name2"><span>{}</span><span>{}</span></span>').format(name[0], name[1])
    return Markup('<span class="name">{}</span>').format(name)


def qr(data: str) -> Markup:
    """A QR code (ISO/IEC 18004, level M, quiet zone 4 modules) as an image with its content as alternative text.

    Raises ``segno.encoder.DataOverflowError`` when ``data`` does not fit; the reader has refused that before.
    """
    uri = segno.make(data, error="m", micro=False).svg_data_uri(border=4, dark="#000", light="#fff", scale=4)
    return Markup('<img class="qr" src="{}" alt="二维码：{}">').format(uri, data)


def image_url(path: Path) -> str:
    """The ``file:`` address of a picture."""
    return path.as_uri()
