"""Section files: front matter, groups, articles, and what manuscripts have typed into them."""

from pathlib import Path

import pytest
from reader_samples import SVG, Reader

from newsletter_pdf.model import Paragraph
from newsletter_pdf.reader.inline import plain_text


def _text(block: object) -> str:
    assert isinstance(block, Paragraph)
    return plain_text(block.children)


def test_a_section_keeps_order_groups_and_fields(read: Reader) -> None:
    """Front matter, groups and articles come out as written, with their places."""
    front = "title: 要闻\nshort_title: 短\nlead: |\n  第一段**重**。\n\n  第二段。\nkeywords: 甲、乙，丙; 丁"
    outcome = read("## 国家\n### 一文\n甲。\n\n来源：某网\n### 二文\n乙。\n## 地方\n### 三文\n丙。\n", front=front)
    assert outcome.found == []
    assert outcome.issue is not None
    section = outcome.issue.sections[0]
    assert (section.name, section.title, section.running_title) == ("01-news", "要闻", "短")
    assert [plain_text(p.children) for p in section.lead] == ["第一段重。", "第二段。"]
    assert [p.place.line for p in section.lead] == [5, 7]
    assert section.keywords == ("甲", "乙", "丙", "丁")
    assert [(g.title, [a.title for a in g.articles]) for g in section.groups] == [
        ("国家", ["一文", "二文"]),
        ("地方", ["三文"]),
    ]
    assert [(a.source, a.place.line, len(a.blocks)) for a in outcome.articles] == [
        ("某网", 11, 1),
        (None, 15, 1),
        (None, 18, 1),
    ]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("1. 某部门印发", "某部门印发"),
        ("12、某部门", "某部门"),
        ("3．某部门", "某部门"),
        ("（一）某部门", "某部门"),
        ("(2) 某部门", "某部门"),
        ("一、某部门", "某部门"),
        ("十二、某部门", "某部门"),
    ],
)
def test_typed_numbers_are_understood_and_reported(read: Reader, written: str, title: str) -> None:
    """The number goes, the title stays, the editor is told."""
    outcome = read(f"### {written}\n正文。\n")
    assert outcome.article.title == title
    assert outcome.found == ["N234 01-news.md:4:1"]


@pytest.mark.parametrize(
    "title",
    [
        "3.5亿元投向安全",
        "5G应用",
        "2024年回顾",
        "第一，安全",
        "1",
        "一带一路",
        "（草案）公布",
        "3.2.1版",
        "一、二线城市",
        "1、2号线",
    ],
)
def test_titles_that_begin_with_figures_are_left_alone(read: Reader, title: str) -> None:
    """A decimal, a year, a version or a bracketed word is no typed number."""
    outcome = read(f"### {title}\n正文。\n")
    assert outcome.article.title == title
    assert outcome.found == []


@pytest.mark.parametrize(
    ("body", "kept", "source", "found"),
    [
        ("甲。\n\n来源：某网", ["甲。"], "某网", []),
        ("甲。\n\n来源: 某网、[某报](https://a.cn)", ["甲。"], "某网、某报", []),
        ("甲。\n来源：某网", ["甲。"], "某网", ["N240 01-news.md:6:1"]),
        ("甲。（来源：某网）", ["甲。"], "某网", ["N240 01-news.md:5:1"]),
        ("甲。(来源:某网（北京）)。", ["甲。"], "某网（北京）", ["N240 01-news.md:5:1"]),
        ("甲（来源：一）。\n\n乙（见来源：二）", ["甲（来源：一）。", "乙（见来源：二）"], None, []),
        ("来源：某网\n\n甲。", ["来源：某网", "甲。"], None, ["N241 01-news.md:5:1"]),
    ],
)
def test_the_source_is_found_where_it_is_typed(
    read: Reader, body: str, kept: list[str], source: str | None, found: list[str]
) -> None:
    """As the last paragraph by rule; at the end of the last paragraph with a word to the editor; elsewhere as text."""
    outcome = read(f"### 文\n{body}\n")
    assert [_text(block) for block in outcome.article.blocks] == kept
    assert outcome.article.source == source
    assert outcome.found == found


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ("#### 乙\n\n乙文。\n\n来源：某网", "N232"),
        ("###乙\n\n乙文。\n\n来源：某网", "N233"),
        ("＃＃＃ 乙\n\n乙文。\n\n来源：某网", "N233"),
        ("[^1]：注", "N282"),
        ("---", "N264"),
    ],
)
def test_an_error_behind_a_source_is_told_alone(read: Reader, wrong: str, code: str) -> None:
    """That the source is not the last of its article follows from the error, and goes when it is mended."""
    assert read(f"### 甲\n甲文。\n\n来源：某网\n\n{wrong}\n").found == [f"{code} 01-news.md:9:1"]


