"""Does the file tell of the computer it was made on: folders, user, host, in any string or stream."""

from __future__ import annotations

import getpass
import re
import socket
import zlib
from collections.abc import Container, Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path

from newsletter_pdf.findings import proof_file as rules
from newsletter_pdf.verify.checkmetadata import read_xmp
from newsletter_pdf.verify.context import Context
from newsletter_pdf.verify.lines import fold

_STREAM = re.compile(rb"stream\r?\n")
_STREAM_END = b"endstream"
_FONT_FILE = b"/Length1"  # in the dictionary of a font file alone (ISO 32000-1, table 127)
_DICTIONARY = 300  # bytes before a stream in which its dictionary stands
_MOST_INFLATED = 60_000_000  # bytes of one stream; a longer one is no honest part of a newsletter
# Folders that lie on somebody's computer, as systems write them; a backslash may be escaped (ISO 32000-1, 7.3.4.2).
_PATH = re.compile(
    r"file:/[^\s<>()\"']{2,}"
    r"|(?<![\w./:])/(?:home|Users|root|tmp|var/folders|Volumes)/[^\s<>()\[\]{}\"']+"
    r"|(?<![A-Za-z])[A-Za-z]:(?:\\{1,2}|/)(?:Users|Documents|Windows|Program|Temp)[^\s<>()\"']*"
    r"|(?<![A-Za-z])[A-Za-z]:\\{1,2}[\w.\- ]+\\{1,2}[\w.\-]+"
    r"|(?<!\\)\\{4}[\w.-]+\\{2}[\w$.-]+"
)
_HINTS = (
    "file:/", "/home/", "/Users/", "/root/", "/tmp/", "/var/folders/", "/Volumes/",  # noqa: S108 - sought
    ":\\", ":/Doc", ":/Prog", ":/Users", "\\\\\\\\",
)  # fmt: skip
_PLAIN = tuple(hint.encode() for hint in _HINTS)
# Fewer where most bytes are: in fonts and pictures, and in the digits of pages' replacement texts.
_SHORT = ("file:/", "/home/", "/Users/", ":\\")
_IN_BINARY = tuple(hint.encode() for hint in _SHORT)
_WIDE = tuple(hint.encode("utf-16-be") for hint in _HINTS)
_HEX = tuple(hint.encode("utf-16-be").hex().encode() for hint in (*_SHORT, "/tmp/", "/root/"))  # noqa: S108 - sought
_HEX_STRING = re.compile(rb"<(feff[0-9a-f\s]+)>")
_OCTAL = re.compile(rb"\\([0-7]{3})")
_SLASH_ESCAPED = b"\\057"
_BINARY = 64  # bytes at a stream's beginning among which a null tells a picture or font from text
_COMMON_NAMES = frozenset(
    (
        "root", "user", "admin", "administrator", "guest", "home", "owner", "default", "ubuntu", "debian", "runner",
        "editor",
    )
)  # fmt: skip
_SHORTEST_NAME = 4  # characters; a shorter user name occurs in words
#: What editors wrote themselves, and dates; the rest of the document information is written by programs.
_EDITORS = frozenset(("Title", "Author", "Subject", "Keywords", "CreationDate", "ModDate"))
_EDITORS_XMP = frozenset(
    (*(f"{{http://purl.org/dc/elements/1.1/}}{name}" for name in ("title", "creator", "description", "subject")),
     "{http://ns.adobe.com/pdf/1.3/}Keywords")
)  # fmt: skip
_ACCOUNT = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*")  # user@computer, or an address
#: Fields in which programs put a person, an account, a computer or a folder.
_PERSONAL = re.compile(r"user|owner|login|account|host|computer|machine|modifiedby|manager|path|folder|filename", re.I)


def check_traces(context: Context) -> None:
    """Look through the whole file, compressed or not; a path that is printed on a page is content and no trace."""
    found: dict[str, None] = {}
    programs = (bytes(font.program.data) for font in context.pdf.fonts if font.program is not None)
    for piece in chain(_pieces(context.pdf.data), programs):
        for text in _texts(piece):
            found.update(dict.fromkeys(match[0] for match in _PATH.finditer(text)))
    if found:
        printed = fold("".join(line.text for lines in context.lines for line in lines))
        for trace in found:
            if fold(trace.replace("\\\\", "\\")) not in printed:
                context.findings.add(rules.PRIVATE_TRACE.at(trace=trace[:80]))
    _check_metadata(context, found)


