"""The address of a preview, kept so that a preview started again has the one that the browser still shows."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path


class Address:
    """Port and token of the preview of ``folder``, in a file in ``cache`` that only its owner can read."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self._path = cache / f"{hashlib.sha256(str(folder.resolve()).encode('utf-8', 'replace')).hexdigest()[:16]}.json"

    def read(self) -> tuple[int | None, str | None]:
        """What was kept; None for what was not, or cannot be read."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            port, token = kept["port"], kept["token"]
        except (OSError, ValueError, KeyError, TypeError):
            return None, None
        good = isinstance(port, int) and 0 < port < 65536 and isinstance(token, str) and len(token) >= 20
        return (port, token) if good else (None, None)

    def write(self, port: int, token: str) -> None:
        """Keep them; nothing depends on its being possible."""
        with suppress(OSError):
            handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump({"port": port, "token": token}, file)
