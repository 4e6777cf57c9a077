"""What the ledger notes in its own words, in English, as a Chinese reader is told it; a server's words stay its own."""

from __future__ import annotations

import re

_WORDS = (
    (r"suppressed", "在不寄的名单上"),
    (r"paused", "名单上写着暂停"),
    (r"unsubscribed", "名单上写着退订"),
    (r"bounced", "名单上写着退信"),
    (r"not on the list", "不在名单上了"),
    (r"bounced: unsubscribe", "退订"),
    (r"bounced:", "退信："),
    (r"interrupted while waiting for the answer", "等答复时中断了"),
    (r"interrupted before the message was complete", "信还没有交完就中断了"),
    (r"given up after (\d+) tries:", r"试了 \1 次，不再试："),
    (r"no message can be made:", "做不成邮件："),
    (r"no answer that means anything:", "答复没有意义："),
    (r"no answer:", "没有答复："),
)
_OURS = [
    (re.compile(rf"{pattern}\s*" if pattern.endswith(":") else rf"{pattern}$"), words) for pattern, words in _WORDS
]


def in_chinese(reply: str) -> str:
    """``reply`` with the words of our own that it begins with in Chinese, and what follows as it is."""
    for pattern, words in _OURS:
        match = pattern.match(reply)
        if match is not None:
            rest = reply[match.end() :]
            return match.expand(words) + (in_chinese(rest) if rest else "")
    return reply
