"""A fenced block ``chart`` or ``图表`` → the model's Chart."""

from __future__ import annotations

import difflib
import re
from decimal import Decimal
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from newsletter_pdf.chartdata import Chart, ChartSeries
from newsletter_pdf.files import check_confined, read_bytes
from newsletter_pdf.findings import Place
from newsletter_pdf.findings import charts as rules
from newsletter_pdf.reader.chartslips import is_spreadsheet, misplaced_values
from newsletter_pdf.reader.charttable import ChartTable, table_of_csv, table_of_yaml
from newsletter_pdf.reader.context import Context, Source
from newsletter_pdf.reader.validate import Validator
from newsletter_pdf.reader.vocabulary import CHART
from newsletter_pdf.source import YamlMapping, parse_yaml

MAX_CSV = 256 * 1024
"""Bytes; the largest chart has two hundred rows."""
MOST = {"bar": (40, 3), "line": (200, 5), "share": (7, 1)}
"""Kind → the most labels and series that can be told apart on a page."""
WHOLE = Decimal(100)
_FORM_WORDS = {
    "bar": ("条形图", "A bar chart"),
    "line": ("折线图", "A line chart"),
    "share": ("构成图", "A share chart"),
}
_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/~]|.*[\\\0]")


class ChartReader:
    """Reads the charts of one file; CSV files are looked for in the issue's ``folder``."""

    def __init__(self, context: Context, source: Source, values: Validator, folder: Path) -> None:
        self.context = context
        self.source = source
        self.values = values
        self.folder = folder

    def read(self, node: SyntaxTreeNode, place: Place) -> Chart | None:
        """The chart of a fence, or None after reporting what is amiss."""
        errors = self.context.findings.errors
        first = (node.map[0] if node.map else 0) + 2
        value = parse_yaml(node.content, self.source.file, self.context.findings, first_line=first)
        if not isinstance(value, YamlMapping):
            if self.context.findings.errors == errors:
                self._report_form(place)
            return None
        if (slip := misplaced_values(value)) is not None:
            self.context.report(rules.CHART_DATA, slip[0], **slip[1])
            return None
        fields = self.values.mapping(value, CHART)
        given = value.get("values")
        if self.context.findings.errors > errors:
            return None
        path: Path | None = None
        table: ChartTable | None
        if (given is None) == ("data" not in fields):
            self._report_neither(place, both=given is not None)
            return None
        names = fields.pop("series", ())
        if isinstance(given, YamlMapping):
            table = table_of_yaml(self.context, given, names if isinstance(names, tuple) else ())
        else:
            data_node = value.get("data")
            where = data_node.place if data_node is not None else place
            path = self._csv(str(fields["data"]), where)
            data = (
                None
                if path is None
                else b""
                if is_spreadsheet(path.name)
                else read_bytes(path, self.context.findings, MAX_CSV)
            )
            table = None if path is None or data is None else table_of_csv(self.context, path, data)
        if table is None:
            return None
        unit = fields.get("unit")
        columns = table.numbers(self.context, unit if isinstance(unit, str) else None)
        if columns is None:
            return None
        form = str(fields.pop("kind"))
        if not self._fits(form, table, columns, unit, place):
            return None
        fields.pop("values", None)
        several = table.names or (None,) * len(columns)
        series = tuple(ChartSeries(name=n, values=c) for n, c in zip(several, columns, strict=True))
        labels = tuple(row.label.text for row in table.rows)
        return Chart.model_validate(
            {**fields, "form": form, "labels": labels, "series": series, "data": path, "place": place}
        )

    def _report_form(self, place: Place) -> None:
        words = {"reason_zh": "里面没有「字段: 内容」", "reason": "there are no keys in it"}
        hint = {"remedy_zh": "照内容格式说明里的例子写", "remedy_en": "Write it as the content guide shows"}
        self.context.report(rules.CHART_DATA, place, **words, **hint)

    def _report_neither(self, place: Place, *, both: bool) -> None:
        if both:
            words = {"reason_zh": "values 和 data 只能写一样", "reason": "values and data exclude each other"}
        else:
            words = {"reason_zh": "没有写 values，也没有写 data", "reason": "neither values nor data is given"}
        hint = {
            "remedy_zh": "把数写在 values 下面，如「2016: 7.31」，或用 data 指定一个 CSV 文件",
            "remedy_en": "Write the numbers under `values`, such as `2016: 7.31`, or name a CSV file with `data`",
        }
        self.context.report(rules.CHART_DATA, place, **words, **hint)

    def _csv(self, name: str, place: Place) -> Path | None:
        """The absolute path of the file, or None after reporting why not."""
        if _OUTSIDE.match(name):
            words = {
                "reason_zh": f"「{name[:60]}」不是这一期文件夹里的路径",
                "reason": f"“{name[:60]}” is no path in it",
            }
            self._report_path(place, words)
            return None
        path = check_confined(Path(name), self.folder, place, self.context.findings)
        if path is None or path.is_file():
            return path
        there = [found.relative_to(self.folder).as_posix() for found in sorted(self.folder.rglob("*.[cC][sS][vV]"))]
        near = difflib.get_close_matches(name, there, n=1, cutoff=0.4)
        guess = (f"；是不是「{near[0]}」？", f"; did you mean “{near[0]}”?") if near else ("", "")
        words = {"reason_zh": f"没有「{name[:60]}」这个文件{guess[0]}", "reason": f"no file “{name[:60]}”{guess[1]}"}
        self._report_path(place, words)
        return None

    def _report_path(self, place: Place, words: dict[str, str]) -> None:
        hint = {
            "remedy_zh": "把 CSV 文件放进这一期的 images 文件夹，写作 data: images/名称.csv",
            "remedy_en": "Put the CSV file into the issue's images folder and write data: images/name.csv",
        }
        self.context.report(rules.CHART_DATA, place, **words, **hint)

    def _fits(
        self,
        form: str,
        table: ChartTable,
        columns: tuple[tuple[Decimal | None, ...], ...],
        unit: object,
        place: Place,
    ) -> bool:
        """Whether such numbers make such a chart; reports when not."""
        amiss = _misfit(form, len(table.rows), columns, unit)
        if amiss is None:
            return True
        reason_zh, reason, remedy_zh, remedy = amiss
        where = table.place if table.place.file != self.source.file else place
        words = {"reason_zh": reason_zh, "reason": reason, "remedy_zh": remedy_zh, "remedy_en": remedy}
        self.context.report(rules.CHART_FIT, where, **words)
        return False


