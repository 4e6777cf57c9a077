"""Numbers that authors type before headings, in the forms of GB/T 9704 and its everyday variants.

「一、」「（一）」「1.」「（1）」 are the four levels that GB/T 9704—2012, 7.3.3 names; manuscripts mix half-width
brackets, full-width dots, 「1、」「1）」 and 「①」. The layout numbers, so a typed number goes.
"""

from __future__ import annotations

import re

_HAN = "零〇一二三四五六七八九十百两"
_FORMS = re.compile(
    rf"""\s*(?:
        [（(]\s*(?P<bracketed>[{_HAN}]{{1,5}}|\d{{1,3}})\s*[）)]\s*[、.．]?
      | (?P<han>[{_HAN}]{{1,5}})\s*[、.．](?![{_HAN}])
      | (?P<dotted>\d{{1,3}})\s*(?:[.．](?!\d)|、(?!\d)|[)）])
      | (?P<circled>[①-⑳])
    )\s*""",
    re.VERBOSE,
)
_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def typed_number(title: str) -> tuple[int, int] | None:
    """The number typed before ``title`` and the offset at which the title proper begins, or None.

    A figure that belongs to the title stays: 「3.15 晚会」「1、2 号线」「5 家企业」「一、二线城市」.
    """
    match = _FORMS.match(title)
    if match is None or match.end() == len(title):
        return None
    if match["circled"]:
        return ord(match["circled"]) - ord("①") + 1, match.end()
    typed = match["bracketed"] or match["han"] or match["dotted"]
    return int(typed) if typed.isdecimal() else han_value(typed), match.end()


def han_value(text: str) -> int:
    """The value of a number below 1000 in Han numerals, such as 「二十三」 or 「一百零五」."""
    total = current = 0
    for character in text:
        if character in "十百":
            unit = 10 if character == "十" else 100
            total += (current or 1) * unit
            current = 0
        else:
            current = current * 10 + _DIGITS[character] if current else _DIGITS[character]
    return total + current
