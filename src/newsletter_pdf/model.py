"""The issue as validated, immutable data: what the layouts see.

No module that builds these objects renders anything, and nothing that renders changes them. Lengths and numbers that
the layout chooses (folios, group and article numbers) are not in here; text is as the editor wrote it, with markup
resolved. Every node that can be the subject of a finding carries its :class:`~newsletter_pdf.findings.Place`.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from newsletter_pdf.chartdata import Chart
from newsletter_pdf.findings import Level, Place
from newsletter_pdf.inlines import (
    Code,
    Emphasis,
    FootnoteCall,
    Inline,
    LineBreak,
    Link,
    Node,
    ProperName,
    Ruby,
    Strong,
    Text,
)  # fmt: skip

__all__ = [
    "Article", "Block", "BoardGroup", "Callout", "Card", "Cards", "Chart", "Code", "CodeBlock", "Contact",
    "ContactLine", "Emphasis", "Figure", "FootnoteCall", "Group", "Inline", "Issue", "IssueFacts", "LineBreak",
    "Link", "ListBlock", "ListItem", "Masthead", "Nameplate", "Node", "Organisation", "Paragraph", "Person",
    "Process", "ProcessStep", "ProperName", "QrCode", "Quote", "Ruby", "Section", "ServicePage", "Services", "Strong",
    "Table", "TableCell", "Text",
]  # fmt: skip


class Paragraph(Node):
    """A paragraph of running text."""

    kind: Literal["paragraph"] = "paragraph"
    children: tuple[Inline, ...]
    place: Place


class ListItem(Node):
    """One item of a list; blocks allow paragraphs and nested lists."""

    blocks: tuple[Block, ...]


class ListBlock(Node):
    """A bulleted or numbered list; ``start`` is the first number of a numbered one."""

    kind: Literal["list"] = "list"
    ordered: bool
    start: int = 1
    items: tuple[ListItem, ...]
    place: Place


class TableCell(Node):
    """A cell; ``align`` is the column's."""

    children: tuple[Inline, ...]
    align: Literal["left", "center", "right"] | None = None


