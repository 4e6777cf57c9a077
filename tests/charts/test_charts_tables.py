"""Numbers of a chart from a CSV file or from YAML: what is read, and that nothing makes the reader fall over."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.reader.charttable import Cell, number, table_of_csv
from newsletter_pdf.reader.context import Context

HERE = Path("images/a.csv")
TEXT = '年份,线下,线上\r\n2024,300,"1,410"\r\n2025,-,520\r\n\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_a_table_is_read_as_excel_and_wps_write_it(encoding: str, delimiter: str) -> None:
    """Each encoding and delimiter of theirs, with a quoted thousands comma and a missing number."""
    text = TEXT.replace('"1,410"', "1410") if delimiter != "," else TEXT
    context = Context(Findings())
    table = table_of_csv(context, HERE, text.replace(",", delimiter).encode(encoding))
    assert table is not None
    assert table.names == ("线下", "线上")
    assert [(row.label.text, row.label.place.line) for row in table.rows] == [("2024", 2), ("2025", 3)]
    assert table.numbers(context, None) == ((Decimal(300), None), (Decimal(1410), Decimal(520)))
    assert len(context.findings) == 0


@given(st.binary(max_size=300) | st.text(max_size=120).map(lambda text: text.encode("utf-8", "replace")))
def test_any_bytes_are_a_table_or_a_finding(data: bytes) -> None:
    """No exception; without numbers there is a finding that tells why."""
    context = Context(Findings())
    table = table_of_csv(context, HERE, data)
    numbers = table.numbers(context, None) if table is not None else None
    assert (numbers is None) == bool(context.findings.errors)


@pytest.mark.parametrize(
    ("text", "unit", "found"),
    [
        ("7.31", None, "7.31"),
        ("１２", None, "12"),
        ("-2", None, "-2"),
        ("−2", None, "-2"),
        ("12,000", None, "12000"),
        ("53.2%", "%", "53.2"),
        ("007", None, "7"),
    ],
)
def test_numbers_are_read_as_people_write_them(text: str, unit: str | None, found: str) -> None:
    """Full-width figures, signs, thousands, and the per cent sign where that is the unit."""
    context = Context(Findings())
    assert number(context, Cell(text, Place(HERE, 1)), unit) == Decimal(found)
    assert len(context.findings) == 0


@pytest.mark.parametrize("text", ["约7亿", "7亿", "1e5", "12,00", "53.2%", "1.2.3", "nan", "1" * 20, "0x1f", "三"])
def test_what_is_no_number_is_a_finding(text: str) -> None:
    """Nothing is guessed."""
    context = Context(Findings())
    assert number(context, Cell(text, Place(HERE, 1)), None) is None
    assert [finding.code for finding in context.findings] == ["N217"]


@pytest.mark.parametrize("text", ["", " ", "-", "—", "——", "…", "……"])
def test_a_dash_or_nothing_is_a_missing_number(text: str) -> None:
    """As statistical tables write it."""
    context = Context(Findings())
    assert number(context, Cell(text, Place(HERE, 1)), None) is None
    assert len(context.findings) == 0
