"""Whether the PDF that was proved last is still one of the files as they are now."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from newsletter_pdf.manifest import FILE_NAME, Inputs, ManifestError, loads
from newsletter_pdf.project import find_home
from newsletter_pdf.provenance import present_inputs


class Proved:
    """What the PDF in ``output`` of the issue in ``folder`` was made from, once it was proved here."""

    def __init__(self, folder: Path, output: Path) -> None:
        self.folder, self.output = folder, output
        self._inputs: Inputs | None = None
        self._fonts: object = None

    def note(self) -> None:
        """A PDF was proved just now: read what its manifest records."""
        self._fonts = self._faces()
        try:
            recorded = loads((self.output / FILE_NAME).read_bytes()).inputs
        except (OSError, ManifestError):
            self._inputs = None
        else:
            # Faces are known by their stamps: their digests take longer than a page.
            self._inputs = replace(recorded, fonts={}, lock=None)

    def current(self) -> bool:
        """Whether every file it was made from is as it was: also what no page shows, as the text for an alt or a link.

        A file that is new since then changes pages, which is seen elsewhere.
        """
        home = find_home(self.folder)
        if self._inputs is None or home is None or self._fonts != self._faces():
            return False
        return replace(present_inputs(self._inputs, self.folder.parent, home), lock=None) == self._inputs

    def _faces(self) -> object:
        home = find_home(self.folder)
        if home is None:
            return None
        found = ((path.name, path.stat()) for path in sorted((home / "fonts").glob("*")) if path.is_file())
        return [(name, facts.st_mtime_ns, facts.st_size) for name, facts in found]
