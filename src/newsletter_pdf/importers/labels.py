"""Labels that authors type into the text: 「导读：」「关键词：」「（来源：…）」."""

from __future__ import annotations

import re
from dataclasses import dataclass

_COLON = "[：:∶﹕]"


def _label(words: str) -> re.Pattern[str]:
    return re.compile(
        rf"\s*(?:[【［\[]\s*(?:{words})\s*[】］\]]\s*{_COLON}?|(?:{words})\s*{_COLON}|(?:{words})\s*$)\s*"
    )


_LEAD = _label(r"导\s*[读语]|本[期栏]导读")
_KEYWORDS = _label(r"关\s*键\s*[词字]")
_CREDIT = re.compile(rf"\s*(?:供图|摄影)\s*{_COLON}\s*(?=\S)")
_SOURCE_WORD = r"(?:信息|消息|文章|稿件)?来\s*源"
_SOURCE_LINE = re.compile(
    rf"\s*(?:[【［\[]\s*{_SOURCE_WORD}\s*[】］\]]\s*{_COLON}?|{_SOURCE_WORD}\s*{_COLON})\s*(?=\S)"
)
_OPENING, _CLOSING = "（(【［[〔", "）)】］]〕"
_SOURCE_UNCLOSED = re.compile(
    rf"[{re.escape(_OPENING)}]\s*{_SOURCE_WORD}\s*{_COLON}[^{re.escape(_OPENING + _CLOSING)}]+$"
)
_STOPS = "。.．"
_ENDINGS = "。！？!?…；;.．”’』」》）)"
_BRACKETS = {"（": "）", "(": ")", "《": "》", "“": "”", "「": "」", "『": "』", "‘": "’", "【": "】", "〔": "〕"}


def after_lead_label(text: str) -> int | None:
    """The offset behind 「导读：」 (also 「【导读】」「导语：」) at the beginning, or None without it."""
    match = _LEAD.match(text)
    return None if match is None else match.end()


def after_keywords_label(text: str) -> int | None:
    """The offset behind 「关键词：」 (also 「【关键词】」「关键字：」) at the beginning, or None without it."""
    match = _KEYWORDS.match(text)
    return None if match is None else match.end()


def after_credit_label(text: str) -> int | None:
    """The offset behind 「供图：」 at the beginning, or None without it."""
    match = _CREDIT.match(text)
    return None if match is None else match.end()


def starts_own_line(text: str) -> bool:
    """True for a line that cannot be the continuation of the line before: it begins with a label."""
    return after_lead_label(text) is not None or stands_alone(text)


def stands_alone(text: str) -> bool:
    """True for a line that the next line cannot continue: keywords, or a source on a line of its own."""
    source = find_source(text)
    return after_keywords_label(text) is not None or (source is not None and source.before == 0)


@dataclass(frozen=True, slots=True)
class SourceSpan:
    """Where a source stands in a text: the text proper is ``[:before]`` + ``stop``, the source ``[start:end]``."""

    before: int
    start: int
    end: int
    stop: str = ""


def find_source(text: str) -> SourceSpan | None:
    """The source at the end of ``text``: 「（来源：…）」 in any brackets, or 「来源：…」 as the whole of it.

    A full stop typed behind the brackets is the sentence's (``stop``) when the sentence has none.
    """
    end = len(text.rstrip())
    line = _SOURCE_LINE.match(text)
    if line is not None:
        last = end - 1 if text[end - 1] in _STOPS and end - 1 > line.end() else end
        return SourceSpan(0, line.end(), last)
    close = end
    while close > 0 and (text[close - 1] in _STOPS or text[close - 1].isspace()):
        close -= 1
    opening = _opening_of(text, close - 1)
    if opening is None:
        unclosed = _SOURCE_UNCLOSED.search(text[:end])
        if unclosed is None:
            return None
        opening, close = unclosed.start(), end + 1
    inner = _SOURCE_LINE.match(text, opening + 1, close - 1)
    if inner is None:
        return None
    head = text[:opening].rstrip()
    stop = text[close:end].strip()[:1] if head and head[-1] not in _ENDINGS else ""
    stripped = len(text[: close - 1].rstrip())
    return SourceSpan(len(head), inner.end(), stripped, stop)


def _opening_of(text: str, close: int) -> int | None:
    """The bracket that the one at ``close`` closes; widths may differ, as authors mix them."""
    if close < 0 or text[close] not in _CLOSING:
        return None
    depth = 0
    for position in range(close, -1, -1):
        if text[position] in _CLOSING:
            depth += 1
        elif text[position] in _OPENING:
            depth -= 1
            if depth == 0:
                return position
    return None


def split_keywords(text: str) -> tuple[str, ...]:
    """Keywords typed as one line, divided at 、，,；; (and wide gaps), but not inside brackets and quotation marks.

    A line without any of these is divided at its spaces when it is Chinese throughout. Repetitions are dropped.
    """
    line = re.sub(r"\s+/\s+", "、", text.strip().rstrip("。．."))
    words = _split_outside(line, "、，,；;|｜\u3000\t\n\x0b")
    if len(words) == 1 and not re.search(r"[A-Za-z0-9]", words[0]):
        words = words[0].split()
    return tuple(dict.fromkeys(words))


def _split_outside(text: str, separators: str) -> list[str]:
    words: list[str] = []
    awaited: list[str] = []
    current = ""
    for character in re.sub(r" {2,}", "\u3000", text):
        if awaited and character == awaited[-1]:
            awaited.pop()
        elif character in _BRACKETS and _BRACKETS[character] in text:
            awaited.append(_BRACKETS[character])
        elif character in separators and not awaited:
            words.append(current)
            current = ""
            continue
        current += character
    words.append(current)
    return [word.strip() for word in words if word.strip()]
