"""Numbers of a chart: as they are printed, the steps of a scale, and labels that are moments."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

MINUS = "−"
_YEAR = re.compile(r"(\d{4})年?")
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?")
_QUARTER = re.compile(r"(\d{4})(?:年?第?([一二三四1-4])季度?|[- ]?[Qq]([1-4]))")
_HAN_QUARTER = "一二三四"


class Numerals:
    """Prints numbers of one kind alike: as many decimals as the most exact has, figures in threes when any is long.

    A unit of per cent (``%`` or ``‰``) stands at each number, as GB/T 15835 has it; other units are told once.
    """

    def __init__(self, values: Iterable[Decimal | None], unit: str | None) -> None:
        known = [value for value in values if value is not None]
        self.decimals = max((max(0, -int(value.as_tuple().exponent)) for value in known), default=0)
        self.grouped = any(abs(value) >= 10000 for value in known)
        self.sign = unit if unit in ("%", "‰") else ""

    def text(self, value: Decimal, decimals: int | None = None) -> str:
        """A number as it is printed."""
        places = self.decimals if decimals is None else decimals
        rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
        figures = f"{abs(rounded):,f}" if self.grouped else f"{abs(rounded):f}"
        return f"{MINUS if rounded < 0 else ''}{figures}{self.sign}"


def ticks(low: float, high: float, most: int = 5) -> list[Decimal]:
    """Round numbers at even steps (1, 2, 2.5 or 5 times a power of ten) from under ``low`` to over ``high``.

    ``most`` is the limit of steps; the narrowest scale that keeps to it is taken.
    """
    if high <= low:
        high = low + (abs(low) or 1)
    power = math.floor(math.log10((high - low) / most)) - 1
    while True:
        for factor in ("1", "2", "2.5", "5"):
            step = Decimal(factor).scaleb(power)
            first = math.floor(round(low / float(step), 9))
            last = math.ceil(round(high / float(step), 9))
            if last - first <= most:
                return [step * number for number in range(first, last + 1)]
        power += 1


def moments(labels: Iterable[str]) -> list[float] | None:
    """The labels as points in time, in years, when each is a year, a month or a quarter and they ascend; else None."""
    found: list[float] = []
    for label in labels:
        moment = _moment(label.strip())
        if moment is None or (found and moment <= found[-1]):
            return None
        found.append(moment)
    return found


def _moment(label: str) -> float | None:
    if match := _YEAR.fullmatch(label):
        return float(match[1])
    if (match := _MONTH.fullmatch(label)) and 1 <= int(match[2]) <= 12:
        return int(match[1]) + (int(match[2]) - 1) / 12
    if match := _QUARTER.fullmatch(label):
        number = match[2] or match[3]
        quarter = _HAN_QUARTER.index(number) + 1 if number in _HAN_QUARTER else int(number)
        return int(match[1]) + (quarter - 1) / 4
    return None
