"""The articles of an issue as plain text, and those of earlier issues."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from newsletter_pdf.files import confined, read_text
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.inlines import Node
from newsletter_pdf.model import Article, Issue, Paragraph

_GRAM = 6
_NO_WORD = re.compile(r"[\W_]+")
_FRONT = re.compile(r"---\n.*?\n---\n", re.S)
_TITLE = re.compile(r"^### +(.*?)(?: +#+)? *$", re.M)
_GROUP = re.compile(r"^## .*$", re.M)
_ADDRESSES = re.compile(r"\]\([^)\n]*\)|<https?://[^>\s]*>|\[\^[^\]\n]+\]:?")
_SOURCE = re.compile(r"^\s*来源\s*[:：].*$", re.M)


@dataclass(frozen=True)
class Copy:
    """An article's title, its words (letters, Han and figures alone, joined) and its place."""

    title: str
    words: str
    place: Place

    @cached_property
    def grams(self) -> frozenset[str]:
        """The runs of six characters that begin with a character of even code: half of all, the same in every text."""
        words = self.words
        return frozenset(words[i : i + _GRAM] for i in range(len(words) - _GRAM + 1) if not ord(words[i]) & 1)


def articles_of(issue: Issue) -> Iterator[Article]:
    """Every article in order."""
    for section in issue.sections:
        for group in section.groups:
            yield from group.articles


def copies_of(issue: Issue) -> list[Copy]:
    """The articles of ``issue``."""
    return [Copy(article.title, words(text_of(article.blocks)), article.place) for article in articles_of(issue)]


def earlier_copies(folder: Path) -> list[Copy]:
    """The articles of the issue in ``folder``, read roughly: as they were printed once, nothing is checked."""
    result = []
    for path in sorted(folder.glob("[0-9][0-9]-*.md")):
        text = read_text(path, Findings()) if confined(path, folder) is not None else None
        if text is None:
            continue
        body = _FRONT.sub(lambda match: "\n" * match[0].count("\n"), text, count=1)
        titles = list(_TITLE.finditer(body))
        for match, following in zip(titles, [*titles[1:], None], strict=True):
            raw = body[match.end() : following.start() if following is not None else len(body)]
            plain = _ADDRESSES.sub("", _SOURCE.sub("", _GROUP.sub("", raw)))
            place = Place(path, body.count("\n", 0, match.start()) + 1, 1)
            result.append(Copy(match[1], words(plain), place))
    return result


def words(text: str) -> str:
    """``text`` without blanks and marks: what stays the same when an article is set and edited anew."""
    return _NO_WORD.sub("", text)


def text_of(value: object) -> str:
    """All words below a node of the model, in order."""
    if isinstance(value, tuple):
        return "".join(map(text_of, value))
    if not isinstance(value, Node):
        return ""
    own = getattr(value, "text", None)
    if isinstance(own, str):
        return own
    return "".join(text_of(getattr(value, name)) for name in type(value).model_fields)


def paragraphs(value: object) -> Iterator[Paragraph]:
    """Every paragraph below a node of the model."""
    if isinstance(value, tuple):
        for item in value:
            yield from paragraphs(item)
    elif isinstance(value, Paragraph):
        yield value
    elif isinstance(value, Node):
        for name in type(value).model_fields:
            yield from paragraphs(getattr(value, name))
