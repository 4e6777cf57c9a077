"""Safe access to the objects of a PDF: every answer is of the type asked for, or None.

A damaged file can make pypdf raise almost anything anywhere; here that is an absent value. What pypdf logs meanwhile
is collected by :func:`quiet`, as it tells that the file is not as it should be.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject, StreamObject

from newsletter_pdf.verify.geometry import FARTHEST


class _Collector(logging.Handler):
    def __init__(self, messages: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self.messages = messages

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def quiet() -> Iterator[list[str]]:
    """Collect what pypdf logs or warns of instead of letting it out; yields the growing list of messages."""
    messages: list[str] = []
    logger = logging.getLogger("pypdf")
    handler, level, propagate = _Collector(messages), logger.level, logger.propagate
    logger.addHandler(handler)
    logger.setLevel(logging.WARNING)
    logger.propagate = False
    try:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            yield messages
            messages.extend(str(warning.message) for warning in caught)
    finally:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.propagate = propagate


def resolve(value: object) -> object:
    """What an indirect reference stands for; None for null and for what cannot be read."""
    try:
        for _hop in range(8):
            if not isinstance(value, IndirectObject):
                break
            value = value.get_object()
    except Exception:  # pypdf raises many kinds on damage; all of them mean that there is no such object
        return None
    return None if isinstance(value, (NullObject, IndirectObject)) else value


def entry(holder: object, key: str) -> object:
    """The resolved value of a dictionary's key; None when there is none, or no dictionary."""
    return resolve(holder.raw_get(key)) if isinstance(holder, DictionaryObject) and key in holder else None


def dictionary(holder: object, key: str) -> DictionaryObject | None:
    """The dictionary (or stream) under ``key``."""
    value = entry(holder, key)
    return value if isinstance(value, DictionaryObject) else None


def array(holder: object, key: str) -> list[object]:
    """The array under ``key``, its items unresolved; empty when there is none."""
    value = entry(holder, key)
    return list(value) if isinstance(value, ArrayObject) else []


def text(holder: object, key: str) -> str | None:
    """The text string or name under ``key``, as text."""
    return as_text(entry(holder, key))


def as_text(value: object) -> str | None:
    """A text string or name as text; byte strings are taken as UTF-8, else Latin-1."""
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return value.decode("latin-1")
    return None


def number(value: object) -> float | None:
    """A number as float; None for what is none, or lies beyond any page."""
    value = resolve(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    result = float(value)
    return result if -FARTHEST < result < FARTHEST else None


def numbers(holder: object, key: str, count: int) -> tuple[float, ...] | None:
    """An array of exactly ``count`` numbers."""
    values = [number(value) for value in array(holder, key)]
    known = tuple(value for value in values if value is not None)
    return known if len(values) == len(known) == count else None


def stream_data(value: object) -> bytes | None:
    """A stream's decoded bytes; None when it is none or cannot be decoded."""
    stream = resolve(value)
    if not isinstance(stream, StreamObject):
        return None
    try:
        data = stream.get_data()
    except Exception:  # damaged or unknown filters; the caller says what is missing
        return None
    return data if isinstance(data, bytes) else None


def identity(value: object) -> int | None:
    """The object number that an indirect reference names."""
    return value.idnum if isinstance(value, IndirectObject) else None
