"""Where lines may end: character classes, pairs, units, addresses."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.linesetting import DEFAULTS, Paragraph, Run, analyse, right_to_left
from newsletter_pdf.linesetting.classes import IDEOGRAPHIC, classes
from newsletter_pdf.linesetting.opportunities import HELD, KEPT
from newsletter_pdf.linesetting.pairs import ALLOWED, NEVER, pair


def paragraph(text: str, *runs: Run) -> Paragraph:
    """A paragraph of em-wide characters (Latin half an em) in which Unicode lets lines end between words only."""
    made = runs or (Run(text, [0.5 if ord(char) < 0x2000 else 1.0 for char in text], 1.0),)
    text = "".join(run.text for run in made)
    allowed = [0] + [int(before == " " != after) for before, after in pairwise(text)] + [1]
    return analyse(made, allowed[: len(text) + 1], [1] * (len(text) + 1), DEFAULTS)


def breaks(text: str) -> str:
    """``text`` with a bar wherever a line may freely end."""
    made = paragraph(text)
    found = {stop.start for stop in made.stops() if stop.penalty < KEPT}
    return "".join(("|" if place in found else "") + char for place, char in enumerate(text))


@pytest.mark.parametrize("char", "。，、：；！？）」』》】〗〕〉”’…—·～％‰℃ー々ぁッ")
def test_no_line_starts_with_what_may_not_stand_first(char: str) -> None:
    """避头: marks that close, pause or connect, iteration marks and small kana stay with what is before them."""
    assert pair(classes("汉"), classes(char)).breaks == NEVER


@pytest.mark.parametrize("char", "（「『《【〖〔〈“‘￥＄№")
def test_no_line_ends_with_what_may_not_stand_last(char: str) -> None:
    """避尾: opening marks and prefixes stay with what follows."""
    assert pair(classes(char), classes("汉")).breaks == NEVER


def test_lines_end_between_characters_and_before_opening_marks() -> None:
    """What no rule forbids is allowed, also before quotes, which Unicode's own rules glue to both sides."""
    assert breaks("汉字“引文”汉字") == "汉|字|“引|文”|汉|字"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("于2026年成立", "于|2026年|成|立"),
        ("共5万元整", "共|5万元|整"),
        ("约3.6亿条", "约|3.6亿条"),
        ("第十二条说", "第十二条|说"),
        ("第12期刊", "第12期|刊"),
        ("长20 km路", "长|20 km|路"),
        ("占15%的", "占|15%|的"),
        ("他——她……了", "他——|她……|了"),
        ("约翰·史密斯", "约|翰·|史|密|斯"),
        ("和(注)的", "和|(注)|的"),
    ],
)
def test_units_dashes_and_ellipses_are_not_broken(text: str, shown: str) -> None:
    """Numbers keep their units, ordinals theirs, —— and …… stay whole and never start a line."""
    assert breaks(text) == shown


def test_addresses_break_by_the_chicago_rules() -> None:
    """After the double slash, before slash, full stop, hyphen, question mark; around = and &."""
    assert breaks("见https://a.org/en/x-y?q=1&r=2吧") == "见|https://|a|.org|/en|/x|-y|?q|=|1|&|r|=2|吧"


def test_mail_addresses_break_before_the_at_sign() -> None:
    """A mail address is an address too."""
    assert "editor|@example|.org" in breaks("写给editor@example.org即可")


def test_a_combining_mark_stays_with_its_base_and_takes_its_rules() -> None:
    """No line ends before the mark; after it the base's rules hold."""
    assert breaks("汉e\u0301汉") == "汉|e\u0301|汉"


def test_word_joiners_and_no_break_spaces_forbid_the_break() -> None:
    """What an author glued stays glued."""
    assert breaks("甲\u2060乙丙\u00a0丁") == "甲\u2060乙|丙\u00a0丁"


def test_note_calls_never_start_a_line() -> None:
    """A superior figure belongs to the word before it, and no gap parts them."""
    made = paragraph("", Run("文", [1.0], 1.0), Run("12", [0.3, 0.3], 0.6, raised=True), Run("后", [1.0], 1.0))
    assert [stop.start for stop in made.stops()] == [3]
    assert made.space[0] == 0.0


