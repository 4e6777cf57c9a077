"""Folios: they count on from page to page, and no page between them is without one."""

from __future__ import annotations

import itertools
import re

from newsletter_pdf.findings import proof_pages as rules
from newsletter_pdf.verify.context import place
from newsletter_pdf.verify.pages.rows import Pages

_MOST_WITHOUT = 0.2  # of the pages at most may lack a folio by mistake; when more do it is the design
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def check_folios(pages: Pages) -> None:
    """The folios run without a gap, and none is missing."""
    context = pages.context
    folios = sorted(context.folios.items())
    for (before, folio), (page, following) in itertools.pairwise(folios):
        last, this = number_of(folio.text), number_of(following.text)
        steps = page - before
        begins_anew = this == steps and (_style(folio.text) != _style(following.text) or page == pages.body.start)
        if last is None or this is None or this == last + steps or begins_anew:
            continue
        expected = re.sub(r"[0-9]+|[A-Za-z]+", str(last + steps), folio.text) if folio.text.isdigit() else "—"
        context.findings.add(
            rules.FOLIO_GAP.at(place(page, following.box), folio=following.text, before=folio.text, expected=expected)
        )
    _check_missing(pages)


def _check_missing(pages: Pages) -> None:
    context = pages.context
    starts = {page for page, _title in pages.parts}
    for of_kind in (
        [page for page in pages.numbered if page in starts],
        [p for p in pages.numbered if p not in starts],
    ):
        without = [page for page in of_kind if page not in context.folios]
        if len(without) <= max(1, _MOST_WITHOUT * len(of_kind)) and len(without) < len(of_kind):
            for page in without:
                context.findings.add(rules.FOLIO_MISSING.at(place(page), page=context.label(page) or str(page + 1)))


def number_of(folio: str) -> int | None:
    """The number that a folio prints, in Arabic or Roman numerals; None when it prints none."""
    if folio.isascii() and folio.isdigit():
        return int(folio)
    values = [_ROMAN.get(letter) for letter in folio.lower()]
    known = [value for value in values if value is not None]
    if not known or len(known) < len(values):
        return None
    return sum(-value if value < after else value for value, after in zip(known, [*known[1:], 0], strict=True))


def _style(folio: str) -> str:
    return "arabic" if folio.isdigit() else "upper" if folio.isupper() else "lower"
