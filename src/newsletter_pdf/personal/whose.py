"""The number in a copy that has come back: in the file as it was sent, unlocked, cut up or saved by another program."""

from __future__ import annotations

from io import BytesIO

from newsletter_pdf.personal.dots import number_in

_MOST_PAGES = 40


class LockedError(ValueError):
    """The file asks for a password that was not given."""


def number_of(data: bytes, password: str = "") -> str | None:
    """The number that the specks on one of the first forty pages stand for, None without any.

    Needs pikepdf. Raises :class:`LockedError`, and ValueError for what is no PDF.
    """
    import pikepdf

    try:
        with pikepdf.open(BytesIO(data), password=password) as pdf:
            for page in list(pdf.pages)[:_MOST_PAGES]:
                page.contents_coalesce()
                content = page.obj.get("/Contents")
                number = number_in(content.read_bytes()) if isinstance(content, pikepdf.Stream) else None
                if number is not None:
                    return number
    except pikepdf.PasswordError as error:
        raise LockedError("it asks for a password") from error
    except pikepdf.PdfError as error:
        raise ValueError("it is no PDF") from error
    return None
