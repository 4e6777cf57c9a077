"""Tokens of a PDF content stream (ISO 32000-1, 7.8.2), read tolerantly.

A content stream is a flat sequence of operands and operators. The lexer never raises: bytes that are no token are
skipped, an unclosed string ends at the end of the data. It knows nothing of a PDF file, so it works on any bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Name:
    """A name object; ``value`` is without the slash, its ``#xx`` escapes resolved."""

    value: bytes


Operand: TypeAlias = "float | bytes | Name | list[Operand] | dict[bytes, Operand]"
"""Numbers are floats, strings bytes; ``true``, ``false`` and ``null`` are not operands of text or painting operators
and are dropped."""

_BODY = rb"[^\x00\t\n\x0c\r ()<>\[\]{}/%]*+"
_TOKEN = re.compile(
    rb"\[(?P<array>(?:<[0-9A-Fa-f]*+>|[-+.0-9\s]++)*+)\]\s*+TJ(?![0-9A-Za-z*])"  # a whole show operator: by far the
    rb"|(?P<number>[-+]?(?:\d++\.?\d*+|\.\d++))"  # commonest thing in a page, worth an alternative of its own
    rb"|(?P<operator>[A-Za-z'\"][0-9A-Za-z*]*+)"
    rb"|/(?P<name>" + _BODY + rb")"
    rb"|(?P<dict><<|>>)"
    rb"|<(?P<hex>[0-9A-Fa-f\x00\s]*+)>"
    rb"|(?P<literal>\((?:[^()\\]++|\\[\s\S])*+\))"
    rb"|(?P<nested>\()"
    rb"|(?P<bracket>[\[\]])"
    rb"|(?P<comment>%[^\r\n]*+)"
)
_SHOWN = re.compile(rb"<([0-9A-Fa-f]*)>|([-+]?(?:\d+\.?\d*|\.\d+))")
_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|\r\n?|([\s\S]))|\r\n?")
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b""}
_HASH = re.compile(rb"#([0-9A-Fa-f]{2})")
_IMAGE_END = re.compile(rb"[\x00\t\n\x0c\r ]EI(?=[\x00\t\n\x0c\r ]|\Z)")
_FARTHEST = 1e9  # no coordinate of a page is farther out; what is would only grow to infinity in the matrices
_SHORT = 9  # digits, sign and point of a number that is never as far out
_DEEPEST = 32  # nesting of arrays and dictionaries in operands; real pages have 2


def tokens(data: bytes) -> Iterator[tuple[bytes, list[Operand]]]:
    """Each operator of ``data`` with its operands, in order.

    An inline image comes as one ``EI`` with the image's dictionary (its pixels are skipped).
    """
    stack: list[Operand] = []
    open_: list[tuple[str, list[Operand]]] = []  # enclosing arrays and dictionaries, outermost first
    position = 0
    while True:
        for match in _TOKEN.finditer(data, position):
            kind = match.lastgroup
            if kind == "array":
                yield b"TJ", [shown(match[1])]
                stack, open_ = [], []
            elif kind == "number":
                stack.append(_number(match[2]))
            elif kind == "operator":
                operator = match[3]
                if operator in _WORDS:
                    continue
                if open_:  # an operator cannot stand inside an array: it was never closed
                    stack, open_ = [*open_[0][1]], []
                if operator == b"ID":
                    yield b"EI", [_dictionary(stack)]
                    stack, position = [], _after_image(data, match.end())
                    break
                yield operator, stack
                stack = []
            elif kind == "name":
                stack.append(Name(_HASH.sub(_hash, match[4]) if b"#" in match[4] else match[4]))
            elif kind == "hex":
                stack.append(unhex(match[6]))
            elif kind == "literal":
                stack.append(_unescape(match[7][1:-1]))
            elif kind == "nested":
                end = _closing(data, match.end())
                stack.append(_unescape(data[match.end() : end]))
                position = end + 1
                break
            elif kind in ("dict", "bracket"):
                mark = match[0]
                if mark in (b"<<", b"["):
                    if len(open_) < _DEEPEST:
                        open_.append((mark.decode(), stack))
                        stack = []
                elif open_:
                    opened, outer = open_.pop()
                    outer.append(_dictionary(stack) if opened == "<<" else stack)
                    stack = outer
        else:
            return


_WORDS = frozenset((b"true", b"false", b"null"))


def shown(array: bytes) -> list[Operand]:
    """The strings and adjustments of the inside of a ``TJ`` array that holds hexadecimal strings alone."""
    # Tens of thousands a file, nearly all short numbers and whole bytes: these are read without a call of their own.
    return [
        (float(number) if len(number) < _SHORT else _number(number))
        if number
        else (bytes.fromhex(string.decode()) if len(string) % 2 == 0 else unhex(string))
        for string, number in _SHOWN.findall(array)
    ]


def _number(digits: bytes) -> float:
    value = float(digits)
    return value if -_FARTHEST < value < _FARTHEST else 0.0


def unhex(digits: bytes) -> bytes:
    """A hexadecimal string's bytes; white space is dropped, a missing last digit is 0 (ISO 32000-1, 7.3.4.3)."""
    text = digits.decode("ascii", "ignore")
    try:
        return bytes.fromhex(text)
    except ValueError:
        text = "".join(c for c in text if c in "0123456789abcdefABCDEF")
        return bytes.fromhex(text + "0" * (len(text) % 2))


def text_string(value: bytes) -> str:
    """A text string (ISO 32000-1, 7.9.2.2): UTF-16BE or UTF-8 with its mark, else Latin-1 for PDFDocEncoding."""
    if value.startswith(b"\xfe\xff"):
        return value[2:].decode("utf-16-be", "replace")
    if value.startswith(b"\xef\xbb\xbf"):
        return value[3:].decode("utf-8", "replace")
    return value.decode("latin-1")


def _hash(match: re.Match[bytes]) -> bytes:
    return bytes.fromhex(match[1].decode())


def _unescape(body: bytes) -> bytes:
    return _ESCAPE.sub(_escaped, body) if b"\\" in body or b"\r" in body else body


def _escaped(match: re.Match[bytes]) -> bytes:
    if match[1]:
        return bytes((int(match[1], 8) & 0xFF,))
    if match[2] is not None:
        return _ESCAPED.get(match[2], match[2])
    return b"" if match[0].startswith(b"\\") else b"\n"


def _closing(data: bytes, start: int) -> int:
    """Where the literal string whose inside begins at ``start`` closes; the end of the data when it does not."""
    depth = 1
    for match in re.compile(rb"\\[\s\S]|[()]").finditer(data, start):
        if match[0] == b"(":
            depth += 1
        elif match[0] == b")":
            depth -= 1
            if depth == 0:
                return match.start()
    return len(data)


def _dictionary(items: list[Operand]) -> dict[bytes, Operand]:
    result: dict[bytes, Operand] = {}
    for key, value in zip(items[::2], items[1::2], strict=False):
        if isinstance(key, Name):
            result[key.value] = value
    return result


def _after_image(data: bytes, start: int) -> int:
    end = _IMAGE_END.search(data, start)
    return end.end() if end else len(data)
