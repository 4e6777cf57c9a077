"""Board, sources, doubled articles, dates and addresses."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from newsletter_pdf.findings import Findings
from newsletter_pdf.periodical.contacts import wrong_phone

Issue = Callable[..., Path]
Told = Callable[[Path], list[str]]

LONG = (
    "国务院办公厅日前印发意见，要求各地加快公共数据资源的登记和授权运营，明确先共享、再开放、后运营的次序。"
    "意见提出，到明年底初步建立统一的登记平台，各级机关不得重复收集能够通过共享取得的数据。"
    "有关负责人介绍，授权运营的单位应当公平选择，收费要有依据，原始数据不出域，产品和服务可以出售。"
    "专家认为，登记制度为定价和分配打下了基础，下一步要看各地怎样处理历史遗留的协议。"
)
OTHER = (
    "促进会的志愿者周末走进三个社区，教老人识别冒充客服的电话。活动没有讲课，只做一件事：练习挂断。"
    "志愿者扮演骗子，老人拿没有卡的旧手机，听到要钱、要验证码、要共享屏幕，就按红键。"
    "第一轮有七成老人没能在一分钟内挂掉，原因几乎都是不好意思；第三轮全桌只剩一位还在聊天。"
)
OWN = (
    "读法会在书局二楼读完了第六季，八个晚上，一次也没有缺席的有九人。规矩有两项：只谈条文和自己的经历，不谈没读过的；"
    "说应该之前，先找到原文里有没有应当。第七季定在明年三月，题目由成员投票，目前个人信息保护法领先两票。"
)


def _articles(*texts: str) -> str:
    return "\n".join(f"### 文章{'甲乙丙丁'[index]}\n\n{text}\n" for index, text in enumerate(texts))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("  - role: 总编辑\n    people: [方砚秋]\n", "", ["N749 masthead.yaml:1"]),
        ("  - role: 总编辑\n", "  - role: 副总编辑\n", ["N749 masthead.yaml:1"]),
        ("  - role: 总编辑\n", "  - role: 主编\n", []),
        ("role: 主办单位", "role: 技术支持", ["N749 masthead.yaml:1"]),
        ("board:", "required_roles: [主编/总编辑, 编辑部]\nboard:", []),
        ("board:", "required_roles: [总编辑, 校对]\nboard:", ["N748 masthead.yaml:4"]),
        ("白芷, 成咏之", "白芷, 成咏之, 白芷", ["N750 masthead.yaml:7"]),
    ],
)
def test_the_board_is_complete(
    issue: Issue, told: Told, content: Path, old: str, new: str, expected: list[str]
) -> None:
    """The usual roles, or those that the masthead demands; nobody twice under one role."""
    path = content / "masthead.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert told(issue("2026-11", "2026-11-20", 11)) == expected


def test_without_a_masthead_no_board_is_asked_for(issue: Issue, told: Told, content: Path) -> None:
    """Nor where it holds a nameplate alone."""
    (content / "masthead.yaml").write_text("nameplate: 样\n", encoding="utf-8")
    assert told(issue("2026-11", "2026-11-20", 11)) == []
    (content / "masthead.yaml").unlink()
    assert told(content / "2026-11") == []


@pytest.mark.parametrize(
    ("head", "source", "expected"),
    [
        ("", "", []),
        ("sources: optional\n", "", []),
        ("sources: required\n", "", ["N751 01-news.md:6"]),
        ("sources: required\n", "来源：中国人大网、新华社", []),
        ("", "来源：中国人大网、、新华社", ["N752 01-news.md:9"]),
        ("", "来源：中国人大网。", ["N752 01-news.md:9"]),
        ("", "来源：待补", ["N752 01-news.md:9"]),
        ("", "来源：来源：中国人大网", ["N752 01-news.md:9"]),
    ],
)
def test_sources_are_there_and_well_formed(
    issue: Issue, told: Told, head: str, source: str, expected: list[str]
) -> None:
    """Demanded by the section's head; judged by their form everywhere."""
    body = f"### 一篇文章\n\n正文。\n\n{source}\n"
    folder = issue("2026-11", "2026-11-20", 11, body=body, head=head)
    assert told(folder) == expected


