"""Numbers in the formats of ``ST_NumberFormat`` (ECMA-376 Part 1, 17.18.59) that Chinese documents use."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
LARGEST = 9999
"""Numbers above this are written in digits, whatever the format."""


def numeral(number: int, form: str) -> str:
    """``number`` in the format ``form``; in digits when the format is unknown or has no such number."""
    if form in {"none", "bullet"}:
        return ""
    write = _FORMS.get(form)
    return str(number) if write is None or not 0 < number <= LARGEST else write(number)


def _counting(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """「一百零五」; from 10 to 19 without the leading 一, as documents count."""
    out, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit == 0:
            gap = gap or bool(out)
            continue
        out += (digits[0] if gap else "") + digits[digit] + (units[power - 1] if power else "")
        gap = False
    lead = digits[1] + units[0]
    return out[1:] if 10 <= number < 20 and out.startswith(lead) and digits == _DIGITS else out


def _digital(number: int, zero: str = "〇") -> str:
    return "".join((zero + _DIGITS[1:])[int(digit)] for digit in str(number))


def _letters(number: int, first: str) -> str:
    """A … z, then aa, bb … as Word counts."""
    return chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    out = ""
    for size, sign in _ROMAN:
        out += sign * (number // size)
        number %= size
    return out


def _from(first: int, last: int, *more: tuple[int, int]) -> Callable[[int], str]:
    """Signs that Unicode has in rows, such as ① to ⑳; digits beyond them."""
    rows = ((first, last), *more)

    def write(number: int) -> str:
        left = number - 1
        for low, high in rows:
            if left <= high - low:
                return chr(low + left)
            left -= high - low + 1
        return str(number)

    return write


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{'th' if number % 100 in (11, 12, 13) else ending}"


_CIRCLED = _from(0x2460, 0x2473, (0x3251, 0x325F), (0x32B1, 0x32BF))
_FORMS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: "".join(chr(0xFF10 + int(digit)) for digit in str(n)),
    "decimalFullWidth2": lambda n: "".join(chr(0xFF10 + int(digit)) for digit in str(n)),
    "decimalEnclosedCircle": _CIRCLED,
    "decimalEnclosedCircleChinese": _CIRCLED,
    "decimalEnclosedFullstop": _from(0x2488, 0x249B),
    "decimalEnclosedParen": _from(0x2474, 0x2487),
    "ideographEnclosedCircle": _from(0x3280, 0x3289),
    "chineseCounting": _counting,
    "chineseCountingThousand": _counting,
    "japaneseCounting": _counting,
    "taiwaneseCounting": _counting,
    "taiwaneseCountingThousand": _counting,
    "ideographDigital": _digital,
    "japaneseDigitalTenThousand": _digital,
    "taiwaneseDigital": lambda n: _digital(n, "○"),
    "chineseLegalSimplified": lambda n: _counting(n, _LEGAL, "拾佰仟"),
    "ideographLegalTraditional": lambda n: _counting(n, _LEGAL_TRADITIONAL, "拾佰仟"),
    "japaneseLegal": lambda n: _counting(n, _LEGAL_TRADITIONAL, "拾百千"),
    "ideographTraditional": lambda n: _STEMS[(n - 1) % 10],
    "ideographZodiac": lambda n: _BRANCHES[(n - 1) % 12],
    "ideographZodiacTraditional": lambda n: _STEMS[(n - 1) % 10] + _BRANCHES[(n - 1) % 12],
    "lowerLetter": lambda n: _letters(n, "a"),
    "upperLetter": lambda n: _letters(n, "A"),
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperRoman": _roman,
    "ordinal": _ordinal,
    "numberInDash": lambda n: f"- {n} -",
}
