"""Words with something beside them: 「{汉字|hàn zì}」, a reading above; 「{屈原|-}」, a proper name with its line.

An inline rule of its own, so that an escaped brace stays a brace and code stays code.
"""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

ANNOTATION = "annotation"
"""Node type; ``content`` is the source, ``meta`` holds ``text`` and ``reading``."""

_FORM = re.compile(r"\{([^{}|\s\\][^{}|\n\\]{0,39})\|([^{}|\s\\][^{}|\n\\]{0,59})\}")


def annotation_plugin(md: MarkdownIt) -> None:
    """Let ``md`` read annotations."""
    md.inline.ruler.before("emphasis", ANNOTATION, _rule)


def _rule(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "{":
        return False
    match = _FORM.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push(ANNOTATION, "", 0)
        token.content = match[0]
        token.meta = {"text": match[1].strip(), "reading": match[2].strip()}
    state.pos = match.end()
    return True
