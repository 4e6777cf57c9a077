"""Readings above and lines below words: 「{汉字|hàn zì}」 and 「{屈原|-}」."""

from __future__ import annotations

from reader_samples import Reader

from newsletter_pdf.model import Code, Emphasis, Paragraph, ProperName, Ruby, Text


def children(read: Reader, text: str) -> tuple[object, ...]:
    """The inlines of one paragraph."""
    outcome = read(f"### 题\n\n{text}\n")
    assert outcome.found == []
    [block] = outcome.article.blocks
    assert isinstance(block, Paragraph)
    return block.children


def test_a_reading_and_a_proper_name_are_read(read: Reader) -> None:
    """What stands before and after stays text."""
    assert children(read, "看{尉迟|yù chí}恭与{屈原|-}。") == (
        Text(text="看"),
        Ruby(text="尉迟", reading="yù chí"),
        Text(text="恭与"),
        ProperName(text="屈原"),
        Text(text="。"),
    )


def test_within_emphasis_they_are_read_too(read: Reader) -> None:
    """Markup may stand around them."""
    [emphasis] = children(read, "*{厦|xià}门*")
    assert emphasis == Emphasis(children=(Ruby(text="厦", reading="xià"), Text(text="门")))


def test_escaped_braces_and_code_are_as_written(read: Reader) -> None:
    """A brace after a backslash is a brace, and code is code."""
    assert children(read, r"集合\{甲|乙\}和`{甲|乙}`") == (Text(text="集合{甲|乙}和"), Code(text="{甲|乙}"))


def test_braces_without_a_reading_are_text(read: Reader) -> None:
    """Nothing on one side of the bar, or no bar, is no annotation."""
    assert children(read, "{甲}、{|乙}、{甲|}、{ 甲|乙}") == (Text(text="{甲}、{|乙}、{甲|}、{ 甲|乙}"),)
