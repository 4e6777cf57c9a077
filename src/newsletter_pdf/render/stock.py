"""The engine's own writing of a file, for engines and PDF variants that ours was not made for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from weasyprint.pdf.metadata import DocumentMetadata


def write_stock(
    documents: Sequence[Any], metadata: DocumentMetadata, catalog: Mapping[str, Any], variant: str | None, images: Any
) -> bytes:
    """The pages of the engine's ``documents`` as one file; ``catalog`` are further entries of its catalogue."""
    joined = documents[0].copy([page for document in documents for page in document.pages])
    joined.metadata = metadata

    def finish(_document: object, pdf: Any) -> None:
        pdf.catalog.update(catalog)

    data: bytes = joined.write_pdf(finisher=finish, pdf_variant=variant, cache=images)
    return data
