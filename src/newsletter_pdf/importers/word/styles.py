"""What styles say: names, heading levels, numbering, and the look of runs (ECMA-376 Part 1, 17.7).

Properties add up in the order of 17.7.2: document defaults, paragraph style (from its base upwards), character style,
then what stands at the paragraph or run itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from newsletter_pdf.importers.word.names import Element, W, child, children, switched_on, value, whole

_TITLE = re.compile(r"title|标题|標題|文档标题|大标题|正标题", re.IGNORECASE)
_HEADING = re.compile(
    r"(?:heading|标题|標題|见出し|제목|titre|überschrift)\s*([1-9])(?:\s*字符|\s*char)?", re.IGNORECASE
)
_CAPTION = re.compile(r"caption|题注|題注|图题|表题|图注", re.IGNORECASE)
_QUOTE = re.compile(r"(?:intense )?quot(?:e|ations?)|(?:明显)?引用|块引用|block (?:text|quotation)", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目录|index|table of figures)\s*(?:\d*|heading|标题)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks, as far as it is read; ``size`` in pt, ``font`` the East Asian one."""

    bold: bool = False
    italic: bool = False
    mark: bool = False
    underline: bool = False
    strike: bool = False
    hidden: bool = False
    raised: str = ""
    highlight: bool = False
    size: float | None = None
    font: str | None = None
    symbol_font: str | None = None


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph's style makes of it. ``level`` is 0 for a title, 1–9 for a heading, None for text."""

    name: str
    level: int | None
    caption: bool
    quote: bool
    contents: bool


class Styles:
    """The styles of one file; an unknown style says nothing."""

    def __init__(self, root: Element | None) -> None:
        self._styles: dict[str, Element] = {}
        self._default: dict[str, str] = {}
        for style in children(root, W + "style"):
            name = style.get(W + "styleId") or ""
            self._styles.setdefault(name, style)
            if (style.get(W + "default") or "").lower() in {"1", "true", "on"}:
                self._default.setdefault(style.get(W + "type") or "", name)
        self._base = child(root, W + "docDefaults", W + "rPrDefault", W + "rPr")
        self._of_style = lru_cache(maxsize=None)(self._paragraph_style)
        self._look_of = lru_cache(maxsize=None)(self._style_look)

    def of_paragraph(self, style_id: str | None) -> ParagraphStyle:
        """The meaning of the paragraph style ``style_id`` (None for the default one)."""
        return self._of_style(style_id)

    def paragraph_properties(self, style_id: str | None) -> list[Element]:
        """The ``w:pPr`` of a style and its bases, the nearest first."""
        found = (child(style, W + "pPr") for style in self._chain(style_id, "paragraph"))
        return [properties for properties in found if properties is not None]

    def look(self, paragraph_style: str | None, run_properties: Element | None) -> Look:
        """The look of a run with ``run_properties`` in a paragraph of ``paragraph_style``."""
        look = self._look_of(paragraph_style, value(run_properties, W + "rStyle"))
        return look if run_properties is None or not len(run_properties) else _with(look, run_properties)

    def _style_look(self, paragraph_style: str | None, character_style: str | None) -> Look:
        look = Look() if self._base is None else _with(Look(), self._base)
        chains = [self._chain(paragraph_style, "paragraph")]
        if character_style:
            chains.append(self._chain(character_style, ""))
        for chain in chains:
            for style in reversed(list(chain)):
                properties = child(style, W + "rPr")
                if properties is not None:
                    look = _with(look, properties)
        return look

    def _chain(self, style_id: str | None, kind: str) -> Iterator[Element]:
        name = style_id if style_id is not None and style_id in self._styles else self._default.get(kind)
        seen: set[str] = set()
        while name and name in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[name]
            name = value(self._styles[name], W + "basedOn")

    def _paragraph_style(self, style_id: str | None) -> ParagraphStyle:
        # A style that nobody defined still has a name that may tell: files made by programs leave the definitions out.
        own = style_id if style_id and style_id not in self._styles else None
        chain = list(self._chain(style_id, "paragraph")) if own is None else []
        names = [own] if own is not None else [value(style, W + "name") or "" for style in chain]
        outline = next((level for style in chain if (level := _outline(child(style, W + "pPr"))) is not None), None)
        levels = [level for name in names if (level := _named_level(name)) is not None]
        level = levels[0] if levels else outline
        if level == _BODY_LEVEL:
            level = None
        nearest = names[0] if names else ""
        return ParagraphStyle(
            name=nearest,
            level=level,
            caption=any(_CAPTION.fullmatch(name.strip()) for name in names),
            quote=any(_QUOTE.fullmatch(name.strip()) for name in names),
            contents=any(_CONTENTS.fullmatch(name.strip()) for name in names),
        )


_BODY_LEVEL = 10


def outline_level(properties: Element | None) -> int | None:
    """The outline level that stands at a paragraph: 1–9, 0 for an explicit body text, None when nothing is said."""
    level = _outline(properties)
    return 0 if level == _BODY_LEVEL else level


def _outline(properties: Element | None) -> int | None:
    """``w:outlineLvl`` counts from 0; 9 is body text (17.3.1.20)."""
    number = whole(value(properties, W + "outlineLvl"))
    return None if number is None or not 0 <= number <= 9 else number + 1


def _named_level(name: str) -> int | None:
    flat = " ".join(name.split())
    heading = _HEADING.fullmatch(flat)
    if heading is not None:
        return int(heading[1])
    return 0 if _TITLE.fullmatch(flat) else None


def _with(look: Look, properties: Element) -> Look:
    """``look`` changed by a ``w:rPr``. Fields are set by position, as this runs once for nearly every run."""
    fonts = child(properties, W + "rFonts")
    size = whole(value(properties, W + "sz"))
    underline = value(properties, W + "u")
    mark = value(properties, W + "em")
    strike = switched_on(properties, W + "strike")
    double = switched_on(properties, W + "dstrike")
    hidden = switched_on(properties, W + "vanish")
    bold, italic = switched_on(properties, W + "b"), switched_on(properties, W + "i")
    highlight = value(properties, W + "highlight")
    raised = value(properties, W + "vertAlign")
    return Look(
        look.bold if bold is None else bold,
        look.italic if italic is None else italic,
        look.mark if mark is None else mark != "none",
        look.underline if underline is None else underline != "none",
        look.strike if strike is None and double is None else bool(strike or double),
        look.hidden if hidden is None else hidden,
        look.raised if raised is None else raised.replace("baseline", ""),
        look.highlight if highlight is None else highlight != "none",
        look.size if size is None else size / 2,
        (None if fonts is None else fonts.get(W + "eastAsia")) or look.font,
        (None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")) or look.symbol_font,
    )
