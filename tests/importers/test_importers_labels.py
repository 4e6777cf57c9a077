"""导读, 关键词 and 来源 as authors type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.importers.labels import after_keywords_label, after_lead_label, find_source, split_keywords


def test_the_source_label_may_stand_in_brackets() -> None:
    """「【来源】甲网」 is a source as 「来源：甲网」 is."""
    assert _apart("【来源】甲网") == ("", "甲网")
    assert _apart("【 来源 】：甲网") == ("", "甲网")


def _apart(text: str) -> tuple[str, str] | None:
    span = find_source(text)
    return None if span is None else (text[: span.before] + span.stop, text[span.start : span.end])


@pytest.mark.parametrize(
    "label", ["导读：", "导读:", "导 读：", "【导读】", "【导读】：", "导语：", "[导读] ", "　导读："]
)
def test_the_lead_label_is_found_in_its_forms(label: str) -> None:
    """Colons and brackets of either width, and spaces, do not matter."""
    assert after_lead_label(f"{label}本月有三件事。") == len(label)


@pytest.mark.parametrize("text", ["导读本月的三件事", "本文导读：", "导读员说：", "读后感：", ""])
def test_text_that_only_begins_like_a_lead_is_none(text: str) -> None:
    """The word needs its colon, brackets, or the paragraph for itself."""
    assert after_lead_label(text) is None


@pytest.mark.parametrize("label", ["关键词：", "关键词:", "关键字：", "【关键词】", "关 键 词 ： "])
def test_the_keywords_label_is_found_in_its_forms(label: str) -> None:
    """As for the lead."""
    assert after_keywords_label(f"{label}数据") == len(label)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("甲、乙，丙;丁", ("甲", "乙", "丙", "丁")),
        ("甲、“乙、丙”案、《丁、戊条例》", ("甲", "“乙、丙”案", "《丁、戊条例》")),
        ("AI 治理、数据出境。", ("AI 治理", "数据出境")),
        ("数据 安全　治理", ("数据 安全", "治理")),
        ("数据 安全 治理", ("数据", "安全", "治理")),
        ("TCP/IP 协议", ("TCP/IP 协议",)),
        ("甲 / 乙", ("甲", "乙")),
        ("甲、甲、乙", ("甲", "乙")),
        ("“没有关上、的引号", ("“没有关上", "的引号")),
        ("", ()),
    ],
)
def test_keywords_are_divided_where_authors_divide_them(text: str, words: tuple[str, ...]) -> None:
    """At separators outside brackets and quotation marks; at spaces when nothing else divides Chinese words."""
    assert split_keywords(text) == words


@pytest.mark.parametrize(
    ("text", "proper", "source"),
    [
        ("通知已印发。（来源：某网）", "通知已印发。", "某网"),
        ("通知已印发。(来源:某网)", "通知已印发。", "某网"),
        ("通知已印发。（来源：某网)", "通知已印发。", "某网"),
        ("通知已印发（来源：某网）。", "通知已印发。", "某网"),
        ("通知已印发。（来源：某网）。", "通知已印发。", "某网"),
        ("通知已印发。 （ 来源 ： 某网 ） ", "通知已印发。", "某网"),
        ("通知。（来源：中国（上海）某区管委会）", "通知。", "中国（上海）某区管委会"),
        ("通知。（来源：甲、乙、丙）", "通知。", "甲、乙、丙"),
        ("通知。【来源：某网】", "通知。", "某网"),
        ("通知。（信息来源：某网）", "通知。", "某网"),
        ("通知。（来源：某网", "通知。", "某网"),
        ("（来源：某网）", "", "某网"),
        ("来源：某网", "", "某网"),
        ("来源: 某网。", "", "某网"),
    ],
)
def test_the_source_at_the_end_is_told_from_the_text(text: str, proper: str, source: str) -> None:
    """In brackets of either width, nested, unclosed, or as a line of its own; a full stop behind is the sentence's."""
    assert _apart(text) == (proper, source)


@pytest.mark.parametrize(
    "text",
    [
        "（来源：某网）之后还有话。",
        "数据来源：某网",
        "（数据来源：某网）",
        "资金来源不明。",
        "通知（来源不详）",
        "来源：",
        "（来源：）",
        "",
        "）",
    ],
)
def test_other_text_holds_no_source(text: str) -> None:
    """A source that is not at the end, is not the article's, or names nothing."""
    assert find_source(text) is None


@given(st.text(alphabet="来源：:（）()【】。. 某网\n", max_size=30))
def test_a_source_span_lies_within_the_text(text: str) -> None:
    """Whatever brackets are typed, the spans are in order and inside the text, and the source is not blank."""
    span = find_source(text)
    if span is not None:
        assert 0 <= span.before <= span.start < span.end <= len(text)
        assert text[span.start : span.end].strip()
