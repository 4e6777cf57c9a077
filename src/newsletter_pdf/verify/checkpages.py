"""Are the pages in order: size, labels, folios, nothing empty, every link alive."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from urllib.parse import urlsplit

from newsletter_pdf.findings import proof as rules
from newsletter_pdf.verify.context import Context, place

_A4 = (595.276, 841.89)  # pt: 210 × 297 mm, ISO 216
_PAPER_TOLERANCE = 0.75  # pt; a quarter of a millimetre
_SMALLEST_LINK = 2.0  # pt, each way; less cannot be hit with a mouse, let alone a finger
_MM = 25.4 / 72
_HOSTED = ("http", "https", "ftp", "ftps")
_HOSTLESS = ("mailto", "tel")


def check_pages(context: Context) -> None:
    """Size, emptiness and readability of each page; page labels and folios."""
    pdf, add = context.pdf, context.findings.add
    for index, content in enumerate(pdf.contents):
        sheet = pdf.sheets[index]
        if content is None or content.cut_short or sheet is None:
            add(rules.PAGE_UNREADABLE.at(place(index)))
            continue
        off = max(abs(sheet.width - _A4[0]), abs(sheet.height - _A4[1]))
        if off > _PAPER_TOLERANCE or sheet.rotation:
            turned = f" ↻{sheet.rotation}°" if sheet.rotation else ""
            width, height = round(sheet.width * _MM), round(sheet.height * _MM)
            add(rules.PAGE_SIZE.at(place(index), width=width, height=height, turned=turned))
        if context.furniture.is_empty(content, context.lines[index], sheet):
            add(rules.EMPTY_PAGE.at(place(index)))
    if pdf.labels is None:
        add(rules.PAGE_LABELS_MISSING.at())
    else:
        _check_folios(context, pdf.labels)


def _check_folios(context: Context, labels: list[str]) -> None:
    wrong = [(page, folio) for page, folio in sorted(context.folios.items()) if folio.text != labels[page]]
    if wrong:
        page, folio = wrong[0]
        context.findings.add(
            rules.FOLIO_DIFFERS.at(
                place(page, folio.box), folio=folio.text, label=labels[page] or "—", count=len(wrong)
            )
        )


def check_links(context: Context) -> None:
    """Every internal link has a destination, every external one a complete address, and each can be hit."""
    # A link is written as one area a line; the first stands for it.
    links = {(link.page, link.name, link.uri): link for link in reversed(context.pdf.links)}
    for link in reversed(links.values()):
        if link.uri is not None:
            if not is_absolute(link.uri):
                context.findings.add(rules.LINK_NOT_ABSOLUTE.at(place(link.page, link.box), uri=link.uri[:80]))
        elif link.target is None:
            context.findings.add(rules.LINK_BROKEN.at(place(link.page, link.box), name=(link.name or "—")[:80]))
    _check_areas(context)


def _check_areas(context: Context) -> None:
    """A link is written as one area for each box that it is made of; one of them at least must be large enough."""
    thin: Counter[int] = Counter()
    for (page, *_target), areas in groupby(context.pdf.links, key=lambda link: (link.page, link.name, link.uri)):
        if all(min(box[2] - box[0], box[3] - box[1]) < _SMALLEST_LINK for box in (area.box for area in areas)):
            thin[page] += 1
    for page, count in sorted(thin.items()):
        context.findings.add(rules.LINK_TOO_SMALL.at(place(page), count=count))


def is_absolute(uri: str) -> bool:
    """Whether a reader anywhere can follow ``uri``: a scheme for the web, mail or telephone, and somewhere to go."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    if any(char.isspace() or not char.isprintable() for char in uri):
        return False
    if parts.scheme.lower() in _HOSTED:
        return bool(parts.hostname)
    return parts.scheme.lower() in _HOSTLESS and bool(parts.path)
