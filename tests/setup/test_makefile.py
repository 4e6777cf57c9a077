"""The Makefiles, ours and a new periodical's: what is typed wrong is told in two languages, and nothing is done."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


_AIDS = ROOT / "src" / "newsletter_pdf" / "newissue" / "periodical" / "tools"


@pytest.fixture(params=["project", "periodical"])
def place(request: pytest.FixtureRequest) -> Path:
    """Each of the folders in which an editor types commands."""
    if request.param == "project":
        return ROOT
    made: Path = request.getfixturevalue("founded")
    return made


def _make(folder: Path, *words: str, dry: bool = True, **variables: str) -> tuple[int, str]:
    """Exit code and output of ``make -n``: the commands are printed, none is run unless not ``dry``."""
    known = ("ISSUE", "MAKEFLAGS", "MAKELEVEL", "NEWSLETTER_PDF_HOME")
    environment = {k: v for k, v in os.environ.items() if k not in known} | variables
    done = subprocess.run(  # our own Makefiles, with words of this file
        ["make", *(["-n"] if dry else []), "--no-print-directory", *words],  # the user's make
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check", "issue=2026-12"], ["issue", "Unknown"]),
        (["check", "ISSUE=", "2026-12"], ["2026-12", "等号前后不空格", "without spaces"]),
        (["check", "2026-12"], ["ISSUE=2026-12", "Unknown"]),
        (["check", "ISSUE="], ["ISSUE=2026-12", "needs one name"]),
        (["import", "FILES=a.md"], ["make import ISSUE=", "哪一期"]),
        (["approve", "BY=张三"], ["make approve ISSUE=", "哪一期"]),
        (["diff", "OLD=a.pdf"], ["make diff ISSUE=", "哪一期"]),
    ],
)
def test_a_call_that_is_wrong_is_told_and_nothing_runs(words: list[str], told: list[str], place: Path) -> None:
    """Exit code 2, what is wrong in Chinese and English, and not one command."""
    code, output = _make(place, *words)
    assert code == 2
    assert all(word in output for word in told), output
    assert "newsletter-pdf" not in output


@pytest.mark.parametrize(
    "words",
    [
        ["import", "FILES=a.md", "ISSUE=2026-12"],
        ["approve", "BY=张三", "ISSUE=2026-12", "NOTE=终审"],
        ["diff", "OLD=a.pdf", "ISSUE=2026-12"],
        ["diff", "OLD=a.pdf", "NEW=b.pdf"],
        ["check"],
        ["check", "ISSUE=content/2026-12/"],
    ],
)
def test_a_call_that_is_right_runs(words: list[str], place: Path) -> None:
    """The issue may be left out where nothing is changed, and named with its folder."""
    code, output = _make(place, *words)
    assert code == 0, output
    assert "newsletter-pdf" in output
    assert "content/2026-12/" not in output


def test_the_environment_names_the_issue_as_well(place: Path) -> None:
    """``ISSUE=2026-12 make approve …`` is as explicit as the other way round."""
    assert _make(place, "approve", "BY=张三", ISSUE="2026-12")[0] == 0


def test_nothing_else_of_the_environment_counts(place: Path) -> None:
    """Many computers have a NAME or an EDITOR; LIVE, left from somewhere, must send nothing."""
    assert _make(place, "new", NAME="DESKTOP-7")[0] == 0
    assert "DESKTOP-7" not in _make(place, "new", dry=False, NAME="DESKTOP-7")[1]
    assert "--editor" not in _make(place, "preview", EDITOR="vim")[1]
    assert "--live" not in _make(place, "send", ISSUE="2026-12", LIVE="1")[1]


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (["import", "FILES=a.md", "ISSUE=2026-12", "DRY=1"], "--dry-run"),
        (["import", "FILES=a.md", "ISSUE=2026-12", "REPLACE=1"], "--replace"),
        (["fix", "DRY=1"], "--fix --dry-run"),
        (["check", "ONLINE=1"], "--online"),
        (["preview", "EDITOR=vscode"], "--editor"),
        (["send", "ISSUE=2026-12", "LIVE=1"], "--live"),
        (["send", "ISSUE=2026-12", "TO=a@b.cn"], "--to"),
        (["send", "ISSUE=2026-12", "STATUS=1"], "--status"),
        (["bounces", "ISSUE=2026-12", "FROM=退信.mbox"], "--from"),
        (["mail", "ISSUE=2026-12", "WHOSE=a.pdf"], "--whose"),
        (["verify", "PDF=a.pdf", "AGAINST=r.json"], "--against"),
        (["verify", "PDF=a.pdf", "CONTENT=content/2026-12"], "--content"),
        (["approve", "ISSUE=2026-12", "BY=张三", "NOTE=终审"], "--note"),
        (["issue", "FLAGS=--layout jade"], "--layout jade"),
    ],
)
def test_a_variable_becomes_its_option(words: list[str], option: str, place: Path) -> None:
    """And none is swallowed."""
    code, output = _make(place, *words)
    assert code == 0, output
    assert f" {option}" in output


def test_a_trial_import_writes_nothing_and_takes_names_with_spaces(founded: Path) -> None:
    """In the folder of a new periodical, whose program is not on the path; the advice is in make's words."""
    manuscript = founded / "稿件" / "第 1 期.md"
    manuscript.write_text("# 会讯\n\n### 甲\n\n正文。（来源：本刊）\n", encoding="utf-8")
    before = sorted((founded / "content").rglob("*"))
    words = ("import", "FILES=稿件/第 1 期.md", "ISSUE=content/2026-12/")
    code, output = _make(founded, *words, "DRY=1", dry=False, PATH="/usr/bin:/bin", LANG="zh_CN.UTF-8")
    assert (code, sorted((founded / "content").rglob("*"))) == (0, before), output
    assert "会讯" in output
    code, output = _make(founded, *words, dry=False, PATH="/usr/bin:/bin", LANG="zh_CN.UTF-8")
    assert code == 0, output
    assert "make check ISSUE=2026-12" in output
    (founded / "稿件" / "第 1 期.md").unlink()


def test_help_lists_every_command_once_editors_first() -> None:
    """A command that is declared and has a description is found by ``make help``."""
    makefile = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "Makefile", _AIDS / "editors.mk"))
    described = {line.split(":")[0] for line in makefile.splitlines() if re.match(r"[a-z-]+:.*## ", line)}
    listed = _listed(ROOT)
    assert sorted(listed) == sorted(described - {"help"})
    assert listed.index("approve") < listed.index("setup")


def test_a_new_periodical_has_the_editors_commands_of_the_project(founded: Path) -> None:
    """The same, in the same order, and none for developers."""
    listed = _listed(founded)
    assert listed == _listed(ROOT)[: len(listed)]
    assert listed[-1] == "completion"


def _listed(folder: Path) -> list[str]:
    code, told = _make(folder, "help", dry=False)
    assert code == 0
    return [line.split()[1] for line in told.splitlines() if line.startswith("  make ")]


def test_a_folder_without_issues_can_get_one(founded: Path, tmp_path: Path) -> None:
    """Commands that need no issue work; the others ask for one."""
    shutil.copy(founded / "Makefile", tmp_path)
    shutil.copytree(founded / "tools", tmp_path / "tools")
    assert _make(tmp_path, "new", "NAME=2027-01")[0] == 0
    assert _make(tmp_path)[0] == 0
    code, output = _make(tmp_path, "check")
    assert code == 2
    assert "ISSUE 要写一个期号" in output
