"""Paragraphs and tables of the body → headings and blocks: lists from numbers, captions to what they belong to."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Sequence
from typing import cast

from newsletter_pdf.findings import Place
from newsletter_pdf.findings import wordfiles as rules
from newsletter_pdf.importers.escaping import footnotes
from newsletter_pdf.importers.inlines import cut, plain, tidy, without_calls
from newsletter_pdf.importers.labels import after_keywords_label, find_source
from newsletter_pdf.importers.manuscript import Heading, ManuscriptBlock
from newsletter_pdf.importers.numbering import typed_number
from newsletter_pdf.importers.word.atoms import Atom
from newsletter_pdf.importers.word.body import Box
from newsletter_pdf.importers.word.captions import credit, is_figure_caption, is_table_caption, pictured
from newsletter_pdf.importers.word.context import Context
from newsletter_pdf.importers.word.lists import build_lists, written_out
from newsletter_pdf.importers.word.paragraphs import Para
from newsletter_pdf.importers.word.styles import Look
from newsletter_pdf.importers.word.targets import with_good_links
from newsletter_pdf.model import (
    Emphasis,
    Figure,
    FootnoteCall,
    Inline,
    LineBreak,
    Link,
    Paragraph,
    Quote,
    Ruby,
    Strong,
    Table,
    TableCell,
    Text,
)
from newsletter_pdf.source import line_joint

_ARTICLE = 3

# What a quotation's own paragraph of attribution opens with.
_ATTRIBUTION = re.compile(r"\s*(?:——|—|--)")


class Arranger:
    """Puts one file's items together; ``ignore_bold`` when all of the text is bold."""

    def __init__(self, context: Context, *, ignore_bold: bool) -> None:
        self.context = context
        self.ignore_bold = ignore_bold
        self.out: list[Heading | ManuscriptBlock] = []
        # Notes called in a title or caption, which are plain text: the next paragraph takes them.
        self.calls: list[FootnoteCall] = []
        # The last item put out when it may turn out to be the caption of what follows.
        self.caption: Para | None = None

    def arrange(
        self, items: Sequence[Para | Box], levels: dict[int, int], lengths: dict[int, int]
    ) -> list[Heading | ManuscriptBlock]:
        """All items in order; ``levels`` tells which of them are headings, ``lengths`` which of several paragraphs."""
        position = 0
        while position < len(items):
            item = items[position]
            end = position + 1
            if isinstance(item, Box):
                self._box(item)
            elif position in levels:
                end = position + lengths.get(position, 1)
                self._heading(_one_title(items[position:end]), levels[position])
            elif item.figures:
                end = self._figures(items, position, levels)
            elif _listed(item):
                end = _run_of(items, position, levels, lambda para: para.number is not None and not para.figures)
                self._lists(cast("list[Para]", items[position:end]))
            elif item.style.quote:
                end = _run_of(items, position, levels, lambda para: para.style.quote and not para.figures)
                paragraphs = [self._paragraph(cast(Para, para)) for para in items[position:end]]
                self._quote([paragraph for paragraph in paragraphs if paragraph is not None], item.place)
            else:
                self._text(item)
            position = end
        self._spend_calls()
        return self.out

    def _quote(self, paragraphs: Sequence[Paragraph], place: Place) -> None:
        """A quotation, or plain paragraphs when each opens as an attribution does and nothing would be quoted."""
        if all(_ATTRIBUTION.match(plain(paragraph.children)) for paragraph in paragraphs):
            self.out.extend(paragraphs)
        else:
            self.out.append(Quote(blocks=tuple(paragraphs), place=place))

    # --- text -------------------------------------------------------------------------------------------------------

    def _text(self, para: Para) -> None:
        paragraph = self._paragraph(para)
        if paragraph is not None:
            self.out.append(paragraph)
            self.caption = para if is_table_caption(para) or is_figure_caption(para) else None

    def _paragraph(self, para: Para) -> Paragraph | None:
        self.caption = None
        children = self._with_calls_in_text(self._inlines(para), para.place)
        if para.number is not None and not para.number.bullet:
            self.context.count("number", para.number.label, place=para.place)
            children = written_out(para.number, children)
        if self.calls and after_keywords_label(plain(children)) is None:
            children = (*children, *self.calls)
            self.calls = []
        return Paragraph(children=children, place=para.place) if children else None

    def _with_calls_in_text(self, children: tuple[Inline, ...], place: Place) -> tuple[Inline, ...]:
        """Keywords and sources become fields, which hold no notes: their calls move to the text beside them."""
        text = plain(children)
        if after_keywords_label(text) is not None:
            return self._title(children, place)
        span = find_source(text)
        calls = {} if span is None else footnotes(cut(children, span.before))
        if span is None or not calls:
            return children
        head, tail = cut(children, 0, span.before), without_calls(cut(children, span.before))
        moved = tuple(FootnoteCall(label=k, children=v) for k, v in calls.items() if k not in footnotes(head))
        self.context.count("title-note", text, place=place)
        before = self.out[-1] if self.out else None
        if plain(head).strip():
            return (*head, *moved, *tail)
        if isinstance(before, Paragraph):
            self.out[-1] = before.model_copy(update={"children": (*before.children, *moved)})
        else:
            self.calls += moved
        return tail

    def _inlines(self, para: Para) -> tuple[Inline, ...]:
        return tidy(with_good_links(para.inlines(ignore_bold=self.ignore_bold), para.place, self.context.findings))

    def _lists(self, paras: list[Para]) -> None:
        self.caption = None
        self.out += build_lists([(para, self._inlines(para)) for para in paras], self.context)

    def _heading(self, para: Para, level: int) -> None:
        self._spend_calls()
        self.caption = None
        children = para.inlines(ignore_bold=True)
        if level <= _ARTICLE:
            children = self._title(children, para.place)
        children = self._numbered(para, children, level)
        if plain(children).strip():
            self.out.append(Heading(level, children, para.place))
        self.out += [self._named(figure) for figure in para.figures]

    def _numbered(self, para: Para, children: tuple[Inline, ...], level: int) -> tuple[Inline, ...]:
        """With the automatic number typed out where it tells the order; other numbers are the layout's work."""
        if para.number is None or para.number.bullet:
            return children
        with_number = tidy((Text(text=f"{para.number.label} "), *children))
        if level > _ARTICLE or typed_number(plain(with_number)) is not None:
            return with_number
        self.context.count("heading-number", para.number.label, place=para.place)
        return children

    def _title(self, children: tuple[Inline, ...], place: Place) -> tuple[Inline, ...]:
        """A title as plain text: what it cannot hold goes to the next paragraph or into the report."""
        out: list[Inline] = []
        for node in children:
            if isinstance(node, FootnoteCall):
                self.calls.append(node)
                self.context.count("title-note", plain(children), place=place)
            elif isinstance(node, Ruby):
                self.context.leave_out("reading", f"{node.text}（{node.reading}）", place=place)
                out.append(Text(text=node.text))
            elif isinstance(node, Strong | Emphasis | Link):
                if isinstance(node, Link):
                    self.context.leave_out("link", node.href, place=place)
                out += self._title(node.children, place)
            else:
                out.append(node)
        return tidy(_one_line(out))

    def _spend_calls(self) -> None:
        """Notes that no paragraph could take stand as one."""
        for call in self.calls:
            self.out.append(Paragraph(children=tidy((Text(text="注："), *call.children)), place=self.context.place))
        self.calls = []

    # --- tables and pictures ----------------------------------------------------------------------------------------

    def _box(self, box: Box) -> None:
        table = box.content.table
        if table is not None:
            if table.caption is None and self.caption is not None and is_table_caption(self.caption):
                table = table.model_copy(update={"caption": self._caption_text(self.caption)})
                self.out.pop()
            self.out.append(self._linked(table))
        self.caption = None
        self.out += [self._named(figure) for figure in box.content.figures]
        self.calls += box.content.calls

    def _linked(self, table: Table) -> Table:
        def row(cells: tuple[TableCell, ...]) -> tuple[TableCell, ...]:
            return tuple(cell.model_copy(update={"children": good(cell.children)}) for cell in cells)

        def good(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
            return tidy(with_good_links(children, table.place, self.context.findings))

        return table.model_copy(update={"head": row(table.head), "rows": tuple(row(cells) for cells in table.rows)})

    def _figures(self, items: Sequence[Para | Box], position: int, levels: dict[int, int]) -> int:
        """Pictures of a paragraph, with the caption and credit from below, above, or the paragraph itself."""
        para = cast(Para, items[position])
        figures = list(para.figures)
        end = position + 1
        caption: str | None = None
        above = self.caption
        if is_figure_caption(para):
            caption = self._caption_text(para)
        elif para.text.strip() or para.atoms:
            self._text(para)
            above = None
        following = items[end] if end < len(items) and end not in levels else None
        both = pictured(following) if isinstance(following, Para) and figures and caption is None else None
        if both is not None:
            self.calls += _notes(following)
            end += 1
        elif caption is None and isinstance(following, Para) and is_figure_caption(following) and not following.figures:
            caption = self._caption_text(following)
            end += 1
        elif caption is None and above is not None and is_figure_caption(above):
            caption = self._caption_text(above)
            self.out.pop()
        following = items[end] if end < len(items) and end not in levels else None
        name = credit(following) if isinstance(following, Para) else None
        if both is not None:
            caption, name = both
        elif name is not None:
            self.calls += _notes(following)
            end += 1
        if figures:
            update = {"caption": caption or figures[-1].caption, "credit": name}
            figures[-1] = figures[-1].model_copy(update=update)
        self.caption = None
        self.out += [self._named(figure) for figure in figures]
        return end

    def _caption_text(self, para: Para) -> str:
        return plain(self._title(para.inlines(ignore_bold=True), para.place))

    def _named(self, figure: Figure) -> Figure:
        """With the caption as the alternative text when there is no other, which the editor is told."""
        if figure.alt or not figure.caption:
            return figure
        self.context.findings.add(rules.ALT_FROM_CAPTION.at(figure.place, caption=figure.caption[:40]))
        return figure.model_copy(update={"alt": figure.caption})


def _notes(item: Para | Box | None) -> list[FootnoteCall]:
    """The notes of a line that becomes a caption or a credit, which hold none."""
    notes = footnotes(item.inlines()) if isinstance(item, Para) else {}
    return [FootnoteCall(label=label, children=children) for label, children in notes.items()]


def _listed(para: Para) -> bool:
    return para.number is not None and (para.number.bullet or para.number.plain)


def _run_of(items: Sequence[Para | Box], start: int, levels: dict[int, int], belongs: Callable[[Para], bool]) -> int:
    """Where the run of paragraphs that belong together ends; it begins at ``start``."""
    end = start + 1
    while end < len(items) and end not in levels:
        item = items[end]
        if not isinstance(item, Para) or not belongs(item):
            break
        end += 1
    return end


def _one_title(items: Sequence[Para | Box]) -> Para:
    """The paragraphs of one title as a paragraph of several lines."""
    paras = [item for item in items if isinstance(item, Para)]
    title = paras[0]
    for para in paras[1:]:
        atoms = [*title.atoms, Atom(LineBreak(), Look()), *para.atoms]
        title = dataclasses.replace(title, atoms=atoms, figures=[*title.figures, *para.figures])
    return title


def _one_line(nodes: list[Inline]) -> list[Inline]:
    """Line breaks of a title as what joins two lines of its text: nothing beside Chinese, else a space."""
    out: list[Inline] = []
    for index, node in enumerate(nodes):
        if isinstance(node, LineBreak):
            before, after = plain(nodes[:index]).rstrip(), plain(nodes[index + 1 :]).lstrip()
            out.append(Text(text=line_joint(before[-1:], after[:1])))
        else:
            out.append(node)
    return out
