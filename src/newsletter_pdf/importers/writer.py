"""Sections → the text of section files, in the form that the reader of section files understands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import yaml

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import manuscripts as rules
from newsletter_pdf.importers.escaping import (
    alt_markdown,
    caption_markdown,
    footnotes,
    heading_markdown,
    inline_markdown,
)
from newsletter_pdf.importers.inlines import plain
from newsletter_pdf.importers.manuscript import ManuscriptBlock, NamedCallout
from newsletter_pdf.importers.structure import DraftArticle, DraftSection
from newsletter_pdf.model import Block, CodeBlock, Figure, Inline, ListBlock, Paragraph, Quote, Table, TableCell

PictureName = Callable[[Figure], str]
"""Gives the file name of a figure's picture in the folder ``images/``."""

_ALIGNMENT = {"left": ":---", "center": ":---:", "right": "---:", None: "---"}


def section_text(section: DraftSection, picture_name: PictureName, findings: Findings) -> str:
    """The whole section file; emphasis that Markdown cannot express in its place is reported and left out."""
    return _Writer(picture_name, findings).section(section)


class _Literal(str):
    """Text that YAML shall write as a block with ``|``."""

    __slots__ = ()


class _Flow(list[str]):
    """A list that YAML shall write in square brackets."""


class _Dumper(yaml.SafeDumper):
    """Writes front matter the way editors type it."""


_Dumper.add_representer(_Literal, lambda dumper, data: dumper.represent_scalar("tag:yaml.org,2002:str", data, "|"))
_Dumper.add_representer(
    _Flow, lambda dumper, data: dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)


def front_matter(title: str, lead: Sequence[str] = (), keywords: Sequence[str] = ()) -> str:
    """The YAML block that opens a section file, with its ``---`` lines; every value quoted where YAML needs it."""
    fields: dict[str, object] = {"title": title}
    if lead:
        fields["lead"] = _Literal("\n\n".join(lead) + "\n")
    if keywords:
        fields["keywords"] = _Flow(keywords)
    # No line is ever folded: a folded Chinese line would gain a space.
    body = yaml.dump(fields, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**9)
    return f"---\n{body}---\n"


class _Writer:
    def __init__(self, picture_name: PictureName, findings: Findings) -> None:
        self.picture_name = picture_name
        self.findings = findings
        self.notes: dict[str, tuple[Inline, ...]] = {}
        self.noted: set[str] = set()

    def section(self, section: DraftSection) -> str:
        lead = [self._inline(paragraph.children, paragraph.place) for paragraph in section.lead]
        parts = []
        for group in section.groups:
            if group.title is not None:
                parts.append(f"## {heading_markdown(group.title)}")
            for article in group.articles:
                parts += self._article(article)
        if self.notes:
            # Notes called in the lead of a section without articles.
            parts += self._take_notes()
        body = "".join(f"\n{part}\n" for part in parts)
        return front_matter(section.title, lead, section.keywords) + body

    def _article(self, article: DraftArticle) -> list[str]:
        parts = [f"### {heading_markdown(article.title)}", *self._blocks(article.blocks)]
        if article.source:
            parts.append("来源：" + self._inline(article.source, article.place).replace("\\\n", " "))
        return parts + self._take_notes()

    def _take_notes(self) -> list[str]:
        parts = []
        while self.notes:
            label, children = next(iter(self.notes.items()))
            del self.notes[label]
            self.noted.add(label)
            parts.append(_indent(f"[^{label}]: ", self._inline(children, Place()), "    "))
        return parts

    def _inline(self, children: tuple[Inline, ...], place: Place, *, cell: bool = False) -> str:
        text, whole = inline_markdown(children, cell=cell)
        if not whole:
            self.findings.add(rules.EMPHASIS_DROPPED.at(place, text=plain(children)[:30]))
        for label, note in footnotes(children).items():
            if label not in self.noted:
                self.notes.setdefault(label, note)
        return text

    # --- blocks -----------------------------------------------------------------------------------------------------

    def _blocks(self, blocks: Sequence[ManuscriptBlock | Block]) -> list[str]:
        parts: list[str] = []
        previous: ManuscriptBlock | Block | None = None
        other = False
        for block in blocks:
            # Two lists in a row would be read as one: they get different marks.
            other = (
                isinstance(block, ListBlock)
                and isinstance(previous, ListBlock)
                and block.ordered == previous.ordered
                and not other
            )
            parts.append(self._block(block, other_mark=other))
            previous = block
        return parts

    def _block(self, block: ManuscriptBlock | Block, *, other_mark: bool) -> str:
        match block:
            case Paragraph():
                return self._inline(block.children, block.place)
            case ListBlock():
                return self._list(block, other_mark=other_mark)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case Quote():
                inner = "\n\n".join(self._blocks(block.blocks))
                return "\n".join(f"> {line}" if line else ">" for line in inner.split("\n"))
            case NamedCallout():
                title = f" {block.title}" if block.title else ""
                return "\n\n".join([f"::: {block.name}{title}", *self._blocks(block.blocks), ":::"])
            case CodeBlock():
                return _fenced(block)
            case _:
                raise TypeError(f"a manuscript holds no {block.kind}")

    def _list(self, block: ListBlock, *, other_mark: bool) -> str:
        items = []
        for number, item in enumerate(block.items, start=block.start):
            mark = f"{number}{')' if other_mark else '.'} " if block.ordered else ("* " if other_mark else "- ")
            items.append(_indent(mark, "\n\n".join(self._blocks(item.blocks)), " " * len(mark)))
        return "\n".join(items)

    def _table(self, table: Table) -> str:
        width = len(table.head)

        def row(cells: Sequence[TableCell]) -> str:
            texts = [self._inline(cell.children, table.place, cell=True) for cell in cells[:width]]
            return "| " + " | ".join([*texts, *[""] * (width - len(texts))]) + " |"

        rule = "| " + " | ".join(_ALIGNMENT[cell.align] for cell in table.head) + " |"
        lines = [row(table.head), rule, *(row(cells) for cells in table.rows)]
        caption = [f"表：{heading_markdown(table.caption)}", ""] if table.caption else []
        return "\n".join([*caption, *lines])

    def _figure(self, figure: Figure) -> str:
        target = f"images/{self.picture_name(figure)}"
        caption = f" {caption_markdown(figure.caption)}" if figure.caption else ""
        credit = f"\n{heading_markdown(figure.printed_credit)}" if figure.printed_credit else ""
        return f"![{alt_markdown(figure.alt)}]({target}{caption}){credit}"


def _fenced(block: CodeBlock) -> str:
    language = block.language or ""
    mark = "~" if "`" in language else "`"
    longest = max((len(run) for run in _runs(block.text, mark)), default=0)
    fence = mark * max(3, longest + 1)
    text = f"{block.text}\n" if block.text else ""
    return f"{fence}{language}\n{text}{fence}"


def _runs(text: str, mark: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip().startswith(mark)]


def _indent(first: str, text: str, rest: str) -> str:
    """``text`` behind ``first``, its further lines behind ``rest``; empty lines stay empty."""
    head, *lines = text.split("\n")
    return "\n".join([(first + head).rstrip(), *(rest + line if line else "" for line in lines)])
