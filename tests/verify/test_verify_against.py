"""A proof is compared with the report of a build, and each difference is named."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.findings import Findings
from newsletter_pdf.verify import ContentsEntry, Proof, compare_with_report
from newsletter_pdf.verify.checkpages import is_absolute
from newsletter_pdf.verify.labels import format_number

CONTENTS = (
    ContentsEntry(1, "", "本月要闻", "1", 2, "1"),
    ContentsEntry(3, "1.", "长椅", "2", 3, "2"),
    ContentsEntry(3, "2.", "小路", "2", 3, "2"),
)
PROOF = Proof(8, 1000, "ab" * 32, CONTENTS, Findings())
REPORT: dict[str, object] = {"sha256": "ab" * 32, "pages": 8, "contents": [asdict(entry) for entry in CONTENTS]}


def codes(report: dict[str, object], proof: Proof = PROOF) -> list[str]:
    return [finding.code for finding in compare_with_report(proof, report)]


def test_the_same_file_agrees() -> None:
    """A report of this very file differs in nothing."""
    assert codes(REPORT) == []


def test_other_hash_and_pages_are_named() -> None:
    """Both are told, not the first alone."""
    assert codes(REPORT | {"sha256": "cd" * 32, "pages": 9}) == ["N571", "N572"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"printed": "3"}, "页码"),
        ({"page_index": 4}, "所在页"),
        ({"label": "3"}, "页面标签"),
        ({"title": "短椅"}, "短椅"),
    ],
)
def test_changed_entry_is_named(change: dict[str, object], words: str) -> None:
    """What of an entry differs is told with its title."""
    proof = replace(PROOF, contents=(CONTENTS[0], replace(CONTENTS[1], **change), CONTENTS[2]))  # type: ignore[arg-type] # fields of one dataclass
    findings = list(compare_with_report(proof, REPORT))
    assert [finding.code for finding in findings] == ["N573"]
    assert words in findings[0].message_zh
    assert "长椅" in findings[0].message_zh


def test_added_and_lost_entries_are_named() -> None:
    """An entry more or less is one difference, however many follow it."""
    lost = list(compare_with_report(replace(PROOF, contents=CONTENTS[1:]), REPORT))
    assert ["本月要闻" in finding.message_zh for finding in lost] == [True]
    added = replace(PROOF, contents=(*CONTENTS, ContentsEntry(3, "3.", "新篇", "4", 5, "4")))
    assert ["新篇" in finding.message_zh for finding in compare_with_report(added, REPORT)] == [True]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["sha256", "pages", "contents", "x"]), json_values))
def test_any_json_is_compared_without_an_error(report: dict[str, object]) -> None:
    """A report of any shape gives findings; one without our hash is never called the same."""
    assert "N570" in codes(report) or "N571" in codes(report)


@pytest.mark.parametrize(
    ("style", "value", "text"),
    [("/D", 12, "12"), ("/r", 4, "iv"), ("/R", 1949, "MCMXLIX"), ("/r", 3000, "mmm"), ("/A", 28, "BB"), ("", 3, "")],
)
def test_page_label_styles(style: str, value: int, text: str) -> None:
    """The numbering styles of page labels."""
    assert format_number(style, value) == text


@pytest.mark.parametrize(
    ("uri", "good"),
    [
        ("https://example.org", True),
        ("mailto:a@example.org", True),
        ("tel:+861000000", True),
        ("www.example.org", False),
        ("https:///path", False),
        ("https://example.org/a b", False),
        ("http://[broken", False),
        ("mailto:", False),
    ],
)
def test_complete_addresses(uri: str, good: bool) -> None:
    """What a reader anywhere can follow."""
    assert is_absolute(uri) is good
