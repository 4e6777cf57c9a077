"""What was meant as a picture, a footnote, a call-out or a table and is not read as one."""

import pytest
from reader_samples import SVG, Reader

from newsletter_pdf.model import Figure
from newsletter_pdf.reader.lookalikes import lookalikes
from newsletter_pdf.source import parse_tree


@pytest.mark.parametrize(
    "typed",
    [
        '![说明](images/我的 照片.jpg "图　会场")',
        "![说明](images/a.jpg “图　会场”)",
        "![说明](images/a.jpg 「图　会场」)",
        "！[说明](images/a.jpg)",
        '! [说明](images/a.jpg "图")',
        "![说明]（images/a.jpg）",
        "!［说明］(images/a.jpg)",
        "！【说明】（images/会 场（一）.PNG “图”）",
        '[说明](images/a.jpg "图")',
        "![说明](images/a.jpg",
    ],
)
def test_the_remedy_for_a_picture_is_a_picture(typed: str) -> None:
    """What the editor is told to write is read as a picture by the parser itself."""
    (found,) = lookalikes(typed)
    assert found.rule.code == "N281"
    (paragraph,) = parse_tree(str(found.fields["written"])).children
    assert [child.type for child in paragraph.children[0].children] == ["image"]


@pytest.mark.parametrize(
    "text",
    [
        '![说明](images/a.jpg "图")',
        '![说\n明](images/a.jpg\n"图")',
        "![说明](<images/我的 照片.jpg>)",
        "太好了！[报告](https://example.org/a.jpg)",
        "祝贺！【本刊讯】（记者某某）今天",
        "写法是 `![图](a b.jpg)`",
        "\\![图](a b.jpg)",
        "正文[^1]，再见[^注]。",
        "国发〔2024〕12号",
        "甲|乙|丙",
        "\\| a | b |\n| c | d |",
        "时间：：不详",
        "（一）第一点",
        "1.5亿元",
        "2、3季度",
    ],
)
def test_what_is_meant_as_it_stands_is_left_alone(text: str) -> None:
    """Good markup, code, escapes and plain Chinese give nothing."""
    assert lookalikes(text) == []


def test_the_place_is_where_the_mistake_begins(read: Reader) -> None:
    """Line and column count in the file, inside a list and a quotation too."""
    outcome = read("### 文\n- 甲\n- 看[^1]和［^2］\n\n> 乙\n> 丙！[图](images/a.png)\n\n[^1]: 注\n[^2]: 注\n")
    assert outcome.found == ["N282 01-news.md:6:9", "N281 01-news.md:9:4"]


def test_a_footnote_whose_text_is_misread_is_one_mistake(read: Reader) -> None:
    """Its mark in the text is not reported as well, and neither is a note whose mark is misread."""
    assert read("### 文\n甲[^1]乙［^2］。\n\n[^1]：注\n\n[^2]: 注\n").found == [
        "N282 01-news.md:5:7",
        "N282 01-news.md:7:1",
    ]


@pytest.mark.parametrize(
    ("table", "written"),
    [
        ("| a | b |\n| 1 | 2 |", "|---|---|"),
        ("｜a｜b｜c｜\n｜1｜2｜3｜", "|---|---|---|"),
        ("| a | b |\n|——|——|\n| 1 | 2 |", "|---|---|"),
        ("| a | b | c |\n|---|---|\n| 1 | 2 | 3 |", "|---|---|---|"),
        ("收支如下：\n| a | b |\n| 1 | 2 |", "|---|---|"),
    ],
)
def test_the_remedy_for_a_table_has_as_many_columns(table: str, written: str) -> None:
    """The second line that is proposed fits the head."""
    (found,) = lookalikes(table)
    assert (found.rule.code, found.fields["written"]) == ("N285", written)


def test_cells_are_counted_as_typed(read: Reader) -> None:
    r"""An escaped bar is no border; an empty cell is a cell."""
    outcome = read("### 文\n| a | b |\n|---|---|\n| 1\\|2 | |\n| 1 | 2 |\n")
    assert outcome.found == []


def test_no_picture_seems_superfluous_while_something_cannot_be_read(read: Reader) -> None:
    """「没有用到」 would be untrue: the picture may be used where the mistake is."""
    images = {"images/a.svg": SVG, "images/b.svg": SVG}
    assert read("### 文\n甲。\n\n![图](images/a.svg)\n", images).found == ["N279 b.svg"]
    assert read("### 文\n甲。\n\n![图](images/c.svg)\n").found == ["N270 01-news.md:7:1"]


def test_a_heading_without_its_space_does_not_put_the_source_in_doubt(read: Reader) -> None:
    """The article before it ends there; a caption before what is wrong itself is no mistake of its own."""
    body = "### 文\n甲。\n\n来源：某网\n\n###讲堂\n\n乙。\n\n表：丙\n\n| a | b |\n| 1 | 2 |\n"
    assert read(body).found == ["N233 01-news.md:9:1", "N285 01-news.md:15:1"]


def test_a_name_with_spaces_in_brackets_is_found(read: Reader) -> None:
    """The remedy for a name with a space works."""
    outcome = read('### 文\n![说明](<images/我的 图.svg> "图")\n', {"images/我的 图.svg": SVG})
    assert outcome.found == []
    (block,) = outcome.article.blocks
    assert isinstance(block, Figure)
    assert block.path.name == "我的 图.svg"