def _check_metadata(context: Context, found: Container[str]) -> None:
    """No person, account or folder in the metadata besides what editors wrote; ``found`` is told of already.

    The values are read as a reader's program shows them: in whatever way the file writes their letters.
    """
    fields = [(key, value, key in _EDITORS) for key, value in context.pdf.information.items()]
    for name, value in (read_xmp(context.pdf.xmp) or {}).items():
        fields.append((name.rpartition("}")[2], value, name in _EDITORS_XMP))
    traces: dict[str, None] = {}
    for key, value, editors in fields:
        traces.update(dict.fromkeys(match[0] for match in _PATH.finditer(value) if match[0] not in found))
        if editors:
            continue
        traces.update(dict.fromkeys(match[0] for match in _ACCOUNT.finditer(value)))
        if value.strip() and _PERSONAL.search(key):
            traces[f"{key}: {value.strip()}"] = None
    told = " ".join(value for _key, value, editors in fields if not editors)
    traces.update(
        dict.fromkeys(
            name for name in _own_names() if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", told, re.IGNORECASE)
        )
    )
    for trace in traces:
        context.findings.add(rules.PRIVATE_TRACE.at(trace=trace[:80]))


def _own_names() -> list[str]:
    """The names of the user and the computer, where they are their own and not everybody's."""
    names: list[str] = []
    with suppress(OSError, KeyError, ImportError):
        names.append(getpass.getuser())
    with suppress(OSError):
        names.append(socket.gethostname().split(".")[0])
    with suppress(RuntimeError):
        names.append(Path.home().name)
    own = {name for name in names if len(name) >= _SHORTEST_NAME and name.lower() not in _COMMON_NAMES}
    return sorted(own - {"localhost"})


def _pieces(data: bytes) -> Iterator[bytes]:
    """The file's bytes outside streams, and each stream as it is inflated; what cannot be inflated, as stored.

    The file is cut by its bytes and not by its objects: what no object refers to any more is looked into as well. Font
    files are left out; they are the largest streams, and have been inflated already.
    """
    position = 0
    while match := _STREAM.search(data, position):
        before = data[position : match.start()]
        yield before
        end = data.find(_STREAM_END, match.end())
        end = len(data) if end < 0 else end
        if _FONT_FILE not in before[-_DICTIONARY:]:
            yield _inflated(data[match.end() : end])
        position = end + len(_STREAM_END)
    yield data[position:]


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MOST_INFLATED)
    except zlib.error:  # another filter, or none
        return data


def _texts(piece: bytes) -> Iterator[str]:
    """What is written in ``piece`` that may name a folder: plain, as UTF-16, or as hexadecimal digits of UTF-16."""
    if _is_binary(piece):
        if any(hint in piece for hint in _IN_BINARY):
            yield _words(piece)
        return
    if any(hint in piece for hint in _PLAIN):
        yield piece.decode("utf-8", "replace")
    if _SLASH_ESCAPED in piece:  # some programs write all signs so (ISO 32000-1, 7.3.4.2)
        yield _OCTAL.sub(lambda match: bytes((int(match[1], 8) & 0xFF,)), piece).decode("latin-1")
    if b"\0" in piece and any(hint in piece for hint in _WIDE):
        yield piece.replace(b"\0", b"").decode("latin-1")
    lower = piece.lower() if b"<feff" in piece or b"<FEFF" in piece else b""
    if any(digits in lower for digits in _HEX):
        for digits in _HEX_STRING.findall(lower):
            clean = b"".join(digits.split())
            yield bytes.fromhex(clean[: len(clean) // 4 * 4].decode())[2:].decode("utf-16-be", "replace")


def _is_binary(piece: bytes) -> bool:
    return b"\0" in piece[:_BINARY]


def _words(piece: bytes) -> str:
    """The runs of printable characters that are long enough not to have come about by chance."""
    return " ".join(run.decode("ascii") for run in re.findall(rb"[ -~]{12,}", piece))
