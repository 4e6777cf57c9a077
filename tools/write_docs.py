"""Write the generated pages of docs/: ``python tools/write_docs.py``."""

from __future__ import annotations

from pathlib import Path

from newsletter_pdf.files import write_atomic
from newsletter_pdf.findings.catalogue import reference_page

DOCS = Path(__file__).resolve().parent.parent / "docs"


def main() -> None:
    """Write docs/findings.md from the declared rules."""
    write_atomic(DOCS / "findings.md", reference_page().encode("utf-8"))


if __name__ == "__main__":
    main()
