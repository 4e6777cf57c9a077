"""Fields of issue.yaml, masthead.yaml and services.yaml."""

import datetime as dt

import pytest
from reader_samples import FACTS, SVG, Reader

from newsletter_pdf.model import Callout, Cards, Contact, Figure, Paragraph, Person, Process, QrCode
from newsletter_pdf.reader.inline import plain_text


def test_every_fact_of_an_issue_is_read(read: Reader) -> None:
    """All fields, with numbers and words that YAML would take for something else."""
    text = (
        "title: 123\nsubtitle: no\ntitle_en: 12:30\ndate: '2026-11-5'\nnumber: 011\nrunning_number: \"7\"\n"
        "author: 某会\nsubject: 主题\nkeywords: 甲、乙\nhighlights: [一, 二、三]\nlanguage: zh-TW\nlayout: jade\n"
        "options: {accent: '#9b1c1f', leading: 28pt, folio: yes, columns: 2}\n"
    )
    outcome = read(files={"issue.yaml": text})
    assert outcome.found == []
    assert outcome.issue is not None
    facts = outcome.issue.facts
    assert (facts.title, facts.subtitle, facts.title_en) == ("123", "no", "12:30")
    assert (facts.date, facts.number, facts.running_number) == (dt.date(2026, 11, 5), 11, 7)
    assert (facts.keywords, facts.highlights) == (("甲", "乙"), ("一", "二、三"))
    assert (facts.author, facts.subject, facts.language, facts.layout) == ("某会", "主题", "zh-TW", "jade")
    assert facts.options == {"accent": "#9b1c1f", "leading": "28pt", "folio": True, "columns": 2}


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("subtitle:", []),
        ("subtitle: ''", []),
        ("subtitle:   # 以后再写", []),
        ("subtitle: #9b1c1f", ["N207 issue.yaml:4:10"]),
        ("options: {accent: }", ["N207 issue.yaml:4:11"]),
        ("options: [a]", ["N203 issue.yaml:4:10"]),
        ("subtitel: 甲", ["N201 issue.yaml:4:1"]),
        ("副标题: 甲", ["N201 issue.yaml:4:1"]),
        ("running_number: 0", ["N205 issue.yaml:4:17"]),
        ("running_number: ７", ["N205 issue.yaml:4:17"]),
        ("running_number: 1.5", ["N205 issue.yaml:4:17"]),
        ("language: zh", ["N206 issue.yaml:4:11"]),
        ("layout: ../x", ["N209 issue.yaml:4:9"]),
        ("layout: classic/..", ["N209 issue.yaml:4:9"]),
        ("keywords: {a: b}", ["N203 issue.yaml:4:11"]),
        ("keywords: [a, ]", []),
        ("keywords: [a, [b]]", ["N203 issue.yaml:4:15"]),
        ("keywords: [a, ~]", ["N207 issue.yaml:4:15"]),
        (f"subtitle: {'长' * 121}", ["N208 issue.yaml:4:11"]),
        ('subtitle: "{{ x }}"', ["N251 issue.yaml:4:11"]),
        ('subtitle: "甲\\a"', ["N110 issue.yaml:4:13"]),
    ],
)
def test_a_wrong_field_is_told_at_its_key_or_value(read: Reader, line: str, found: list[str]) -> None:
    """Empty optional fields are none; everything else that cannot be meant is an error."""
    assert read(files={"issue.yaml": FACTS + line + "\n"}).found == found


@pytest.mark.parametrize(
    ("date", "guess"),
    [
        ("2026/11/20", "2026-11-20"),
        ("2026年11月20日", "2026-11-20"),
        ("2026.1.2", "2026-01-02"),
        ("2026-02-30", ""),
        ("0026-11-20", ""),
        ("2026-11-20 10:00", ""),
        ("本月", ""),
    ],
)
def test_a_bad_date_is_told_with_what_was_meant(read: Reader, date: str, guess: str) -> None:
    """The remedy holds the date in the right form when that is plain."""
    outcome = read(files={"issue.yaml": FACTS.replace("2026-11-20", date)})
    (finding,) = outcome.findings
    assert outcome.found == ["N204 issue.yaml:2:7"]
    assert guess in finding.hint_zh
    assert finding.hint_zh.count("20") == (2 if guess else 1) + finding.hint_zh.count("-20")


def test_all_problems_of_all_files_come_at_once(read: Reader) -> None:
    """One run names everything."""
    files = {"issue.yaml": "titel: x\ndate: x\n", "masthead.yaml": "bord: []\n", "services.yaml": "pages: 1\n"}
    found = read("### 空\n", files, front="title: a\nkeyword: b").found
    assert found == [
        "N201 issue.yaml:1:1",
        "N204 issue.yaml:2:7",
        "N202 issue.yaml:1:1",
        "N201 masthead.yaml:1:1",
        "N203 services.yaml:1:8",
        "N201 01-news.md:3:1",
        "N228 01-news.md:5:1",
    ]


def test_the_nearest_key_is_suggested(read: Reader) -> None:
    """By spelling, and by its Chinese name."""
    outcome = read(files={"issue.yaml": FACTS + "runing_number: 7\n主题: 某\nxyz: 1\n"})
    hints = [finding.hint_zh for finding in outcome.findings]
    assert hints[0] == "是不是「running_number」？"
    assert hints[1] == "是不是「subject」？"
    assert "subtitle" in hints[2]


