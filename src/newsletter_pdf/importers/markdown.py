"""Manuscripts in Markdown, and plain text with Markdown headings → :class:`Manuscript`.

The dialect is more forgiving than that of section files: what only looks like Markdown in an office text (HTML tags,
indented paragraphs, lines of dashes, link definitions) is text here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import manuscripts as rules
from newsletter_pdf.findings.source import TOO_DEEP
from newsletter_pdf.importers.callouts import protect_colons
from newsletter_pdf.importers.decoding import read_manuscript_text
from newsletter_pdf.importers.hints import kept_as_text
from newsletter_pdf.importers.inlines import SOFT, join_soft, plain, soft_lines, tidy
from newsletter_pdf.importers.labels import stands_alone, starts_own_line
from newsletter_pdf.importers.literal import protect
from newsletter_pdf.importers.manuscript import Heading, Manuscript, ManuscriptBlock, NamedCallout
from newsletter_pdf.importers.markdowninlines import InlineNodes, manuscript_parser
from newsletter_pdf.importers.picturelines import credit, is_caption, picture_runs
from newsletter_pdf.model import (
    CodeBlock,
    Figure,
    Inline,
    LineBreak,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Strong,
    Table,
    TableCell,
    Text,
)
from newsletter_pdf.source import (
    CALLOUT,
    TooDeepError,
    check_nesting,
    note_texts,
)

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FRONT_MATTER = re.compile(r"---[ \t]*\n(?:.*\n)*?---[ \t]*(?:\n|$)")
_ALIGN = {"text-align:left": "left", "text-align:center": "center", "text-align:right": "right"}


def read_markdown(path: Path, findings: Findings) -> Manuscript | None:
    """Read a Markdown manuscript; in a ``.txt`` file every line is a paragraph of its own.

    Returns None when the file cannot be read or is no manuscript; the findings say why.
    """
    text = read_manuscript_text(path, findings)
    return None if text is None else markdown_manuscript(text, path, findings)


def markdown_manuscript(text: str, path: Path, findings: Findings) -> Manuscript | None:
    """As :func:`read_markdown`, of text that has been read already."""
    if _FRONT_MATTER.match(text):
        findings.add(rules.SECTION_FILE.at(Place(file=path, line=1, column=1), name=path.name))
        return None
    return _Reader(path, findings, line_is_paragraph=path.suffix.lower() == ".txt").read(text)


class _Reader(InlineNodes):
    def __init__(self, path: Path, findings: Findings, *, line_is_paragraph: bool) -> None:
        super().__init__(path, findings)
        self.line_is_paragraph = line_is_paragraph
        self.line = 1
        self.lifted: list[ManuscriptBlock] = []
        self.depth = 0
        self.joined: list[int] = []

    def read(self, text: str) -> Manuscript:
        env: dict[str, dict[str, dict[str, int]]] = {}
        text = self._without_comments(text)
        shielded, literal = protect_colons(protect(text))
        rows = text.split("\n")
        for number in literal:
            self._kept(Place(file=self.path, line=number + 1), rows[number].strip(), "callout")
        tokens = manuscript_parser().parse(shielded + "\n", env)
        try:
            check_nesting(tokens)
        except TooDeepError as deep:
            self.findings.add(TOO_DEEP.at(Place(file=self.path, line=deep.line + 1)))
            tokens = []
        root = SyntaxTreeNode(tokens)
        self._note_texts(root, text)
        self._read_notes(root)
        items = tuple(self._blocks(root.children))
        for key, number in env.get("footnotes", {}).get("refs", {}).items():
            if number < 0:
                label = f"[^{key.removeprefix(':')}]"
                line = next((i for i, row in enumerate(text.split("\n"), 1) if row.lstrip().startswith(label)), None)
                self._leave_out(Place(file=self.path, line=line), label)
        if self.joined:
            place = Place(file=self.path, line=self.joined[0])
            self.findings.add(rules.LINES_JOINED.at(place, count=len(self.joined)))
        return Manuscript(items, Place(file=self.path, line=1), tuple(self.unplaced))

    def _without_comments(self, text: str) -> str:
        """Authors' hidden remarks are left out and listed; the lines keep their numbers."""

        def leave_out(match: re.Match[str]) -> str:
            line = text.count("\n", 0, match.start()) + 1
            self._leave_out(Place(file=self.path, line=line), " ".join(match[0].split())[:40])
            return "\n" * match[0].count("\n")

        return _COMMENT.sub(leave_out, text)

    def _note_texts(self, root: SyntaxTreeNode, text: str) -> None:
        """Of several texts for one note only the last is read: the others are left out and listed."""
        last: dict[str, tuple[int, str]] = {}
        for index, label, line in note_texts(root, text.split("\n")):
            if label in last:
                self._leave_out(Place(file=self.path, line=last[label][0] + 1), last[label][1])
            last[label] = index, line.strip()[:80]

    def _read_notes(self, root: SyntaxTreeNode) -> None:
        for block in root.children:
            if block.type == "footnote_block":
                for note in block.children:
                    paragraphs = [p for p in self._blocks(note.children) if isinstance(p, Paragraph)]
                    inner: list[Inline] = []
                    for paragraph in paragraphs:
                        inner += [*([LineBreak()] if inner else []), *paragraph.children]
                    number = int(note.meta["id"])
                    self.notes[number] = (str(note.meta.get("label") or f"注{number + 1}"), tuple(inner))

    def _place(self, node: SyntaxTreeNode) -> Place:
        if node.map is not None:
            self.line = node.map[0] + 1
        return Place(file=self.path, line=self.line)

    def _kept(self, place: Place, text: str, what: str) -> None:
        self.findings.add(kept_as_text(place, text, what))

    # --- blocks -----------------------------------------------------------------------------------------------------

    def _blocks(self, nodes: list[SyntaxTreeNode]) -> Iterator[Heading | ManuscriptBlock]:
        for node in nodes:
            place = self._place(node)
            match node.type:
                case "heading":
                    children = tidy(join_soft(self._inline(node.children[0], place))) if node.children else ()
                    yield Heading(int(node.tag[1:]), children, place)
                    yield from self._take_pictures()
                case "paragraph":
                    yield from self._paragraphs(node, place)
                case "bullet_list" | "ordered_list":
                    yield from self._list(node, place)
                    yield from self._take_lifted()
                case "table":
                    yield self._table(node, place)
                    yield from self._take_pictures()
                case "blockquote":
                    blocks = tuple(self._flat(node.children))
                    if blocks:
                        yield Quote(blocks=blocks, place=place)
                    yield from self._take_lifted()
                case "fence":
                    yield CodeBlock(
                        language=node.info.strip() or None, text=node.content.removesuffix("\n"), place=place
                    )
                case _ if node.type == CALLOUT:
                    name, _, title = node.info.strip().partition(" ")
                    inside = tuple(self._flat(node.children))
                    if inside:
                        given = title.strip() or None
                        yield NamedCallout(name=name, title=given, blocks=inside, place=place)
                    yield from self._take_lifted()
                case _:
                    pass  # rules between paragraphs (---) say nothing in print; notes stand with their calls

    def _flat(self, nodes: list[SyntaxTreeNode]) -> Iterator[Paragraph | ListBlock]:
        """Blocks inside a list or quotation: a heading becomes a paragraph, tables and such come after the whole."""
        self.depth += 1
        for block in self._blocks(nodes):
            match block:
                case Heading():
                    yield Paragraph(children=(Strong(children=block.children),), place=block.place)
                case Paragraph() | ListBlock():
                    yield block
                case Quote():
                    yield from (inner for inner in block.blocks if isinstance(inner, Paragraph | ListBlock))
                case _:
                    self.lifted.append(block)
        self.depth -= 1

    def _take_lifted(self) -> Iterator[ManuscriptBlock]:
        if self.depth == 0:
            lifted, self.lifted = self.lifted, []
            yield from lifted

    def _paragraphs(self, node: SyntaxTreeNode, place: Place) -> Iterator[ManuscriptBlock]:
        """The paragraphs of a run of lines; a picture on a line of its own stays between the lines around it."""
        below = False
        for run in picture_runs(node.children[0].children):
            start = (place.line or 1) + run.first
            if run.picture:
                self._inline_of(run.nodes, Place(file=self.path, line=start))
                below = True
                continue
            lines = soft_lines(self._inline_of(run.nodes, Place(file=self.path, line=start)))
            while below and lines and self._belongs_to_picture(plain(lines[0]).strip()):
                lines, start = lines[1:], start + 1
            if below:
                yield from self._take_pictures()
            below = False
            yield from self._lines(lines, start)
            if self.pictures and not self.depth:
                for figure in self.pictures:
                    self.findings.add(rules.PICTURE_MOVED.at(figure.place, name=figure.path.name))
        yield from self._take_pictures()

    def _belongs_to_picture(self, line: str) -> bool:
        """Take 「供图：某某」 or 「图1 会场」 below a picture for its credit or caption; False for any other line."""
        if not self.pictures:
            return False
        last = self.pictures[-1]
        name = credit(line)
        if name is not None and last.credit is None:
            self.pictures[-1] = last.model_copy(update={"credit": name})
        elif is_caption(line) and last.caption is None:
            self.pictures[-1] = last.model_copy(update={"caption": line})
        else:
            return False
        return True

    def _lines(self, lines: list[tuple[Inline, ...]], first: int) -> Iterator[Paragraph]:
        current: tuple[Inline, ...] = ()
        start = first
        for number, line in enumerate(lines, start=first):
            alone = self.line_is_paragraph or starts_own_line(plain(line)) or stands_alone(plain(current))
            if plain(current).strip() and alone:
                yield from self._paragraph(current, start)
                current = ()
            elif plain(current).strip() and plain(line).strip():
                self.joined.append(number)
            start = start if current else number
            current = (*current, Text(text=SOFT), *line) if current else line
        yield from self._paragraph(current, start)

    def _paragraph(self, children: tuple[Inline, ...], line: int) -> Iterator[Paragraph]:
        tidied = tidy(join_soft(children))
        if tidied:
            yield Paragraph(children=tidied, place=Place(file=self.path, line=line))

    def _take_pictures(self) -> Iterator[Figure]:
        pictures, self.pictures = self.pictures, []
        yield from pictures

    def _list(self, node: SyntaxTreeNode, place: Place) -> Iterator[ManuscriptBlock]:
        ordered = node.type == "ordered_list"
        numbers = [int(item.info) if ordered else 0 for item in node.children]
        items: list[tuple[Paragraph | ListBlock, ...]] = [tuple(self._flat(item.children)) for item in node.children]
        if ordered and numbers != list(range(numbers[0], numbers[0] + len(numbers))) and len(set(numbers)) > 1:
            # The numbers are the author's own (「3.」「7.」): a list would count them anew.
            for number, blocks in zip(numbers, items, strict=True):
                yield from _numbered(f"{number}{node.markup} ", blocks, place)
            return
        filled = tuple(ListItem(blocks=blocks) for blocks in items if blocks)
        if filled:
            yield ListBlock(ordered=ordered, start=numbers[0] if ordered else 1, items=filled, place=place)

    def _table(self, node: SyntaxTreeNode, place: Place) -> Table:
        rows = [
            tuple(
                TableCell(
                    children=tidy(join_soft(self._inline(cell.children[0], place))) if cell.children else (),
                    align=_ALIGN.get(str(cell.attrs.get("style", ""))),
                )
                for cell in row.children
            )
            for part in node.children
            for row in part.children
        ]
        return Table(head=rows[0], rows=tuple(rows[1:]), place=place)


def _numbered(number: str, blocks: tuple[Paragraph | ListBlock, ...], place: Place) -> Iterator[Paragraph | ListBlock]:
    if blocks and isinstance(blocks[0], Paragraph):
        first = blocks[0]
        yield Paragraph(children=tidy((Text(text=number), *first.children)), place=first.place)
        yield from blocks[1:]
    else:
        yield Paragraph(children=(Text(text=number.strip()),), place=place)
        yield from blocks
