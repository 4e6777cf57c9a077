"""Emphasis beside Chinese punctuation.

CommonMark decides by spaces and punctuation whether ``**`` opens or closes. Chinese has no spaces, so that
``**《网络安全法》**施行`` prints its asterisks. Here a delimiter may also open after, and close before, a character of
Chinese text, as the "CommonMark CJK-friendly amendments" propose.
"""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from newsletter_pdf.source.text import is_cjk


def cjk_emphasis_plugin(md: MarkdownIt) -> None:
    """Replace the ``emphasis`` rule of ``md``; its second half, which pairs the delimiters, stays."""
    md.inline.ruler.at("emphasis", _tokenize)


def _is_punctuation(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _tokenize(state: StateInline, silent: bool) -> bool:
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    length, can_open, can_close = _scan(state.src, state.pos, state.posMax)
    for _ in range(length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=length,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos += length
    return True


def _scan(source: str, start: int, end: int) -> tuple[int, bool, bool]:
    """How many markers stand at ``start``, and whether they can open and close."""
    marker = source[start]
    stop = start
    while stop < end and source[stop] == marker:
        stop += 1
    before = source[start - 1] if start > 0 else " "
    after = source[stop] if stop < end else " "
    space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    mark_before, mark_after = _is_punctuation(before), _is_punctuation(after)
    left = not space_after and (not mark_after or space_before or mark_before or is_cjk(before))
    right = not space_before and (not mark_before or space_after or mark_after or is_cjk(after))
    if marker == "*":
        return stop - start, left, right
    return stop - start, left and (not right or mark_before), right and (not left or mark_after)