def test_a_source_followed_by_good_text_is_told_beside_an_error_before_it(read: Reader) -> None:
    """An error that stands before the source has nothing to do with it."""
    outcome = read("### 甲\n---\n\n来源：某网\n\n文。\n")
    assert outcome.found == ["N264 01-news.md:5:1", "N241 01-news.md:7:1"]


_BEHIND = "来源：某网\n\n### 乙\n乙文。\n\n## 组\n\n### 丙\n![图](images/a.svg)\n"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("::: 提示\n\n文\n\n" + _BEHIND, ["N256 01-news.md:7:1"]),
        ("::: 小贴士\n\n文\n\n" + _BEHIND, ["N255 01-news.md:7:1"]),
        ("::: 提示\n\n文\n\n：：：\n\n" + _BEHIND, ["N284 01-news.md:11:1"]),
        ("：：：提示\n\n文\n\n:::\n\n" + _BEHIND, ["N284 01-news.md:7:1"]),
        ("::: 提示\n\n文\n\n::: 背景\n\n文\n\n:::\n\n" + _BEHIND, ["N256 01-news.md:7:1"]),
        ("::: 提示\n\n文\n\n::: 背景\n\n文\n\n:::\n\n:::\n\n" + _BEHIND, ["N254 01-news.md:11:1"]),
        (":::\n\n" + _BEHIND, ["N255 01-news.md:7:1"]),
        ("：：：小贴士\n\n文\n\n:::\n\n" + _BEHIND, ["N295 01-news.md:7:1", "N255 01-news.md:11:1"]),
    ],
)
def test_a_call_out_without_its_end_is_one_mistake(read: Reader, folder: Path, body: str, found: list[str]) -> None:
    """What it has swallowed is not told as well: headings, pictures and call-outs were not meant to stand in it."""
    (folder / "images" / "a.svg").write_text(SVG, encoding="utf-8")
    assert read("## 首\n### 甲\n\n" + body).found == found


def test_lead_and_keywords_typed_in_the_text_are_understood(read: Reader) -> None:
    """The lead runs to the keywords or the first heading; its label goes."""
    outcome = read("导读：甲**重**。\n\n乙。\n\n关键词：一、二\n\n### 文\n正文。\n")
    assert outcome.issue is not None
    section = outcome.issue.sections[0]
    assert [plain_text(p.children) for p in section.lead] == ["甲重。", "乙。"]
    assert section.keywords == ("一", "二")
    assert outcome.found == ["N236 01-news.md:4:1", "N237 01-news.md:8:1"]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("", ["N225 01-news.md"]),
        ("散段。\n\n又一段。\n### 文\n甲。\n", ["N235 01-news.md:4:1"]),
        ("## 组\n散段。\n### 文\n甲。\n", ["N235 01-news.md:5:1"]),
        ("## 空\n## 组\n### 文\n甲。\n", ["N226 01-news.md:4:1"]),
        ("### 早\n甲。\n## 组\n### 文\n甲。\n", ["N227 01-news.md:4:1"]),
        ("### 空\n### 文\n甲。\n", ["N228 01-news.md:4:1"]),
        ("### 只有来源\n来源：某网\n", ["N228 01-news.md:4:1"]),
        ("###\n甲。\n", ["N231 01-news.md:4:1"]),
        ("# 大\n### 文\n甲。\n", ["N232 01-news.md:4:1"]),
        ("### 文\n甲。\n#### 小\n乙。\n", ["N232 01-news.md:6:1"]),
        ("## 组\n#### 小\n乙。\n", ["N232 01-news.md:5:1"]),
        ("###文\n甲。\n\n乙。\n", ["N233 01-news.md:4:1"]),
        ("### 文\n甲。\n\n＃＃ 题\n", ["N233 01-news.md:7:1"]),
        (f"### {'长' * 121}\n甲。\n", ["N229 01-news.md:4:1"]),
        (f"### {'长' * 61}\n甲。\n", ["N230 01-news.md:4:1"]),
        (f"### {'长' * 60}\n甲。\n", []),
        ("### [链](https://a.cn)**粗**\n甲。\n", ["N265 01-news.md:4:1", "N265 01-news.md:4:1"]),
        ("### 文\n甲。\n\n来源：\n", ["N242 01-news.md:7:1"]),
        ("### 文\n甲。\n\n导读：乙\n\n丙。\n", ["N239 01-news.md:7:1"]),
    ],
)
def test_structure_that_is_wrong_is_one_finding_at_its_place(read: Reader, body: str, found: list[str]) -> None:
    """Nothing follows from a mistake that is not another one."""
    assert read(body).found == found