def _misfit(
    form: str, rows: int, columns: tuple[tuple[Decimal | None, ...], ...], unit: object
) -> tuple[str, str, str, str] | None:
    """Why the numbers do not fit (Chinese, English) and what to do (Chinese, English); None when they do."""
    name_zh, name = _FORM_WORDS[form]
    labels, series = MOST[form]
    if rows > labels:
        return (
            f"{name_zh}最多 {labels} 项，这里有 {rows} 项",
            f"{name} has {labels} labels at most, these are {rows}",
            "合并小的项目，或改用别的图、表格",
            "Join the small ones, or choose another kind or a table",
        )
    if len(columns) > series:
        return (
            f"{name_zh}最多 {series} 个系列，这里有 {len(columns)} 个",
            f"{name} has {series} series at most, these are {len(columns)}",
            "分成几张图，或改用表格",
            "Make several charts, or a table",
        )
    if form == "line" and any(sum(value is not None for value in column) < 2 for column in columns):
        return ("折线至少要有两个数", "a line needs two numbers", "改用 kind: bar", "Use kind: bar")
    if any(all(value is None for value in column) for column in columns):
        return ("有一个系列没有数", "a series has no number", "删去这个系列", "Remove the series")
    return _no_whole(rows, columns[0], unit) if form == "share" else None


def _no_whole(rows: int, values: tuple[Decimal | None, ...], unit: object) -> tuple[str, str, str, str] | None:
    known = [value for value in values if value is not None]
    if rows < 2 or len(known) < rows or min(known) < 0 or not sum(known):
        return (
            "构成图的各项要有数、不为负，而且不止一项",
            "the parts of a whole are several, known and not negative",
            "改用 kind: bar，或补上缺的数",
            "Use kind: bar, or fill in what is missing",
        )
    whole = sum(known)
    if unit == "%" and abs(whole - WHOLE) > Decimal("0.1") * rows:
        return (
            f"各项百分数合计 {whole:f}%，不是 100%",
            f"the percentages add up to {whole:f}%, not 100%",
            "核对数字，或补上「其他」一项",
            "Check the numbers, or add a part for the rest",
        )
    return None
