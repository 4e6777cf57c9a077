"""Slips of the keyboard that would be printed, or put side by side what was meant apart."""

from pathlib import Path

import pytest
from reader_samples import FACTS, Reader


def _codes(found: list[str]) -> list[str]:
    return [one.split()[0] for one in found]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("第一段写完了。\n第二段紧接着", 7),
        ("一、第一项\n二、第二项", 7),
        ("（1）甲项；\n（2）乙项。", 7),
        ("他说：“好。”\n大家都笑了。", 7),
    ],
)
def test_lines_that_were_meant_as_paragraphs_are_told(read: Reader, text: str, line: int) -> None:
    """The first of them is named."""
    assert f"N299 01-news.md:{line}:1" in read(f"\n### 文\n{text}\n").found


@pytest.mark.parametrize(
    "text",
    [
        "一段很长的文字，\n在这里折了行。",
        "写完了。\n\n另一段。",
        "写完了。  \n强制换行。",
        "写完了。\\\n强制换行。",
        "> 话说完了。\n> ——某人",
        "全国共\n3.5 亿户。",
    ],
)
def test_lines_that_belong_together_are_not_told(read: Reader, text: str) -> None:
    """No false alarm."""
    assert "N299" not in _codes(read(f"### 文\n{text}\n").found)


def test_every_line_with_a_badly_typed_number_is_told(read: Reader) -> None:
    """Not the first alone: to mend only that one would leave the rest."""
    found = read("\n### 文\n(一)甲项\n(二)乙项\n").found
    assert [one for one in found if one.startswith("N296")] == ["N296 01-news.md:6:1", "N296 01-news.md:7:1"]


@pytest.mark.parametrize("name", ["图表", "process", "qr", "", "python"])
def test_a_fence_without_its_end_is_told_where_it_begins(read: Reader, name: str) -> None:
    """And not as the YAML of the articles that have fallen into it."""
    assert read(f"\n### 文\n\n```{name}\nkind: bar\n\n正文。\n").found == ["N292 01-news.md:7:1"]
    assert "N292" not in _codes(read(f"### 文\n\n- 项\n\n  ```{name}\n  甲: 1\n  ```\n").found)


@pytest.mark.parametrize("text", ["· 甲\n· 乙", "●丙", "　　■ 丁"])
def test_typed_bullets_are_told_once_a_paragraph(read: Reader, text: str) -> None:
    """They come from Word, and would be run together."""
    assert [one[:4] for one in read(f"### 文\n\n{text}\n").found].count("N249") == 1
    assert "N249" not in _codes(read("### 文\n\n彼得·肖尔的算法。\n\n\\● 是圆点。\n").found)


def test_a_credit_apart_from_its_picture_is_told(read: Reader) -> None:
    """It would be printed as a sentence of the article."""
    assert "N239 01-news.md:7:1" in read("\n### 文\n\n供图：秘书处\n\n正文。\n").found


@pytest.mark.parametrize("value", ["text：澄江月讯", "latin： Chengjiang", "text:澄江月讯"])
def test_a_field_name_with_a_wrong_colon_is_no_text(read: Reader, folder: Path, value: str) -> None:
    """It would stand on the cover, name and colon and all."""
    (folder.parent / "masthead.yaml").write_text(f"nameplate:\n  {value}\n", encoding="utf-8")
    assert "N114 masthead.yaml:2:3" in read().found


@pytest.mark.parametrize("value", ["月讯：第二辑", "Text：月讯", '"text：月讯"'])
def test_a_plain_text_with_a_colon_stays_one(read: Reader, folder: Path, value: str) -> None:
    """Only the fields of the block itself count, and what is quoted is meant."""
    (folder.parent / "masthead.yaml").write_text(f"nameplate: {value}\n", encoding="utf-8")
    assert read().found == []


@pytest.mark.parametrize(
    "keywords", ["【会员单位，公益活动】", "[会员单位，公益活动]", "\n  -会员单位\n  -公益", "\n  －会员单位\n  －公益"]
)
def test_keywords_that_are_not_apart_are_told(read: Reader, keywords: str) -> None:
    """Chinese brackets and commas, and dashes without a space, make one text of several."""
    assert "N269" in _codes(read(front=f"title: 要闻\nkeywords: {keywords}").found)


@pytest.mark.parametrize("people", ["[张三、李四]", "[王五，赵六]"])
def test_names_that_are_not_apart_are_told(read: Reader, folder: Path, people: str) -> None:
    """Two persons in one item are printed as one."""
    text = f"nameplate: 样\nboard:\n- role: 编委\n  people: {people}\n"
    (folder.parent / "masthead.yaml").write_text(text, encoding="utf-8")
    assert "N269" in _codes(read().found)


