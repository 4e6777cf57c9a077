"""From the glyphs of a page to passages of text; see :mod:`.flow`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from newsletter_pdf.anchors import parse_anchor
from newsletter_pdf.verify.context import Context
from newsletter_pdf.verify.flow import Cell, Figure, Passage, Style
from newsletter_pdf.verify.furniture import Folio
from newsletter_pdf.verify.geometry import Box
from newsletter_pdf.verify.glyphs import Glyph, PageContent
from newsletter_pdf.verify.lines import Line, fold, lines_of, segments
from newsletter_pdf.verify.setting.blocks import TextLine, owners_of, split_lines
from newsletter_pdf.verify.setting.tags import Kind, Owner, Tags
from newsletter_pdf.verify.wording import BLANK, unify

_CALLS = re.compile("[①-⑳㉑-㉟㊱-㊿]|[0-9]{1,3}")
_CALL = "①"
_NUMBERS = {
    Kind.HEADING: re.compile(
        r"第[〇零一二三四五六七八九十百]+[章节编]|[（(][〇零一二三四五六七八九十百]+[）)]|[0-9]{1,3}(?:[.．](?![0-9])|、)"
    ),
    Kind.TEXT: re.compile("[①-⑳㉑-㉟㊱-㊿]|[\\[［〔(（]?[0-9]{1,3}[\\]］〕)）.．]"),
}
_PAGE_NUMBER = re.compile(r"[0-9]+|[ivxlcdm]+|[IVXLCDM]+")
_LEADER = frozenset(".·…․‥⋯•_-—。")
_GOES_ON = 2.5  # em; a line that ends so near the right edge may run on
_STEP = 2.2  # em between the baselines of lines of one paragraph at most
_COLUMN_GAP = 3.0  # em between parts of one baseline that are no text of one line
_LABELS = 0.6  # em; line setting leaves less between letters
_SPREAD = 1.2  # em; Chinese names of two letters are spread by less
_SAME_HEIGHT = 1.5  # pt
_LAST_LATIN = "\u2e7f"
_FIRST = 8  # letters of an entry among which its link begins
_ENDS = frozenset("。！？!?：:；;")
_CLOSERS = frozenset(f"”’」』）)】》〉{_CALL}")


class PassageReader:
    """Reads pages one by one; with ``tags`` None the passages are guessed, a line each."""

    def __init__(self, context: Context, tags: Tags | None) -> None:
        self.context = context
        self.tagged = tags is not None
        self.figures: list[Figure] = []
        self.styles: dict[Style, int] = {}
        self.margins: list[str] = []
        self.furniture: list[list[Box]] = []
        self._tags = tags
        self._passages: list[Passage] = []
        first = context.pdf.destinations.get("s1")
        self._body = first.page if first else 0
        self._entries: dict[int, list[Box]] = {}
        for link in context.pdf.links:
            if link.page < self._body and link.name and parse_anchor(link.name):
                self._entries.setdefault(link.page, []).append(link.box)

    def read_page(self, index: int) -> None:
        """Read the 0-based page."""
        content = self.context.pdf.contents[index]
        outside: list[Line] = []
        if content is not None and self._tags is not None:
            outside = self._tagged(content, self._tags)
        elif content is not None:
            outside = self._untagged(index)
        text, boxes = _margins(outside, self.context.folios.get(index))
        self.margins.append(text)
        self.furniture.append(boxes)

    def finish(self) -> list[Passage]:
        """All passages; repeated table heads are dropped, what goes on from page to page is marked."""
        passages = _without_repeated_heads(self._passages)
        if self.tagged:
            run = [passage for passage in passages if not passage.note]
            for before, after in pairwise(run):
                after.joins = (
                    after.page == before.page + 1
                    and before.kind is after.kind is Kind.TEXT
                    and before.align == after.align
                    and not _ends_sentence(before.cells)
                    and abs(before.cells[0].size - after.cells[0].size) < 1
                )
        return passages

    # with tags --------------------------------------------------------------------------------------------------

    def _tagged(self, content: PageContent, tags: Tags) -> list[Line]:
        """Read the page's blocks in the order of the tags; gives the lines that no tag owns."""
        owners = owners_of(content, tags)
        found: dict[int, tuple[Owner, list[Glyph]]] = {}
        boxes: dict[int, list[Box]] = {}
        outside: list[Glyph] = []
        for glyph in content.glyphs:
            if not glyph.visible:
                continue
            owner = owners[glyph.mark] if glyph.mark >= 0 else None
            if owner is None:
                outside.append(glyph)
                continue
            found.setdefault(owner.number, (owner, []))[1].append(glyph)
            if owner.kind is Kind.DRAWING:
                boxes.setdefault(owner.number, []).append(_glyph_box(glyph))
        for paint in content.paints:
            owner = owners[paint.mark] if paint.mark >= 0 else None
            if owner is not None and owner.kind is Kind.DRAWING:
                boxes.setdefault(owner.number, []).append(paint.box)
        self.figures += [Figure(content.index, _around(boxes[number])) for number in sorted(boxes)]
        for number in sorted(found):
            owner, glyphs = found[number]
            lines = [TextLine(content.index, row) for row in split_lines(glyphs)]
            self._add(owner.kind, owner.align, [line for line in lines if line.glyphs], note=owner.note)
        return lines_of(outside)

    # without tags -----------------------------------------------------------------------------------------------

    def _untagged(self, index: int) -> list[Line]:
        """Read the page's lines from the top down; gives those of running heads and folios."""
        folio = self.context.folios.get(index)
        heights = [*self.context.furniture.heights, *([folio.y] if folio else [])]
        outside: list[Line] = []
        previous: TextLine | None = None
        lines = self.context.lines[index]
        edge = max((line.right for line in lines), default=0.0)
        for line in lines:
            if any(abs(line.y - y) <= _SAME_HEIGHT for y in heights):
                outside.append(line)
                continue
            for part in segments(line, _COLUMN_GAP):
                row = TextLine(index, _between(line.glyphs, part))
                before = self._passages[-1] if previous is not None else None
                if previous is not None and before is not None and _goes_on(previous, row, edge):
                    before.cells += self._cells(row, before.cells[-1])
                else:
                    self._add(Kind.TEXT, None, [row], note=False)
                previous = row
        return outside

    # both -------------------------------------------------------------------------------------------------------

    def _add(self, kind: Kind, align: str | None, lines: Sequence[TextLine], *, note: bool) -> None:
        cells: list[Cell] = []
        for line in lines:
            cells += self._cells(line, cells[-1] if cells else None)
        if not cells:
            return
        if kind is Kind.CELL:
            cells[0] = cells[0]._replace(space=True)  # one cell of a table from the next
        page = cells[0].page
        passage = Passage(kind, page, align, cells, note=note)
        passage.entry = any(_covers(box, cell) for box in self._entries.get(page, ()) for cell in cells[:_FIRST])
        if passage.entry:
            _split_folio(passage)
        if passage.entry or kind is Kind.HEADING or note:
            _split_number(passage)
        self._passages.append(passage)

    def _cells(self, line: TextLine, before: Cell | None) -> list[Cell]:
        cells: list[Cell] = []
        for place, glyph in enumerate(line.glyphs):
            shown = BLANK.sub("", glyph.text)
            if not shown:
                continue
            key = unify(shown)
            if line.is_small(glyph) and _CALLS.fullmatch(key):
                key = _CALL  # note calls are counted anew on each page
            style = self.styles.setdefault(Style(glyph.font.base_name, round(glyph.size, 1)), len(self.styles))
            last = cells[-1] if cells else before
            apart = place in line.spaces or (last is not None and _apart(last, glyph, key, new_line=not cells))
            cells.append(
                Cell(key, shown, apart, line.page, glyph.x, max(glyph.right, glyph.x), glyph.y, glyph.size, style)
            )
        return cells


