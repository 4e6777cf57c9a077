"""Single marks, letters and spaces. Each rule looks at one passage whose addresses are masked.

Half-width marks beside Chinese are found by autocorrect (its rule ``fullwidth``) and, where it is too shy (after a
bracket, before a figure, semicolons), by a rule of our own; its other rules are switched off, as the gap between
Chinese and Latin is the layout's here and no space is ever typed.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from newsletter_pdf.copyreading.edits import HAN, MARKS, Edit
from newsletter_pdf.findings import Rule
from newsletter_pdf.findings import copy as rules

_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", ".": "。"}
_CHINESE = f"{HAN}{MARKS}"
# After Chinese or a closing bracket; or after anything else, when Chinese goes on. Figures keep 10:30 and 1,000.
_HALF = re.compile(
    rf"(?<=[{HAN}）》」』”’】〕〉！？])[,;:!?](?![,;:/])"
    rf"|(?<=[^\s,;:!?.])[,;:!?](?= ?[{HAN}《“「『（])"
)
_OFF = (
    "space-word",
    "space-punctuation",
    "space-bracket",
    "space-backticks",
    "space-dash",
    "space-dollar",
    "no-space-fullwidth",
    "no-space-fullwidth-quote",
    "halfwidth-word",
    "halfwidth-punctuation",
    "spellcheck",
)
_QUICK = re.compile(r"[ -~０-９Ａ-Ｚａ-ｚ…•・‧∙⋅〜─－―⺀-⿟豈-﫿\U0002f800-\U0002fa1f]|([，、；：。])[，、；：。]")


@cache
def _autocorrect() -> Callable[[str], str]:
    import autocorrect_py

    # Its stub does not name the function.
    autocorrect_py.load_config(  # type: ignore[attr-defined]
        json.dumps({"rules": {"fullwidth": 1, **dict.fromkeys(_OFF, 0)}})
    )
    formatted: Callable[[str], str] = autocorrect_py.format
    return formatted


def mark_edits(text: str) -> Iterator[Edit]:
    """Everything wrong with single marks in ``text``, in no order; overlaps are possible."""
    if _QUICK.search(text) is None:
        return
    yield from _half_width(text)
    yield from _unlike(text)
    for rule, pattern, new in _SIMPLE:
        for match in pattern.finditer(text):
            written = new(match[0]) if callable(new) else new
            if rule is rules.HAN_LATIN_SPACE and _NUMBERED.fullmatch(text, 0, match.start()):
                written = "\u3000"
            if written != match[0]:
                yield Edit(rule, match.start(), match.end(), written)


def _half_width(text: str) -> Iterator[Edit]:
    found = {match.start() for match in _HALF.finditer(text)}
    if any(mark in text for mark in ".,:!?"):
        found |= _by_autocorrect(text)
    for index in sorted(found):
        end = index + 1
        # Behind a Chinese mark there is no typed space.
        if text[end : end + 1] == " " and end + 1 < len(text):
            end += 1
        yield Edit(rules.HALFWIDTH_MARK, index, end, _FULL[text[index]], shown=text[index])


def _by_autocorrect(text: str) -> set[int]:
    """Where autocorrect puts a full-width mark for a half-width one; nothing else of what it does is taken."""
    new = _autocorrect()(text)
    found: set[int] = set()
    if new == text:
        return found
    here = 0
    for index, character in enumerate(text):
        if new[here : here + 1] == character:
            here += 1
        elif character in _FULL and new[here : here + 1] == _FULL[character]:
            found.add(index)
            here += 1
        elif character != " ":
            return set()
    return {i for i in found if not (text[i] == "." and (text[i - 1 : i] == "." or text[i + 1 : i + 2] == "."))}


def _narrow(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


_DASHES = r"(?:-{2,}|－{2,}|─{2,}|―{1,2}|—-+)"
_SPACED = "，。、；：！？（）《》「」『』【】"
# What a caption begins with: 「图1　会场」 has its number set off by the width of a character.
_NUMBERED = re.compile(r"(?:附?[图表]|图片|表格) ?\d+(?:[-.–—]\d+)*")
_New = str | Callable[[str], str]


def _simple(rule: Rule, pattern: str, new: _New) -> tuple[Rule, re.Pattern[str], _New]:
    return rule, re.compile(pattern), new


_SIMPLE: tuple[tuple[Rule, re.Pattern[str], _New], ...] = (
    _simple(rules.FULLWIDTH_WORD, "[０-９Ａ-Ｚａ-ｚ]+", _narrow),
    _simple(rules.LOOKALIKE, "[\u2e80-\u2fdf\uf900-\ufaff\U0002f800-\U0002fa1f]", _narrow),
    _simple(rules.ELLIPSIS, rf"(?<=[{_CHINESE}])(?:\.{{3,}}|。{{3,}}|·{{3,}})", "……"),
    _simple(rules.ELLIPSIS, rf"(?<![.。·{_CHINESE}])(?:\.{{3,}}|·{{3,}})(?=[{_CHINESE}])", "……"),
    _simple(rules.ELLIPSIS, rf"(?<=[{HAN}，、》」”])…(?!…)|(?<!…)…(?=[{HAN}])", "……"),
    _simple(rules.DASH, rf"(?<=[{_CHINESE}]){_DASHES}(?=[{_CHINESE}]|$)", "——"),
    _simple(rules.DASH, rf"^{_DASHES}(?= ?[{HAN}《“「（])", "——"),
    _simple(rules.TILDE, rf"(?<=[0-9%℃{HAN}])~(?=[0-9{HAN}])|〜", "～"),
    _simple(rules.DOUBLED_MARK, rf"(?<=[{HAN}])([,;:])\1+(?=[{HAN}])", lambda old: _FULL[old[0]]),
    _simple(rules.DOUBLED_MARK, r"([，、；：])\1+|(?<!。)。。(?!。)", lambda old: old[0]),
    _simple(rules.MIDDLE_DOT, rf"(?<=[{HAN}])[•・‧∙⋅](?=[{HAN}])", "·"),
    _simple(
        rules.HAN_LATIN_SPACE,
        rf"(?<=[{HAN}]) +(?=[A-Za-z0-9$£€¥])|(?<=[A-Za-z0-9%‰℃°+]) +(?=[{HAN}])",
        "",
    ),
    _simple(rules.SPACE_AT_MARK, rf"(?<=[{_SPACED}]) +(?=[^ \n])|(?<=[^ \n—-]) +(?=[{_SPACED}])", ""),
)


def _unlike(text: str) -> Iterator[Edit]:
    """Two marks that cannot stand together; which of them is meant only an editor knows."""
    for match in _UNLIKE.finditer(text):
        if match[1] != match[2]:
            yield Edit(rules.DOUBLED_MARK, match.start(), match.start() + 2, None, shown=match[1] + match[2])


_UNLIKE = re.compile(r"(?=([，、；：。！？])([，、；：。]))")
