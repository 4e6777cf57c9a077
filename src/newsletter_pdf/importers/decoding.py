"""Manuscript bytes → text. Offices send UTF-8, UTF-8 with BOM, „Unicode“ (UTF-16) and GBK; all four are read.

Section files are held to UTF-8 without BOM; a manuscript is another's file, and what it decodes to is written anew.
"""

from __future__ import annotations

from pathlib import Path

from newsletter_pdf.files import CONTROL, DIRECTION, INVISIBLE, MAX_BYTES, from_gbk, read_bytes
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import manuscripts as rules
from newsletter_pdf.findings import source as source_rules

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def read_manuscript_text(path: Path, findings: Findings) -> str | None:
    """The text of a manuscript with Unix line ends and without invisible characters.

    None when it cannot be read (missing, over 2 MiB, empty, binary, unknown encoding); the findings say why. GB 18030
    (which contains GBK and GB 2312) and UTF-16 are decoded and reported for information.
    """
    data = read_bytes(path, findings, MAX_BYTES)
    if data is None:
        return None
    text = _decode(data, path, findings)
    if text is None:
        return None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    clean = INVISIBLE.sub("", DIRECTION.sub("", CONTROL.sub(" ", text.replace("\x0b", " ").replace("\x0c", " "))))
    if not clean.strip():
        findings.add(source_rules.EMPTY_FILE.at(Place(file=path)))
        return None
    if clean != text:
        _report_hidden(text, path, findings)
    return clean


def _decode(data: bytes, path: Path, findings: Findings) -> str | None:
    start = Place(file=path, line=1, column=1)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], encoding)
            if text is None:
                findings.add(rules.NOT_TEXT.at(Place(file=path), name=path.name))
            elif encoding != "utf-8":
                findings.add(rules.OTHER_ENCODING.at(start, encoding="UTF-16", sample=_sample(text)))
            return text
    if b"\x00" not in data:
        text = _strict(data, "utf-8")
        if text is not None:
            return text
        text = from_gbk(data)
        if text is not None:
            findings.add(rules.OTHER_ENCODING.at(start, encoding="GB 18030（GBK）", sample=_sample(text)))
            return text
    findings.add(rules.NOT_TEXT.at(Place(file=path), name=path.name))
    return None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _sample(text: str) -> str:
    """The first words, by which the editor can see whether the encoding was guessed rightly."""
    words = " ".join(CONTROL.sub(" ", text).replace("#", " ").split())
    return words[:12]


def _report_hidden(text: str, path: Path, findings: Findings) -> None:
    hidden = [
        (number, match.start() + 1)
        for number, line in enumerate(text.split("\n"), start=1)
        for pattern in (CONTROL, DIRECTION, INVISIBLE)
        for match in pattern.finditer(line.replace("\x0b", "\x01").replace("\x0c", "\x01"))
    ]
    line, column = min(hidden)
    findings.add(rules.HIDDEN_REMOVED.at(Place(file=path, line=line, column=column), count=len(hidden)))
