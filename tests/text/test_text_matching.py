"""Matching passages with a text: any text matches itself, and what is done to it is what is told."""

from __future__ import annotations

import datetime as dt
import re

from hypothesis import assume, example, given
from hypothesis import strategies as st

from newsletter_pdf.chains import longest_chain
from newsletter_pdf.chinese import clean
from newsletter_pdf.findings import Place
from newsletter_pdf.verify.dates import dates_in, numbers_in
from newsletter_pdf.verify.expected import Expected, ExpectedFacts, ExpectedPassage, Role
from newsletter_pdf.verify.judging import Verdict, judge
from newsletter_pdf.verify.layoutwords import LayoutWords, number_value
from newsletter_pdf.verify.matching import match_passages
from newsletter_pdf.verify.wording import CALL, letters, sentence_ends

_WORDS = ("导读", "（来源：", "）", "；")
_FACTS = ExpectedFacts("x", "月览", 1, dt.date(2026, 11, 20))
_SENTENCE = st.text("江船水石阶码头天黑日子abc019，、“”《》\u2f00\u2060 　Ａ", min_size=4, max_size=30).map(
    lambda text: text + "。"
)


def passages_of(texts: list[str], role: Role = Role.PARAGRAPH) -> tuple[ExpectedPassage, ...]:
    return tuple(ExpectedPassage(role, text, Place()) for text in texts)


def words(*more: str) -> LayoutWords:
    return LayoutWords(Expected((), (), (), _FACTS, (), (*_WORDS, *more), (), Place()))


def verdict(texts: list[str], shown: str) -> Verdict:
    passages = passages_of(texts)
    matching = match_passages(passages, shown, words())
    return judge(matching, passages, shown, words())


def told(found: Verdict) -> dict[str, int]:
    kinds = {"missing": found.missing, "altered": found.altered, "doubled": found.doubled, "moved": found.moved}
    return {name: len(items) for name, items in {**kinds, "foreign": found.foreign}.items() if items}


_DISTINCT = [f"第{number}件事发生在江边的第{number * 7}级石阶上。" for number in range(1, 12)]
_SHOWN = "".join(letters(text) for text in _DISTINCT)


@given(st.lists(_SENTENCE, max_size=12), st.lists(st.sampled_from(_WORDS), min_size=12, max_size=12))
@example(["一。", "一。"], ["；"] * 12)
def test_text_through_the_filter_matches_itself(texts: list[str], between: list[str]) -> None:
    """Whatever the texts: filtered, set with joiners and the layout's words between them, they are found in order."""
    cleaned = [clean(text) for text in texts]
    shown = "".join(word + "\u2060".join(text) for word, text in zip(between, cleaned, strict=False))
    assert told(verdict(cleaned, letters(shown))) == {}


@given(st.text())
def test_letters_are_the_same_when_taken_twice(text: str) -> None:
    """What is made comparable is so for good, and has no blanks."""
    once = letters(text)
    assert letters(once) == once
    assert not re.search(r"\s", once)


@given(st.text("。！？”）a江", max_size=30))
def test_sentences_together_are_the_text(text: str) -> None:
    """Cutting loses nothing and ends at the end."""
    ends = sentence_ends(text)
    assert ends == sorted(set(ends))
    assert not text or ends[-1] == len(text)


@given(st.integers(0, 10))
def test_dropped_sentence_is_missing(place: int) -> None:
    """One sentence taken out is one missing, and nothing else."""
    shown = _SHOWN.replace(letters(_DISTINCT[place]), "")
    found = verdict(_DISTINCT, shown)
    assert told(found) == {"missing": 1}
    assert found.missing[0][0].owner == place


@given(st.integers(0, 10), st.integers(0, 10))
def test_doubled_sentence_is_doubled(place: int, at: int) -> None:
    """One sentence put in once more, wherever, is one doubled."""
    keys = [letters(text) for text in _DISTINCT]
    keys.insert(at, keys[place])
    assert told(verdict(_DISTINCT, "".join(keys))) == {"doubled": 1}


