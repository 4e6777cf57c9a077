"""Tables as spreadsheets write them → rows of cells; and cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from newsletter_pdf.files import CONTROL, from_gbk, read_bytes
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import mailing_lists as rules

MAX_BYTES = 32 * 1024 * 1024
"""Largest list that is read, in bytes: some 300,000 readers."""
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", "UTF-8"),
    (b"\xff\xfe", "utf-16-le", "UTF-16"),
    (b"\xfe\xff", "utf-16-be", "UTF-16"),
)
_DELIMITERS = ",;\t，；|"
_LONGEST_CELL = 1_000_000
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?\s*", re.IGNORECASE)
_FORMULA_START = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "|", "%")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: the cells, and the line (1-based) that it begins in."""

    cells: tuple[str, ...]
    line: int


def read_table(path: Path, findings: Findings) -> list[Row] | None:
    """The rows of a CSV file that are not empty; None when it cannot be read, with the reason among the findings.

    UTF-8 with or without its mark, UTF-16 with a mark and GB 18030 are read; commas, semicolons, tabs and their
    full-width forms separate cells, whichever the first line has most of (Excel's ``sep=;`` line decides).
    """
    data = read_bytes(path, findings, MAX_BYTES)
    if data is None:
        return None
    text = _decode(data, path, findings)
    if text is None:
        return None
    if not text.strip():
        findings.add(rules.LIST_UNREADABLE.at(Place(path), reason_zh="里面是空的", reason="it is empty"))
        return None
    first, _, rest = text.partition("\n")
    match = _SEP_LINE.fullmatch(first.rstrip("\r"))
    skipped = 0
    delimiter = match[1] if match is not None else max(_DELIMITERS, key=first.count)
    if match is not None:
        text, skipped = rest, 1
    return _rows(text, delimiter, skipped, path, findings)


def _rows(text: str, delimiter: str, skipped: int, path: Path, findings: Findings) -> list[Row] | None:
    before = csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    rows = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(tuple(cells), line + skipped))
            line = reader.line_num + 1
    except csv.Error as error:
        place = Place(path, line + skipped)
        findings.add(rules.LIST_UNREADABLE.at(place, reason_zh="这一行的引号没有成对，或太长", reason=str(error)))
        return None
    finally:
        csv.field_size_limit(before)
    return rows


def _decode(data: bytes, path: Path, findings: Findings) -> str | None:
    place = Place(path)
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            text = _strict(data[len(mark) :], codec)
            if text is None:
                fields = {"reason_zh": f"它说自己是 {name}，却不是", "reason": f"it claims to be {name} and is not"}
                findings.add(rules.LIST_UNREADABLE.at(place, **fields))
            elif codec != "utf-8":
                findings.add(rules.LIST_ENCODING.at(place, encoding=name, sample=_sample(text)))
            return text
    if data.startswith(b"PK\x03\x04") or data.startswith(b"\xd0\xcf\x11\xe0"):
        fields = {"reason_zh": "这是 Excel 工作簿，不是 CSV", "reason": "this is a workbook, not CSV"}
        findings.add(rules.LIST_UNREADABLE.at(place, **fields))
        return None
    text = None if b"\x00" in data else _strict(data, "utf-8")
    if text is None and b"\x00" not in data:
        text = from_gbk(data)
        if text is not None:
            findings.add(rules.LIST_ENCODING.at(place, encoding="GB 18030（GBK）", sample=_sample(text)))
    if text is None:
        fields = {"reason_zh": "编码认不出来", "reason": "its encoding is unknown"}
        findings.add(rules.LIST_UNREADABLE.at(place, **fields))
    return text


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _sample(text: str) -> str:
    """The first Han words, by which an editor can see whether the encoding was guessed rightly."""
    start = next((index for index, character in enumerate(text) if ord(character) > 0x7F), 0)
    return " ".join(CONTROL.sub(" ", text[start : start + 16]).split())


def safe_cell(text: str) -> str:
    """``text`` so that a spreadsheet shows it and computes nothing: an apostrophe before what may begin a formula."""
    flat = " ".join(CONTROL.sub(" ", text).split())
    return f"'{flat}" if flat.startswith(_FORMULA_START) or text.startswith(_FORMULA_START) else flat


def table_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A CSV file for spreadsheets: UTF-8 with its mark (Excel takes it for the local code page else), safe cells."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(header)
    for row in rows:
        writer.writerow([value if isinstance(value, int) else safe_cell(str(value)) for value in row])
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", errors="backslashreplace")
