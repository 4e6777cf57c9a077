"""The facts of the next issue, from the last one's."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.findings import Findings
from newsletter_pdf.newissue import IssueDraft, draft_issue
from newsletter_pdf.newissue.facts import quoted
from newsletter_pdf.source import YamlMapping, YamlScalar, parse_yaml

TODAY = dt.date(2026, 11, 24)
LAST = """\
# 各期共用的说明
title: '某月览'   # 刊名
date: "2026-11-20"   # 出版日期
number: 11
running_number: 7 # 总期数
highlights:
  - 旧要目一

  - 旧要目二
# 版式
layout: classic
options: {accent: "#9b1c1f"}
"""


def _issue(content: Path, name: str, text: str) -> None:
    folder = content / name
    folder.mkdir(parents=True)
    (folder / "issue.yaml").write_bytes(text.encode())


def _facts(date: str, number: int, running: int | None = None) -> str:
    return f"title: 某刊\ndate: {date}\nnumber: {number}\n" + (f"running_number: {running}\n" if running else "")


def _draft(content: Path, name: str = "2026-12") -> tuple[IssueDraft, list[str]]:
    findings = Findings()
    draft = draft_issue(name, content, findings, TODAY)
    return draft, [finding.code for finding in findings]


def test_the_text_of_the_last_issue_is_edited_in_place(tmp_path: Path) -> None:
    """Comments, order, blank lines and quoting of everything else stay; the old highlights become comments."""
    _issue(tmp_path, "2026-11", LAST)
    draft, codes = _draft(tmp_path)
    assert draft.text == (
        "# 各期共用的说明\ntitle: '某月览'   # 刊名\ndate: 2026-12-20   # 出版日期\nnumber: 12\n"
        "running_number: 8 # 总期数\n# highlights:\n#   - 旧要目一\n\n#   - 旧要目二\n# 版式\nlayout: classic\n"
        'options: {accent: "#9b1c1f"}\n'
    )
    assert codes == ["N656", "N657"]


@pytest.mark.parametrize(
    ("last", "name", "date", "number", "running"),
    [
        (("2026-11-20", 11, 7), "2026-12", "2026-12-20", 12, 8),
        (("2026-12-20", 12, 8), "2027-01", "2027-01-20", 1, 9),
        (("2026-12-20", 12, 8), "新春", "2027-01-20", 1, 9),
        (("2026-11-20", 11, 7), "冬季号", "2026-12-20", 12, 8),
        (("2026-11-20", 11, 7), "2027-03", "2027-03-20", 1, 8),
        (("2026-11-20", 11, 7), "2026-12-增刊", "2026-12-20", 12, 8),
        (("2027-01-31", 1, 9), "2027-02", "2027-02-28", 2, 10),
        (("2028-01-31", 1, 9), "2028-02", "2028-02-29", 2, 10),
        (("2026-11-20", 11, None), "2026-12", "2026-12-20", 12, None),
        (("2026-11-20", 11, 7), "2026-13", "2026-12-20", 12, 8),
        (("2026-11-20", 11, 7), "20261-2", "2026-12-20", 12, 8),
    ],
)
def test_date_and_numbers_move_on(
    last: tuple[str, int, int | None], name: str, date: str, number: int, running: int | None, tmp_path: Path
) -> None:
    """A month later or the month named, clamped to its length; number anew each year; running number always on."""
    _issue(tmp_path, "letzte", _facts(*last))
    draft, _ = _draft(tmp_path, name)
    assert (draft.date.isoformat(), draft.number, draft.running_number) == (date, number, running)
    assert f"date: {date}\nnumber: {number}\n" in draft.text


def test_a_clamped_day_comes_back(tmp_path: Path) -> None:
    """After 28 February the usual 31st counts again."""
    _issue(tmp_path, "2027-01", _facts("2027-01-31", 1))
    _issue(tmp_path, "2027-02", _facts("2027-02-28", 2))
    assert _draft(tmp_path, "2027-03")[0].date == dt.date(2027, 3, 31)


def test_an_issue_before_the_last_counts_from_the_one_before_it(tmp_path: Path) -> None:
    """And the number that it shares with another is reported."""
    _issue(tmp_path, "2026-09", _facts("2026-09-20", 9, 5))
    _issue(tmp_path, "2026-11", _facts("2026-11-20", 10, 6))
    draft, codes = _draft(tmp_path, "2026-10")
    assert (draft.number, draft.running_number) == (10, 6)
    assert codes == ["N656", "N658"]


def test_the_newest_by_date_is_the_last(tmp_path: Path) -> None:
    """Not by name."""
    _issue(tmp_path, "z-old", _facts("2025-03-10", 3, 1))
    _issue(tmp_path, "a-new", _facts("2026-11-20", 11, 7))
    assert _draft(tmp_path)[0].running_number == 8


def test_an_unreadable_issue_is_passed_over(tmp_path: Path) -> None:
    """It is reported, and the one before it is taken."""
    _issue(tmp_path, "2026-10", _facts("2026-10-20", 10, 6))
    _issue(tmp_path, "2026-11", "date: 十一月\n")
    _issue(tmp_path, ".hidden", "date: 十一月\n")
    draft, codes = _draft(tmp_path)
    assert (draft.number, draft.running_number) == (11, 7)
    assert codes == ["N655", "N656"]


def test_without_a_running_number_to_count_from_it_becomes_a_comment(tmp_path: Path) -> None:
    """A first issue of all, put before the existing ones, does not repeat a later one's running number."""
    _issue(tmp_path, "2026-11", LAST)
    draft, _ = _draft(tmp_path, "2026-10")
    assert draft.running_number is None
    assert "\n# running_number: 7 # 总期数\n" in draft.text


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    """The copy is plain UTF-8 with Unix line ends."""
    _issue(tmp_path, "2026-11", "\ufeff" + LAST.replace("\n", "\r\n"))
    draft, _ = _draft(tmp_path)
    assert draft.number == 12
    assert not set(draft.text) & {"\r", "\ufeff"}


