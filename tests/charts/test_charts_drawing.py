"""The drawing of a chart: lengths are those of the numbers, words keep apart and inside, heights are on the grid."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.chartdata import Chart, ChartForm, ChartSeries
from newsletter_pdf.charts import ChartStyle, Drawing, draw, sentence
from newsletter_pdf.charts.numerals import Numerals, moments, ticks
from newsletter_pdf.findings import Place

STYLE = ChartStyle(448, 28, 11, accent="#9b1c1f", ink="#1f1d1a", soft="#6b655c", line="#c9c2b6", family="'NL Sans'")
_SVG = "{http://www.w3.org/2000/svg}"


def chart(form: ChartForm, rows: dict[str, object], unit: str | None = None, names: tuple[str, ...] = ()) -> Chart:
    """A chart of ``rows``: label → a number or a list of them, None where none is known."""
    columns = zip(*[row if isinstance(row, list) else [row] for row in rows.values()], strict=True)
    values = [tuple(None if n is None else Decimal(str(n)) for n in column) for column in columns]
    series = tuple(
        ChartSeries(name=names[index] if names else None, values=column) for index, column in enumerate(values)
    )
    return Chart(form=form, title="人数", unit=unit, labels=tuple(rows), series=series, place=Place(Path("a.md"), 1))


def shapes(drawing: Drawing, name: str) -> list[ET.Element]:
    """All shapes of one kind, in order of drawing."""
    return list(ET.fromstring(drawing.svg).iter(_SVG + name))  # noqa: S314 # made here


def words(drawing: Drawing) -> list[str]:
    """What is written in the drawing."""
    return [element.text or "" for element in shapes(drawing, "text")]


def spans(drawing: Drawing) -> list[tuple[float, float, float, str]]:
    """Foot, left, right and words of each text, as wide as the drawing reckons."""
    found = []
    for element in shapes(drawing, "text"):
        text, x = element.text or "", float(element.get("x", ""))
        room = STYLE.room(text, bold=element.get("font-weight") == "700")
        left = x - {"start": 0.0, "middle": room / 2, "end": room}[element.get("text-anchor", "start")]
        found.append((float(element.get("y", "")), left, left + room, text))
    return found


SAMPLES = {
    "columns": chart("bar", {"2016": "7.31", "2018": "8.29", "2020": "9.89"}, "亿人"),
    "columns with a scale": chart("bar", {f"{2000 + n // 12}-{n % 12 + 1:02}": 10000 + n for n in range(40)}, "件"),
    "bars": chart("bar", {"即时通信": "10.81", "网络视频（含短视频）": "10.7", "搜索": "8.78"}, "亿人"),
    "bars of two": chart(
        "bar", {"会费": [120, 131], "很长很长很长很长很长的一个名称还要更长": [-12, None]}, "万元", ("预算", "决算")
    ),
    "line": chart("line", {"2016-12": "7.31", "2017-12": "7.72", "2024-12": "11.08"}, "亿人"),
    "lines": chart(
        "line", {"2016": ["69.1", "33.1"], "2020": ["79.8", "55.9"], "2023": ["83.3", "83.1"]}, "%", ("城镇", "农村")
    ),
    "share": chart("share", {"10岁以下": "3.8", "10—19岁": "13.9", "20—59岁": "61.3", "60岁及以上的人": "21.0"}, "%"),
    "share of seven": chart("share", {f"第{n}个相当长的项目名称": n * n for n in range(1, 8)}, "万元"),
}


@pytest.fixture(params=SAMPLES, ids=list(SAMPLES))
def sample(request: pytest.FixtureRequest) -> Chart:
    """Each kind of drawing in turn."""
    return SAMPLES[request.param]


def test_a_drawing_is_whole_half_lines_high(sample: Chart) -> None:
    """So that the text after it is on the line grid."""
    drawing = draw(sample, STYLE)
    assert float(ET.fromstring(drawing.svg).get("height", "").removesuffix("pt")) == drawing.halves * 14  # noqa: S314 # made here


def test_words_stay_inside_and_off_each_other(sample: Chart) -> None:
    """No text leaves the drawing; two whose feet are less than a type size apart do not meet."""
    drawing = draw(sample, STYLE)
    texts = spans(drawing)
    assert texts
    for foot, left, right, text in texts:
        assert left >= -0.01, text
        assert right <= 448.01, text
        assert STYLE.size * 0.7 <= foot <= drawing.halves * 14 - 1, text
    for index, (foot, left, right, text) in enumerate(texts):
        for other_foot, other_left, other_right, other in texts[index + 1 :]:
            if abs(foot - other_foot) < STYLE.size * 0.8:
                assert right <= other_left + 0.01 or other_right <= left + 0.01, (text, other)


def test_bars_and_parts_stay_inside(sample: Chart) -> None:
    """No rectangle leaves the drawing, and none is turned inside out."""
    drawing = draw(sample, STYLE)
    for bar in shapes(drawing, "rect"):
        x, y, width, height = (float(bar.get(name, "")) for name in ("x", "y", "width", "height"))
        assert width >= 0
        assert height >= 0
        assert -0.01 <= x <= x + width <= 448.01
        assert -0.01 <= y <= y + height <= drawing.halves * 14 + 0.01


def test_every_label_or_number_of_a_small_chart_is_written() -> None:
    """A reader of the page sees each number of bars and shares beside its name."""
    for name in ("columns", "bars", "bars of two"):
        sample = SAMPLES[name]
        said = "".join(words(draw(sample, STYLE)))
        for series in sample.series:
            for value in series.values:
                assert value is None or f"{abs(value)}" in said
        assert all(label in said for label in sample.labels)


def test_bars_are_as_long_as_their_numbers() -> None:
    """Lengths are in the proportion of the numbers; a negative one lies on the other side of the line."""
    bars = shapes(draw(chart("bar", {"甲": 40, "乙": 10, "丙": -20}), STYLE), "rect")
    widths = [float(bar.get("width", "")) for bar in bars]
    assert widths[0] == pytest.approx(4 * widths[1], abs=0.05)
    assert widths[0] == pytest.approx(2 * widths[2], abs=0.05)
    assert float(bars[2].get("x", "")) + widths[2] == pytest.approx(float(bars[0].get("x", "")), abs=0.02)


def test_columns_begin_at_nought() -> None:
    """Standing bars are in the proportion of the numbers too, all on one line, never cut."""
    bars = shapes(draw(chart("bar", {"2020": 90, "2021": 100}), STYLE), "rect")
    heights = [float(bar.get("height", "")) for bar in bars]
    feet = {round(float(bar.get("y", "")) + float(bar.get("height", "")), 1) for bar in bars}
    assert heights[0] == pytest.approx(0.9 * heights[1], abs=0.02)
    assert len(feet) == 1


def test_the_parts_of_a_whole_fill_the_measure_in_order() -> None:
    """The strip is as wide as the measure, each part in its proportion; the tints grow lighter and differ in grey."""
    parts = shapes(draw(chart("share", {"甲": 50, "乙": 30, "丙": 20}, "%"), STYLE), "rect")
    assert [float(part.get("x", "")) for part in parts] == pytest.approx([0, 224, 358.4])
    greys = [sum(bytes.fromhex(part.get("fill", "")[1:])) / 3 for part in parts]
    assert all(lighter - darker > 25 for darker, lighter in pairwise(greys))


def test_numbers_that_are_no_shares_are_told_with_their_share() -> None:
    """120 of 200 is printed with 60.0%."""
    assert words(draw(chart("share", {"甲": 120, "乙": 80}), STYLE)) == ["60.0%", "甲", "120", "40.0%", "乙", "80"]


def test_the_grid_lines_of_a_scale_are_a_line_apart() -> None:
    """The hairlines stand on the grid of the text."""
    paths = [path.get("d", "") for path in shapes(draw(SAMPLES["lines"], STYLE), "path")]
    rules = [re.fullmatch(r"M([\d.]+) ([\d.]+)L([\d.]+) \2", d) for d in paths]
    ys = sorted({float(match[2]) for match in rules if match})
    assert len(ys) >= 4
    assert all(below - above == pytest.approx(28) for above, below in pairwise(ys))


def test_lines_are_named_at_their_ends_and_told_apart_without_colour() -> None:
    """Each name stands beside its line's last number; no two lines have one width and dash."""
    drawing = draw(SAMPLES["lines"], STYLE)
    assert {"城镇 83.3%", "农村 83.1%"} <= set(words(drawing))
    strokes = [
        (p.get("stroke-width"), p.get("stroke-dasharray"))
        for p in shapes(drawing, "path")
        if p.get("d", "").count("L") > 1
    ]
    assert len(set(strokes)) == 2


