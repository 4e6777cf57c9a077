"""Each measure finds what was set wrong on purpose, and nothing in what was set right."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from setting_paper import MEASURE, Measured, Paragraph, Put, full, han, spread

from newsletter_pdf.verify.setting import Key, Setting


def counts(setting: Setting) -> dict[Key, int]:
    """The measures that found something."""
    return {row.key: row.count for row in setting.rows if row.count}


def para(*lines: Put | str) -> Paragraph:
    """A paragraph that begins and ends with whole sound lines."""
    return Paragraph([Put(han(18), indent=2), *lines, han(20, 5), han(7)])


@pytest.mark.parametrize("tagged", [True, False])
def test_sound_setting_has_no_misses(measured: Measured, tagged: bool) -> None:
    """Whole lines at natural width pass every measure, with tags and without, and the type area is found."""
    setting = measured(tagged=tagged)
    assert counts(setting) == {}
    assert setting.good
    facts = setting.facts
    assert (facts.paragraphs, facts.lines, facts.justified, facts.tagged) == (3, 12, 9, tagged)
    assert (facts.size, facts.measure, facts.pitch) == pytest.approx((10, 200, 20))


@pytest.mark.parametrize("tagged", [True, False])
def test_a_short_line_is_off_the_edge(measured: Measured, tagged: bool) -> None:
    """A line one character short inside a paragraph counts, and how much it lacks is told; last lines do not."""
    setting = measured(para(han(19)), tagged=tagged)
    assert counts(setting) == {Key.OFF_EDGE: 1}
    spot = setting.row(Key.OFF_EDGE).worst[0]
    assert spot.page == 1
    assert spot.text == han(19)
    assert spot.amount == pytest.approx(-1)


@pytest.mark.parametrize(("off", "found"), [(0.015, 0), (-0.015, 0), (0.03, 1), (-0.03, 1)])
def test_the_edge_is_kept_to_a_fiftieth_of_an_em(measured: Measured, off: float, found: int) -> None:
    """A hundredth of an em off passes, three hundredths do not, on either side."""
    assert measured(para(spread(han(20), width=MEASURE + off))).row(Key.OFF_EDGE).count == found


def test_a_mark_at_the_line_end_counts_half(measured: Measured) -> None:
    """A full-width comma whose ink half ends at the edge is on it; one that fills its em before it is half off."""
    half = spread(han(19) + "，", width=MEASURE + 0.5)
    assert measured(para(half)).row(Key.OFF_EDGE).count == 0
    row = measured(para(han(19) + "，")).row(Key.OFF_EDGE)
    assert row.count == 1
    assert row.worst[0].amount == pytest.approx(-0.5)


def test_a_comma_may_hang_but_a_bracket_may_not(measured: Measured) -> None:
    """A comma wholly outside the type area is 标点悬挂; a bracket there is off the edge."""
    assert measured(para(han(20) + "，")).row(Key.OFF_EDGE).count == 0
    assert measured(para(han(20) + "）")).row(Key.OFF_EDGE).count == 1


def test_centred_stops_of_traditional_chinese_count_whole(measured: Measured) -> None:
    """In zh-Hant a full stop stands in the middle of its em, so its em ends at the edge."""
    line = han(19) + "。"
    assert measured(para(line), language="zh-Hant").row(Key.OFF_EDGE).count == 0
    assert measured(para(line), language="zh-Hans").row(Key.OFF_EDGE).count == 1


@pytest.mark.parametrize(("characters", "loose", "very"), [(19, 0, 0), (18, 1, 0), (17, 1, 1)])
def test_stretched_lines_are_counted_by_how_much(measured: Measured, characters: int, loose: int, very: int) -> None:
    """Lines of 19, 18 and 17 characters spread over 20 em have gaps of 0.06, 0.12 and 0.19 em."""
    setting = measured(para(spread(han(characters))))
    assert (setting.row(Key.LOOSE).count, setting.row(Key.VERY_LOOSE).count) == (loose, very)
    assert setting.row(Key.OFF_EDGE).count == 0


def test_limits_are_those_of_the_table(measured: Measured) -> None:
    """One line of a few very loose ones passes, the share of loose ones does not, and both are told."""
    setting = measured(para(spread(han(17))))
    assert setting.row(Key.VERY_LOOSE).passed
    assert not setting.row(Key.LOOSE).passed
    assert not setting.good


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.floats(-0.08, 0.5), min_size=1, max_size=6))
def test_stretch_is_measured_as_it_was_set(measured: Measured, stretches: list[float]) -> None:
    """Whatever lines are stretched or squeezed by, the same comes out."""
    setting = measured(*(para(Put(han(18), stretch=stretch)) for stretch in stretches))
    expected = sum(stretch > 0.08 for stretch in stretches)
    near = any(abs(stretch - 0.08) < 1e-4 for stretch in stretches)
    row = setting.row(Key.LOOSE)
    assert near or row.count == expected
    if expected and not near:
        assert row.worst[0].amount == pytest.approx(max(stretches), abs=1e-3)


@pytest.mark.parametrize(("last", "found"), [("天", 1), ("天。", 1), ("天。）", 1), ("天地。", 0), ("AI", 0)])
def test_a_lone_character_ends_a_paragraph(measured: Measured, last: str, found: int) -> None:
    """One character is lone, with marks or without; two are not."""
    setting = measured(Paragraph([Put(han(18), indent=2), han(20), last]))
    assert setting.row(Key.LONE).count == found


def test_a_note_call_is_no_company_for_a_lone_character(measured: Measured) -> None:
    """「天①。」 with a raised call is still one character."""
    last = Put("天①。", small=frozenset({1}))
    assert measured(Paragraph([Put(han(18), indent=2), han(20), last])).row(Key.LONE).count == 1


def test_a_paragraph_of_one_line_has_no_lone_character(measured: Measured) -> None:
    """A paragraph may be one character."""
    assert measured(Paragraph([Put("天", indent=2)])).row(Key.LONE).count == 0


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (han(20), "，" + han(19)),
        (han(20), "）" + han(19)),
        (han(20), "”" + han(19)),
        (han(20), "·" + han(19)),
        (han(20), "—" + han(19)),
        (han(20), "～" + han(19)),
        (han(20), "々" + han(19)),
        (han(20), "ョ" + han(19)),
        (han(20), "％" + han(19)),
        (han(19) + "（", han(20)),
        (han(19) + "《", han(20)),
        (han(19) + "“", han(20)),
        (han(19) + "￥", han(20)),
        (han(20), ")" + han(19)),
    ],
)
def test_forbidden_line_starts_and_ends(measured: Measured, above: str, below: str) -> None:
    """Each kind of mark is found where it may not stand, once."""
    row = measured(para(above, below)).row(Key.FORBIDDEN)
    assert row.count == 1
    assert f"{above[-1]}|{below[0]}" in row.worst[0].text


def test_a_note_call_may_not_begin_a_line(measured: Measured) -> None:
    """A raised figure at the start of a line has lost its word; a figure of the text's size may stand there."""
    called = Put("①" + han(19), small=frozenset({0}))
    assert measured(para(han(20), called)).row(Key.FORBIDDEN).count == 1
    assert measured(para(han(20), "①" + han(19))).row(Key.FORBIDDEN).count == 0