class Table(Node):
    """A table with one head row and optional caption."""

    kind: Literal["table"] = "table"
    caption: str | None = None
    head: tuple[TableCell, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    place: Place


# Words by which a credit says what it is.
_CREDITED = ("供图", "摄", "图源", "图：", "图:", "图/", "来源", "图片", "图库", "资料图", "提供", "©", "绘")


class Figure(Node):
    """A picture; ``path`` is absolute, checked to lie inside the issue folder; ``alt`` is never empty."""

    kind: Literal["figure"] = "figure"
    path: Path
    alt: str
    caption: str | None = None
    credit: str | None = None
    place: Place

    @property
    def printed_credit(self) -> str | None:
        """「供图：某人」, or the credit alone where it says itself what it is: 「某人 摄」「新华社供图」."""
        if self.credit is None or any(word in self.credit for word in _CREDITED):
            return self.credit
        return f"供图：{self.credit}"


class Quote(Node):
    """A quotation set apart, with its attribution."""

    kind: Literal["quote"] = "quote"
    blocks: tuple[Block, ...]
    attribution: str | None = None
    place: Place


class Callout(Node):
    """A boxed note beside the main text."""

    kind: Literal["callout"] = "callout"
    title: str | None = None
    blocks: tuple[Block, ...]
    place: Place


class CodeBlock(Node):
    """Program text, verbatim."""

    kind: Literal["code_block"] = "code_block"
    language: str | None = None
    text: str
    place: Place


class QrCode(Node):
    """A QR code (ISO/IEC 18004) with what it says underneath; ``data`` is what is encoded."""

    kind: Literal["qr"] = "qr"
    data: str
    caption: str | None = None
    place: Place


class ProcessStep(Node):
    """One step of a process; the layout numbers it."""

    title: str
    text: str | None = None
    duration: str | None = None


class Process(Node):
    """A process drawn as numbered steps in order."""

    kind: Literal["process"] = "process"
    title: str | None = None
    steps: tuple[ProcessStep, ...]
    place: Place


class Card(Node):
    """One card of a grid."""

    title: str
    text: str | None = None


class Cards(Node):
    """A grid of cards, ``columns`` wide (1–4)."""

    kind: Literal["cards"] = "cards"
    title: str | None = None
    columns: int = Field(default=2, ge=1, le=4)
    items: tuple[Card, ...]
    place: Place


class ContactLine(Node):
    """One labelled line of a contact block; ``href`` makes the value a link."""

    label: str
    value: str
    href: str | None = None


class Contact(Node):
    """How to reach somebody, with QR codes beside it."""

    kind: Literal["contact"] = "contact"
    title: str | None = None
    lines: tuple[ContactLine, ...]
    qr: tuple[QrCode, ...] = ()
    place: Place


Block = Annotated[
    Paragraph | ListBlock | Table | Figure | Quote | Callout | CodeBlock | QrCode | Process | Cards | Contact | Chart,
    Field(discriminator="kind"),
]


class Article(Node):
    """One article; its number is the layout's work. ``source_place`` is where ``source`` is written."""

    title: str
    blocks: tuple[Block, ...]
    source: str | None = None
    source_place: Place | None = None
    place: Place


class Group(Node):
    """Articles under one heading; ``title`` is None in a section without groups (then it is the only group)."""

    title: str | None
    articles: tuple[Article, ...]
    place: Place


class Section(Node):
    """One section file. ``name`` is its file name without extension; ``lead`` holds its 导读, a paragraph an item."""

    name: str
    title: str
    short_title: str | None = None
    lead: tuple[Paragraph, ...] = ()
    keywords: tuple[str, ...] = ()
    sources: Literal["required", "optional"] = "optional"
    groups: tuple[Group, ...]
    place: Place

    @property
    def running_title(self) -> str:
        """What the running head prints."""
        return self.short_title or self.title


class Organisation(Node):
    """Organisations in one role, such as 主办单位."""

    role: str
    names: tuple[str, ...]


class Person(Node):
    """A person; ``posts`` are offices held, each one line as it shall be printed, most important first.

    ``name`` is stored without inner spaces for Han names: setting 「闫东」 over three characters is the layout's work.
    """

    name: str
    posts: tuple[str, ...] = ()


class BoardGroup(Node):
    """People in one role, in the order given. ``style`` ``names`` runs names on without posts (编辑部)."""

    role: str
    note: str | None = None
    style: Literal["list", "names"] = "list"
    people: tuple[Person, ...]


class Nameplate(Node):
    """The publication's name as it stands on the cover, and its Latin form."""

    text: str
    latin: str | None = None


class Masthead(Node):
    """What is shared by the issues: organisations, board, statement of purpose, imprint lines."""

    nameplate: Nameplate | None = None
    organisations: tuple[Organisation, ...] = ()
    board: tuple[BoardGroup, ...] = ()
    required_roles: tuple[str, ...] = ()
    statement: tuple[Paragraph, ...] = ()
    imprint: tuple[ContactLine, ...] = ()
    place: Place


class ServicePage(Node):
    """One page (or more, when it runs over) at the back."""

    title: str
    subtitle: str | None = None
    blocks: tuple[Block, ...]
    place: Place


class Services(Node):
    """The service pages, in order."""

    pages: tuple[ServicePage, ...]
    place: Place


class IssueFacts(Node):
    """``issue.yaml``. ``number`` counts within the year, ``running_number`` (总第…期) from the first issue on.

    ``option_places`` tells where each of ``options`` stands, ``layout_place`` where ``layout`` does.
    """

    title: str
    subtitle: str | None = None
    title_en: str | None = None
    date: dt.date
    number: int = Field(ge=1)
    running_number: int | None = Field(default=None, ge=1)
    author: str | None = None
    subject: str | None = None
    keywords: tuple[str, ...] = ()
    highlights: tuple[str, ...] = ()
    language: Literal["zh-CN", "zh-TW", "zh-HK", "en"] = "zh-CN"
    layout: str = "classic"
    options: dict[str, object] = Field(default_factory=dict)
    rules: dict[str, Level] = Field(default_factory=dict)
    option_places: dict[str, Place] = Field(default_factory=dict)
    layout_place: Place | None = None
    place: Place


class Issue(Node):
    """A whole issue. ``folder`` is the absolute issue folder; ``name`` its last part, e.g. ``2026-11``."""

    name: str
    folder: Path
    facts: IssueFacts
    masthead: Masthead | None
    services: Services | None
    sections: tuple[Section, ...]
