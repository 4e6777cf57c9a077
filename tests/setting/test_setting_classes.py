"""The rules about characters, on any text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.verify.setting.classes import broken_pair, counts_as_character, is_han, is_latin, no_end, no_start

ANY = st.text(st.characters(codec="utf-8"), max_size=12)
MIXED = st.text("天年期第0123456789.,%— …（），。GBkm ", max_size=10)


@given(ANY, ANY)
def test_any_two_lines_can_be_judged(above: str, below: str) -> None:
    """No text is too strange for the rules, and two empty lines break none of them."""
    for rule in (no_start, no_end, broken_pair):
        rule(above, below)
    assert not no_start("", "")
    assert not no_end("", "")
    assert broken_pair("", "") is None


@given(MIXED, MIXED)
def test_a_broken_pair_is_named_by_what_stands_at_the_line_end(above: str, below: str) -> None:
    """What is told to be broken stands at the end of one line and the beginning of the next."""
    pair = broken_pair(above, below)
    if pair is not None:
        before, after = pair.split("|")
        assert above.endswith(before)
        assert below.startswith(after)


@given(st.characters(codec="utf-8"))
def test_no_character_is_both_han_and_latin(char: str) -> None:
    """The two sides of a gap are told apart, and both count as characters."""
    assert not (is_han(char) and is_latin(char))
    if is_latin(char):
        assert counts_as_character(char)