@pytest.mark.parametrize(
    ("end", "where"),
    [
        ("来源：待补", "9:4"),
        ("又一行。\n来源：待补", "10:4"),
        ("末句。（来源：待补）", "9:8"),
        ("来源：[中国人大网](https://www.npc.gov.cn)、、新华社", "9:5"),
        ("来源：**中国人大网**、、新华社", "9:6"),
        ("来源：{尉迟|yù chí}网。", "9:4"),
    ],
)
def test_an_ill_formed_source_is_shown_where_it_is_written(
    issue: Issue, findings: Callable[[Path], Findings], end: str, where: str
) -> None:
    """On its own line, also where the same words stand in the text and where marks stand in the source."""
    folder = issue("2026-11", "2026-11-20", 11, body=f"### 文待补\n\n待补\n\n{end}\n")
    places = [finding.place for finding in findings(folder) if finding.code == "N752"]
    assert [f"{place.line}:{place.column}" for place in places] == [where]


def test_an_article_is_not_in_twice(issue: Issue, told: Told, findings: Callable[[Path], Findings]) -> None:
    """Under another title, with a few words changed and re-punctuated; both places are told."""
    changed = LONG.replace("日前", "近日").replace("，", ", ", 3)
    folder = issue("2026-11", "2026-11-20", 11, body=_articles(LONG, OTHER, changed))
    assert told(folder) == ["N753 01-news.md:13"]
    finding = next(iter(findings(folder)))
    assert "01-news.md:5" in finding.hint("zh")


def test_a_short_notice_is_not_in_twice(issue: Issue, told: Told) -> None:
    """However short, the very same words are one article."""
    assert told(issue("2026-11", "2026-11-20", 11, body=_articles("停刊一期。", OTHER, "停刊一期。"))) == [
        "N753 01-news.md:13"
    ]


def test_an_article_that_holds_another_is_told(issue: Issue, told: Told) -> None:
    """The same news from two sources, one of them cut."""
    cut = "".join(sentence + "。" for sentence in LONG.split("。")[:3])
    assert told(issue("2026-11", "2026-11-20", 11, body=_articles(LONG, cut + OTHER[:20]))) == ["N754 01-news.md:9"]


def test_a_paragraph_is_not_in_twice(issue: Issue, told: Told) -> None:
    """In one article or in two; short phrases may be."""
    body = _articles(f"{LONG}\n\n{OTHER[:60]}", f"甲乙丙丁。\n\n{OWN}\n\n{OTHER[:60]}", "甲乙丙丁。")
    assert told(issue("2026-11", "2026-11-20", 11, body=body)) == ["N766 01-news.md:17"]


def test_an_article_of_the_last_three_issues_is_told(issue: Issue, told: Told) -> None:
    """With the issue it was in; of a fourth issue back it is not."""
    issue("2026-07", "2026-07-20", 7, body=_articles(OTHER))
    issue("2026-08", "2026-08-20", 8, body=_articles(LONG))
    issue("2026-09", "2026-09-20", 9)
    issue("2026-10", "2026-10-20", 10)
    edited = LONG.replace("有关负责人介绍", "据介绍").replace("专家认为", "业内认为")
    assert told(issue("2026-11", "2026-11-20", 11, body=_articles(OTHER, edited))) == ["N755 01-news.md:9"]


def test_a_later_issue_is_not_compared_with(issue: Issue, told: Told) -> None:
    """What was printed first is not the repetition."""
    folder = issue("2026-10", "2026-10-20", 10, body=_articles(LONG))
    issue("2026-11", "2026-11-20", 11, body=_articles(LONG))
    assert told(folder) == []


@pytest.mark.parametrize(
    "text",
    [
        "2月30日", "2026年2月29日", "13月5日", "2026年13月", "11月31日", "10月28日至32日", "2026-13-01", "2026/02/30",
        "4 月 31 日", "0月5日", "13月份",
    ],
)  # fmt: skip
def test_impossible_dates_are_told(issue: Issue, told: Told, text: str) -> None:
    """In figures, with and without a year, as ranges, in ISO form."""
    assert told(issue("2026-11", "2026-11-20", 11, body=_articles(f"会议定于{text}举行。"))) == ["N756 01-news.md:7"]


