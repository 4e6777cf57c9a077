"""Blocks and inline markup of an article."""

import pytest
from reader_samples import SVG, Reader

from newsletter_pdf.model import (
    Callout,
    CodeBlock,
    Emphasis,
    Figure,
    FootnoteCall,
    LineBreak,
    Link,
    ListBlock,
    Paragraph,
    Process,
    QrCode,
    Quote,
    Strong,
    Table,
    Text,
)
from newsletter_pdf.model import Code as InlineCode
from newsletter_pdf.reader.inline import plain_text


def test_inline_markup_becomes_nodes(read: Reader) -> None:
    """Emphasis, code, links, forced breaks; lines joined without a gap between Han."""
    (block,) = read("### 文\n甲**乙**\n*丙*`d {{ e }}`<https://a.cn/x>\\\n[戊](mailto:a@b.cn)\n").article.blocks
    assert isinstance(block, Paragraph)
    assert block.children == (
        Text(text="甲"),
        Strong(children=(Text(text="乙"),)),
        Emphasis(children=(Text(text="丙"),)),
        InlineCode(text="d {{ e }}"),
        Link(href="https://a.cn/x", children=(Text(text="https://a.cn/x"),)),
        LineBreak(),
        Link(href="mailto:a@b.cn", children=(Text(text="戊"),)),
    )


def test_footnotes_stand_at_their_calls(read: Reader) -> None:
    """The note's own markup is kept; a note written in line works too."""
    outcome = read("### 文\n甲[^1]乙^[直接写]。\n\n[^1]: 注**重**\n")
    (block,) = outcome.article.blocks
    assert isinstance(block, Paragraph)
    notes = [child for child in block.children if isinstance(child, FootnoteCall)]
    assert [plain_text(note.children) for note in notes] == ["注重", "直接写"]
    assert outcome.found == []


def test_lists_nest_and_keep_their_first_number(read: Reader) -> None:
    """Bulleted and numbered, a numbered one from 3 on."""
    (block,) = read("### 文\n3. 甲\n4. 乙\n   - 丙\n").article.blocks
    assert isinstance(block, ListBlock)
    assert (block.ordered, block.start, len(block.items)) == (True, 3, 2)
    inner = block.items[1].blocks[1]
    assert isinstance(inner, ListBlock)
    assert not inner.ordered


def test_a_table_takes_the_caption_before_it(read: Reader) -> None:
    """Alignment by column; the caption is no paragraph any more."""
    (block,) = read("### 文\n表：收支\n\n| 甲 | 乙 |\n|---|--:|\n| 1 | **2** |\n").article.blocks
    assert isinstance(block, Table)
    assert block.caption == "收支"
    assert [cell.align for cell in block.head] == [None, "right"]
    assert block.rows[0][1].children == (Strong(children=(Text(text="2"),)),)


def test_a_figure_has_caption_and_credit(read: Reader) -> None:
    """From the title and the line below; the path is absolute."""
    outcome = read(
        '### 文\n![会场](images/图 一.svg "开幕")\n供图：某人\n'.replace("图 一", "图一"), {"images/图一.svg": SVG}
    )
    (figure,) = outcome.article.blocks
    assert isinstance(figure, Figure)
    assert (figure.alt, figure.caption, figure.credit) == ("会场", "开幕", "某人")
    assert figure.path.is_absolute()
    assert figure.path.name == "图一.svg"
    assert outcome.found == []


def test_a_quotation_has_its_attribution(read: Reader) -> None:
    """Its last line after a dash; inner paragraphs stay apart."""
    (quote,) = read("### 文\n> 甲。\n>\n> 乙。\n> ——某书\n").article.blocks
    assert isinstance(quote, Quote)
    assert quote.attribution == "某书"
    assert [plain_text(b.children) for b in quote.blocks if isinstance(b, Paragraph)] == ["甲。", "乙。"]


@pytest.mark.parametrize(("info", "title"), [("提示", "提示"), ("背景 来龙去脉", "来龙去脉"), ("note", None)])
def test_call_outs_are_named(read: Reader, info: str, title: str | None) -> None:
    """By their own title, else by their kind."""
    (block,) = read(f"### 文\n::: {info}\n甲。\n\n- 乙\n:::\n").article.blocks
    assert isinstance(block, Callout)
    assert block.title == title
    assert [b.kind for b in block.blocks] == ["paragraph", "list"]


