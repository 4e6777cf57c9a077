"""What should stand in a PDF, as plain data: the proof compares the file with it without knowing where it comes from.

:mod:`newsletter_pdf.expectation` makes it of an issue. Texts are as they should be printed, the text filter applied,
without what a layout adds: numbers, labels, brackets.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from newsletter_pdf.findings import Place
from newsletter_pdf.verify.pixels import Pixels


class Role(Enum):
    """What a passage is to its reader; the value is how messages call it, in Chinese and English."""

    SECTION = ("栏目标题", "section title")
    GROUP = ("分组标题", "group title")
    ARTICLE = ("文章标题", "article title")
    TITLE = ("标题", "title")
    LEAD = ("导读", "lead")
    KEYWORD = ("关键词", "keyword")
    PARAGRAPH = ("正文", "text")
    ITEM = ("列表项", "list item")
    CELL = ("表格文字", "table cell")
    CAPTION = ("图表标题", "caption")
    CREDIT = ("图片出处", "credit")
    QUOTE = ("引文", "quotation")
    NOTE = ("脚注", "footnote")
    CODE = ("代码", "code")
    SOURCE = ("来源", "source")
    NAME = ("姓名", "name")
    POST = ("职务", "post")
    ORGANISATION = ("机构名称", "organisation")
    DUTY = ("编委会职责", "role on the board")
    FACT = ("刊物信息", "imprint")
    ENTRY = ("目录条目", "contents entry")

    @property
    def zh(self) -> str:
        """Its name in Chinese."""
        return self.value[0]

    @property
    def en(self) -> str:
        """Its name in English."""
        return self.value[1]


@dataclass(frozen=True, slots=True)
class ExpectedPassage:
    """One passage of text in the order of reading.

    ``number`` is the number printed before it as a value (the 2 of 「2.」 and of 「（二）」), None when it has none;
    where a note is called, ``text`` has :data:`.wording.CALL`. ``unit`` tells which passages keep together: units of
    the same ``loose`` kind may stand in any order, as the groups of a masthead do, the passages within one may not.
    """

    role: Role
    text: str
    place: Place
    number: int | None = None
    unit: int = 0
    loose: bool = False


@dataclass(frozen=True, slots=True)
class ExpectedHeading:
    """A heading that the contents list: its destination, printed number (``""`` for none) and title.

    ``head`` is what the running head calls a section, ``""`` for others.
    """

    anchor: str
    number: str
    title: str
    head: str
    place: Place


@dataclass(frozen=True, slots=True)
class ExpectedFacts:
    """The facts of the periodical, as ``issue.yaml`` and the masthead have them; None or empty when not given.

    ``name`` is the issue's name, after which its file is called. ``cover`` are texts that a cover may show besides the
    facts, highlights and publishers say.
    """

    name: str
    title: str
    number: int
    date: dt.date
    running_number: int | None = None
    subtitle: str | None = None
    title_en: str | None = None
    nameplate: str | None = None
    author: str | None = None
    subject: str | None = None
    keywords: tuple[str, ...] = ()
    language: str | None = None
    cover: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpectedLink:
    """A link to an address outside: where it leads, and the words that carry it."""

    uri: str
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class ExpectedFigure:
    """A picture, drawing or code: what is read out in place of it, and by what it is known.

    ``known`` tells all of a raster picture, see :class:`.pixels.Pixels`; None for what is drawn. ``words`` are the
    letters that a drawing shows, None when they are not known. ``code`` is what a QR code says, ``modules`` its squares
    row by row from the top, True for dark ones, without the light ones around.
    """

    alt: str
    place: Place
    known: Pixels | None = None
    words: str | None = None
    code: str | None = None
    modules: tuple[tuple[bool, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Expected:
    """All that should stand in a PDF.

    ``passages`` are in the order of reading, ``notes`` the footnotes in theirs. ``heads`` are the titles that running
    heads of pages outside the sections may print; ``words`` are those that the layout prints by itself, such as labels.
    ``table_heads`` are the head rows of tables, which are printed again on each page that a table runs on to. ``place``
    is that of the facts. ``links`` lead outside, ``figures`` are in the order of reading.
    """

    passages: tuple[ExpectedPassage, ...]
    notes: tuple[ExpectedPassage, ...]
    headings: tuple[ExpectedHeading, ...]
    facts: ExpectedFacts
    heads: tuple[str, ...]
    words: tuple[str, ...]
    table_heads: tuple[str, ...]
    place: Place
    links: tuple[ExpectedLink, ...] = ()
    figures: tuple[ExpectedFigure, ...] = ()
