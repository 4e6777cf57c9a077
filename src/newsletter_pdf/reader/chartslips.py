"""Data of a chart that are written nearly right: what was meant, and how it is written."""

from __future__ import annotations

import difflib
import re

from newsletter_pdf.findings import Place
from newsletter_pdf.reader.vocabulary import CHART
from newsletter_pdf.source import YamlMapping, YamlScalar, YamlSequence

_FIELDS = frozenset(field.key for field in CHART.fields)
_TOTAL = re.compile(r"(?:(?:合|总|共|小)\s*计|总和|总数|(?:sub|grand[ -]?)?totals?|sum)\s*(?:[（(].*[）)])?", re.I)
_SHEET = re.compile(r".*\.(?:xlsx?|xlsm|xlsb|et|ett|ods|numbers)", re.I)
_SHEET_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
"""How files of Excel, WPS and LibreOffice begin: a zip archive, or Microsoft's compound file."""
_NAMES = {"流程": "process", "二维": "qr"}
_FENCES = ("chart", "process", "qr")

Slip = tuple[Place, dict[str, object]]


def misplaced_values(value: YamlMapping) -> Slip | None:
    """``values`` whose rows are not indented, are typed as a list or with Chinese colons; None for anything else."""
    given = value.get("values")
    rows = [key for key, _ in value if key.text not in _FIELDS]
    if isinstance(given, YamlScalar) and given.is_null and rows:
        words = ("values 下面的各行没有缩进", "the rows below values are not indented")
        remedy = (f"每行前面空两格，如「  {rows[0].text}: 7.31」", "Put two blanks before each of them")
        return rows[0].place, _told(words, remedy)
    if isinstance(given, YamlSequence) and all(isinstance(item, YamlMapping) for item in given.items):
        words = ("values 下面的各行前面多了减号", "the rows below values have a hyphen too many")
        return given.place, _told(words, ("去掉各行前面的「- 」，写成「  2016: 7.31」", "Take the “- ” away"))
    if isinstance(given, YamlScalar) and "：" in given.text:
        words = ("values 里的冒号要用英文的", "colons below values must be plain")
        return given.place, _told(
            words, ("写成「  2016: 7.31」，冒号后面空一格", "Write `2016: 7.31`, a blank after it")
        )
    return None


def is_spreadsheet(name: str, data: bytes = b"") -> bool:
    """True for a file of Excel or the like, by its ``name`` or its first bytes."""
    return _SHEET.fullmatch(name) is not None or data.startswith(_SHEET_STARTS)


def is_total(label: str) -> bool:
    """Whether a row with this label is probably the sum of the others."""
    return _TOTAL.fullmatch(label.strip()) is not None


def meant_fence(name: str) -> str | None:
    """The fence that a name like 「表图」 or ``Chart`` was meant as; None when it may be a programming language."""
    if re.search(r"[\u3400-\u9fff]", name):
        return next((meant for word, meant in _NAMES.items() if word in name), "图表")
    near = difflib.get_close_matches(name.lower(), _FENCES, n=1, cutoff=0.8)
    return near[0] if near else None


def _told(reason: tuple[str, str], remedy: tuple[str, str]) -> dict[str, object]:
    return {"reason_zh": reason[0], "reason": reason[1], "remedy_zh": remedy[0], "remedy_en": remedy[1]}
