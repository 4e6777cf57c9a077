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
from newsletter_pdf.model import Code, Emphasis, FootnoteCall, LineBreak, Link, Strong, Text


def text(value: object) -> Markup:
    """Plain text of a value, filtered for setting."""
    return escape(clean(str(value)))


def inline(children: Iterable[Run]) -> Markup:
    """Inline content as HTML."""
    return Markup().join(map(_run, children))


def _run(run: Run) -> Markup:
    match run:
        case Text():
            return escape(clean(run.text))
        case SourceNote():
            return Markup('<span class="source">{}</span>').format(clean(run.text))
        case Strong():
            return Markup("<strong>{}</strong>").format(inline(run.children))
        case Emphasis():
            return Markup("<em>{}</em>").format(inline(run.children))
        case Code():
            return Markup("<code>{}</code>").format(run.text)
        case Link():
            return Markup('<a href="{}">{}</a>').format(run.href, _link_text(run))
        case FootnoteCall():
            return Markup('<span class="footnote">{}</span>').format(inline(run.children))
        case LineBreak():
            return Markup("<br>")


def _link_text(link: Link) -> Markup:
    """What a link prints; an address shown as itself is code and is not filtered."""
    if len(link.children) == 1 and isinstance(link.children[0], Text):
        shown = link.children[0].text
        if shown in (link.href, link.href.removeprefix("mailto:")):
            return Markup('<span class="address">{}</span>').format(shown)
    return inline(link.children)


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
