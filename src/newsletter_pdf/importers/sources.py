"""The source of an article: taken from the end of its text."""

from __future__ import annotations

from typing import cast

from newsletter_pdf.importers.inlines import cut, plain, tidy
from newsletter_pdf.importers.labels import find_source
from newsletter_pdf.importers.manuscript import ManuscriptBlock
from newsletter_pdf.model import Block, Inline, ListBlock, Paragraph, Quote, Text

_Source = tuple[Inline, ...]


def take_source(blocks: tuple[ManuscriptBlock, ...]) -> tuple[tuple[ManuscriptBlock, ...], _Source]:
    """Divide an article into its text and its source; the source is empty when there is none at the very end.

    「（来源：…）」 behind the last sentence or on a line of its own is taken, several in a row are joined with 「、」.
    A source further up belongs to a part of the article and stays in the text.
    """
    sources: list[_Source] = []
    while blocks:
        last, source = _take(blocks[-1])
        if not source:
            break
        # Taking the source away leaves a block of the same kind.
        blocks = (*blocks[:-1], *([cast(ManuscriptBlock, last)] if last is not None else []))
        sources.insert(0, source)
    joined: list[Inline] = []
    for source in sources:
        joined += [*([Text(text="、")] if joined else []), *source]
    return blocks, tidy(joined)


def _take(block: Block) -> tuple[Block | None, _Source]:
    """The block without the source at its end (None when nothing is left), and the source."""
    if isinstance(block, Paragraph):
        return _split(block)
    if isinstance(block, ListBlock):
        item = block.items[-1]
        inner, source = _take_inner(item.blocks)
        items = (*block.items[:-1], *([item.model_copy(update={"blocks": inner})] if inner else []))
        return (block.model_copy(update={"items": items}) if items else None), source
    if isinstance(block, Quote):
        inner, source = _take_inner(block.blocks)
        return (block.model_copy(update={"blocks": inner}) if inner else None), source
    return block, ()


def _take_inner(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], _Source]:
    if not blocks:
        return blocks, ()
    last, source = _take(blocks[-1])
    return (*blocks[:-1], *([last] if last is not None else [])), source


def _split(paragraph: Paragraph) -> tuple[Paragraph | None, _Source]:
    span = find_source(plain(paragraph.children))
    if span is None:
        return paragraph, ()
    stop = (Text(text=span.stop),) if span.stop else ()
    head = tidy((*cut(paragraph.children, 0, span.before), *stop))
    source = tidy(cut(paragraph.children, span.start, span.end))
    return (Paragraph(children=head, place=paragraph.place) if head else None), source
