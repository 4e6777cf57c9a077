"""A piece of an issue that is laid out on its own, as one HTML page with its style sheets."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Part:
    """One part, ready to be laid out.

    ``name`` is unique in the issue (``cover``, ``masthead``, ``contents``, ``services`` or the section's file name);
    ``css`` are style sheet texts in cascade order, each with the path that it came from; ``base`` is the folder that
    relative addresses in them start from.
    """

    name: str
    html: str
    css: tuple[tuple[Path, str], ...]

    @property
    def key(self) -> str:
        """SHA-256 of all that decides how the part looks, fonts apart."""
        digest = sha256(self.html.encode())
        for path, text in self.css:
            digest.update(f"\0{path}\0{text}".encode())
        return digest.hexdigest()