def _apart(last: Cell, glyph: Glyph, key: str, *, new_line: bool) -> bool:
    """Whether letters without a space between them are apart to the eye: Latin words of two lines, labels in a row."""
    if new_line:
        return _latin(last.text) and _latin(key)
    wide = _SPREAD if last.text[-1] > _LAST_LATIN and key[0] > _LAST_LATIN else _LABELS
    return glyph.x - last.right > wide * glyph.size


def _latin(text: str) -> bool:
    return text.isascii() and text[-1].isalnum()


def _ends_sentence(cells: Sequence[Cell]) -> bool:
    """Whether a stop is the last mark, closing marks and note calls aside."""
    last = next((cell for cell in reversed(cells) if cell.key not in _CLOSERS), cells[-1])
    return last.key in _ENDS


def _covers(box: Box, cell: Cell) -> bool:
    x, y = (cell.x + cell.right) / 2, cell.y + cell.size / 3
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _goes_on(before: TextLine, line: TextLine, edge: float) -> bool:
    """Whether ``line`` is of one paragraph with the line before it on its page."""
    size = before.size
    return (
        abs(line.size - size) < 1
        and before.right(centred=False) > edge - _GOES_ON * size
        and 0 < before.y - line.y < _STEP * size
        and abs(line.left - before.left) < _GOES_ON * size
    )


