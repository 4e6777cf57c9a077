"""Replacement text (``ActualText``, ISO 32000-1, 14.9.4): what is copied and searched instead of the glyphs' own text.

Line setting writes it around each run of text. Here it is handed out to the glyphs of the run, so that whoever reads
glyphs reads what a reader copies.
"""

from __future__ import annotations

from collections import defaultdict
from difflib import SequenceMatcher

from newsletter_pdf.verify.glyphs import Mark, PageContent
from newsletter_pdf.verify.wording import letters

_NO_TEXT = "\ufffc"  # stands for a glyph that has no text of its own


def settle(page: PageContent) -> None:
    """Give each glyph within a mark that has replacement text its part of that text, in place."""
    owners = _text_marks(page.marks)
    runs: dict[int, list[int]] = defaultdict(list)
    if not any(owner >= 0 for owner in owners):
        return
    for index, glyph in enumerate(page.glyphs):
        if glyph.mark >= 0 and owners[glyph.mark] >= 0:
            runs[owners[glyph.mark]].append(index)
    fillers: list[int] = []
    for mark, indices in runs.items():
        actual = page.marks[mark].actual_text or ""
        own = [page.glyphs[index].text or _NO_TEXT for index in indices]
        drawn = "".join(own)
        if drawn != actual:
            if letters(drawn) != letters(actual):
                page.replaced.update(page.glyphs[index].mark for index in indices)
            for index, text in zip(indices, shares(own, actual), strict=True):
                glyph = page.glyphs[index]
                if not text and (glyph.text or "").isspace():
                    fillers.append(index)
                page.glyphs[index] = glyph._replace(shape=glyph.shape._replace(text=text))
    # A space glyph that stands for nothing covers a gap, so that it is not taken for a space; nothing is seen of it.
    page.drop(sorted(fillers))


def _text_marks(marks: list[Mark]) -> list[int]:
    """For each mark the outermost one around it (itself included) that has replacement text, or -1."""
    owners: list[int] = []
    for index, mark in enumerate(marks):
        outer = owners[mark.parent] if mark.parent >= 0 else -1
        owners.append(outer if outer >= 0 else index if mark.actual_text is not None else -1)
    return owners


def shares(own: list[str], actual: str) -> list[str]:
    """``actual`` in as many parts as ``own`` has, each beside the text most like it; joined they are ``actual``."""
    owner = [index for index, text in enumerate(own) for _char in text]
    parts = [""] * len(own)
    if not owner:
        return parts
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, "".join(own), actual, autojunk=False).get_opcodes():
        if i2 - i1 == j2 - j1:
            for place, char in zip(owner[i1:i2], actual[j1:j2], strict=True):
                parts[place] += char
        elif kind != "delete":
            parts[owner[min(i1, len(owner) - 1)]] += actual[j1:j2]
    return parts