def test_narrow_quotes_are_latin_and_wide_ones_chinese() -> None:
    """The face decides: a quote that the face sets narrow has no blank to trim."""
    wide = paragraph("", Run("他“好”", [1.0] * 4, 1.0))
    narrow = paragraph("", Run("他“好”", [1.0, 0.4, 1.0, 0.4], 1.0))
    assert wide.end_trim(3) == 0.5
    assert narrow.end_trim(3) == 0.0


def test_a_wide_apostrophe_in_a_latin_word_becomes_narrow() -> None:
    """OpenAI’s does not fall apart when a Chinese face draws the apostrophe."""
    made = paragraph("OpenAI’s")
    assert made.advances[6] < 0.5
    assert "|" not in breaks("OpenAI’s")


def test_code_is_left_alone() -> None:
    """Within code no gap, no squeeze, no units."""
    made = paragraph("", Run("用", [1.0], 1.0), Run("a中 b", [0.5, 1.0, 0.5, 0.5], 1.0, verbatim=True))
    assert made.space[1:3] == [0.0, 0.0]
    assert made.advances[3] == 0.5
    assert made.space[0] > 0  # the gap before it is outside


@pytest.mark.parametrize(
    ("text", "expected"), [("汉字 abc", False), ("עברית", True), ("مرحبا", True), ("a\u202eb", True)]
)
def test_text_from_right_to_left_is_recognised(text: str, expected: bool) -> None:
    """Such paragraphs are the engine's."""
    assert right_to_left(text) is expected


@given(st.text(max_size=60))
def test_every_text_has_a_class_for_each_character(text: str) -> None:
    """Classes are one letter each, and every pair of them has rules."""
    kinds = classes(text)
    assert len(kinds) == len(text)
    for first, second in pairwise(kinds):
        rule = pair(first, second)
        assert rule.trim_left <= 0 <= rule.squeeze_left + rule.squeeze_right
        assert rule.breaks != ALLOWED or first in "HKsOCPZMDEWufIXJv" or second in "HKsOCPZMDEWufIXJv"


def test_gaps_stand_between_chinese_and_latin_only() -> None:
    """Ideographs and kana against letters and figures; not beside marks, not inside either."""
    made = paragraph("汉A，A汉1%汉")
    gaps = [index for index, space in enumerate(made.space) if space > 0]
    assert gaps == [0, 3, 4, 6]
    assert {kind in IDEOGRAPHIC for kind in made.kinds} == {True, False}


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("协议 TLS 1.3 定稿", {"1.3 定稿"}),
        ("依 GB/T 22239 定级", {"22239 定级"}),
        ("见 ISO/IEC 27001 全文", {"27001 全文"}),
        ("版本 v 2 和 a 3", set()),
        (
            "字。（来源：新华社、国家网信办）",
            {"华社、国家网信办）", "社、国家网信办）", "家网信办）", "网信办）", "信办）", "办）"},
        ),
        (
            "（来源：全国人民代表大会常务委员会）",
            {"国人民代表大会常务委员会）", "人民代表大会常务委员会）", "员会）", "会）"},
        ),
    ],
)
def test_designations_and_sources_are_rather_held_together(text: str, held: set[str]) -> None:
    """A line ends in the name of a standard or of a source only where the paragraph would suffer otherwise."""
    found = {text[stop.start :] for stop in paragraph(text).stops() if HELD <= stop.penalty < KEPT}
    label = text.find("来源：")
    if label >= 0:
        held = held | {text[label + 1 :], text[label + 3 :]}
    assert found == held


def test_the_space_in_a_designation_hardly_grows() -> None:
    """Other spaces take up what a line has to spare before it does."""
    made = paragraph("用 TLS 1.3 word word")
    tight, loose = (made.words[made.text.index(where) + at] for where, at in (("TLS ", 3), ("word w", 4)))
    assert 0 < tight < loose / 3
