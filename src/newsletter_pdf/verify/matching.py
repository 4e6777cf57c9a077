"""Expected passages found in the text that a file shows: what matches, and where the two part.

A sound file is matched in one go: each passage follows the one before, with at most the layout's words between them.
Where that fails, long passages that occur once on either side, in the same order, hold the two together; between them
sentences are matched by themselves.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from newsletter_pdf.chains import longest_chain
from newsletter_pdf.verify.expected import ExpectedPassage
from newsletter_pdf.verify.layoutwords import LayoutWords, with_calls
from newsletter_pdf.verify.wording import CALL, letters, sentence_ends

_FARTHEST = 400  # letters of the layout's between two passages
_TRIES = 8
_LONG = 10  # letters of a passage that is not where it is by chance
_SHORT = 4  # letters of a sentence that is taken where it is found


class Part(NamedTuple):
    """A passage or one sentence of it: its letters and, when notes are called in it, the pattern of what is printed."""

    owner: int
    key: str
    pattern: re.Pattern[str] | None

    def find(self, text: str, start: int, stop: int) -> tuple[int, int] | None:
        """The first place of the part within ``start`` to ``stop``."""
        if self.pattern is not None:
            match = self.pattern.search(text, start, stop)
            return match.span() if match else None
        found = text.find(self.key, start, stop)
        return (found, found + len(self.key)) if found >= 0 else None

    def end_at(self, text: str, start: int) -> int | None:
        """Where the part ends when it begins at ``start``."""
        if self.pattern is not None:
            match = self.pattern.match(text, start)
            return match.end() if match else None
        return start + len(self.key) if text.startswith(self.key, start) else None


class Span(NamedTuple):
    """A part found at ``start`` to ``stop``; ``number`` is the number printed before it."""

    part: Part
    start: int
    stop: int
    number: int | None = None


@dataclass(slots=True)
class Trouble:
    """``parts`` that were not found between ``start`` and ``stop``, and the text that stands there.

    ``before`` and ``after`` are the passages on either side, by index (None at an end).
    """

    parts: list[Part]
    start: int
    stop: int
    before: int | None
    after: int | None


@dataclass(slots=True)
class Matching:
    """The outcome: what was found, in the order of reading, and what was not."""

    spans: list[Span] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def parts_of(passages: Sequence[ExpectedPassage]) -> list[Part]:
    """The passages as parts; those without letters are left out."""
    return [_part(index, key) for index, passage in enumerate(passages) if (key := letters(passage.text))]


def sentences_of(part: Part) -> list[Part]:
    """The sentences of a part."""
    ends = [0, *sentence_ends(part.key)]
    return [_part(part.owner, part.key[start:stop]) for start, stop in pairwise(ends)]


def _part(index: int, key: str) -> Part:
    return Part(index, key, with_calls(key) if CALL in key else None)


def match_passages(
    passages: Sequence[ExpectedPassage], text: str, words: LayoutWords, edges: Container[int] = ()
) -> Matching:
    """Find ``passages`` in ``text``, in order; ``edges`` are the offsets at which lines and blocks begin."""
    return _Matcher(passages, text, words, edges).run()


class _Matcher:
    def __init__(
        self, passages: Sequence[ExpectedPassage], text: str, words: LayoutWords, edges: Container[int]
    ) -> None:
        self.passages, self.text, self.words, self.edges = passages, text, words, edges
        self.parts = parts_of(passages)
        self.result = Matching()

    def run(self) -> Matching:
        parts, text = self.parts, self.text
        chain: list[tuple[int, int]] | None = None
        place = offset = 0
        while place < len(parts):
            before = parts[place - 1] if place else None
            span = self.near(parts[place], before, offset)
            if span is not None:
                self.result.spans.append(span)
                offset = span.stop
                place += 1
                continue
            if chain is None:
                chain = self.anchors()
            following, there = next(
                ((i, at) for i, at in chain if i >= place and at >= offset), (len(parts), len(text))
            )
            sentences = [sentence for part in parts[place:following] for sentence in sentences_of(part)]
            after = parts[following].owner if following < len(parts) else None
            self.settle(sentences, offset, there, None if before is None else before.owner, after)
            if following == len(parts):
                return self.result
            part = parts[following]
            self.result.spans.append(Span(part, there, there + len(part.key)))
            place, offset = following + 1, there + len(part.key)
        self.leave([], offset, len(text), parts[-1].owner if parts else None, None)
        return self.result

    def near(self, part: Part, before: Part | None, offset: int) -> Span | None:
        """The part right after ``offset``, or after words of the layout."""
        end = part.end_at(self.text, offset)
        if end is not None:
            return Span(part, offset, end)
        ahead = self.passages[before.owner] if before is not None else None
        begin, limit = offset, offset + _FARTHEST + len(part.key)
        for _try in range(_TRIES):
            found = part.find(self.text, begin, limit)
            if found is None:
                return None
            good, number = self.words.explain(self.text[offset : found[0]], ahead, self.passages[part.owner])
            if good:
                return Span(part, *found, number)
            begin = found[0] + 1
        return None

    def anchors(self) -> list[tuple[int, int]]:
        """Long passages that occur once on either side, in the same order: place among the parts, and offset."""
        counts = Counter(part.key for part in self.parts)
        found = []
        for place, part in enumerate(self.parts):
            if len(part.key) >= _LONG and part.pattern is None and counts[part.key] == 1:
                at = self.text.find(part.key)
                if at >= 0 and self.text.find(part.key, at + 1) < 0:
                    found.append((place, at))
        return longest_chain(found)

    def settle(self, parts: Sequence[Part], start: int, stop: int, before: int | None, after: int | None) -> None:
        """Match sentences between two places."""
        window = self.text[start:stop]
        counts = Counter(part.key for part in parts)
        once = [
            (place, start + window.find(part.key))
            for place, part in enumerate(parts)
            if counts[part.key] == 1 and part.pattern is None and window.count(part.key) == 1
        ]
        # A short one is taken only where a line or block begins, as it may stand within any other text.
        chain = longest_chain([(place, at) for place, at in once if len(parts[place].key) >= _SHORT])
        chain = chain or longest_chain([(place, at) for place, at in once if at in self.edges])
        if not chain:
            self.in_turn(parts, start, stop, before, after)
            return
        begin, offset = 0, start
        for place, at in chain:
            part = parts[place]
            if begin < place or offset < at:
                self.settle_rest(parts[begin:place], offset, at, before, part.owner)
            self.result.spans.append(Span(part, at, at + len(part.key)))
            begin, offset, before = place + 1, at + len(part.key), part.owner
        self.settle_rest(parts[begin:], offset, stop, before, after)

    def settle_rest(self, parts: Sequence[Part], start: int, stop: int, before: int | None, after: int | None) -> None:
        if parts and start < stop:
            self.settle(parts, start, stop, before, after)
        else:
            self.leave(list(parts), start, stop, before, after)

    def in_turn(self, parts: Sequence[Part], start: int, stop: int, before: int | None, after: int | None) -> None:
        """Match what occurs more than once, each after the one before."""
        left: list[Part] = []
        for part in parts:
            found = part.find(self.text, start, stop)
            if found is not None:
                gap = self.text[start : found[0]]
                ahead = None if before is None else self.passages[before]
                if len(part.key) >= _SHORT or self.words.explain(gap, ahead, self.passages[part.owner])[0]:
                    self.leave(left, start, found[0], before, part.owner)
                    self.result.spans.append(Span(part, *found))
                    left, start, before = [], found[1], part.owner
                    continue
            left.append(part)
        self.leave(left, start, stop, before, after)

    def leave(self, parts: list[Part], start: int, stop: int, before: int | None, after: int | None) -> None:
        """Note what does not match; the layout's words by themselves are none."""
        ahead = None if before is None else self.passages[before]
        following = None if after is None else self.passages[after]
        first, last = self.words.strip(self.text[start:stop], ahead, following)
        if parts or first < last:
            self.result.troubles.append(Trouble(parts, start + first, start + last, before, after))
