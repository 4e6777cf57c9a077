"""Call-outs typed in a Markdown manuscript: those that are whole are read, all else that begins with colons is text.

The parser would let a call-out that is never closed take in the rest of the manuscript, headings and all.
"""

from __future__ import annotations

import re

from newsletter_pdf.source import CALLOUTS

_COLONS = re.compile(r" {0,3}(:{3,})[ \t]*(.*?)[ \t]*$")
_HEADING = re.compile(r" {0,3}#{1,3}[ \t]")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


def protect_colons(text: str) -> tuple[str, list[int]]:
    """``text`` with a backslash before colons that make no whole call-out, and the 0-based lines where that was done.

    Whole is one with a known name, a line of its own at either end, and no heading inside.
    """
    lines = text.split("\n")
    literal: list[int] = []
    opened: int | None = None
    fence = ""
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark is not None and mark[1].startswith(fence) else fence
            continue
        if mark is not None:
            fence = mark[1]
            continue
        colons = _COLONS.match(line)
        if opened is not None and _HEADING.match(line):
            literal.append(opened)
            opened = None
        elif colons is None:
            continue
        elif not colons[2] and opened is not None:
            opened = None
        else:
            if opened is not None:
                literal.append(opened)
                opened = None
            if callout_name(colons[2]) is None:
                literal.append(number)
            else:
                opened = number
    if opened is not None:
        literal.append(opened)
    for number in literal:
        lines[number] = lines[number].replace(":", "\\:", 1)
    return "\n".join(lines), sorted(literal)


def callout_name(info: str) -> str | None:
    """The name of the call-out that ``info``, the text after the colons, opens; None when it opens none."""
    name = info.strip().partition(" ")[0]
    return name if name in CALLOUTS and not info.rstrip().endswith(("::", "：：")) else None
