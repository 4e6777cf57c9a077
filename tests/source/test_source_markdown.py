"""The Markdown dialect: Chinese emphasis, no traps of indentation and underlining, joined lines."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.source import is_cjk, join_lines, parse_markdown, parse_tree, without_inner_spaces


def _html(text: str) -> str:
    """The inline markup of the first paragraph, in short."""
    names = {"strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>"}
    inline = next(token for token in parse_markdown(text) if token.type == "inline")
    return "".join(names.get(child.type, child.content) for child in inline.children or [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**《网络安全法》**施行", "<b>《网络安全法》</b>施行"),
        ("前文**（草案）**后文", "前文<b>（草案）</b>后文"),
        ("他说**“好。”**然后", "他说<b>“好。”</b>然后"),
        ("*《甲》*乙", "<i>《甲》</i>乙"),
        ("snake_case_name", "snake_case_name"),
        ("a * b * c", "a * b * c"),
        ("5**甲**6", "5<b>甲</b>6"),
        ("** 甲**", "** 甲**"),
    ],
)
def test_emphasis_works_beside_chinese_punctuation(text: str, expected: str) -> None:
    """Marks that touch their words open and close, whatever punctuation stands there; Latin rules stay."""
    assert _html(text) == expected


@pytest.mark.parametrize("text", ["    缩进四格", "　　全角缩进", "段落\n---", "段落\n==="])
def test_indents_and_underlines_have_no_meaning(text: str) -> None:
    """An indented paragraph is no program, an underlined one no heading."""
    types = {token.type for token in parse_markdown(text)}
    assert "paragraph_open" in types
    assert not types & {"code_block", "heading_open"}


def test_links_of_every_kind_are_seen() -> None:
    """A dangerous address becomes a token that can be refused with its place, not plain text."""
    tree = parse_tree("[甲](javascript:alert(1))")
    assert [node.type for node in tree.children[0].children[0].children] == ["link"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("甲\n乙", "甲乙"),
        ("one\ntwo", "one two"),
        ("甲，\ntwo", "甲，two"),
        ("甲 \n　　乙", "甲乙"),
        ("\n one \n", "one"),
    ],
)
def test_lines_join_without_a_gap_beside_chinese(text: str, expected: str) -> None:
    """A line end is a space between Latin words alone."""
    assert join_lines(text) == expected


def test_names_lose_the_spaces_between_han_alone() -> None:
    """「闫 东」 is 「闫东」, but Latin names keep theirs."""
    assert without_inner_spaces("闫　东") == "闫东"
    assert without_inner_spaces("闫  东 生") == "闫东生"
    assert without_inner_spaces("Jane Doe") == "Jane Doe"


def test_full_width_punctuation_is_chinese() -> None:
    """The quotes and dashes that Latin text shares count as Chinese, as they are set full width."""
    assert all(is_cjk(character) for character in "汉，。（）“”——……·㐀𠀀")
    assert not any(is_cjk(character) for character in "a1,.-é ")


@given(st.text(alphabet=st.sampled_from(list("甲ab*_`[](){}<>#-:|!^\\\n \"'1.&;")), max_size=80))
def test_no_text_breaks_the_parser(text: str) -> None:
    """Whatever is typed gives tokens, with front matter or without."""
    parse_markdown(text)
    parse_markdown("---\n" + text, front_matter=True)
