"""How text runs over from page to page: headings, first and last lines of paragraphs, last pages of sections.

CLREQ 3.3.3 asks that a heading keep with the text after it, and that neither the first line of a paragraph stand alone
at a page's foot nor the last one alone at its head.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from newsletter_pdf.findings import proof_pages as rules
from newsletter_pdf.verify.context import place
from newsletter_pdf.verify.lines import box_around
from newsletter_pdf.verify.pages.rows import Pages, Row, fragments, quoted
from newsletter_pdf.verify.setting.tags import Kind

FEWEST_LINES = 3  # on the last page of a section
_INDENTED = 0.5  # em
_SAME = 1.0  # pt
_FULL = 1.0  # em; a line that ends so near the edge of its column may run on
_NEXT_LINE = 0.8  # em between baselines from which on they are two lines
_LINE_WIDE = 2.0  # pt; thinner paints are rules
_NUMERAL = 3  # characters of a section's number at most
_ENDS = frozenset("。！？!?：:；;")
_CLOSERS = frozenset("”’」』）)】》〉")


def check_breaks(pages: Pages) -> None:
    """Headings with their text, no line alone, no section that ends in a nearly empty page."""
    if pages.context.tags is None:
        return
    flow = [[row for row in rows if not row.note] for rows in pages.rows]
    parts = {page for page, _title in pages.parts}
    indents = _Indents(pages)
    for index in pages.body:
        if flow[index]:
            _check_foot(pages, flow[index], index)
            if index + 1 in pages.body and index + 1 not in parts:
                _check_break(pages, indents, index)
    _check_last_pages(pages, flow)


def _check_foot(pages: Pages, rows: Sequence[Row], index: int) -> None:
    """The lowest line is no heading's, nothing else below it; a section's title alone on its page is meant so."""
    last = min(rows, key=lambda row: row.y)
    if last.owner is None or last.kind is not Kind.HEADING or _painted_below(pages, last):
        return
    # A section's numeral may stand over its title.
    if index in pages.sections and all(
        row.owner == last.owner or len(row.line.text.strip()) <= _NUMERAL for row in rows
    ):
        return
    box = box_around(glyph for row in rows if row.owner == last.owner for glyph in row.line.glyphs)
    first = next(row for row in rows if row.owner == last.owner)
    pages.context.findings.add(rules.HEADING_AT_FOOT.at(place(index, box), title=quoted(first, 24)))


def _painted_below(pages: Pages, row: Row) -> bool:
    """Whether a picture or drawing stands between the row and the foot of the page."""
    content = pages.context.pdf.contents[row.page]
    folio = pages.context.folios.get(row.page)
    floor = folio.box[3] if folio is not None and folio.box is not None and folio.y < row.y else 0.0
    return content is not None and any(
        floor + row.size < paint.box[3] < row.y
        and min(paint.box[2] - paint.box[0], paint.box[3] - paint.box[1]) > _LINE_WIDE
        for paint in content.paints
    )


class _Indents:
    """Where the lines of paragraphs begin that are not their first, and whether first lines are moved in there."""

    def __init__(self, pages: Pages) -> None:
        self.pages = pages
        self._fragments: dict[int, list[list[Row]]] = {}
        lefts: Counter[int] = Counter()
        moved: Counter[int] = Counter()
        rights: Counter[int] = Counter()
        for index in pages.body:
            for group in self.on(index):
                if len(group) > 1:
                    lefts[round(group[1].left)] += 1
                    moved[round(group[1].left)] += _is_moved(group[0], group[1])
                    rights.update(round(row.right) for row in group[:-1])
        self._indented = {left for left, count in lefts.items() if 2 * moved[left] > count}
        self.right = rights.most_common(1)[0][0] if rights else 0.0

    def on(self, index: int) -> list[list[Row]]:
        """The paragraphs of a page, or the parts of them, from the top down."""
        if index not in self._fragments:
            found = [group for group in fragments(self.pages.rows[index]) if _is_text(group[0])]
            self._fragments[index] = sorted(found, key=lambda group: -group[0].y)
        return self._fragments[index]

    def runs_on(self, tail: Sequence[Row], head: Sequence[Row]) -> bool:
        """Whether ``head``, the first on its page, is the rest of ``tail``, the last on the page before.

        So it is when the last line is full, and the next begins where lines do that are no first ones, in a column
        where first ones are moved in. Where they are not the last line must also end inside a sentence.
        """
        last, first = tail[-1], head[0]
        if last.begins is None or first.begins is None or last.begins.align != first.begins.align:
            return False
        if abs(last.size - first.size) > _SAME:
            return False
        rows = [*tail[1:], *head[1:]]
        edge = max((row.right for row in [*tail[:-1], *head[:-1]]), default=self.right)
        left = min((row.left for row in rows), default=first.left)
        if abs(last.right - edge) > _FULL * last.size and abs(last.hang - edge) > _FULL * last.size:
            return False
        if abs(first.left - left) > _SAME:
            return False
        if len(tail) > 1 and tail[0].left - left > _INDENTED * last.size:
            return True
        if len(tail) == 1 and _is_moved(last, first):
            return True
        if round(left) in self._indented or round(left) - 1 in self._indented or round(left) + 1 in self._indented:
            return len(tail) > 1 or not _ends_sentence(last)
        return not _ends_sentence(last)


def _is_text(row: Row) -> bool:
    return row.begins is not None and row.begins.kind is Kind.TEXT


def _is_moved(first: Row, second: Row) -> bool:
    return first.left - second.left > _INDENTED * first.size


def _ends_sentence(row: Row) -> bool:
    """Whether a stop is the last mark of a line, closing marks aside."""
    text = row.line.text.rstrip()
    while text and text[-1] in _CLOSERS:
        text = text[:-1]
    return not text or text[-1] in _ENDS


def _check_break(pages: Pages, indents: _Indents, index: int) -> None:
    """The paragraph that runs over from the page ``index`` to the next has two lines at least on each."""
    before, after = indents.on(index), indents.on(index + 1)
    if not before or not after:
        return
    tail = min(before, key=lambda group: group[-1].y)
    head = after[0]
    lowest = min(row.y for row in pages.rows[index] if not row.note)
    highest = max(row.y for row in pages.rows[index + 1] if not row.note)
    if tail[-1].y - lowest > _SAME or highest - head[0].y > _SAME or not indents.runs_on(tail, head):
        return
    add, limits = pages.context.findings.add, pages.context.limits
    if len(tail) == 1 < limits.orphans:
        add(rules.ORPHAN_LINE.at(place(index, tail[0].box), text=quoted(tail[0])))
    if len(head) == 1 < limits.widows:
        add(rules.WIDOW_LINE.at(place(index + 1, head[0].box), text=quoted(head[0])))


def _check_last_pages(pages: Pages, flow: Sequence[Sequence[Row]]) -> None:
    """A section does not end in a page with only a line or two; pages of other parts may be as short as they are."""
    starts = [page for page, _title in pages.parts]
    for start in sorted(pages.sections):
        end = min((page for page in starts if page > start), default=len(flow)) - 1
        if end <= start or not flow[end] or _pictured(pages, end):
            continue
        count = _count_lines(pages.rows[end])
        if count < FEWEST_LINES:
            box = box_around(glyph for row in pages.rows[end] for glyph in row.line.glyphs)
            pages.context.findings.add(rules.LAST_PAGE_NEARLY_EMPTY.at(place(end, box), count=count))


def _count_lines(rows: Sequence[Row]) -> int:
    """How many lines a reader counts: readings and note calls stand with the line below or beside them."""
    count, last = 0, float("inf")
    for row in sorted(rows, key=lambda row: -row.y):
        if last - row.y > _NEXT_LINE * row.size:
            count, last = count + 1, row.y
    return count


def _pictured(pages: Pages, index: int) -> bool:
    """Whether there is more on the page than text, running head and folio."""
    content = pages.context.pdf.contents[index]
    return content is None or any(
        paint.kind == "image" or (paint.mark >= 0 and content.marks[paint.mark].tag == "Figure")
        for paint in content.paints
    )
