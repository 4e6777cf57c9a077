"""Lists that YAML reads as one text, as their marks were typed in Chinese or without the space behind them."""

from __future__ import annotations

import re

from newsletter_pdf.reader.shapes import ListOf, Shape, Text
from newsletter_pdf.source import YamlScalar

_FIELD_COLON = re.compile(r"([a-z_]+)[ \t]*(?:：|:(?![\s/]))")
_SEPARATORS = re.compile(r"[、，,;；\n]")
_DASHES = re.compile(r"(?:[－—–]|-(?![\d\s-])).+", re.S)
_BRACKETS = re.compile(r"[【［〔].*[】］〕]", re.S)
_TOGETHER = re.compile(r"[^、，；]+[、，；][^、，；]")
_QUOTED = re.compile(r"“[^”]*”|「[^」]*」|《[^》]*》|（[^）]*）|\([^)]*\)|‘[^’]*’")


def wrong_list(text: str) -> tuple[str, str] | None:
    """What is wrong (Chinese, English) with a list written as ``text``: full-width brackets, or dashes; else None."""
    text = text.strip()
    if _DASHES.fullmatch(text):
        return "每项开头写英文短横和一个空格「- 」，各占一行", "each item begins with a hyphen and a space"
    if _BRACKETS.fullmatch(text):
        return "方括号和逗号要用英文的，如 [甲, 乙]", "brackets and commas must be plain: [one, two]"
    return None


def wrong_item(text: str, kind: ListOf) -> tuple[str, str] | None:
    """What is wrong with one item of a list of names or keywords that holds several; else None."""
    item = kind.item
    if isinstance(item, Shape) and item.shorthand is not None:
        field = item.field(item.shorthand)
        item = field.kind if field is not None else item
    if not isinstance(item, Text) or not (kind.split or item.person):
        return None
    if _TOGETHER.search(_QUOTED.sub("", text)):
        return "一项里写了几个；各项之间要用英文逗号「, 」", "several in one item; divide them with plain commas"
    return None


def field_with_wrong_colon(node: YamlScalar, shape: Shape) -> str | None:
    """The field of ``shape`` that a plain text names with a Chinese colon, or with none of the space behind it."""
    match = _FIELD_COLON.match(node.text) if node.plain else None
    return match[1] if match is not None and shape.field(match[1]) is not None else None


def _split(text: str) -> list[str]:
    return [part for part in _SEPARATORS.split(text) if part.strip()]


def split_keywords(text: str) -> tuple[str, ...]:
    """Keywords written in one line, cut at 、，,;； and line ends."""
    return tuple(part.strip() for part in _split(text))
