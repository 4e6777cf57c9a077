"""The text that readers get out of the file, compared with what its glyphs say.

PDFium is what Chrome and Edge read PDFs with, pdftotext (Poppler) what many search tools do. Both guess spaces from
distances, so that a gap between Han and Latin may come out as a space that nobody wrote.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import pypdfium2

from newsletter_pdf.verify.glyphs import Glyph, PageContent
from newsletter_pdf.verify.lines import fold, inked, lines_of
from newsletter_pdf.verify.setting.model import Key, Row, Spot, worst

_PROGRAM = "pdftotext"
_SECONDS = 120
_WIDE_GAP = 0.3  # em; where the page itself has so wide a gap, a space in the text is no more than fair
_READING = 0.6  # share of its text's type size that a reading (Pinyin) has at most
_LABEL_GAP = 0.05  # em, the same in drawings, where every label is placed by itself
_NOISE = re.compile("[\u0002\ufffe\u00ad\\-‐–·.]")  # hyphens at line ends and leaders, which extractors drop or add
_SPACED = re.compile(r"(?=(\S)([ \u00a0\u2000-\u200a\u202f\u205f\u3000]+)(\S))")
_LOOKALIKE = re.compile("[\u2e80-\u2fdf\uf900-\ufaff\ue000-\uf8ff\ufffd]")
_AROUND = 8
_MOST_SHOWN = 12


def pdfium_row(data: bytes, contents: Sequence[PageContent | None]) -> Row:
    """Spaces added and letters lost in the text that PDFium extracts."""
    document = pypdfium2.PdfDocument(data)
    try:
        texts = []
        for index in range(len(document)):
            page = document[index]
            textpage = page.get_textpage()
            texts.append(textpage.get_text_range())
            textpage.close()
            page.close()
    finally:
        document.close()
    return compare(Key.PDFIUM, texts, contents)


def pdftotext_row(pdf: Path, contents: Sequence[PageContent | None]) -> Row:
    """The same for pdftotext; a row without a total when the program is not there or fails."""
    program = shutil.which(_PROGRAM)
    if program is None:
        return Row(Key.PDFTOTEXT, 0, None, ())
    # The program is found on PATH and gets a file's name as its argument; no shell is involved.
    command = [program, "-enc", "UTF-8", "-q", str(pdf.resolve()), "-"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=True)  # noqa: S603 # see above
    except (OSError, subprocess.SubprocessError):
        return Row(Key.PDFTOTEXT, 0, None, ())
    return compare(Key.PDFTOTEXT, done.stdout.decode("utf-8", "replace").split("\f"), contents)


def compare(key: Key, texts: Sequence[str], contents: Sequence[PageContent | None]) -> Row:
    """The row for ``texts`` (one a page) against the pages' glyphs; every space and letter counts one."""
    total = count = 0
    spots: list[Spot] = []
    for index, content in enumerate(contents):
        if content is None:
            continue
        text = texts[index] if index < len(texts) else ""
        # The glyphs' own texts, not an ActualText: that must not lose letters either.
        written = Counter(_NOISE.sub("", fold("".join(glyph.text for glyph in content.glyphs if glyph.visible))))
        got = Counter(_NOISE.sub("", fold(_NOISE.sub("", text))))
        total += written.total()
        lost = written - got
        if lost:
            count += lost.total()
            letters = "".join(lost.elements())[:_MOST_SHOWN]
            spots.append(Spot(index + 1, f"−{letters}", lost.total()))
        foreign = _LOOKALIKE.findall(text)
        if foreign:
            count += len(foreign)
            spots.append(Spot(index + 1, f"≠{''.join(foreign)[:_MOST_SHOWN]}", len(foreign)))
        for extra in _added(text, content):
            count += 1
            spots.append(Spot(index + 1, extra, 1))
    return Row(key, count, total, worst(spots))


def _added(text: str, content: PageContent) -> list[str]:
    """Where ``text`` has a space that the page has not, beside Han or inside a word, with what is around it."""
    allowed = _allowed(content)
    extra = []
    for match in _SPACED.finditer(text):
        before, after = _plain(match[1]), _plain(match[3])
        if _NOISE.search(before + after):
            continue
        if allowed[before, after] > 0:
            allowed[before, after] -= 1
            continue
        start, stop = match.start(), match.end(3)
        extra.append(" ".join(text[max(start + 1 - _AROUND, 0) : stop + _AROUND - 1].split("\n")).strip())
    return extra


def _allowed(content: PageContent) -> Counter[tuple[str, str]]:
    """The pairs of characters that have a space or a wide gap between them, and how often.

    A space in an ``ActualText`` (ISO 32000-1, 14.9.4) was written, though it is not drawn.
    """
    allowed: Counter[tuple[str, str]] = Counter()
    for line in lines_of(content.glyphs):
        previous: Glyph | None = None
        blank = False
        for glyph in line.glyphs:
            if not inked(glyph):
                blank = blank or glyph.text.isspace()
                continue
            wide = (_LABEL_GAP if _drawn(glyph, content) else _WIDE_GAP) * glyph.size
            if previous is not None and (blank or glyph.x - previous.right > wide):
                allowed[_plain(previous.text[-1:]), _plain(glyph.text[:1])] += 1
            previous, blank = glyph, False
    # A reading stands above its text, and small: that it is set off from the text is as it should be.
    for before, after in pairwise(glyph for glyph in content.glyphs if inked(glyph) and glyph.visible):
        small, large = sorted((before.size, after.size))
        if small <= _READING * large and abs(before.y - after.y) > small:
            allowed[_plain(before.text[-1:]), _plain(after.text[:1])] += 1
    # Words of a drawing at unlike heights, such as numbers on columns, are one line to some readers.
    for before, after in pairwise(glyph for glyph in content.glyphs if inked(glyph) and _drawn(glyph, content)):
        if 0.0 < abs(before.y - after.y) < before.size:
            allowed[_plain(before.text[-1:]), _plain(after.text[:1])] += 1
    for mark in content.marks:
        for match in _SPACED.finditer(mark.actual_text or ""):
            allowed[_plain(match[1]), _plain(match[3])] += 1
    return allowed


def _drawn(glyph: Glyph, content: PageContent) -> bool:
    """Whether a glyph belongs to a drawing."""
    return glyph.mark >= 0 and content.marks[glyph.mark].tag == "Figure"


def _plain(char: str) -> str:
    return unicodedata.normalize("NFKC", char)[:1]
