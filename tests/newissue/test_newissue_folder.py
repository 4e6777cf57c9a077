"""The folder of a new issue."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter_pdf.findings import Findings
from newsletter_pdf.newissue import create_issue, usable_name
from newsletter_pdf.reader import read_issue

TODAY = dt.date(2026, 11, 24)
BAD_NAMES = (
    *("", ".", "..", "../x", "a/b", "a\\b", "/etc", "C:", ".hidden", "-x", "a ", "a.", "con", "NUL.txt", "a\nb"),
    *("x" * 61, "a:b", "a*", "a?", 'a"', "<a>", "a|b", "~", " a", "\u202ea"),
)
SAMPLE = Path(__file__).parents[2] / "content"


def _create(name: str, content: Path) -> tuple[Path | None, list[str]]:
    findings = Findings()
    folder = create_issue(name, content, findings, today=TODAY)
    return folder, [finding.code for finding in findings]


def test_the_first_issue_is_ready_to_build(tmp_path: Path) -> None:
    """Without any other issue: facts, an example section, a folder for pictures; the reader finds no fault."""
    folder, codes = _create("2026-12", tmp_path)
    assert folder == tmp_path / "2026-12"
    assert codes == ["N659"]
    assert sorted(path.name for path in folder.iterdir()) == ["01-示例栏目.md", "images", "issue.yaml"]
    findings = Findings()
    issue = read_issue(folder, findings)
    assert issue is not None
    assert {finding.code for finding in findings} == {"N211"}
    (section,) = issue.sections
    assert [article.source for article in section.groups[0].articles] == ["本刊编辑部", "本刊编辑部"]
    assert len(section.lead) == 2


def test_the_issue_after_the_sample_is_ready_to_build(tmp_path: Path) -> None:
    """From the project's own sample: next date and numbers, all its comments, no fault for the reader."""
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    folder, codes = _create("2026-12", content)
    assert folder is not None
    assert codes == ["N656", "N657"]
    findings = Findings()
    issue = read_issue(folder, findings)
    assert issue is not None, [finding.message_en for finding in findings]
    last = read_issue(content / "2026-11", Findings())
    assert last is not None
    assert issue.facts.running_number == (last.facts.running_number or 0) + 1
    assert (issue.facts.date, issue.facts.number) == (dt.date(2026, 12, last.facts.date.day), last.facts.number + 1)
    assert (issue.facts.title, issue.facts.highlights) == (last.facts.title, ())


def test_an_existing_folder_is_never_touched(tmp_path: Path) -> None:
    """Not even an empty one, a file or a dangling link of that name."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").write_text("", encoding="utf-8")
    (tmp_path / "c").symlink_to(tmp_path / "nowhere")
    for name in "abc":
        assert _create(name, tmp_path) == (None, ["N652"])
    assert list((tmp_path / "a").iterdir()) == []
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("name", BAD_NAMES)
def test_names_that_no_folder_should_have_are_refused(name: str, tmp_path: Path) -> None:
    """Paths, reserved names, characters that some system forbids; nothing is made."""
    assert _create(name, tmp_path) == (None, ["N651"])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["2026-12", "2026-12-增刊", "创刊号", "Winter 2026", "第12期"])
def test_ordinary_names_are_taken(name: str) -> None:
    """Years and months, Chinese, inner spaces."""
    assert usable_name(name)


@given(st.text(max_size=70))
def test_a_usable_name_names_a_child(name: str) -> None:
    """Whatever passes is one path component."""
    if usable_name(name):
        assert Path("/content", name).parent == Path("/content")
        assert os.path.normpath(f"/content/{name}") == f"/content/{name}"


def test_a_missing_content_folder_is_reported(tmp_path: Path) -> None:
    """Nothing is made in a wrong place."""
    assert _create("2026-12", tmp_path / "content") == (None, ["N653"])
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The temporary folder goes, and the finding says why."""

    def full(_path: Path, _data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("newsletter_pdf.newissue.folder.write_atomic", full)
    findings = Findings()
    assert create_issue("2026-12", tmp_path, findings, today=TODAY) is None
    (finding,) = [f for f in findings if f.code == "N654"]
    assert "No space left on device" in finding.message_zh
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_appears_meanwhile_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two editors at once: the second gets an error, the first one's folder stays as it is."""
    from newsletter_pdf.newissue import folder as module

    write = module.write_atomic

    def slow(path: Path, data: bytes) -> None:
        (tmp_path / "2026-12").mkdir(exist_ok=True)
        write(path, data)

    monkeypatch.setattr(module, "write_atomic", slow)
    folder, codes = _create("2026-12", tmp_path)
    assert folder is None
    assert codes == ["N659", "N654"]
    assert [path.name for path in tmp_path.iterdir()] == ["2026-12"]
    assert list((tmp_path / "2026-12").iterdir()) == []


def test_others_may_read_the_new_folder(tmp_path: Path) -> None:
    """It has the permissions of any new folder, not those of a temporary one."""
    (tmp_path / "plain").mkdir()
    folder, _ = _create("2026-12", tmp_path)
    assert folder is not None
    assert stat.S_IMODE(folder.stat().st_mode) == stat.S_IMODE((tmp_path / "plain").stat().st_mode)
