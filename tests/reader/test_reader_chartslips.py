"""Charts whose data are written nearly right: the finding tells what to change."""

from pathlib import Path

import pytest
from reader_samples import Reader

_CHART = "### 文\n\n```chart\nkind: bar\ntitle: 网民\n{}\n```\n"


@pytest.mark.parametrize(
    ("data", "found", "reason"),
    [
        ("values:\n2016: 7.31\n2017: 7.72", "N216 01-news.md:10:1", "values 下面的各行没有缩进"),
        ("values:\n- 2016: 7.31\n- 2017: 7.72", "N216 01-news.md:10:1", "values 下面的各行前面多了减号"),
        ("values:\n  2016：7.31\n  2017：7.72", "N216 01-news.md:10:3", "values 里的冒号要用英文的"),
    ],
)
def test_rows_in_the_wrong_form_are_one_mistake(read: Reader, data: str, found: str, reason: str) -> None:
    """Not indented, as a list, or with Chinese colons: told once, with the reason."""
    outcome = read(_CHART.format(data))
    assert outcome.found == [found]
    assert next(iter(outcome.findings)).message_zh.endswith(reason)


def test_an_unknown_field_beside_values_is_still_told_by_its_name(read: Reader) -> None:
    """Only below an empty ``values`` are unknown fields taken for its rows."""
    outcome = read(_CHART.format("colour: red\nvalues:\n  2016: 7.31"))
    assert outcome.found == ["N201 01-news.md:9:1"]


@pytest.mark.parametrize("name", ["a.xlsx", "a.XLS", "a.et", "a.csv"])
def test_a_spreadsheet_as_data_is_named_as_such(read: Reader, folder: Path, name: str) -> None:
    """By its name or its first bytes, whatever its size."""
    (folder / "images" / name).write_bytes(b"PK\x03\x04" + b"\0" * (300_000 if name == "a.xlsx" else 20))
    outcome = read(_CHART.format(f"data: images/{name}"))
    assert outcome.found == [f"N216 {name}"]
    assert "不是 CSV" in next(iter(outcome.findings)).message_zh


@pytest.mark.parametrize("label", ["合计", "总计（件）", "小 计", "Total"])
def test_a_row_with_the_total_is_warned_of(read: Reader, label: str) -> None:
    """In YAML and in CSV, at the row; the chart is drawn all the same, as it may be meant."""
    written = read(_CHART.format(f"values:\n  甲: 1\n  乙: 2\n  {label}: 3"))
    assert written.found == ["N248 01-news.md:12:3"]
    filed = read(_CHART.format("data: images/a.csv"), {"images/a.csv": f"年,数\n甲,1\n乙,2\n{label},3\n"})
    assert filed.found == ["N248 a.csv:4"]
    assert filed.article.blocks


def test_other_labels_are_no_totals(read: Reader) -> None:
    """Words that only hold one of them."""
    assert read(_CHART.format("values:\n  会计: 1\n  合计划: 2\n  总和平: 3")).found == []
