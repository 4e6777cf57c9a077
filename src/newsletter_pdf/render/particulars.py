"""What a PDF says of itself and of its pages; the engine is not needed to name it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageLabels:
    """A run of page labels (ISO 32000-1, 12.4.2) starting at physical page ``index`` (0-based).

    ``style`` is ``D`` decimal, ``r`` lower-case roman or None for the bare ``prefix``; ``start`` is the first number.
    """

    index: int
    style: str | None
    prefix: str = ""
    start: int = 1


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the PDF says of itself; dates in the W3C form (``2026-11-20``), language as BCP 47."""

    title: str
    language: str
    author: str | None = None
    subject: str | None = None
    keywords: tuple[str, ...] = ()
    date: str | None = None