@pytest.mark.parametrize("keywords", ["会员单位、公益活动", "[会员单位, “公开、透明”原则]", "-5 度"])
def test_good_lists_are_not_told(read: Reader, keywords: str) -> None:
    """What is quoted may hold a comma."""
    assert "N269" not in _codes(read(front=f"title: 要闻\nkeywords: {keywords}").found)


def test_a_chinese_colon_is_found_above_comments(read: Reader) -> None:
    """YAML stumbles behind the comments; the mistake stands before them."""
    facts = FACTS.replace("title: 样刊\n", "title：样刊\n# 一\n\n# 二\n")
    assert "N114 issue.yaml:1:6" in read(files={"issue.yaml": facts}).found


def test_a_chinese_colon_below_a_lead_is_told_as_such(read: Reader) -> None:
    """To indent the line, as the advice was, would bury the keywords in the lead."""
    outcome = read(front="title: 要闻\nlead: |\n  导读。\nkeywords：[甲, 乙]")
    (finding,) = [finding for finding in outcome.findings if finding.code == "N114"]
    assert finding.place.line == 5
    assert "冒号" in finding.message_zh


def test_lock_files_of_word_processors_are_no_sections(read: Reader) -> None:
    """They are no text at all and go away by themselves."""
    assert read(files={"~$02-地方.md": "\x00"}).found == []


def test_of_two_copies_the_copy_is_blamed(read: Reader) -> None:
    """It sorts before the original, and is the one to delete."""
    text = "---\ntitle: 要闻\n---\n### 文\n正文。\n"
    assert "N223 01-news - 副本.md" in read(files={"01-news - 副本.md": text}).found


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("[网站]（https://a.cn/x）", "[网站](https://a.cn/x)"),
        ("【网站】(https://a.cn)", "[网站](https://a.cn)"),
        ("［网站］（https://a.cn）", "[网站](https://a.cn)"),
        ("[网站](https://a.cn）", "[网站](https://a.cn)"),
        ("[网站] (https://a.cn)", "[网站](https://a.cn)"),
        ("【信箱】（mailto:a@a.cn）", "[信箱](mailto:a@a.cn)"),
    ],
)
def test_a_link_with_chinese_brackets_is_told_with_the_right_form(read: Reader, typed: str, written: str) -> None:
    """It would be printed as it is typed; the form told is read as a link."""
    outcome = read(f"### 文\n请见{typed}。\n")
    assert outcome.found == ["N246 01-news.md:5:3"]
    assert written in next(iter(outcome.findings)).hint_zh
    assert read(f"### 文\n请见{written}。\n").found == []


@pytest.mark.parametrize(
    "text",
    ["`[网站]（https://a.cn）`", "【本刊讯】（记者某某）", "[网站](https://a.cn)（https://a.cn）", "（https://a.cn）"],
)
def test_other_brackets_are_no_links(read: Reader, text: str) -> None:
    """Code, a good link with more behind it, and brackets around words."""
    assert read(f"### 文\n请见{text}。\n").found == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [("表图", "图表"), ("图標", "图表"), ("charts", "chart"), ("Chart", "chart"), ("流程图", "process"), ("QR", "qr")],
)
def test_a_fence_with_a_misspelt_name_is_told(read: Reader, name: str, meant: str) -> None:
    """It would be printed as program text."""
    outcome = read(f"### 文\n\n```{name}\nkind: bar\n```\n")
    assert outcome.found == ["N247 01-news.md:6:1"]
    assert f"「{meant}」" in next(iter(outcome.findings)).hint_zh


@pytest.mark.parametrize("name", ["", "python", "r", "c", "cpp", "dart", "text", "bash"])
def test_program_text_is_left_alone(read: Reader, name: str) -> None:
    """Names of languages are no misspelt charts."""
    assert read(f"### 文\n\n```{name}\nprint(1)\n```\n").found == []


@pytest.mark.parametrize(
    ("date", "why"),
    [
        ("2026-11-31", "2026 年 11 月只有 30 天"),
        ("2027-02-29", "2027 年 2 月只有 28 天"),
        ("2026年2月30日", "2026 年 2 月只有 28 天"),
        ("2026-13-01", "没有 13 月"),
        ("2026-11-0", "没有 0 日"),
        ("0226-11-20", "年份要在 1900 到 2199 之间"),
    ],
)
def test_a_day_that_does_not_exist_is_explained(read: Reader, date: str, why: str) -> None:
    """The form is right, so the form alone would be no help."""
    outcome = read(files={"issue.yaml": f"title: 样刊\ndate: {date}\nnumber: 11\n"})
    assert outcome.found == ["N204 issue.yaml:2:7"]
    assert next(iter(outcome.findings)).message_zh.endswith(f"不是日期：{why}")


def test_a_note_call_before_an_address_in_brackets_is_no_link(read: Reader) -> None:
    """The brackets are the sentence's own."""
    assert not [code for code in read("### 文\n见网站[^1]（https://a.cn）。\n\n[^1]: 注。\n").found if "N246" in code]
