"""The pictures of pages: whole PNG files with every dot that PDFium drew."""

from __future__ import annotations

import io

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from newsletter_pdf.preview.pictures import Pictures, _png

DRAWING = b"0.9 0.2 0.1 rg 10 20 50 40 re f 0 0 1 RG 3 w 5 5 m 90 60 l S"


@pytest.fixture
def drawn() -> bytes:
    """A page of 100 × 70 pt with a red field and a blue line."""
    writer = PdfWriter()
    page = writer.add_blank_page(100, 70)
    content = DecodedStreamObject()
    content.set_data(DRAWING)
    page[NameObject("/Contents")] = writer._add_object(content)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


@pytest.mark.parametrize("width", [16, 101, 333])
def test_a_picture_has_the_dots_that_pdfium_draws(drawn: bytes, width: int) -> None:
    """Read by another library, at odd widths too: colours and places are those of the page."""
    pictures = Pictures()
    pictures.add(["page"], drawn)
    made = pictures.png("page", width)
    pictures.close()
    assert made is not None
    with Image.open(io.BytesIO(made)) as picture:
        picture.load()
        with pypdfium2.PdfDocument(drawn) as document:
            wanted = document[0].render(scale=width / 100).to_pil().convert("RGB")
        assert (picture.format, picture.mode, picture.size) == ("PNG", "RGB", wanted.size)
        assert picture.tobytes() == wanted.tobytes()
    assert len(wanted.getcolors(1_000_000) or ()) > 2


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_a_png_is_read_back_dot_by_dot(width: int, height: int, data: st.DataObject) -> None:
    """Of whatever size and colours."""
    pixels = data.draw(st.binary(min_size=3 * width * height, max_size=3 * width * height))
    with Image.open(io.BytesIO(_png(width, height, pixels))) as picture:
        assert picture.size == (width, height)
        assert picture.tobytes() == pixels
