"""Links of a Word file: which of them readers can follow."""

from __future__ import annotations

import re
from collections.abc import Iterable

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import manuscripts as rules
from newsletter_pdf.importers.inlines import plain
from newsletter_pdf.model import Emphasis, Inline, Link, Strong, Text

_BRACKETED = re.compile(r"<(https?://[^<>\s]+)>")
_LINKED = ("http://", "https://", "mailto:")


def with_good_links(nodes: Iterable[Inline], place: Place, findings: Findings) -> tuple[Inline, ...]:
    """The nodes with links to web and mail addresses only; of any other the text stays and a finding tells."""
    out: list[Inline] = []
    for node in nodes:
        if isinstance(node, Link):
            href = _address(node.href)
            if href is not None and plain(node.children).strip():
                out.append(node.model_copy(update={"href": href}))
                continue
            if plain(node.children).strip():
                text = plain(node.children)[:40]
                findings.add(rules.LINK_DROPPED.at(place, href=node.href[:80], text=text))
            out += node.children
        elif isinstance(node, Text) and "<http" in node.text:
            out += _bracketed(node.text)
        elif isinstance(node, Strong | Emphasis):
            out.append(node.model_copy(update={"children": with_good_links(node.children, place, findings)}))
        else:
            out.append(node)
    return tuple(out)


def _bracketed(text: str) -> list[Inline]:
    """Addresses typed in angle brackets, which set them off from the text (RFC 3986, Appendix C), as links."""
    out: list[Inline] = []
    for index, part in enumerate(_BRACKETED.split(text)):
        out.append(Link(href=part, children=(Text(text=part),)) if index % 2 else Text(text=part))
    return out


def _address(href: str) -> str | None:
    address = href.strip().replace("\\", "/") if href.lower().startswith(("http:", "https:")) else href.strip()
    if not address.lower().startswith(_LINKED) or any(ord(character) < 0x20 for character in address):
        return None
    return address.replace(" ", "%20")