def test_fenced_blocks_with_a_meaning(read: Reader) -> None:
    """A QR code, a process with shorthand steps, and program text as it is."""
    body = (
        "### 文\n```qr\nhttps://example.org/\n扫码\n```\n\n```process\ntitle: 流程\nsteps:\n  - 一\n"
        "  - {title: 二, duration: 1周}\n```\n\n```python\nif x:\n    y = '{{ z }}'\n```\n"
    )
    qr, process, code = read(body).article.blocks
    assert isinstance(qr, QrCode)
    assert (qr.data, qr.caption) == ("https://example.org/", "扫码")
    assert isinstance(process, Process)
    assert [(step.title, step.duration) for step in process.steps] == [("一", None), ("二", "1周")]
    assert isinstance(code, CodeBlock)
    assert (code.language, code.text) == ("python", "if x:\n    y = '{{ z }}'")


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("甲<b>乙</b>丙<br>", ["N250 01-news.md:5:2", "N250 01-news.md:5:11"]),
        ("<div>\n甲\n</div>", ["N250 01-news.md:5:1"]),
        ("甲\n乙{{ x }}{% y %}", ["N251 01-news.md:6:2", "N251 01-news.md:6:9"]),
        ("甲\\{\\{ x }}", []),
        ("甲![乙](images/a.svg)", ["N252 01-news.md:5:2"]),
        ("[甲](../x.docx)乙[丙](javascript:x)", ["N253 01-news.md:5:1", "N253 01-news.md:5:16"]),
        ("[甲](//a.cn)[乙](http://)", ["N253 01-news.md:5:1", "N253 01-news.md:5:12"]),
        ("- 甲\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n", ["N254 01-news.md:7:3"]),
        ("::: 怪 题\n甲\n:::", ["N255 01-news.md:5:1"]),
        ("::: 提示\n甲", ["N256 01-news.md:5:1"]),
        ("::: 提示\n:::\n\n甲", ["N267 01-news.md:5:1"]),
        ("甲[^1]", ["N257 01-news.md:5:2"]),
        ("甲\n\n[^1]: 注", ["N258 01-news.md:7:1"]),
        ("甲[^1]\n\n[^1]: 注\n\n    又一段", ["N259 01-news.md:5:2"]),
        ("甲[^1]\n\n[^1]: 注[^2]\n\n[^2]: 套", ["N259 01-news.md:7:8"]),
        ("```qr\n\n```", ["N260 01-news.md:5:1"]),
        (f"```qr\n{'x' * 501}\n```", ["N208 01-news.md:6:1"]),
        ("```process\n甲\n```", ["N261 01-news.md:5:1"]),
        ("```process\nsteps:\n  - {title: 一, tex: 二}\n```", ["N201 01-news.md:7:16"]),
        ("```process\nsteps: [\n```", ["N114 01-news.md:7:1"]),
        ("甲 **乙 丙", ["N263 01-news.md:5:3"]),
        ("甲\\*\\*乙", []),
        ("甲\n\n---\n\n乙", ["N264 01-news.md:7:1"]),
        ("甲\n---\n乙", ["N264 01-news.md:6:1"]),
        ("表：收支\n\n甲", ["N266 01-news.md:5:1"]),
        ("- 甲\n-", ["N267 01-news.md:6:1"]),
        ("> ", ["N267 01-news.md:5:1"]),
        ("中\ufffd人", ["N268 01-news.md:5:2"]),
        ("甲\u200b乙", ["N111 01-news.md:5:2"]),
    ],
)
def test_what_is_refused_is_told_at_its_place(read: Reader, body: str, found: list[str]) -> None:
    """Line and column of the very character, counted from the top of the file."""
    assert read(f"### 文\n{body}\n").found == found


def test_zero_width_characters_do_not_reach_the_page(read: Reader) -> None:
    """Neither typed nor by an entity."""
    (block,) = read("### 文\n甲\u200b乙&#8203;丙\n").article.blocks
    assert isinstance(block, Paragraph)
    assert block.children == (Text(text="甲乙丙"),)


def test_characters_without_a_font_are_told_wherever_they_are_printed(read: Reader) -> None:
    """In text, titles, code and fields, each at its place; a comment may hold what it likes."""
    body = "### 甲鿕\n<!-- 鿕 -->\n乙`鿕`**鿕**[鿕](https://a.cn/)\n\n```\n鿕\ny鿕\n```\n"
    front = "title: 要鿕闻 # 鿕\nlead: |\n  导鿕"
    outcome = read(body, front=front, covers=lambda character: character != "鿕")
    assert outcome.found == [
        "N262 01-news.md:2:9",
        "N262 01-news.md:4:4",
        "N262 01-news.md:6:6",
        "N262 01-news.md:8:3",
        "N262 01-news.md:8:7",
        "N262 01-news.md:8:11",
        "N262 01-news.md:11:1",
        "N262 01-news.md:12:2",
    ]
