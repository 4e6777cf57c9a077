"""What is wrong at a place of a passage, and the characters the rules speak of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from newsletter_pdf.findings import Rule
from newsletter_pdf.source import GAP

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇"
"""Han characters, for a class of a regular expression."""
MARKS = "，。、；：！？（）「」『』《》〈〉【】〔〕“”‘’…—"
"""Marks of Chinese text."""

_ADDRESS = re.compile(
    # Addresses and mail addresses, then names of files, options and paths; each ends before a mark that follows it.
    r"(?:https?|ftp|mailto):[!-~]*[A-Za-z0-9/#=&_-]"
    r"|www\.[!-~]*[A-Za-z0-9/#=&_-]"
    # Not from within a word: a long one would be tried again from each of its letters.
    r"|(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+[A-Za-z0-9]"
    r"|(?<![A-Za-z0-9_-])[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+(?:/[!-~]*[A-Za-z0-9/#=&_-])?"
    r"|(?<![^\s\"(])[~.]{0,2}(?:/[A-Za-z0-9._~-]+)+/?"
    r"|(?<![^\s\"(])--?[A-Za-z][A-Za-z0-9-]*",
    re.ASCII,
)
_NEEDS_MASK = re.compile(r"[.@/]|-[A-Za-z]|:")


@dataclass(frozen=True, slots=True)
class Edit:
    """``new`` should stand instead of the characters from ``start`` to before ``end``; None: an editor has to decide.

    ``shown`` is what a message quotes, by default the characters themselves. ``usual`` fills the rule's field.
    """

    rule: Rule
    start: int
    end: int
    new: str | None
    safe: bool = True
    shown: str = ""
    usual: str = ""


def masked(text: str) -> str:
    """``text`` with every address, path and option as so many ``GAP``, so that no rule looks into them."""
    if _NEEDS_MASK.search(text) is None:
        return text
    return _ADDRESS.sub(lambda match: GAP * len(match[0]), text)
