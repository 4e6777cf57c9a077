"""Blocks of the model as passages of text, in the order in which they are read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from newsletter_pdf.chinese import clean
from newsletter_pdf.expectation import figures
from newsletter_pdf.expectation.places import Finder
from newsletter_pdf.findings import Place
from newsletter_pdf.model import (
    Block,
    Callout,
    Cards,
    Chart,
    Code,
    CodeBlock,
    Contact,
    ContactLine,
    Figure,
    FootnoteCall,
    Inline,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Process,
    ProperName,
    QrCode,
    Quote,
    Ruby,
    Table,
    Text,
)
from newsletter_pdf.verify.expected import ExpectedFigure, ExpectedLink, ExpectedPassage, Role
from newsletter_pdf.verify.wording import CALL


class Passages:
    """Passages gathered in order; ``notes`` are the footnotes, in the order of their calls.

    ``table_heads`` are the texts of the head rows of tables; ``links`` lead outside, ``figures`` are all that is drawn.
    """

    def __init__(self) -> None:
        self.run: list[ExpectedPassage] = []
        self.notes: list[ExpectedPassage] = []
        self.table_heads: list[str] = []
        self.links: list[ExpectedLink] = []
        self.figures: list[ExpectedFigure] = []
        self.unit = 0
        self.loose = False
        self._finder = Finder()

    def begin(self, *, loose: bool = False) -> None:
        """Begin a unit: what keeps together."""
        self.unit += 1
        self.loose = loose

    def add(self, role: Role, text: str | None, place: Place, number: int | None = None) -> None:
        """Add a plain text, which passes the text filter; nothing when there is none."""
        if text:
            self._append(role, clean(text), self._finder.place(text, place), number)

    def runs(self, role: Role, children: Sequence[Inline], place: Place, number: int | None = None) -> None:
        """Add inline content, and the notes that it calls."""
        text = "".join(self._inline(children, place))
        if text:
            first = children[0]
            near = self._finder.place(first.text, place) if isinstance(first, Text) else place
            self._append(role, text, near, number)

    def blocks(self, blocks: Iterable[Block], role: Role = Role.PARAGRAPH, number: int | None = None) -> None:
        """Add blocks, whose paragraphs are ``role``; ``number`` is printed before the first."""
        for block in blocks:
            self._block(block, role, number)
            number = None

    def _block(self, block: Block, role: Role, number: int | None) -> None:
        place = block.place
        match block:
            case Paragraph():
                self.runs(role, block.children, place, number)
            case ListBlock():
                for count, item in enumerate(block.items, block.start):
                    self.blocks(item.blocks, Role.ITEM, count if block.ordered else None)
            case Table():
                self._table(block)
            case Figure():
                self.figures.append(figures.figure(block))
                self.add(Role.CAPTION, block.caption, place)
                self.add(Role.CREDIT, block.printed_credit, place)
            case Chart():
                self.figures.append(figures.chart(block))
                self.add(Role.CAPTION, block.title, place)
                self.add(Role.CREDIT, block.source, place)
                self.add(Role.CAPTION, block.note, place)
            case Quote():
                self.blocks(block.blocks, Role.QUOTE)
                self.add(Role.QUOTE, block.attribution, place)
            case Callout():
                self.add(Role.TITLE, block.title, place)
                self.blocks(block.blocks, role)
            case CodeBlock():
                self._append(Role.CODE, block.text, place, None)
            case QrCode():
                self._code(block)
            case Process() | Cards() | Contact():
                self._boxes(block)

    def _table(self, table: Table) -> None:
        self.add(Role.CAPTION, table.caption, table.place)
        begin = len(self.run)
        for cell in table.head:
            self.runs(Role.CELL, cell.children, table.place)
        self.table_heads.append("".join(passage.text for passage in self.run[begin:]))
        for row in table.rows:
            for cell in row:
                self.runs(Role.CELL, cell.children, table.place)

    def _boxes(self, block: Process | Cards | Contact) -> None:
        place = block.place
        self.add(Role.TITLE, block.title, place)
        match block:
            case Process():
                for count, step in enumerate(block.steps, 1):
                    self.add(Role.TITLE, step.title, place, count)
                    self.add(Role.FACT, step.duration, place)
                    self.add(Role.PARAGRAPH, step.text, place)
            case Cards():
                for card in block.items:
                    self.add(Role.TITLE, card.title, place)
                    self.add(Role.PARAGRAPH, card.text, place)
            case Contact():
                for line in block.lines:
                    self.add(Role.FACT, line.label, place)
                    self.contact_line(line, place)
                for code in block.qr:
                    self._code(code)

    def _code(self, code: QrCode) -> None:
        self.figures.append(figures.code(code))
        self.add(Role.CAPTION, code.caption, code.place)

    def contact_line(self, line: ContactLine, place: Place) -> None:
        """Add a labelled line's value, which is printed as it is and may be a link."""
        if line.href:
            self.links.append(ExpectedLink(line.href, line.value, place))
        self.verbatim(Role.FACT, line.value, place)

    def verbatim(self, role: Role, text: str, place: Place) -> None:
        """Add a text that is printed as it is."""
        self._append(role, text, self._finder.place(text, place), None)

    def _append(self, role: Role, text: str, place: Place, number: int | None) -> None:
        self.run.append(ExpectedPassage(role, text, place, number, self.unit, self.loose))

    def _inline(self, children: Iterable[Inline], place: Place) -> Iterable[str]:
        for child in children:
            match child:
                case Text() | ProperName():
                    yield clean(child.text)
                case Code():
                    yield child.text
                case Link():
                    text = "".join(self._link(child, place))
                    self.links.append(ExpectedLink(child.href, text, place))
                    yield text
                case FootnoteCall():
                    yield CALL
                    note = "".join(self._inline(child.children, place))
                    self.notes.append(ExpectedPassage(Role.NOTE, note, place, None, self.unit))
                case Ruby():
                    yield child.reading
                    yield clean(child.text)
                case LineBreak():
                    pass
                case _:
                    yield from self._inline(child.children, place)

    def _link(self, link: Link, place: Place) -> Iterable[str]:
        """A link's text; an address shown as itself does not pass the filter."""
        if len(link.children) == 1 and isinstance(link.children[0], Text):
            shown = link.children[0].text
            if shown in (link.href, link.href.removeprefix("mailto:")):
                yield shown
                return
        yield from self._inline(link.children, place)