def test_lead_and_keywords_given_twice_are_errors(read: Reader) -> None:
    """Which to print is the editor's choice."""
    front = "title: 要闻\nlead: 甲\nkeywords: [一]"
    outcome = read("导读：乙\n\n关键词：二\n\n### 文\n甲。\n", front=front)
    assert outcome.found == ["N238 01-news.md:6:1", "N238 01-news.md:8:1"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("### 文\n甲。\n", "N224 02-b.md:1:1"),
        ("---\ntitle: 甲\n### 文\n甲。\n", "N290 02-b.md:2:1"),
        ("---\n---\n### 文\n甲。\n", "N224 02-b.md:1:1"),
        ("---\n- 甲\n---\n### 文\n甲。\n", "N224 02-b.md:1:1"),
        ("---\ntitel: 甲\n---\n### 文\n甲。\n", "N201 02-b.md:2:1"),
        ("---\nlead: 甲\n---\n### 文\n甲。\n", "N202 02-b.md:2:1"),
    ],
)
def test_front_matter_that_is_wrong_is_told(read: Reader, text: str, found: str) -> None:
    """Missing, not closed, empty, no fields, a misspelt or missing title."""
    assert read(files={"02-b.md": text}).found == [found]


def test_files_with_other_names_are_not_overlooked(read: Reader) -> None:
    """A file that would not be read is an error, except hidden ones; sections of one name or title are told apart."""
    good = "---\ntitle: {}\n---\n### 文\n甲。\n"
    files = {"notes.md": "x", "1-a.md": "x", ".hidden.md": "x", "README.txt": "x"}
    files |= {"02-news.md": good.format("别的"), "03-other.md": good.format("要闻"), "04-B.MD": good.format("乙")}
    found = read(files=files).found
    assert sorted(found) == [
        "N222 04-B.MD",
        "N222 1-a.md",
        "N222 notes.md",
        "N223 02-news.md",
        "N223 03-other.md",
        "N289 README.txt",
    ]


def test_comments_are_not_printed_and_not_refused(read: Reader) -> None:
    """An editor's note to the next editor harms nobody."""
    outcome = read("<!-- 记得补图 -->\n### 文\n<!-- 一 -->\n甲<!-- 二 -->乙。\n\n来源：某网\n\n<!-- 三 -->\n")
    assert outcome.found == []
    assert _text(outcome.article.blocks[0]) == "甲乙。"
    assert outcome.article.source == "某网"


def test_the_samples_masthead_in_another_issue_is_told(read: Reader, folder: Path) -> None:
    """The invented board must not stand in a real issue; the sample itself may have it."""
    for issue, found in (("2026-11", []), ("2026-10", ["N298 masthead.yaml:1:1"])):
        text = f"# 示例期 sample issue: {issue}\nnameplate: 样\n"
        (folder.parent / "masthead.yaml").write_text(text, encoding="utf-8")
        assert read().found == found