def test_an_address_may_break_before_a_stop(measured: Measured) -> None:
    """Inside a Latin word a stop at the line's start is the word's own."""
    row = measured(para(han(12) + "http://example", ".org" + han(18))).row(Key.FORBIDDEN)
    assert row.count == 0


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (han(19) + "—", "—" + han(19)),
        (han(19) + "…", "…" + han(19)),
        (han(18) + "2026", "年" + han(19)),
        (han(18) + "20", "26年" + han(18)),
        (han(18) + "1,", "200" + han(18)),
        (han(18) + "3.6", "亿" + han(19)),
        (han(18) + "20 ", "km" + han(19)),
        (han(19) + "5", "GB" + han(19)),
        (han(19) + "8", "%" + han(19)),
        (han(18) + "第3", "期" + han(19)),
        (han(19) + "第", "二十一条" + han(16)),
        (han(18) + "第二", "十一章" + han(17)),
    ],
)
def test_broken_pairs_are_found(measured: Measured, above: str, below: str) -> None:
    """Dashes, ellipses, figures, numbers with units and ordinals are found when a line ends inside them."""
    assert measured(para(above, below)).row(Key.BROKEN).count == 1


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (han(19) + "—", han(20)),
        (han(18) + "2026", "宇" + han(19)),
        (han(18) + "20", "years" + han(17)),
        (han(18) + "第3期", han(20)),
        (han(20), "第3期" + han(17)),
        (han(18) + "ISO", "27001" + han(17)),
    ],
)
def test_whole_pairs_are_left_alone(measured: Measured, above: str, below: str) -> None:
    """A line may end after a number, a dash or an ordinal."""
    assert measured(para(above, below)).row(Key.BROKEN).count == 0


@pytest.mark.parametrize(
    ("pair", "trimmed", "found"),
    [("。（", 0.0, 1), ("。（", -0.5, 0), ("）。", 0.0, 1), ("《“", 0.0, 1), ("》《", -0.49, 0), ("（）", 0.0, 0)],
)
def test_adjacent_marks(measured: Measured, pair: str, trimmed: float, found: int) -> None:
    """Two marks at full width are too wide, with half an em taken out they are not; 「（）」 has no blank inside."""
    line = spread(han(9) + pair + han(9), more={10: trimmed})
    row = measured(para(line)).row(Key.WIDE_MARKS)
    assert (row.total, row.count) == (0 if pair == "（）" else 1, found)