def test_moments_stand_where_they_fall_in_time() -> None:
    """Seven years take seven times the room of one."""
    (line,) = (p.get("d", "") for p in shapes(draw(SAMPLES["line"], STYLE), "path") if p.get("d", "").count("L") == 2)
    first, second, third = (float(x) for x in re.findall(r"[ML]([\d.]+) ", line))
    assert third - second == pytest.approx(7 * (second - first), abs=0.1)


def test_a_gap_in_the_numbers_is_a_gap_in_the_line() -> None:
    """Nothing is drawn across a number that is not known."""
    drawing = draw(chart("line", {"一": 1, "二": 2, "三": None, "四": 4, "五": 5}), STYLE)
    drawn = [p for p in shapes(drawing, "path") if p.get("stroke") == "#9b1c1f"]
    assert len(drawn) == 2


def test_what_is_written_in_a_drawing_is_no_markup() -> None:
    """A label with signs of XML is text."""
    assert 'a<b>&"c"' in words(draw(chart("bar", {'a<b>&"c"': 1, "乙": 2}), STYLE))


_NUMBERS = st.decimals(min_value=-(10**15), max_value=10**15, places=3) | st.integers(-50, 50).map(Decimal)


@given(
    form=st.sampled_from(("bar", "line")),
    labels=st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=40),
        min_size=2,
        max_size=12,
        unique=True,
    ),
    data=st.data(),
)
def test_any_numbers_and_names_make_a_drawing(form: ChartForm, labels: list[str], data: st.DataObject) -> None:
    """Whatever the reader lets through is drawn, with finite lengths, and can be told in words."""
    values = data.draw(st.lists(st.none() | _NUMBERS, min_size=len(labels), max_size=len(labels)))
    values[0] = values[0] or Decimal(0)
    values[-1] = values[-1] or Decimal(0)
    drawn = chart(form, dict(zip(labels, values, strict=True)), "人")
    drawing = draw(drawn, STYLE)
    assert drawing.halves > 0
    assert not re.search(r"\\b(?:nan|inf)\\b", re.sub(r">[^<]*<", "><", drawing.svg))
    assert sentence(drawn).endswith("。")


