"""Issue number, running number and date follow the last issue's, and agree with what is typed elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Issue = Callable[..., Path]
Told = Callable[[Path], list[str]]


@pytest.fixture
def last(issue: Issue) -> Path:
    """The issue before: number 10, running number 6."""
    return issue("2026-10", "2026-10-20", 10, "running_number: 6")


@pytest.mark.usefixtures("last")
def test_an_issue_that_follows_is_good(issue: Issue, told: Told) -> None:
    """The next number, the next running number, a later date, a folder of the date's month."""
    assert told(issue("2026-11", "2026-11-20", 11, "running_number: 7")) == []


@pytest.mark.usefixtures("last")
@pytest.mark.parametrize(
    ("date", "number", "running", "expected"),
    [
        ("2026-11-20", 10, 7, ["N740 issue.yaml:3"]),
        ("2026-11-20", 9, 7, ["N740 issue.yaml:3"]),
        ("2026-11-20", 12, 7, ["N741 issue.yaml:3"]),
        ("2026-11-20", 11, 6, ["N742 issue.yaml:4"]),
        ("2026-11-20", 11, 5, ["N742 issue.yaml:4"]),
        ("2026-11-20", 11, 17, ["N743 issue.yaml:4"]),
        ("2026-10-20", 11, 7, ["N745 issue.yaml:2", "N746 issue.yaml:2"]),
        ("2026-09-20", 11, 7, ["N745 issue.yaml:2", "N746 issue.yaml:2"]),
        ("2026-12-20", 11, 7, ["N746 issue.yaml:2"]),
        ("2025-11-20", 11, 7, ["N745 issue.yaml:2", "N746 issue.yaml:2"]),
    ],
)
def test_what_does_not_follow_is_told(
    issue: Issue, told: Told, date: str, number: int, running: int, expected: list[str]
) -> None:
    """Each by its own rule, at its line of issue.yaml."""
    assert told(issue("2026-11", date, number, f"running_number: {running}")) == expected


@pytest.mark.usefixtures("last")
def test_a_running_number_that_is_missing(issue: Issue, told: Told) -> None:
    """The last issue printed one."""
    assert told(issue("2026-11", "2026-11-20", 11)) == ["N744 issue.yaml:1"]


def test_a_half_made_next_issue_holds_up_nobody(issue: Issue, told: Told) -> None:
    """Copied from this one and not edited yet: it is told of all that, this one of nothing."""
    folder = issue("2026-11", "2026-11-20", 11, "running_number: 7")
    copy = issue("2026-12", "2026-11-20", 11, "running_number: 7")
    assert told(folder) == []
    assert told(copy) == ["N740 issue.yaml:3", "N742 issue.yaml:4", "N745 issue.yaml:2", "N746 issue.yaml:2"]


def test_an_issue_without_a_dated_name_takes_nothing_twice(issue: Issue, told: Told) -> None:
    """A special issue with the number and the date of another: both are told, as nobody knows which came first."""
    issue("spring", "2026-03-20", 3)
    folder = issue("special", "2026-03-20", 3)
    assert told(folder) == ["N740 issue.yaml:3", "N745 issue.yaml:2"]


def test_an_older_issue_stays_good_when_newer_ones_come(issue: Issue, told: Told) -> None:
    """Checked again years later, it says the same."""
    folder = issue("2026-11", "2026-11-20", 11, "running_number: 7")
    issue("2026-12", "2026-12-20", 12, "running_number: 8")
    issue("2027-01", "2027-01-20", 1, "running_number: 9")
    assert told(folder) == []


@pytest.mark.parametrize(("number", "expected"), [(1, []), (12, []), (5, ["N741 issue.yaml:3"])])
def test_a_first_change_of_the_year_may_restart_or_not(
    issue: Issue, told: Told, number: int, expected: list[str]
) -> None:
    """As long as no year has changed, both ways of counting are good."""
    issue("2026-12", "2026-12-20", 11)
    assert told(issue("2027-01", "2027-01-20", number)) == expected


@pytest.mark.parametrize(
    ("first", "number", "expected"),
    [(1, 1, []), (1, 14, ["N741 issue.yaml:3"]), (13, 25, []), (13, 1, ["N741 issue.yaml:3"])],
)
def test_a_change_of_the_year_counts_as_it_did(
    issue: Issue, told: Told, first: int, number: int, expected: list[str]
) -> None:
    """Where the number restarted it restarts, where it went on it goes on."""
    issue("2025-12", "2025-12-20", 12)
    issue("2026-01", "2026-01-20", first)
    issue("2026-12", "2026-12-20", first + 11)
    if number == 14:
        number = first + 12
    assert told(issue("2027-01", "2027-01-20", number)) == expected


def test_folders_named_a_month_ahead_are_a_habit(issue: Issue, told: Told) -> None:
    """When the last issue's date was as far from its name, nothing is told."""
    issue("2026-11", "2026-12-05", 11)
    assert told(issue("2026-12", "2027-01-05", 1)) == []
    assert told(issue("2027-01", "2027-03-05", 2)) == ["N746 issue.yaml:2"]


def test_names_without_a_date_are_ordered_by_date(issue: Issue, told: Told) -> None:
    """Special issues and the like."""
    issue("spring", "2026-03-20", 1)
    issue("summer", "2026-06-20", 2)
    assert told(issue("autumn", "2026-09-20", 3)) == []
    assert told(issue("winter", "2026-12-20", 5)) == ["N741 issue.yaml:3"]


def test_an_unreadable_neighbour_is_told_and_passed_over(issue: Issue, told: Told, content: Path) -> None:
    """The others still count."""
    issue("2026-09", "2026-09-20", 9)
    (issue("2026-10", "2026-10-20", 10) / "issue.yaml").write_text("number: [\n", encoding="utf-8")
    assert told(issue("2026-11", "2026-11-20", 10)) == ["N655 issue.yaml:None"]
    assert content.is_dir()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("subtitle: 2026年11月号", []),
        ("subtitle: 2026年11月20日", []),
        ("subtitle: 2026年10月号", ["N747 issue.yaml:4"]),
        ("subtitle: 第11期", []),
        ("subtitle: 第 10 期", ["N747 issue.yaml:4"]),
    ],
)
def test_what_is_typed_on_the_cover_agrees(issue: Issue, told: Told, line: str, expected: list[str]) -> None:
    """Numbers and dates by hand beside those that the layout prints."""
    assert told(issue("2026-11", "2026-11-20", 11, line)) == expected


@pytest.mark.parametrize(
    ("label", "value", "expected"),
    [
        ("出版日期", "2026年11月20日", []),
        ("出版日期", "2026年10月20日", ["N747 masthead.yaml:12"]),
        ("期号", "第11期（总第7期）", []),
        ("期号", "第11期（总第6期）", ["N747 masthead.yaml:12"]),
        ("创刊日期", "2020年1月20日", []),
    ],
)
def test_what_is_typed_in_the_imprint_agrees(
    issue: Issue, told: Told, content: Path, label: str, value: str, expected: list[str]
) -> None:
    """The imprint's line of number or date; other dates there mean other things."""
    path = content / "masthead.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}imprint:\n  - label: {label}\n    value: {value}\n", encoding="utf-8")
    assert told(issue("2026-11", "2026-11-20", 11, "running_number: 7")) == expected
