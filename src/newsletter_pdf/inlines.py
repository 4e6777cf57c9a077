"""Inline content of the model: text, emphasis, links, footnote calls."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field


class Node(BaseModel):
    """Base of everything here: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


# --- inline content -------------------------------------------------------------------------------------------------


class Text(Node):
    """A run of plain text."""

    kind: Literal["text"] = "text"
    text: str


class Strong(Node):
    """Strong emphasis."""

    kind: Literal["strong"] = "strong"
    children: tuple[Inline, ...]


class Emphasis(Node):
    """Emphasis."""

    kind: Literal["emphasis"] = "emphasis"
    children: tuple[Inline, ...]


class Code(Node):
    """Inline code, verbatim."""

    kind: Literal["code"] = "code"
    text: str


class Link(Node):
    """A link to an absolute http(s) or mailto address; ``children`` is what is printed."""

    kind: Literal["link"] = "link"
    href: str
    children: tuple[Inline, ...]


class FootnoteCall(Node):
    """A footnote, at the place of its call; ``children`` is the note's text."""

    kind: Literal["footnote"] = "footnote"
    label: str
    children: tuple[Inline, ...]


class Ruby(Node):
    """Text with its reading set above it: Pinyin, say (CLREQ, “Interlinear annotations”)."""

    kind: Literal["ruby"] = "ruby"
    text: str
    reading: str


class ProperName(Node):
    """A name with a line below it (GB/T 15834—2011, 4.16, 专名号)."""

    kind: Literal["name"] = "name"
    text: str


class LineBreak(Node):
    """A forced line break."""

    kind: Literal["break"] = "break"


Inline = Annotated[
    Text | Strong | Emphasis | Code | Link | FootnoteCall | Ruby | ProperName | LineBreak, Field(discriminator="kind")
]
