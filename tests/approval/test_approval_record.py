"""approval.yaml only grows, is never damaged further, and says nothing that it does not say."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import tempfile
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.approval import Approval, RecordError, add_approval, approval_of, read_approvals
from newsletter_pdf.findings import Findings

A, B, C = "a" * 64, "b" * 64, "c" * 64
SHANGHAI = dt.timezone(dt.timedelta(hours=8))
NOON = dt.datetime(2026, 11, 24, 18, 51, 5, tzinfo=SHANGHAI)
BY_HAND = f"# 早先的\n- sha256: {B}\n  by: 老王\n  utc: 2026-10-20T01:02:03Z   # 手写\n  stamp: 红\n"

_line = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30)
_approvals = st.builds(
    Approval,
    sha256=st.sampled_from([A, B, C]),
    by=_line,
    at=st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2090, 1, 1)).map(
        lambda at: at.replace(microsecond=0, tzinfo=SHANGHAI)
    ),
    note=st.none() | _line,
    pages=st.none() | st.integers(1, 999),
    layout=st.none() | st.just("classic"),
)


def _read(folder: Path) -> tuple[Approval, ...]:
    findings = Findings()
    entries = read_approvals(folder, findings)
    assert [finding.message_zh for finding in findings] == []
    assert entries is not None
    return entries


@given(st.lists(_approvals, min_size=1, max_size=4))
def test_every_entry_is_read_back_and_the_earlier_bytes_stay(entries: list[Approval]) -> None:
    """Whatever names and notes hold: the file is YAML, each entry says what was given, and the old text is a prefix."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        old = b""
        for number, entry in enumerate(entries, 1):
            path = add_approval(folder, entry)
            new = path.read_bytes()
            assert new.startswith(old)
            assert _read(folder) == tuple(entries[:number])
            old = new
        assert [item["by"] for item in yaml.safe_load(old)] == [entry.by for entry in entries]


def test_an_entry_says_who_approved_which_file_when(tmp_path: Path) -> None:
    """UTC, and the local time with its offset."""
    add_approval(tmp_path, Approval(A, "张三", NOON, "可以发送", "2026-11.pdf", 68, "classic", "newsletter-pdf 1.0.0"))
    text = (tmp_path / "approval.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text) == [
        {
            "pdf": "2026-11.pdf",
            "sha256": A,
            "pages": 68,
            "layout": "classic",
            "by": "张三",
            "note": "可以发送",
            "utc": "2026-11-24T10:51:05Z",
            "local": "2026-11-24T18:51:05+08:00",
            "program": "newsletter-pdf 1.0.0",
        }
    ]
    assert approval_of(tmp_path, A).when == "2026-11-24 18:51 +08:00"


@pytest.mark.parametrize(
    "old",
    [
        BY_HAND.encode(),
        BY_HAND.rstrip("\n").encode(),
        BY_HAND.replace("\n", "\r\n").encode(),
        b"---\n" + BY_HAND.encode(),
    ],
    ids=["plain", "no line end", "Windows line ends", "document start"],
)
def test_entries_written_by_hand_are_kept_byte_for_byte(tmp_path: Path, old: bytes) -> None:
    """Comments, unknown fields and line ends as well."""
    path = tmp_path / "approval.yaml"
    path.write_bytes(old)
    add_approval(tmp_path, Approval(A, "张三", NOON))
    assert path.read_bytes().startswith(old)
    assert [(entry.by, entry.sha256) for entry in _read(tmp_path)] == [("老王", B), ("张三", A)]


@pytest.mark.parametrize("old", [b"", b"\n", "# 只有注释\n".encode()])
def test_a_record_without_entries_is_begun(tmp_path: Path, old: bytes) -> None:
    """Nothing is approved yet, and the first entry can be added."""
    (tmp_path / "approval.yaml").write_bytes(old)
    assert _read(tmp_path) == ()
    add_approval(tmp_path, Approval(A, "张三", NOON))
    assert len(_read(tmp_path)) == 1


