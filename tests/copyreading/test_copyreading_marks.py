"""What proof-reading says of single passages: what it mends, what it only tells, what it leaves alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.copyreading.check import edits_of
from newsletter_pdf.copyreading.settle import settled
from newsletter_pdf.source import GAP

MENDED = [
    ("会议通过了决定,自即日起施行.", "会议通过了决定，自即日起施行。", {"N770"}),
    ("时间:10:30,地点:三楼", "时间：10:30，地点：三楼", {"N770"}),
    ("约1,000人,2,500元", "约1,000人，2,500元", {"N770"}),
    ("第1条:甲;第2条:乙", "第1条：甲；第2条：乙", {"N770"}),
    ("真的?!", "真的？！", {"N770"}),
    ("条例(GDPR)规定", "条例（GDPR）规定", {"N770"}),
    ("依据<<网络安全法>>规定", "依据《网络安全法》规定", {"N770"}),
    ("来源: 中国人大网", "来源：中国人大网", {"N770"}),
    ("访问https://example.org/a,b?c=1,然后", "访问https://example.org/a,b?c=1，然后", {"N770"}),
    ("共１２家ＡＢＣ公司", "共12家ABC公司", {"N771"}),
    ('他说"可以"。', "他说“可以”。", {"N772"}),
    ('英文叫"harvest now"。', "英文叫“harvest now”。", {"N772"}),
    ('他说:"好."', "他说：“好。”", {"N770", "N772"}),
    ("见附件（二)和(三）", "见附件（二）和（三）", {"N776"}),
    ("通过了决定。。", "通过了决定。", {"N777"}),
    ("通过，，决定", "通过，决定", {"N777"}),
    ("通过,,决定", "通过，决定", {"N777"}),
    ("共计 14 亿条 iPhone 手机", "共计14亿条iPhone手机", {"N778"}),
    ("图1 讲堂现场", "图1　讲堂现场", {"N778"}),
    ("表 2-1  各专委会的场次", "表2-1　各专委会的场次", {"N778"}),
    ("见图1 和图2 的说明", "见图1和图2的说明", {"N778"}),
    ("工业、农业...", "工业、农业……", {"N779"}),
    ("工业。。。农业", "工业……农业", {"N779"}),
    ("他说…好", "他说……好", {"N779"}),
    ("他来了--又走了", "他来了——又走了", {"N780"}),
    ("-- 《法》第三条", "—— 《法》第三条", {"N780"}),
    ("3~5天", "3～5天", {"N781"}),
    ("第一， 要快； 第二 ，要好", "第一，要快；第二，要好", {"N782"}),
    ("彼得•肖尔", "彼得·肖尔", {"N783"}),
    ("⼀部法律", "一部法律", {"N784"}),
]
TOLD = [
    ("“甲“，乙", "N774", "”"),
    ("”甲“乙", "N774", "“"),
    ("“甲“乙”丙”", "N774", "‘"),
    ("《关于《通知》的通知》", "N774", "〈"),
    ("依据《网络安全法规定办理。", "N775", None),
    ("《甲法，《乙法》规定", "N775", None),
    ("“甲，乙。", "N775", None),
    ("甲），乙", "N775", None),
    ("他说'可以'。", "N772", "“"),
    ("甲，。乙", "N777", None),
    ("甲。，乙", "N777", None),
    ('他说"可以。', "N772", None),
    ('“他说"可以"。”', "N772", "“"),
]
LEFT = [
    "《关于〈通知〉的通知》规定：“甲‘乙’丙”。",
    "1）甲；2）乙；（3）丙；二）丁",
    "真的？！太好了！！",
    "Hello, world (of English). It’s fine -- really...",
    "（Regulation (EU) 2016/679）2016年4月27日通过",
    "“告知—同意”是主轴，2016—2026年，1–2周",
    "用--fix选项，见/usr/share/doc和notes.txt",
    "比分3:2，时间10:30，约1,000人，增长3.5%。",
    "写信给a.b@example.org，访问www.example.org/a,b。",
    "然后……再说",
    "It's '90s rock 'n' roll，中文",
    "x << 2和y >> 3",
    "从1…10",
    "GB/T 39204—2022、C-703/25 P，“Spring2017!”应付差事",
    f"命令是{GAP}，名叫{GAP}。",
    "图　三层结构",
    "说明：'a'、'b' 两项",
]


def _mended(text: str) -> str:
    return "".join(settled(text, lambda _start, _end: True, lambda _code: True))


@pytest.mark.parametrize(("text", "wanted", "codes"), MENDED)
def test_what_is_safe_is_mended(text: str, wanted: str, codes: set[str]) -> None:
    """The corrected text, and the rules that tell of it; nothing is left to tell afterwards."""
    assert _mended(text) == wanted
    found = {edit.rule.code for edit in edits_of(text)}
    assert found <= codes
    assert found
    assert edits_of(wanted) == []


@pytest.mark.parametrize(("text", "code", "suggested"), TOLD)
def test_what_is_not_safe_is_only_told(text: str, code: str, suggested: str | None) -> None:
    """The rule, and what it suggests; the text stays."""
    assert _mended(text) == text
    edits = edits_of(text)
    assert edits[0].rule.code == code
    assert edits[0].new == suggested


@pytest.mark.parametrize("text", LEFT)
def test_what_is_right_is_left_alone(text: str) -> None:
    """Nothing is found in good copy, in English, in addresses, options and figures."""
    assert [(edit.rule.code, text[edit.start : edit.end]) for edit in edits_of(text)] == []


def test_a_quotation_over_several_paragraphs_opens_each() -> None:
    """The first needs no closing mark when the next paragraph opens again (GB/T 15834, 4.8.3.5)."""
    assert edits_of("“第一段。", "“第二段。”") == []
    assert [edit.rule.code for edit in edits_of("“第一段。", "第二段。")] == ["N775"]


COPY = st.text(
    alphabet=st.sampled_from("中文条例，。、；：！？（）《》“”‘’「」…—～·•,.;:!?()\"'-~ <>　aB1２Ｃ/@%⼀。\n" + GAP),
    max_size=40,
)


@given(COPY)
def test_mending_comes_to_rest(text: str) -> None:
    """What was mended once is not mended again, and no safe correction is left over."""
    once = _mended(text)
    assert _mended(once) == once
    assert not [edit for edit in edits_of(once) if edit.safe and edit.new is not None]


@given(COPY)
def test_mending_changes_no_word(text: str) -> None:
    """Han, letters and figures stay, full-width ones as their narrow form, in their order."""
    narrow = str.maketrans("２Ｃ⼀", "2C一")
    assert [c for c in _mended(text) if c.isalnum()] == [c for c in text.translate(narrow) if c.isalnum()]


@given(COPY, st.integers(0, 40))
def test_what_may_not_be_edited_stays(text: str, position: int) -> None:
    """A character that stands otherwise in the file is never touched."""
    pieces = settled(text, lambda start, end: not start <= position < end, lambda _code: True)
    assert pieces[position : position + 1] == list(text[position : position + 1])


@given(COPY)
def test_edits_come_in_order_and_do_not_overlap(text: str) -> None:
    """So that they can be carried out one after the other."""
    edits = edits_of(text)
    assert all(0 <= edit.start < edit.end <= len(text) for edit in edits)
    assert all(before.end <= after.start for before, after in pairwise(edits))
