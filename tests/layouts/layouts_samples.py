"""An invented issue with every kind of block, and the parts that a layout makes of it."""

import datetime as dt
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from newsletter_pdf.compose import Composer, ContentsLine, Part, number_section
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.layouts import Layout, load_layout
from newsletter_pdf.model import (
    Article,
    BoardGroup,
    Callout,
    Card,
    Cards,
    CodeBlock,
    Contact,
    ContactLine,
    Figure,
    FootnoteCall,
    Group,
    Issue,
    IssueFacts,
    ListBlock,
    ListItem,
    Masthead,
    Nameplate,
    Organisation,
    Paragraph,
    Person,
    Process,
    ProcessStep,
    QrCode,
    Quote,
    Section,
    ServicePage,
    Services,
    Table,
    TableCell,
    Text,
)

HOME = Path(__file__).resolve().parents[2]
HERE = Place(Path("x.md"), 1, 1)


def get_layout(name: str = "classic", **options: object) -> Layout:
    findings = Findings()
    layout = load_layout(name, HOME, options, findings)
    assert list(findings) == []
    assert layout is not None
    return layout


def paragraph(text: str) -> Paragraph:
    return Paragraph(children=(Text(text=text),), place=HERE)


def cell(text: str) -> TableCell:
    return TableCell(children=(Text(text=text),))


def every_block(picture: Path) -> tuple[Any, ...]:
    code = QrCode(data="https://example.org/", caption="扫码", place=HERE)
    item = ListItem(blocks=(paragraph("甲项"),))
    note = FootnoteCall(label="1", children=(Text(text="脚注文字"),))
    return (
        Paragraph(children=(Text(text="正文"), note), place=HERE),
        ListBlock(ordered=False, items=(item,), place=HERE),
        ListBlock(ordered=True, start=3, items=(item,), place=HERE),
        Table(caption="表题", head=(cell("甲"), cell("乙")), rows=((cell("一"), cell("二")),), place=HERE),
        Figure(path=picture, alt="方块", caption="图题", credit="供图者", place=HERE),
        Quote(blocks=(paragraph("引文"),), attribution="某人", place=HERE),
        Callout(title="提示题", blocks=(paragraph("提示文"),), place=HERE),
        CodeBlock(text="a < b", place=HERE),
        code,
        Process(title="流程题", steps=(ProcessStep(title="登记", text="填表", duration="三天"),), place=HERE),
        Cards(title="卡片题", columns=2, items=tuple(Card(title=f"卡{i}", text="文") for i in range(3)), place=HERE),
        Contact(title="联系题", lines=(ContactLine(label="电话", value="000", href=None),), qr=(code,), place=HERE),
    )


def make_section(blocks: tuple[Any, ...], *, groups: int = 2) -> Section:
    articles = tuple(Article(title=f"文章{i}", blocks=blocks, source="某网", place=HERE) for i in (1, 2))
    return Section(
        name="01-a",
        title="栏目全称",
        short_title="简称",
        lead=(paragraph("导读文字"),),
        keywords=("词甲", "词乙"),
        groups=tuple(Group(title=f"分组{i}", articles=articles, place=HERE) for i in range(1, groups + 1)),
        place=HERE,
    )


def make_issue(folder: Path, section: Section, **facts: object) -> Issue:
    people = (Person(name="闫东", posts=("主任", "教授")), Person(name="欧阳明"))
    return Issue(
        name="2026-11",
        folder=folder,
        facts=IssueFacts.model_validate(
            {"title": "月览", "date": dt.date(2026, 11, 20), "number": 11, "running_number": 7, "place": HERE, **facts}
        ),
        masthead=Masthead(
            nameplate=Nameplate(text="澄观", latin="CHENG GUAN"),
            organisations=(Organisation(role="主办", names=("某会",)),),
            board=(
                BoardGroup(role="编委", note="按姓氏笔画", people=people),
                BoardGroup(role="编辑", style="names", people=people),
            ),
            statement=(paragraph("宗旨文字"),),
            imprint=(ContactLine(label="邮箱", value="a@example.org", href="mailto:a@example.org"),),
            place=HERE,
        ),
        services=Services(
            pages=tuple(
                ServicePage(title=f"服务{i}", subtitle="副题", blocks=section.groups[0].articles[0].blocks, place=HERE)
                for i in (1, 2)
            ),
            place=HERE,
        ),
        sections=(section,),
    )


ENTRIES = (
    ContentsLine(1, "", "栏目全称", "1", "s1"),
    ContentsLine(2, "（一）", "分组1", "2", "s1-g1"),
    ContentsLine(3, "1.", "文章" * 35, "12", "s1-g1-a1"),
)


def make_parts(issue: Issue, layout: Layout) -> Iterator[Part]:
    findings = Findings()
    composer = Composer(issue, layout, findings)
    assert issue.services is not None
    for part in (
        composer.cover(),
        composer.masthead(),
        composer.contents(ENTRIES),
        composer.section(number_section(issue.sections[0], 1)),
        composer.services(issue.services),
    ):
        assert [f.code for f in findings if f.code != "N411"] == []
        assert part is not None
        yield part


class Page(HTMLParser):
    """Elements with their attributes, and the text inside links."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.links: list[str] = []
        self._in_link = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "a":
            self._in_link = True
            self.links.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_link = self._in_link and tag != "a"

    def handle_data(self, data: str) -> None:
        if self._in_link:
            self.links[-1] += data


def plain(html: str) -> str:
    return re.sub(r"\u2060|\s", "", re.sub(r"<[^>]*>", "", html))
