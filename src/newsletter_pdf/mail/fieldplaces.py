"""Where each field of ``mail.yaml`` stands, so that a finding points to the line that is at fault."""

from __future__ import annotations

from pathlib import Path

from newsletter_pdf.findings import Place
from newsletter_pdf.source import YamlMapping


class FieldPlaces:
    """The places of the fields of the file ``path``."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._places: dict[str, Place] = {}

    def take(self, node: YamlMapping, section: str = "") -> YamlMapping:
        """Remember the keys of ``node`` and of the sections in it, these as ``section.key``; gives ``node`` back."""
        for key, value in node:
            self._places[name := f"{section}{key.text}"] = key.place
            if isinstance(value, YamlMapping):
                self.take(value, f"{name}.")
        return node

    def at(self, key: str) -> Place:
        """Where ``key`` (``server.security``) stands, else the section that it belongs to, else the file alone."""
        while key and key not in self._places:
            key = key.rpartition(".")[0]
        return self._places.get(key, Place(self._path))
