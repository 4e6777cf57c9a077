"""Small facts about Chinese text in source files: which characters are Chinese, how lines are joined."""

from __future__ import annotations

import re

# Han with its extensions, radicals, kana, CJK and full-width punctuation, and the quotes, dashes and dots that Chinese
# shares with Latin text but sets full width.
_CJK_CLASS = (
    r"\u2e80-\u2fdf\u2ff0-\u303f\u3040-\u30ff\u3100-\u312f\u31a0-\u31ef\u3200-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    r"\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff\u2014\u2018\u2019\u201c\u201d\u2026\u00b7"
)
_CJK = re.compile(f"[{_CJK_CLASS}]")
_LINE_END = re.compile(r"(?<![ \t\u3000])[ \t\u3000]*\n[ \t\u3000]*")
_SPACED_HAN = re.compile(r"(?<=[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[ \t\u3000\u00a0]+(?=[\u3400-\u9fff])")


def is_cjk(character: str) -> bool:
    """True for a character of Chinese text, full-width punctuation included."""
    return _CJK.match(character) is not None


def line_joint(before: str, after: str) -> str:
    """What replaces a line end between two characters: nothing beside Chinese text, else a space."""
    if not before or not after or is_cjk(before) or is_cjk(after):
        return ""
    return " "


def join_lines(text: str) -> str:
    """``text`` on one line: line ends with the blanks around them vanish beside Chinese, else become one space."""
    text = text.strip()
    return _LINE_END.sub(lambda m: line_joint(text[m.start() - 1], text[m.end()]), text)


def without_inner_spaces(name: str) -> str:
    """A person's name without the spaces between Han characters (「闫 东」 → 「闫东」); Latin names keep theirs."""
    return _SPACED_HAN.sub("", name)