def test_the_latest_approval_of_a_file_counts(tmp_path: Path) -> None:
    """Each SHA-256 has its own approvals; none for a file that nobody approved, or without a record."""
    assert approval_of(tmp_path, A) is None
    for sha256, by in ((A, "甲"), (B, "乙"), (A, "丙")):
        add_approval(tmp_path, Approval(sha256, by, NOON))
    assert [getattr(approval_of(tmp_path, sha256), "by", None) for sha256 in (A, B, C)] == ["丙", "乙", None]


DAMAGED = {
    "a mapping": f"sha256: {A}\nby: 张三\n",
    "a word": "已签发\n",
    "merge marks": "<<<<<<< HEAD\n" + BY_HAND + "=======\n>>>>>>> other\n",
    "no name": f"- sha256: {A}\n  utc: 2026-10-20T01:02:03Z\n",
    "an empty name": f"- sha256: {A}\n  by: ' '\n  utc: 2026-10-20T01:02:03Z\n",
    "a short digest": "- sha256: abc\n  by: 张三\n  utc: 2026-10-20T01:02:03Z\n",
    "no time": f"- sha256: {A}\n  by: 张三\n",
    "a time of no zone": f"- sha256: {A}\n  by: 张三\n  utc: 2026-10-20T01:02:03\n",
    "words for a time": f"- sha256: {A}\n  by: 张三\n  utc: 昨天\n",
    "an item that is none": f"{BY_HAND}- 张三\n",
}


@pytest.mark.parametrize("text", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_record_approves_nothing_and_is_not_touched(tmp_path: Path, text: str) -> None:
    """One finding, N674, with the reason; what is there stays for whoever restores it."""
    path = tmp_path / "approval.yaml"
    path.write_text(text, encoding="utf-8")
    findings = Findings()
    assert read_approvals(tmp_path, findings) is None
    assert [finding.code for finding in findings] == ["N674"]
    assert approval_of(tmp_path, A) is None
    with pytest.raises(RecordError):
        add_approval(tmp_path, Approval(A, "张三", NOON))
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("text", ["  " + BY_HAND.split("\n", 1)[1].replace("\n", "\n  "), f"{BY_HAND}...\n"])
def test_a_record_that_cannot_be_added_to_is_left_alone(tmp_path: Path, text: str) -> None:
    """Good entries, indented or closed, to which another one would not belong."""
    path = tmp_path / "approval.yaml"
    path.write_text(text, encoding="utf-8")
    assert len(_read(tmp_path)) == 1
    with pytest.raises(RecordError):
        add_approval(tmp_path, Approval(A, "张三", NOON))
    assert path.read_text(encoding="utf-8") == text


def test_files_in_other_encodings_and_folders_are_findings(tmp_path: Path) -> None:
    """Never an exception, whatever lies under the name."""
    for make in (
        lambda path: path.write_bytes(BY_HAND.encode("gb18030")),
        lambda path: path.mkdir(),
        lambda path: path.write_bytes(b"\0" * 100),
        lambda path: os.mkfifo(path),
    ):
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        make(folder / "approval.yaml")
        findings = Findings()
        assert read_approvals(folder, findings) is None
        assert [finding.code for finding in findings] == ["N674"]


def test_a_link_that_leads_elsewhere_is_not_followed(tmp_path: Path) -> None:
    """Neither read nor written."""
    folder = tmp_path / "2026-11"
    folder.mkdir()
    outside = tmp_path / "other.yaml"
    outside.write_text(BY_HAND, encoding="utf-8")
    (folder / "approval.yaml").symlink_to(outside)
    assert read_approvals(folder, Findings()) is None
    with pytest.raises(RecordError):
        add_approval(folder, Approval(A, "张三", NOON))
    assert outside.read_text(encoding="utf-8") == BY_HAND


def _approve_often(folder: str, by: str, together: Barrier) -> None:
    together.wait()
    for number in range(20):
        add_approval(Path(folder), Approval(A, f"{by}{number}", NOON))


def test_two_people_at_once_lose_nothing(tmp_path: Path) -> None:
    """Every entry of two processes that begin together stands in the record."""
    context = multiprocessing.get_context("spawn")
    together = context.Barrier(2)
    processes = [context.Process(target=_approve_often, args=(str(tmp_path), by, together)) for by in ("甲", "乙")]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert {entry.by for entry in _read(tmp_path)} == {f"{by}{n}" for by in ("甲", "乙") for n in range(20)}
