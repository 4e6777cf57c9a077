"""Do links lead outside to where the content says, and from the words that it says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from urllib.parse import quote

from newsletter_pdf.findings import proof as rules
from newsletter_pdf.verify.context import Context, place
from newsletter_pdf.verify.expected import Expected, ExpectedLink
from newsletter_pdf.verify.pdffile import Link
from newsletter_pdf.verify.toc import PageGlyphs
from newsletter_pdf.verify.wording import CALL, letters

_PLAIN = "%/:=&?~#+!$,;'@()*[]"  # what stays as it is when an address is written with percent signs (RFC 3987, 3.1)
_ALIKE = 0.75  # share of letters that the words under a link and those of the content must have in common
_SHOWN = 80


def check_addresses(context: Context, expected: Expected) -> None:
    """Every address of the file is the content's, every one of the content is in the file, on its own words."""
    wanted: dict[str, list[ExpectedLink]] = defaultdict(list)
    for each in expected.links:
        wanted[_written(each.uri)].append(each)
    found: dict[str, list[Link]] = defaultdict(list)
    for link in context.pdf.links:
        if link.uri is not None:
            found[_written(link.uri)].append(link)
    add = context.findings.add
    for uri, links in found.items():
        first = links[0]
        if uri not in wanted:
            what = {"what_zh": "稿件里没有这个地址", "what_en": "the content has no such address"}
            add(rules.LINK_ADDRESS.at(place(first.page, first.box), uri=uri[:_SHOWN], **what))
            continue
        shown = _letters_under(context, links)
        text = Counter(letters("".join(each.text for each in wanted[uri]).replace(CALL, "")))
        if (shown & text).total() < _ALIKE * max(shown.total(), text.total()):
            words = " / ".join(each.text.replace(CALL, "") for each in wanted[uri])[:_SHOWN]
            what = {"what_zh": f"它不在「{words}」这几个字上", "what_en": f"it does not lie on its words “{words}”"}
            add(rules.LINK_ADDRESS.at(place(first.page, first.box), uri=uri[:_SHOWN], **what))
    for uri, missing in wanted.items():
        if uri not in found:
            what = {
                "what_zh": "稿件里有，PDF 里没有这个链接",
                "what_en": "the content has it, the PDF has no such link",
            }
            add(rules.LINK_ADDRESS.at(missing[0].place, uri=uri[:_SHOWN], **what))


def _written(uri: str) -> str:
    """An address as files have it: what is not ASCII with percent signs."""
    return quote(uri.strip(), safe=_PLAIN)


def _letters_under(context: Context, links: Sequence[Link]) -> Counter[str]:
    """The letters under the areas of links, each once."""
    boxes: dict[int, list[tuple[float, float, float, float]]] = defaultdict(list)
    for link in links:
        boxes[link.page].append(link.box)
    shown: Counter[str] = Counter()
    for page, of_page in boxes.items():
        content = context.pdf.contents[page]
        if content is not None:
            shown.update(letters("".join(glyph.text for glyph in PageGlyphs(content.glyphs).covered(of_page))))
    return shown
