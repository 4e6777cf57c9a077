"""Where a line may end: 避头尾 and what must stay together.

The opportunities of Unicode's line breaking (UAX 14), which the engine finds, are tailored: between Chinese
characters the rules of :mod:`.pairs` decide, addresses break as the Chicago Manual of Style (17th edition, 14.18) has
it, and numbers keep their units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

# Penalties, in the unit of the total fit's demerits. KEPT marks places where a line ends only when nothing else will
# do; CUT those that no rule allows but a measure too narrow for the word asks for.
FREE = 0.0
# A line ends at a HELD place sooner than that it is stretched to be seen.
HELD = 400.0
KEPT = 1.0e10
CUT = 1.0e13

_HAN_NUMBER = "0-9０-９零〇一二三四五六七八九十百千万亿两"
# 第…期, 第…条 and the like: an ordinal with its unit.
_ORDINAL = re.compile(rf"第[{_HAN_NUMBER}.\-–]{{1,7}} ?[\u4e00-\u9fff]")
# A number in figures with what is counted or measured: 2026年, 5万元, 3.5亿人, 12月, 20 km, 5 GB.
_COUNTED = re.compile(
    r"[0-9０-９](?:[0-9０-９,.:：/%‰+–−~～-]*[0-9０-９])?[%‰％℃°]?[ \u00a0]?"
    r"(?:余|多)?(?:[十百千万亿]{1,2}(?:[多余])?)?"
    r"(?:年代|年度|个月|小时|分钟|公里|公斤|平方|立方|美元|欧元|人次|"
    r"[年月日号时分秒天周岁元角吨克斤米里尺升度件条款项章节页期卷册号届次位名人个家户所座台套辆架艘枚张份批种类级层楼室"
    r"篇部幅处场倍成点版折股笔起组例]|[十百千万亿])?"
)
_MEASURED = re.compile(
    r"[0-9](?:[0-9,.]*[0-9])?[ \u00a0]?(?:[kKMGTPmcdnμµ]?(?:m|g|s|W|V|A|Hz|B|b|J|N|Pa|L|l|bit|Bytes?|bps|wh|Wh)"
    r"|km/h|m/s|%|℃|°C|°|ppm|dB|min|h|ha|mol|px|pt|em|nm|USD|EUR|CNY|RMB)(?![A-Za-z])"
)
# The name of a standard or a version: TLS 1.3, RFC 8446, GB/T 22239, ISO/IEC 27001.
DESIGNATION = re.compile(r"(?<![A-Za-z0-9])[A-Z][A-Za-z/+]*(?: [A-Z][A-Za-z/+]*)? (?=[0-9])")
# A source as the layout prints it, and the names in it.
_SOURCE = re.compile("（来源：([^（）]{2,60})）")
_NAME = re.compile("[^、，；, ]+")
_SHORT_NAME = 8
_ADDRESS = re.compile(
    r"(?:https?://|ftp://|www\.)[\x21-\x7e]+|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}/[\x21-\x7e]*"
)
_BREAK_BEFORE = frozenset("/~.,-_?#%=&@+;")
_BREAK_AFTER = frozenset(":=&")


def kept_together(text: str) -> Iterator[range]:
    """The places (break before the character at that index) that lie inside an ordinal or a number with its unit."""
    for pattern in (_ORDINAL, _COUNTED, _MEASURED):
        for match in pattern.finditer(text):
            if match.end() - match.start() > 1:
                yield range(match.start() + 1, match.end())


def held_together(text: str) -> Iterator[range]:
    """The places at which a line should rather not end: in a designation, and in the names of a source.

    A short name is held as a whole, of a longer one the first two characters and the last two.
    """
    for match in DESIGNATION.finditer(text):
        yield range(match.start() + 1, match.end() + 1)
    for match in _SOURCE.finditer(text):
        yield range(match.start() + 1, match.start(1) + 1)
        for name in _NAME.finditer(text, match.start(1), match.end(1)):
            start, end = name.span()
            if end - start <= _SHORT_NAME:
                yield range(start + 1, end)
            else:
                yield range(start + 1, start + 3)
                yield range(end - 2, end)


def address_breaks(text: str) -> Iterator[tuple[range, list[int]]]:
    """Addresses in ``text``: the places inside each, and those of them where it may break.

    Chicago 14.18: after the double slash (the colon stays with it); before a single slash, tilde, period, comma,
    hyphen, underline, question mark, number sign or per-cent sign; before or after an equals sign or an ampersand. No
    hyphen is added. The first two characters and the last two stay together.
    """
    for match in _ADDRESS.finditer(text):
        start, end = match.start(), match.end()
        places = []
        for place in range(start + 2, end - 1):
            before, after = text[place - 1], text[place]
            if before == "/" and text[place - 2] == "/":
                good = True
            elif after == "/":
                good = before not in ":/"
            else:
                good = (after in _BREAK_BEFORE and before != "/") or (before in _BREAK_AFTER and after != "/")
            if good:
                places.append(place)
        yield range(start + 1, end), places


def penalties(text: str, allowed: Sequence[int], verbatim: Sequence[tuple[int, int]] = ()) -> list[float | None]:
    """For every place 0…len(text): None where no line ends, FREE where it may, KEPT where it should not.

    ``allowed`` holds for each place what the class pairs and UAX 14 permit (0 or 1); ``verbatim`` are ranges of code,
    in which units are not looked for.
    """
    found: list[float | None] = [FREE if flag else None for flag in allowed]
    for places in held_together(text):
        for place in places:
            if found[place] is not None:
                found[place] = HELD
    for places in kept_together(text):
        if any(start < places.stop and places.start <= end for start, end in verbatim):
            continue
        for place in places:
            if found[place] is not None:
                found[place] = KEPT
    for inside, good in address_breaks(text):
        for place in inside:
            found[place] = None
        for place in good:
            found[place] = FREE
    return found