def test_without_any_issue_a_template_is_given(tmp_path: Path) -> None:
    """Today's date, the month as number, the nameplate's text when there is one; a warning says what to fill in."""
    draft, codes = _draft(tmp_path, "first")
    assert (draft.date, draft.number, draft.based_on) == (TODAY, 11, None)
    assert codes == ["N659"]
    (tmp_path / "masthead.yaml").write_text("nameplate: {text: '甲: #乙'}\n", encoding="utf-8")
    draft, _ = _draft(tmp_path, "2027-02")
    assert draft.date == dt.date(2027, 2, 24)
    root = parse_yaml(draft.text, Path(), Findings())
    assert isinstance(root, YamlMapping)
    title = root.get("title")
    assert isinstance(title, YamlScalar)
    assert title.text == "甲: #乙"


def test_a_missing_content_folder_is_no_fault(tmp_path: Path) -> None:
    """An import may go to a folder whose parents do not exist yet."""
    assert _draft(tmp_path / "none" / "yet")[1] == ["N659"]


@given(
    st.text(alphabet=st.one_of(st.characters(exclude_categories=("C", "Z")), st.just(" ")), max_size=20).map(
        lambda text: text.strip() or "甲"
    )
)
def test_any_title_can_be_written_as_yaml(text: str) -> None:
    """Quoted when it must be, it reads back the same."""
    root = parse_yaml(f"title: {quoted(text)}    # 刊名\n", Path(), findings := Findings())
    assert len(findings) == 0
    assert isinstance(root, YamlMapping)
    value = root.get("title")
    assert isinstance(value, YamlScalar)
    assert value.text == text


def test_there_is_no_month_after_the_last_one() -> None:
    """December 9999 is as far as dates go."""
    from newsletter_pdf.newissue.facts import _month_after

    assert _month_after(dt.date(9998, 12, 1)) == (9999, 1)
    assert _month_after(dt.date(9999, 12, 1)) == (9999, 12)