def test_the_masthead_keeps_people_and_their_order(read: Reader) -> None:
    """Short forms, several posts, names without inner spaces, statement and imprint."""
    text = (
        "nameplate: {text: 样刊, latin: YANG}\norganisations:\n  - {role: 主办, names: 某会}\n"
        "board:\n  - role: 编委\n    note: 排名不分先后\n    people:\n      - 王某某\n"
        "      - {name: 闫 东, posts: 教授}\n      - {name: 123, posts: [甲, 乙]}\n"
        "  - {role: 编辑部, style: names, people: [Jane Doe]}\n"
        "statement: |\n  一**重**。\n\n  二。\nimprint:\n  - {label: 电话, value: 0571-1, href: 'mailto:a@b.cn'}\n"
    )
    outcome = read(files={"masthead.yaml": text})
    assert outcome.found == ["N210 masthead.yaml:9:16"]
    assert outcome.issue is not None
    masthead = outcome.issue.masthead
    assert masthead is not None
    assert masthead.board[0].people == (
        Person(name="王某某"),
        Person(name="闫东", posts=("教授",)),
        Person(name="123", posts=("甲", "乙")),
    )
    assert (masthead.board[1].style, masthead.board[1].people[0].name) == ("names", "Jane Doe")
    assert [plain_text(p.children) for p in masthead.statement] == ["一重。", "二。"]
    assert masthead.organisations[0].names == ("某会",)
    assert masthead.imprint[0].value == "0571-1"
    assert masthead.nameplate is not None
    assert masthead.nameplate.latin == "YANG"


def test_service_pages_hold_every_kind_of_block(read: Reader) -> None:
    """In order; text may make several blocks, a plain string is text."""
    text = (
        "pages:\n  - title: 服务\n    subtitle: 副\n    blocks:\n      - text: |\n          甲。\n\n          - 乙\n"
        "      - cards: {title: 卡, columns: 3, items: [一, {title: 二, text: 文}]}\n"
        "      - process: {steps: [{title: 步, text: 说, duration: 1周}]}\n"
        "      - contact: {lines: [{label: 电话, value: 000}], qr: https://a.cn}\n"
        "      - qr: {data: https://b.cn, caption: 扫}\n"
        "      - figure: {path: images/s.svg, alt: 图, caption: 题, credit: 人}\n"
        "      - callout: {title: 注, text: 丙。}\n      - 直接\n"
    )
    outcome = read(files={"services.yaml": text, "images/s.svg": SVG})
    assert outcome.found == []
    assert outcome.issue is not None
    assert outcome.issue.services is not None
    (page,) = outcome.issue.services.pages
    kinds = ["paragraph", "list", "cards", "process", "contact", "qr", "figure", "callout", "paragraph"]
    assert [block.kind for block in page.blocks] == kinds
    _, _, cards, process, contact, qr, figure, callout, last = page.blocks
    assert isinstance(cards, Cards)
    assert (cards.columns, [card.title for card in cards.items]) == (3, ["一", "二"])
    assert isinstance(process, Process)
    assert process.steps[0].duration == "1周"
    assert isinstance(contact, Contact)
    assert (contact.lines[0].value, contact.qr[0].data) == ("000", "https://a.cn")
    assert isinstance(qr, QrCode)
    assert qr.caption == "扫"
    assert isinstance(figure, Figure)
    assert figure.credit == "人"
    assert isinstance(callout, Callout)
    assert isinstance(last, Paragraph)
    assert last.place.line == 15


@pytest.mark.parametrize(
    ("block", "found"),
    [
        ("{text: a, qr: b}", "N213 services.yaml:1:30"),
        ("{}", "N213 services.yaml:1:30"),
        ("{cards: {columns: 5, items: [a]}}", "N205 services.yaml:1:48"),
        ("{cards: {items: []}}", "N207 services.yaml:1:46"),
        ("{figure: {path: images/no.svg, alt: a}}", "N270 services.yaml:1:46"),
        ("{figure: {path: ../../x.svg, alt: a}}", "N121 services.yaml:1:46"),
        ("{contact: {lines: [{label: a, value: b, href: 'tel:1'}]}}", "N253 services.yaml:1:76"),
        ("{text: '<b>x</b>'}", "N250 services.yaml:1:38"),
        ("{text: '[^1]'}", "N257 services.yaml:1:38"),
        ("{text: '```'}", "N254 services.yaml:1:38"),
        ("{text: '## x'}", "N254 services.yaml:1:38"),
        ("[a]", "N203 services.yaml:1:30"),
    ],
)
def test_a_wrong_block_of_a_page_is_told_at_its_place(read: Reader, block: str, found: str) -> None:
    """Inside one line of YAML, to the column."""
    outcome = read(files={"services.yaml": f"pages: [{{title: 页页, blocks: [{block}]}}]\n"})
    assert outcome.found == [found.replace(":1:", ":1:", 1)]


def test_what_issues_share_is_found_above_and_its_own_wins(read: Reader) -> None:
    """Missing files are warnings: an issue goes out without them."""
    outcome = read(files={"masthead.yaml": "nameplate: 自\n"})
    assert outcome.issue is not None
    assert outcome.issue.masthead is not None
    assert outcome.issue.masthead.nameplate is not None
    assert outcome.issue.masthead.nameplate.text == "自"
    assert outcome.issue.services is not None