@given(values=st.lists(st.integers(0, 10**9), min_size=2, max_size=7).filter(sum))
def test_the_parts_of_any_whole_fill_the_measure(values: list[int]) -> None:
    """Nothing is wider than the measure, and the words keep their order."""
    drawing = draw(chart("share", {f"项{n}": value for n, value in enumerate(values)}, "元"), STYLE)
    ends = [float(part.get("x", "")) + float(part.get("width", "")) for part in shapes(drawing, "rect")]
    assert max(ends) <= 448.31
    starts = [left for _, left, _, text in spans(drawing) if text.startswith("项")]
    assert starts == sorted(starts)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("columns", "柱形图：人数（单位：亿人）。2016，7.31；2018，8.29；2020，9.89。"),
        (
            "lines",
            "折线图：人数。城镇：2016，69.1%；2020，79.8%；2023，83.3%。农村：2016，33.1%；2020，55.9%；2023，83.1%。",
        ),
        (
            "bars of two",
            "条形图：人数（单位：万元）。预算：会费，120；很长很长很长很长很长的一个名称还要更长，−12。决算：会费，131；很长很长很长很长很长的一个名称还要更长，无数据。",
        ),
    ],
)
def test_the_sentence_tells_every_number_of_a_small_chart(name: str, said: str) -> None:
    """Kind, title, unit, then label and number in turn."""
    assert sentence(SAMPLES[name]) == said


def test_the_sentence_of_a_long_chart_tells_its_ends_and_extremes() -> None:
    """Forty numbers are not read out."""
    said = sentence(SAMPLES["columns with a scale"])
    assert "共 40 个数，从2000-01的 10,000 到2003-04的 10,039" in said
    assert len(said) < 120


@given(
    low=st.floats(-1e9, 1e9, allow_nan=False),
    span=st.floats(1e-4, 1e9, allow_nan=False),
    most=st.integers(3, 8),
)
def test_a_scale_holds_all_numbers_in_even_round_steps(low: float, span: float, most: int) -> None:
    """From under the least to over the most, in no more steps than asked."""
    steps = ticks(low, low + span, most)
    size = steps[1] - steps[0]
    assert 1 <= len(steps) - 1 <= most
    assert all(b - a == size for a, b in pairwise(steps))
    assert float(steps[0]) <= low + float(size) * 1e-6
    assert float(steps[-1]) >= low + span - float(size) * 1e-6
    assert size.normalize().as_tuple().digits in {(1,), (2,), (2, 5), (5,)}


def test_numbers_are_printed_alike() -> None:
    """As many decimals as the most exact, thousands apart when any number is long, per cent at the number."""
    assert Numerals([Decimal("7.3"), Decimal("11.08")], None).text(Decimal("7.3")) == "7.30"
    assert Numerals([Decimal(12000), Decimal(-900)], "人").text(Decimal(-900)) == "−900"
    assert Numerals([Decimal(12000)], "人").text(Decimal(12000)) == "12,000"
    assert Numerals([Decimal("5.5")], "%").text(Decimal("5.5")) == "5.5%"


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (("2016", "2017年"), [2016.0, 2017.0]),
        (("2020-03", "2020年9月"), [2020 + 2 / 12, 2020 + 8 / 12]),
        (("2024年一季度", "2024Q3"), [2024.0, 2024.5]),
        (("2017", "2016"), None),
        (("北京", "2016"), None),
        (("2016-13", "2017-01"), None),
    ],
)
def test_labels_that_are_moments_are_known(labels: tuple[str, ...], found: list[float] | None) -> None:
    """Years, months and quarters that ascend; anything else is a name."""
    assert moments(labels) == (None if found is None else pytest.approx(found))
