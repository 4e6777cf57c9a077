"""The text filter and the Chinese numerals."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.chinese import clean, cn_date, cn_month, han_number, is_han


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "零"),
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (21, "二十一"),
        (101, "一百零一"),
        (110, "一百一十"),
        (1010, "一千零一十"),
        (2026, "二千零二十六"),
    ],
)
def test_han_number_writes_numerals_as_read_aloud(number: int, text: str) -> None:
    """Ten is 十, not 一十; an inner gap is one 零."""
    assert han_number(number) == text


@given(st.integers(0, 9999))
def test_han_number_is_never_ambiguous(number: int) -> None:
    """Reading a numeral back gives the number."""
    digits = {c: i for i, c in enumerate("零一二三四五六七八九")}
    total, digit = 0, 0
    text = han_number(number)
    for char in ("一" + text) if text.startswith("十") else text:
        if char in digits:
            digit = digits[char]
        else:
            total += digit * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
    assert total + digit == number


@pytest.mark.parametrize("number", [-1, 10000])
def test_han_number_refuses_what_no_newsletter_counts_to(number: int) -> None:
    """Outside 0–9999 there is no numeral, and a wrong one would be worse than an error."""
    with pytest.raises(ValueError, match="numeral"):
        han_number(number)


def test_dates_carry_no_leading_zeros() -> None:
    """GB/T 15835 writes 2026年2月3日."""
    assert cn_date(dt.date(2026, 2, 3)) == "2026年2月3日"
    assert cn_month(dt.date(2026, 2, 3)) == "2026年2月"


def test_lookalike_characters_become_the_ordinary_ones() -> None:
    """A Kangxi radical looks like its character and would be found by no search."""
    assert clean("\u2f00\u2f08\u2ea0") == "一人\u2ea0".replace("\u2ea0", clean("\u2ea0"))
    assert clean("\u2f00") == "一"
    assert clean("\uf9d1") == "六"
    assert clean("⋯⋯") == "……"


@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF)))
def test_ordinary_han_text_is_left_alone(text: str) -> None:
    """Unified ideographs have no look-alike to be replaced by."""
    assert clean(text) == text
    assert all(map(is_han, text))


@pytest.mark.parametrize(
    ("typed", "set_text"),
    [
        ("2026 年 11 月", "2026年11月"),
        ("用 AI 写作", "用AI写作"),
        ("增长 5% 以上", "增长5%以上"),
        ("他说： 好", "他说：好"),
        ("ＡＩ与２０２６年", "AI与2026年"),
        ("Data Act 生效", "Data Act生效"),
        ("姓名 单位", "姓名 单位"),
        ("plain text, 5 km", "plain text, 5 km"),
    ],
)
def test_typed_spaces_and_full_width_letters_are_put_right(typed: str, set_text: str) -> None:
    """The gap between Chinese and Latin is the layout's; spaces within either stay."""
    assert clean(typed) == set_text


@given(st.text(alphabet="汉字 AZ09，。（）“” 1２Ａ", max_size=40))
def test_the_text_filter_is_idempotent_and_keeps_all_but_spaces(text: str) -> None:
    """Filtering twice changes nothing more, and no character is lost."""
    once = clean(text)
    assert clean(once) == once
    assert len(once.replace(" ", "")) == len(text.replace(" ", ""))