@given(st.integers(0, 10), st.integers(0, 10))
def test_moved_sentence_is_moved(place: int, at: int) -> None:
    """One sentence put elsewhere is out of order, neither missing nor foreign."""
    keys = [letters(text) for text in _DISTINCT]
    keys.insert(at, keys.pop(place))
    assume(keys != [letters(text) for text in _DISTINCT])
    assert told(verdict(_DISTINCT, "".join(keys))) == {"moved": 1}


@given(st.integers(0, len(_SHOWN) - 1), st.sampled_from("江水甲9"))
def test_changed_letter_is_altered(place: int, letter: str) -> None:
    """One letter changed makes one sentence altered (two, where it was the stop between them)."""
    assume(_SHOWN[place] != letter)
    found = verdict(_DISTINCT, _SHOWN[:place] + letter + _SHOWN[place + 1 :])
    assert told(found) == {"altered": 1}


@given(st.integers(0, 11))
def test_inserted_sentence_is_foreign(at: int) -> None:
    """A sentence that nobody wrote is foreign, and what is around it is found."""
    keys = [letters(text) for text in _DISTINCT]
    keys.insert(at, "内部资料严禁外传。")
    assert told(verdict(_DISTINCT, "".join(keys))) == {"foreign": 1}


def test_numbers_are_the_layouts_only_where_one_belongs() -> None:
    """A figure between two paragraphs is foreign; before a list's item it is its number."""
    first, second = passages_of(["江水退去以后，石阶露出来。", "天黑了。"])
    item = ExpectedPassage(Role.ITEM, "乘客少了；", Place(), number=2)
    known = words()
    assert known.explain("2.", first, item) == (True, 2)
    assert known.explain("）（二）", first, item) == (True, 2)
    assert known.explain("2", first, second) == (False, None)
    assert known.explain("）导读", first, second) == (True, None)


def test_note_calls_match_whatever_is_printed() -> None:
    """The number of a note depends on the page."""
    passages = passages_of([f"末班船18时开出。{CALL}早了10分钟。"])
    for call in ("①", "⑬", "12", "*"):
        assert match_passages(passages, f"末班船18时开出。{call}早了10分钟。", words()).troubles == []
    assert match_passages(passages, "末班船18时开出。早了10分钟。", words()).troubles != []


def test_printed_numbers_have_values() -> None:
    """Figures, Chinese numerals, circled figures, letters and Roman numerals."""
    printed = {"12": 12, "十二": 12, "二十": 20, "一百零五": 105, "⑬": 13, "㉕": 25, "c": 3, "iv": 4}
    assert {text: number_value(text) for text in printed} == printed


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)))
def test_dates_are_read_back(date: dt.date) -> None:
    """In figures and in Chinese numerals, with points and as ISO 8601 has it."""
    digits = "〇一二三四五六七八九"
    year = "".join(digits[int(digit)] for digit in str(date.year))
    han = [*digits[1:], *("十" + each for each in ["", *digits[1:]]), *("二十" + each for each in ["", *digits[1:]])]
    han += ["三十", "三十一"]
    for text in (
        f"{date.year}年{date.month}月{date.day}日",
        f"{year}年{han[date.month - 1]}月{han[date.day - 1]}日",
        f"{date.year}.{date.month}.{date.day}",
        date.isoformat(),
    ):
        assert [(each.year, each.month, each.day) for each in dates_in(text)] == [(date.year, date.month, date.day)]


def test_issue_numbers_are_read_back() -> None:
    """The number within the year and the running number are told apart."""
    found = [(each.value, each.running) for each in numbers_in("第十一期（总第107期）")]
    assert found == [(11, False), (107, True)]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=20).map(sorted))
def test_longest_chain_rises(points: list[tuple[int, int]]) -> None:
    """A chain rises in its second place, and has members of the points alone."""
    chain = longest_chain(points)
    assert [second for _first, second in chain] == sorted({second for _first, second in chain})
    assert set(chain) <= set(points)