@pytest.mark.parametrize(("gap", "found"), [(0.0, 2), (0.05, 2), (0.1, 0), (0.25, 0)])
def test_gaps_between_han_and_latin(measured: Measured, gap: float, found: int) -> None:
    """Both sides of a Latin word are looked at; a tenth of an em is enough."""
    line = Put(han(8) + "PDF" + han(10), more={8: gap, 11: gap})
    row = measured(para(line)).row(Key.NO_GAP)
    assert (row.total, row.count) == (2, found)


def test_no_gap_is_asked_for_at_a_mark_or_a_line_end(measured: Measured) -> None:
    """Latin beside a full-width mark, and at the end or start of a line, needs none."""
    row = measured(para("（PDF），" + han(10) + "PDF", "PDF，" + han(15))).row(Key.NO_GAP)
    assert (row.total, row.count) == (1, 1)  # only 汉|PDF inside the first line


def test_a_typed_space_is_a_gap(measured: Measured) -> None:
    """A space character between Han and Latin leaves enough room."""
    assert measured(para(han(8) + " PDF " + han(9))).row(Key.NO_GAP).count == 0


def test_lines_off_the_grid(measured: Measured) -> None:
    """Two points below the grid is off it, and half a line below is not, but counted."""
    lines = [Put(han(18), indent=2, down=2), Put(han(20), down=10), han(7)]
    setting = measured(Paragraph(lines))
    row = setting.row(Key.OFF_GRID)
    assert row.count == 1
    assert row.worst[0].amount == pytest.approx(-2)
    assert setting.facts.half_lines == 1


def test_only_text_pages_keep_to_the_grid(measured: Measured) -> None:
    """A cover, with lines set one by one, has no grid to keep to; ragged lines among justified text have."""
    text = Paragraph(full(5), align="Justify")
    off = [Put(han(9), down=3), Put(han(8), down=3), Put(han(7), down=3)]
    assert measured(text, Paragraph(off)).row(Key.OFF_GRID).count == 3
    assert measured(text, Paragraph(["", *off], page_break=1)).row(Key.OFF_GRID).count == 0


def test_smaller_text_has_a_grid_of_its_own(measured: Measured) -> None:
    """Headings do not keep to the grid of the text."""
    setting = measured(Paragraph([Put(han(10), down=3)], tag="H1"))
    assert setting.row(Key.OFF_GRID).count == 0


def test_a_paragraph_over_a_page_break_is_one(measured: Measured) -> None:
    """The last line before the break is a justified line like any other, and the break makes no lone character."""
    setting = measured(Paragraph([Put(han(18), indent=2), han(20), han(19), han(20), han(7)], page_break=3))
    assert counts(setting) == {Key.OFF_EDGE: 1}
    whole = measured(Paragraph([Put(han(18), indent=2), han(20), han(20), han(1)], page_break=3))
    assert whole.facts.pages == 2
    assert whole.facts.paragraphs == 4
    assert counts(whole) == {Key.LONE: 1}


def test_paragraphs_on_both_sides_of_a_page_break_stay_two(measured: Measured) -> None:
    """A full last line followed by an indented first line on the next page are two paragraphs."""
    first = Paragraph([Put(han(18), indent=2), han(20), han(20)])
    second = Paragraph(["", *full(4)], page_break=1)
    assert measured(first, second).facts.paragraphs == 5


def test_a_short_line_before_a_page_break_ends_its_paragraph(measured: Measured) -> None:
    """Where paragraphs have no indent, one that ends short of the edge does not run on over the page."""
    first = Paragraph([han(20), han(20, 1), han(20, 2), han(9)])
    second = Paragraph(["", han(20, 4), han(20, 5), han(20, 6), han(8)], page_break=1)
    assert measured(first, second).facts.paragraphs == 5
    running = Paragraph([han(20), han(20, 1), han(20, 2), han(20, 3), han(8)], page_break=3)
    assert measured(running).facts.paragraphs == 4


def test_the_edge_is_where_most_lines_end(measured: Measured) -> None:
    """Even where most lines miss the edge each by its own distance it is found, and each of them is off it."""
    uneven = [spread(han(19), width=MEASURE - off) for off in [tenths / 10 for tenths in range(1, 16)]]
    row = measured(para(*uneven)).row(Key.OFF_EDGE)
    assert (row.count, row.total) == (15, 26)
    assert row.worst[0].amount == pytest.approx(-1.5)


def test_ragged_text_that_the_tags_name_is_not_measured(measured: Measured) -> None:
    """With TextAlign in the tags only text that is justified has an edge to keep to."""
    ragged = [Put(han(18), indent=2), han(17), han(18), han(7)]
    assert measured(Paragraph(ragged)).row(Key.OFF_EDGE).count == 2
    named = measured(Paragraph(full(5), align="Justify"), Paragraph(ragged))
    assert named.facts.aligned
    assert (named.row(Key.OFF_EDGE).total, named.row(Key.OFF_EDGE).count) == (3, 0)


def test_headings_are_not_justified(measured: Measured) -> None:
    """A heading of two lines has no right edge to keep to, but no lone character either."""
    setting = measured(Paragraph([han(15), "天"], tag="H2"))
    assert counts(setting) == {Key.LONE: 1}
