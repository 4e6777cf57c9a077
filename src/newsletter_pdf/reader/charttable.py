"""The numbers of a chart as a table with places, from YAML or from a CSV file."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from newsletter_pdf.findings import Place
from newsletter_pdf.findings import charts as rules
from newsletter_pdf.reader.chartslips import is_spreadsheet, is_total
from newsletter_pdf.reader.context import Context
from newsletter_pdf.source import YamlMapping, YamlNode, YamlScalar, YamlSequence

_NUMBER = re.compile(r"[-+−]?(?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,6})?", re.A)
_MISSING = frozenset({"", "-", "—", "——", "–", "…", "……"})
_DELIMITERS = ",\t;"
_LONGEST_LABEL = 40


@dataclass(frozen=True, slots=True)
class Cell:
    """A text with its place."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Row:
    """A label and what is written beside it."""

    label: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The rows as they are written; ``names`` are those of the series, empty where there is one without a name."""

    names: tuple[str, ...]
    rows: tuple[Row, ...]
    place: Place

    def numbers(self, context: Context, unit: str | None) -> tuple[tuple[Decimal | None, ...], ...] | None:
        """The columns as numbers, None after reporting what is amiss."""
        errors = context.findings.errors
        width = max(len(self.names), 1)
        seen: set[str] = set()
        columns: list[list[Decimal | None]] = [[] for _ in range(width)]
        for row in self.rows:
            self._check_label(context, row.label, seen)
            if len(row.cells) != width:
                _report_width(context, row, width)
                continue
            for column, cell in zip(columns, row.cells, strict=True):
                column.append(number(context, cell, unit))
        if context.findings.errors > errors:
            return None
        if not any(value is not None for column in columns for value in column):
            words = {"reason_zh": "里面没有一个数", "reason": "there is no number in it"}
            hint = {"remedy_zh": "每个名称后面写一个数，如「2016: 7.31」", "remedy_en": "Give each label a number"}
            context.report(rules.CHART_DATA, self.place, **words, **hint)
            return None
        return tuple(tuple(column) for column in columns)

    def _check_label(self, context: Context, label: Cell, seen: set[str]) -> None:
        if not label.text or label.text in seen or len(label.text) > _LONGEST_LABEL:
            if not label.text:
                words = ("有一行没有名称", "a row has no label")
            elif label.text in seen:
                words = (f"名称「{label.text}」写了两遍", f"the label “{label.text}” stands twice")
            else:
                words = (f"名称长于 {_LONGEST_LABEL} 字", f"a label is longer than {_LONGEST_LABEL} characters")
            hint = {"remedy_zh": "给每一行不同的、简短的名称", "remedy_en": "Give each row a short label of its own"}
            context.report(rules.CHART_TABLE, label.place, reason_zh=words[0], reason=words[1], **hint)
        seen.add(label.text)
        if is_total(label.text):
            context.report(rules.CHART_TOTAL, label.place, label=label.text)


def _report_width(context: Context, row: Row, width: int) -> None:
    words = {
        "reason_zh": f"「{row.label.text}」有 {len(row.cells)} 个数，应当是 {width} 个",
        "reason": f"“{row.label.text}” has {len(row.cells)} numbers and should have {width}",
        "remedy_zh": '每一行的数与系列的名称一样多，没有数据的写 "-"（CSV 里写 -）',
        "remedy_en": 'Write as many numbers as there are series; a missing one is "-" (- in CSV)',
    }
    context.report(rules.CHART_TABLE, row.label.place, **words)


def number(context: Context, cell: Cell, unit: str | None) -> Decimal | None:
    """The number that is written; None where none is known, or after reporting what is no number."""
    text = unicodedata.normalize("NFKC", cell.text).strip() if cell.text.strip() not in _MISSING else ""
    if text == "":
        return None
    if unit in ("%", "‰"):
        text = text.removesuffix(unit).rstrip()
    if not _NUMBER.fullmatch(text):
        context.report(rules.CHART_NUMBER, cell.place, value=cell.text.strip()[:40])
        return None
    return Decimal(text.replace(",", "").replace("−", "-"))


def table_of_yaml(context: Context, values: YamlMapping, names: tuple[str, ...]) -> ChartTable | None:
    """The rows written under ``values``; None after reporting a value that is neither a number nor a list of them."""
    rows = []
    good = True
    for key, value in values:
        cells = _yaml_cells(value)
        if cells is None:
            context.report(rules.CHART_NUMBER, value.place, value="…")
            good = False
            continue
        label = context.printable(key.text.strip(), lambda _index, place=key.place: place)  # type: ignore[misc]
        rows.append(Row(Cell(label, key.place), cells))
    return ChartTable(names, tuple(rows), values.place) if good else None


def _yaml_cells(node: YamlNode) -> tuple[Cell, ...] | None:
    items = node.items if isinstance(node, YamlSequence) else (node,)
    cells = []
    for item in items:
        if not isinstance(item, YamlScalar):
            return None
        cells.append(Cell(item.text, item.place))
    return tuple(cells)


def table_of_csv(context: Context, path: Path, data: bytes) -> ChartTable | None:
    """The rows of a CSV file: the first names the series, the first column the labels. None after reporting."""
    text = _decoded(data)
    if is_spreadsheet(path.name, data):
        zh, en = "这是表格软件的文件（如 .xlsx），不是 CSV", "it is a spreadsheet (such as .xlsx), no CSV"
        _report_file(context, Place(file=path), zh, en)
        return None
    if text is None:
        _report_file(
            context, Place(file=path), "既不是 UTF-8，也不是 GB 18030 编码", "it is neither UTF-8 nor GB 18030"
        )
        return None
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((line for line in lines if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter, strict=True)
    rows: list[Row] = []
    start = 1
    try:
        for record in reader:
            cells = [Cell(cell.strip(), Place(file=path, line=start)) for cell in record]
            if any(cell.text for cell in cells):
                rows.append(Row(cells[0], tuple(cells[1:])))
            start = reader.line_num + 1
    except csv.Error as error:
        _report_file(context, Place(file=path, line=start), f"CSV 的引号不成对（{error}）", f"broken CSV: {error}")
        return None
    return _headed(context, path, rows)


def _headed(context: Context, path: Path, rows: list[Row]) -> ChartTable | None:
    for row in rows:
        for cell in (row.label, *row.cells):
            context.printable(cell.text, lambda _index, place=cell.place: place)  # type: ignore[misc]
    if len(rows) < 2 or not rows[0].cells:
        _report_file(context, Place(file=path, line=1), "至少要有一行名称和一行数", "it needs a head and a row")
        return None
    head = rows[0]
    if all(_NUMBER.fullmatch(cell.text) for cell in head.cells):
        _report_file(context, head.label.place, "首行应当是各列的名称", "the first row must name the columns")
        return None
    names = tuple(cell.text for cell in head.cells)
    if "" in names or len(set(names)) < len(names):
        words = {"reason_zh": "首行有空着或重复的名称", "reason": "a name in the head is missing or stands twice"}
        hint = {"remedy_zh": "给每一列一个名称；多余的空列删去", "remedy_en": "Name each column, delete empty ones"}
        context.report(rules.CHART_TABLE, head.label.place, **words, **hint)
        return None
    return ChartTable(names, tuple(rows[1:]), Place(file=path, line=1))


def _report_file(context: Context, place: Place, reason_zh: str, reason: str) -> None:
    hint = {
        "remedy_zh": "在 Excel 或 WPS 里另存为「CSV UTF-8（逗号分隔）」，首行写各列的名称",
        "remedy_en": "Save it as “CSV UTF-8 (comma delimited)” with the names of the columns in the first row",
    }
    context.report(rules.CHART_DATA, place, reason_zh=reason_zh, reason=reason, **hint)


def _decoded(data: bytes) -> str | None:
    """UTF-8, UTF-16 with its mark, or GB 18030: what Excel and WPS write. None for anything else."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text
    return None