def _between(glyphs: Sequence[Glyph], part: Line) -> list[Glyph]:
    """The glyphs of a line from the part's left to its right edge, blanks included."""
    return [glyph for glyph in glyphs if part.left <= glyph.x <= part.right]


def _split_number(passage: Passage) -> None:
    """Take the number before the title, or before the note, out of the text."""
    pattern = _NUMBERS[Kind.TEXT if passage.note else Kind.HEADING]
    # With the blanks, so that a number and a title that begins with a figure are no decimal number: 7. 43亿.
    texts = [(" " if cell.space and index else "") + cell.text for index, cell in enumerate(passage.cells)]
    found = pattern.match("".join(texts))
    if not found:
        return
    length = 0
    for count, text in enumerate(texts, 1):
        length += len(text)
        if length >= found.end():
            if count < len(passage.cells):
                passage.number, passage.cells = passage.cells[:count], passage.cells[count:]
            return


def _split_folio(passage: Passage) -> None:
    """Take the page number at the end of a contents entry, and the leader before it, out of the text."""
    cells = passage.cells
    count = 0
    while count < len(cells) and cells[-1 - count].text.isascii() and cells[-1 - count].text.isalnum():
        count += 1
        if count < len(cells) and cells[-count].x - cells[-1 - count].right > cells[-count].size / 2:
            break
    if not count or count == len(cells) or not _PAGE_NUMBER.fullmatch("".join(c.text for c in cells[-count:])):
        return
    rest = cells[:-count]
    apart = cells[-count].y != rest[-1].y or cells[-count].x - rest[-1].right > cells[-count].size / 4
    if not apart and rest[-1].text not in _LEADER:
        return
    while len(rest) > 1 and rest[-1].text in _LEADER:
        rest = rest[:-1]
    passage.cells, passage.folio = rest, cells[-count:]


def _without_repeated_heads(passages: Iterable[Passage]) -> list[Passage]:
    """Drop the rows at the head of a page that only repeat the first rows of the table on the page before."""
    kept: list[Passage] = []
    pages: dict[int, list[Passage]] = {}
    for passage in passages:
        pages.setdefault(passage.page, []).append(passage)
    for page, items in pages.items():
        run = [passage for passage in pages.get(page - 1, ()) if not passage.note]
        start = len(run)
        while start > 0 and run[start - 1].kind is Kind.CELL:
            start -= 1
        repeated = _common_rows(run[start:], [passage for passage in items if not passage.note])
        dropped = {id(passage) for passage in repeated}
        kept += [passage for passage in items if id(passage) not in dropped]
    return kept


def _common_rows(table: Sequence[Passage], items: Sequence[Passage]) -> list[Passage]:
    """The whole rows that ``items`` begin with and ``table`` begins with, too; all but the table's last row at most."""
    count = 0
    for upper, lower in zip(table, items, strict=False):
        if lower.kind is not Kind.CELL or upper.text != lower.text:
            break
        count += 1
    while count and not (_begins_row(table, count) and _begins_row(items, count)):
        count -= 1
    return list(items[:count]) if count < len(table) else []


def _begins_row(cells: Sequence[Passage], index: int) -> bool:
    """Whether the passage at ``index`` stands farther left than the one before, or is there none."""
    if index >= len(cells):
        return True
    return cells[index].cells[0].x < cells[index - 1].cells[0].x - 1


def _margins(lines: Iterable[Line], folio: Folio | None) -> tuple[str, list[Box]]:
    """The words of running heads and feet without the folio, and the boxes of both."""
    words: list[str] = []
    boxes: list[Box] = []
    for line in lines:
        boxes.append(_around([_glyph_box(glyph) for glyph in line.glyphs]))
        for part in segments(line):
            text = BLANK.sub(" ", part.text).strip()
            if folio is not None and abs(part.y - folio.y) <= _SAME_HEIGHT and folio.text in fold(text):
                text = fold(text).replace(folio.text, "", 1)
            if text:
                words.append(text)
    return "　".join(words), boxes


def _glyph_box(glyph: Glyph) -> Box:
    return (glyph.x, glyph.y - 0.3 * glyph.size, max(glyph.right, glyph.x), glyph.y + glyph.size)


def _around(boxes: Sequence[Box]) -> Box:
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
