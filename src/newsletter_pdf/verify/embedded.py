"""The image objects of a PDF (ISO 32000-1, 8.9.5), as far as they can be compared with a file."""

from __future__ import annotations

from pypdf.generic import StreamObject

from newsletter_pdf.verify.glyphs import Picture
from newsletter_pdf.verify.pdfobjects import array, dictionary, entry, number, text
from newsletter_pdf.verify.pixels import Pixels, pixels_of_flate, pixels_of_jpeg


def embedded_pixels(picture: Picture, *, like: bool) -> Pixels | None:
    """What the image shows; None when it is encoded in another way than JPEG or plainly deflated, or is damaged.

    ``like`` asks for the likeness of a JPEG, which takes longer than its bytes.
    """
    stream = picture.source
    if not isinstance(stream, StreamObject):
        return None
    filters = [text(stream, "/Filter")] if text(stream, "/Filter") else [str(name) for name in array(stream, "/Filter")]
    parameters = dictionary(stream, "/DecodeParms")
    predictor = number(entry(parameters, "/Predictor")) or 1
    data = stream._data  # the encoded bytes, which pypdf gives no other way
    try:
        if filters == ["/DCTDecode"]:
            return pixels_of_jpeg(picture.pixels, data, like=like)
        if filters == ["/FlateDecode"] and number(entry(stream, "/BitsPerComponent")) == 8 and predictor in (1, 15):
            space = text(stream, "/ColorSpace") or ""
            return pixels_of_flate(picture.pixels, data, space, predicted=predictor == 15)
    except Exception:  # what Pillow and zlib raise for damaged data
        return None
    return None