@pytest.mark.parametrize(
    "text",
    [
        "2月29日", "2024年2月29日", "12月31日", "10月28日至31日", "2026-12-01", "农历2月30日", "13个月", "第13月薪",
        "GB/T 2026-13-40X", "GB 18030-2022", "1.13月球", "24/7/365", "2025年12月", "https://example.org/2026/13/45",
    ],
)  # fmt: skip
def test_dates_that_exist_are_left_alone(issue: Issue, told: Told, text: str) -> None:
    """And figures that are no dates."""
    assert told(issue("2026-11", "2026-11-20", 11, body=_articles(f"会议定于{text}举行。"))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12月5日（星期六）下午", []),
        ("12月5日是星期六", []),
        ("12月5日（星期五）下午", ["N757 01-news.md:7"]),
        ("2016年11月7日（星期一）", []),
        ("2016年11月7日，周二", ["N757 01-news.md:7"]),
        ("1月3日（星期日）", []),
        ("说到2016年的事：11月7日（星期一）通过", []),
    ],
)
def test_days_of_the_week_are_right(issue: Issue, told: Told, text: str, expected: list[str]) -> None:
    """By the year that is named, else by the one nearest to the issue."""
    assert told(issue("2026-11", "2026-11-20", 11, body=_articles(f"讲堂在{text}开始。"))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11月12日消息，某单位发布报告。", []),
        ("10月5日消息，某单位发布报告。", []),
        ("新华社北京3月2日电 某单位发布报告。", ["N758 01-news.md:7"]),
        ("2025年11月12日消息，某单位发布报告。", ["N758 01-news.md:7"]),
        ("11月25日消息，某单位发布报告。", ["N759 01-news.md:7"]),
        ("2016年11月7日，法律通过。", []),
        ("12月5日，讲堂开讲。", []),
        ("某单位发布报告，3月2日消息传出。", []),
        ("某单位发布报告。\n\n来源：某报2026年3月2日", ["N758 01-news.md:9"]),
    ],
)
def test_news_is_of_the_issues_period(issue: Issue, told: Told, text: str, expected: list[str]) -> None:
    """Date lines and dated sources; what tells of history or announces is no news of that day."""
    issue("2026-10", "2026-10-20", 10)
    assert told(issue("2026-11", "2026-11-20", 11, body=_articles(text))) == expected


@pytest.mark.parametrize(
    "number",
    ["000-0000-0001", "13812345678", "138 1234 5678", "0571-87654321", "010-65123456-801", "(010) 65123456",
     "+86 10 6512 3456", "400-820-8820", "12345", "110", "12387", "0871 6512345", "010-6512 3456转801", "01065123456"],
)  # fmt: skip
def test_telephone_numbers_that_are_good(number: str) -> None:
    """Mobile, with area code, short, toll-free, international, with extension."""
    assert wrong_phone(number) is None


@pytest.mark.parametrize(
    "number",
    ["1381234567", "138123456789", "0571-1234567890", "010-651234", "400-820-88", "12", "0571-8765432O", "+8612"],
)
def test_telephone_numbers_that_are_not(number: str) -> None:
    """A figure missing or too many, a letter among them."""
    assert wrong_phone(number) is not None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("电话：0571-87654321", []),
        ("联系电话：1381234567", ["N760 01-news.md:7"]),
        ("写信给 a.b@example.org。", []),
        ("写信给 a.b@example", ["N761 01-news.md:7"]),
        ("写信给 a.b@example。org", ["N761 01-news.md:7"]),
        ("写信给 a.b＠example.org", ["N761 01-news.md:7"]),
        ("关注微博@某某", []),
        ("见 https://example.org/a?b=1,c。", []),
        ("见 https：//example.org/a", ["N762 01-news.md:7"]),
        ("见 https:/example.org/a", ["N762 01-news.md:7"]),
        ("见 http://https://example.org", ["N762 01-news.md:7"]),
        ("见 https://example/a", ["N762 01-news.md:7"]),
        ("见[example.org/a](https://www.example.org/a/)。", []),
        ("见[example.org](https://example.org/a)。", []),
        ("见[example.org](https://example.com/)。", ["N763 01-news.md:7"]),
        ("见[example.org/a](https://example.org/b)。", ["N763 01-news.md:7"]),
        ("写信给[a@example.org](mailto:b@example.org)。", ["N763 01-news.md:7"]),
        ("命令是`https:/x a@b`。", []),
    ],
)
def test_numbers_and_addresses_in_the_text(issue: Issue, told: Told, text: str, expected: list[str]) -> None:
    """Well-formed, and the same behind the link as in print."""
    assert told(issue("2026-11", "2026-11-20", 11, body=_articles(text))) == expected


def test_numbers_and_addresses_of_the_masthead(issue: Issue, told: Told, content: Path) -> None:
    """A value whose label says what it is; printed mail address and link are one."""
    path = content / "masthead.yaml"
    lines = [
        "imprint:",
        "  - {label: 编辑部电话, value: 0571-876543210}",
        "  - {label: 电子邮箱, value: a@example.org, href: mailto:b@example.org}",
        "  - {label: 网址, value: example.org, href: https://example.org/}",
    ]
    path.write_text(path.read_text(encoding="utf-8") + "\n".join(lines) + "\n", encoding="utf-8")
    assert told(issue("2026-11", "2026-11-20", 11)) == ["N760 masthead.yaml:11", "N763 masthead.yaml:12"]
