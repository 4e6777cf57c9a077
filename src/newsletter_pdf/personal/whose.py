"""The numbers in a copy that has come back: as it was sent, unlocked, cut up or saved by another program."""

from __future__ import annotations

from io import BytesIO

from newsletter_pdf.personal.dots import numbers_in

_MOST_PAGES = 2000


class LockedError(ValueError):
    """The file asks for a password that was not given."""


def numbers_of(data: bytes, password: str = "") -> tuple[str, ...]:
    """The numbers that the specks on the pages (the first two thousand) stand for, each once.

    There is more than one in a file that was put together of several copies, or stamped again by somebody. Needs
    pikepdf. Raises :class:`LockedError`, and ValueError for what is no PDF.
    """
    import pikepdf

    numbers: dict[str, None] = {}
    try:
        with pikepdf.open(BytesIO(data), password=password) as pdf:
            for page in list(pdf.pages)[:_MOST_PAGES]:
                page.contents_coalesce()
                content = page.obj.get("/Contents")
                if isinstance(content, pikepdf.Stream):
                    numbers |= dict.fromkeys(numbers_in(content.read_bytes()))
    except pikepdf.PasswordError as error:
        raise LockedError("it asks for a password") from error
    except pikepdf.PdfError as error:
        raise ValueError("it is no PDF") from error
    return tuple(numbers)
