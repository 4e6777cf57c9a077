"""Typed numbers before headings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.importers.numbering import han_value, typed_number


@pytest.mark.parametrize(
    ("title", "number", "rest"),
    [
        ("（一）国家层面", 1, "国家层面"),
        ("(二) 部门层面", 2, "部门层面"),
        ("（12）地方层面", 12, "地方层面"),
        ("(3)地方层面", 3, "地方层面"),
        ("一、国家层面", 1, "国家层面"),
        ("十一．综述", 11, "综述"),
        ("二十三、综述", 23, "综述"),
        ("1. 某部门发布通知", 1, "某部门发布通知"),
        ("1．某部门发布通知", 1, "某部门发布通知"),
        ("1、某部门发布通知", 1, "某部门发布通知"),
        ("10.某部门发布通知", 10, "某部门发布通知"),
        ("2) 某部门", 2, "某部门"),
        ("2）某部门", 2, "某部门"),
        ("③ 某部门", 3, "某部门"),
        ("　（四）其他", 4, "其他"),
        ("5. 2026年的三件事", 5, "2026年的三件事"),
    ],
)
def test_a_typed_number_is_told_from_the_title(title: str, number: int, rest: str) -> None:
    """Every form in use gives its value and leaves the title alone."""
    found = typed_number(title)
    assert found is not None
    assert (found[0], title[found[1] :]) == (number, rest)


@pytest.mark.parametrize(
    "title",
    [
        "2026年的三件事",
        "3.15 晚会之后",
        "5 家企业受到处罚",
        "1、2 号线停运",
        "一、二线城市的机房",
        "5G 专网",
        "一个都不能少",
        "（试行）办法出台",
        "1.",
        "（一）",
        "",
    ],
)
def test_figures_that_belong_to_the_title_stay(title: str) -> None:
    """A number without a separator, a decimal fraction, a range, and a number alone are no typed number."""
    assert typed_number(title) is None


@given(st.integers(min_value=1, max_value=999))
def test_han_numerals_have_their_value(value: int) -> None:
    """The usual writing of each number up to 999 is read as that number."""
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    text = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        text += "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    elif hundreds and ones:
        text += "零"
    text += digits[ones] if ones else ""
    assert han_value(text) == value
