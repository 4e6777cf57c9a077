"""The account at the end of an import: every character of the manuscript is written, listed as left out, or named here.

What the manuscript holds is told by a plain walk over the file (:class:`Passage`), which shares nothing with the reader
that makes blocks of it: what that reader passes over shows as a difference. Blanks, invisible characters and signs of a
symbol font do not count, nor does what is taken away on purpose: labels, brackets of sources, numbers typed in titles.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from newsletter_pdf.files import CONTROL, DIRECTION, INVISIBLE
from newsletter_pdf.importers.escaping import footnotes
from newsletter_pdf.importers.inlines import plain, readings
from newsletter_pdf.importers.labels import (
    after_credit_label,
    after_keywords_label,
    after_lead_label,
    find_source,
    split_keywords,
)
from newsletter_pdf.importers.manuscript import NamedCallout, Passage, Unplaced
from newsletter_pdf.importers.numbering import typed_number
from newsletter_pdf.importers.structure import DraftSection
from newsletter_pdf.model import Block, CodeBlock, Figure, Inline, ListBlock, Paragraph, Quote, Table

KIND = "unaccounted"
"""The kind of :class:`Unplaced` that names what the account misses."""

_BLANK = re.compile(rf"[\s\ue000-\uf8ff]|{CONTROL.pattern}|{INVISIBLE.pattern}|{DIRECTION.pattern}")
# Characters that stand for raised and lowered ones, and those that no font makes different.
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎−", "0123456789+-=()ni0123456789+-=()-")
_LABELS = re.compile(
    r"关键[词字]|导[读语]|本[期栏]导读|(?:信息|消息|文章|稿件)?来源|供图|[、，,；;|｜：:∶﹕。．.（()）【】［］\[\]〔〕<>]"
)
_BRACKETED = re.compile(r"<(https?://[^<>\s]+)>")
_SHORTEST = 4  # characters of a run that may be found apart from the rest of it
_WORK = 400_000_000  # characters looked through at most, some half a second


def unaccounted(
    passages: Iterable[Passage], sections: Sequence[DraftSection], unplaced: Sequence[Unplaced]
) -> list[Unplaced]:
    """What of ``passages`` stands neither in ``sections`` nor in ``unplaced``, a piece for each passage.

    Each character that was written accounts for one of the manuscript, passages that may repeat apart. The work grows
    with the length of the text; past a limit, which no manuscript of an author reaches, the rest is compared as one.
    """
    pool = _Pool(sections, unplaced)
    waiting = [passage for passage in passages if not _is_there(passage, pool)]
    pool.narrow()
    out = []
    for passage in waiting:
        missing = _missing(passage, pool)
        if missing:
            out.append(Unplaced(passage.place, missing, KIND))
    return out


def _is_there(passage: Passage, pool: _Pool) -> bool:
    text = "".join(passage.runs)
    whole = _bare(text)
    if not whole or (not passage.once and pool.holds(whole)):
        return True
    return pool.take([whole]) or any(pool.take([_bare(piece) for piece in pieces]) for pieces in _divided(text))


def _divided(text: str) -> Iterator[list[str]]:
    """What may have been written of ``text`` in pieces, without what is taken away on purpose."""
    number = typed_number(" ".join(text.split()))
    if number is not None:
        yield [" ".join(text.split())[number[1] :]]
    for label in (after_lead_label, after_credit_label):
        behind = label(text)
        if behind is not None:
            yield [text[behind:]]
    yield [text.strip("（）()。 \u3000").replace("/", "").replace("／", "")]
    yield [_BRACKETED.sub(r"\1", text)]
    yield list(split_keywords(text[after_keywords_label(text) or 0 :]))
    pieces: list[str] = []
    span = find_source(text)
    while span is not None:
        pieces = [text[span.start : span.end], *pieces]
        text = text[: span.before] + span.stop
        span = find_source(text) if text else None
    if pieces:
        yield [text, *pieces]


def _missing(passage: Passage, pool: _Pool) -> str:
    """The text of a passage that cannot be found run by run; empty when that is only labels and separators."""
    left: list[str] = []
    runs = [bare for run in passage.runs if (bare := _bare(run))]
    position = 0
    while position < len(runs):
        end = pool.longest(runs, position)
        if end > position:
            position = end
            continue
        left.append(pool.scraps(runs[position]))
        position += 1
    text = "".join(passage.runs)
    number = typed_number(" ".join(text.split()))
    missing = "".join(left)
    if missing != "".join(runs):
        if number is not None:
            missing = missing.removeprefix(_bare(" ".join(text.split())[: number[1]]))
        if not _LABELS.sub("", missing):
            return ""
    return missing if missing != "".join(runs) else " ".join(text.split())


def _bare(text: str) -> str:
    return _BLANK.sub("", text).translate(_PLAIN)


# --- what was written -----------------------------------------------------------------------------------------------


class _Pool:
    """The text that was written or listed, each character of which can be taken once."""

    def __init__(self, sections: Sequence[DraftSection], unplaced: Sequence[Unplaced]) -> None:
        written = _Written()
        for section in sections:
            written.section(section)
        rest = "\0".join(_bare(text) for text in (*written.beside, *(item.text for item in unplaced)))
        # The copies of a merged cell's text account for the whole text of another cell only.
        self.parts = ["".join(map(_bare, written.text)), rest, "\0".join(map(_bare, written.copies))]
        self.used = [bytearray(len(part)) for part in self.parts]
        self.next = [0, 0, 0]
        self.work = 0

    def holds(self, piece: str) -> bool:
        """Whether the piece stands anywhere, taken or not."""
        self.work += sum(map(len, self.parts))
        return any(piece in part for part in self.parts)

    def take(self, pieces: list[str]) -> bool:
        """Take all pieces, or none of them."""
        taken: list[tuple[int, int, int]] = []
        for piece in filter(None, pieces):
            found = self._find(piece)
            if found is None:
                for which, start, end in taken:
                    self.used[which][start:end] = bytes(end - start)
                return False
            which, start = found
            end = start + len(piece)
            self.used[which][start:end] = b"\1" * len(piece)
            self.next[which] = end
            taken.append((which, start, end))
        return bool(taken)

    def _find(self, piece: str) -> tuple[int, int] | None:
        for which, part in enumerate(self.parts):
            if part.startswith(piece, self.next[which]) and self._free(which, self.next[which], len(piece)):
                return which, self.next[which]
        for which, part in enumerate(self.parts):
            for start, end in ((self.next[which], len(part)), (0, self.next[which] + len(piece))):
                at = start
                while self.work < _WORK and (at := part.find(piece, at, end)) >= 0:
                    self.work += at - start + len(piece)
                    if self._free(which, at, len(piece)):
                        return which, at
                    at = self._after(which, at)
                self.work += end - start
        return None

    def _free(self, which: int, start: int, length: int) -> bool:
        return self.used[which].find(1, start, start + length) < 0

    def _after(self, which: int, start: int) -> int:
        """The next place that is free behind a taken one."""
        taken = self.used[which].find(1, start)
        free = self.used[which].find(0, taken)
        return len(self.parts[which]) if free < 0 else max(free, start + 1)

    def narrow(self) -> None:
        """Keep only what was not taken, for finding what is left of passages in pieces."""
        left = []
        for part, used in zip(self.parts[:2], self.used, strict=False):
            start = 0
            while (free := used.find(0, start)) >= 0:
                start = used.find(1, free)
                start = len(part) if start < 0 else start
                left.append(part[free:start])
        self.parts = ["\0".join(left)]
        self.used = [bytearray(len(self.parts[0]))]
        self.next = [0]

    def longest(self, runs: list[str], start: int) -> int:
        """The end of the most runs in a row from ``start`` that stand together; ``start`` for none. They are taken."""
        end = start
        while end < len(runs) and self._find("".join(runs[start : end + 1])) is not None:
            end += 1
        if end > start:
            self.take(["".join(runs[start:end])])
        return end

    def scraps(self, run: str) -> str:
        """What is left of a run when all longer pieces of it that stand somewhere are taken."""
        left = ""
        position = 0
        while position < len(run):
            end = position + _SHORTEST
            while end <= len(run) and self._find(run[position:end]) is not None:
                end += 1
            if end > position + _SHORTEST:
                self.take([run[position : end - 1]])
                position = end - 1
            else:
                left += run[position]
                position += 1
        return left


class _Written:
    """The texts of sections in reading order; ``beside`` are notes and readings, ``copies`` a cell's text again."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.beside: list[str] = []
        self.copies: list[str] = []

    def section(self, section: DraftSection) -> None:
        self.text.append(section.title)
        for paragraph in section.lead:
            self._inline(paragraph.children)
        self.text += section.keywords
        for group in section.groups:
            self.text.append(group.title or "")
            for article in group.articles:
                self.text.append(article.title)
                for block in article.blocks:
                    self._block(block)
                self._inline(article.source)

    def _inline(self, children: tuple[Inline, ...]) -> None:
        self.text.append(plain(children))
        self.beside += readings(children)
        for note in footnotes(children).values():
            self.beside += [plain(note), *readings(note)]

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._inline(block.children)
            case ListBlock():
                for item in block.items:
                    self._blocks(item.blocks)
            case Quote():
                self._blocks(block.blocks)
                self.text.append(block.attribution or "")
            case NamedCallout():
                self.text.append(block.title or "")
                self._blocks(block.blocks)
            case Table():
                self._table(block)
            case Figure():
                self.text += [block.caption or "", block.credit or ""]
            case CodeBlock():
                self.text.append(block.text)
            case _:
                raise TypeError(f"a manuscript holds no {block.kind}")

    def _blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self._block(block)

    def _table(self, table: Table) -> None:
        self.text.append(table.caption or "")
        above: list[str] = []
        for row in (table.head, *table.rows):
            texts = [plain(cell.children) for cell in row]
            for column, cell in enumerate(row):
                again = column > 0 and texts[column - 1] == texts[column]
                if again or (column < len(above) and above[column] == texts[column]):
                    self.copies.append(texts[column])
                else:
                    self._inline(cell.children)
            above = texts
