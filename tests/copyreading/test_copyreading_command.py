"""``check`` proof-reads, ``check --fix`` mends: what is on the screen, in the JSON and in the files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from newsletter_pdf.cli import main
from newsletter_pdf.console import Screen
from newsletter_pdf.copyreading import mend, proofread
from newsletter_pdf.findings import Findings, Severity
from newsletter_pdf.importers import import_manuscripts
from newsletter_pdf.reader import read_issue
from newsletter_pdf.source import Passage

HOME = Path(__file__).resolve().parents[2]
MANUSCRIPTS = sorted((HOME.parent / "shared" / "reference" / "manuscript").glob("0[1-6].md"))
Write = Callable[..., Path]
Run = Callable[..., SimpleNamespace]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command in this process."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", str(HOME))
    monkeypatch.chdir(tmp_path)

    def _run(*arguments: str) -> SimpleNamespace:
        code = main(arguments)
        captured = capsys.readouterr()
        return SimpleNamespace(code=code, out=captured.out, err=captured.err)

    return _run


def test_a_finding_has_its_place_and_a_suggestion(run: Run, write: Write) -> None:
    """On the screen the line with a caret and the text to write; in the JSON old, new and whether it is safe."""
    write("会议通过了决定,自即日起施行。")
    shown = run("check", "content/2026-11")
    assert shown.code == 0
    assert "警告 N770  第 7 行第 8 字" in shown.out
    assert "改成「，」；make fix（check --fix）可以代改" in shown.out
    found = json.loads(run("check", "content/2026-11", "--json").out)["findings"]
    item = next(item for item in found if item["code"] == "N770")
    assert item["where"] == "content/2026-11/01-news.md:7:8"
    assert item["suggestion"] == {"old": ",", "new": "，", "safe": True}


def test_many_of_one_kind_are_folded(run: Run, write: Write) -> None:
    """Three are shown and the rest told in one line, with their lines; the JSON has all."""
    write("\n\n".join(f"第{n}段,完。" for n in range(20)))
    out = run("check", "content/2026-11").out
    assert out.count("警告 N770") == 4
    assert "另有 17 处" in out
    assert "第 13、15、17" in out
    found = json.loads(run("check", "content/2026-11", "--json").out)["findings"]
    assert sum(item["code"] == "N770" for item in found) == 20


def test_errors_are_never_folded(run: Run, write: Write) -> None:
    """Each has to be mended."""
    issue = "title: 样刊\ndate: 2026-11-20\nnumber: 11\nrules: {N770: error}\n"
    write("\n\n".join(f"第{n}段,完。" for n in range(20)), issue=issue)
    result = run("check", "content/2026-11")
    assert (result.code, result.out.count("错误 N770")) == (1, 20)


def test_fix_mends_shows_and_tells_what_is_left(run: Run, write: Write) -> None:
    """The diff, the count, and the findings that need an editor; a second run finds nothing to do."""
    folder = write("决定,自即日起施行。\n\n依据《网络安全法办理。")
    result = run("check", "content/2026-11", "--fix")
    assert "--- content/2026-11/01-news.md\n" in result.out
    assert "@@ -7,1 +7,1 @@\n-决定,自即日起施行。\n+决定，自即日起施行。\n" in result.out
    assert "改了 1 个文件，1 个字符。" in result.out
    assert "N775" in result.out
    assert "N770" not in result.out
    assert "决定，自即日起" in (folder / "01-news.md").read_text(encoding="utf-8")
    again = run("check", "content/2026-11", "--fix")
    assert "没有可以代改的地方" in again.out
    assert "@@" not in again.out


def test_a_dry_run_shows_the_same_and_writes_nothing(run: Run, write: Write) -> None:
    """And says how to do it."""
    folder = write("决定,自即日起施行。")
    before = (folder / "01-news.md").read_bytes()
    result = run("check", "content/2026-11", "--fix", "--dry-run")
    assert "+决定，自即日起施行。" in result.out
    assert "没有动文件" in result.out
    assert (folder / "01-news.md").read_bytes() == before


def test_json_of_a_fix(run: Run, write: Write) -> None:
    """Which files were written, with how many characters."""
    write("决定,自即日起施行。")
    dry = json.loads(run("check", "content/2026-11", "--fix", "--dry-run", "--json").out)
    assert (dry["written"], dry["mended"]) == (False, [{"file": "content/2026-11/01-news.md", "characters": 1}])
    done = json.loads(run("check", "content/2026-11", "--fix", "--json").out)
    assert done["written"] is True
    assert not [item for item in done["findings"] if item["code"] == "N770"]


@pytest.mark.parametrize("options", [("--dry-run",), ("--fix", "--online")])
def test_options_that_do_not_go_together(run: Run, write: Write, options: tuple[str, ...]) -> None:
    """Wrong usage, and nothing is done."""
    folder = write("决定,自即日起施行。")
    assert run("check", "content/2026-11", *options).code == 2
    assert "决定,自" in (folder / "01-news.md").read_text(encoding="utf-8")


def test_changed_characters_stand_out_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Red and green with the characters reversed; without a terminal there is no escape at all."""
    Screen().diff("甲.md", "决定,甲\n", "决定，甲\n")
    plain = capsys.readouterr().out
    assert "\x1b" not in plain
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    Screen().diff("甲.md", "决定,甲\n", "决定，甲\n")
    coloured = capsys.readouterr().out
    assert "\x1b[7;31m,\x1b" in coloured
    assert "\x1b[7;32m，\x1b" in coloured


def test_an_english_issue_is_not_read_for_chinese_marks(run: Run, write: Write) -> None:
    """Its marks are English."""
    issue = "title: Sample\ndate: 2026-11-20\nnumber: 11\nlanguage: en\n"
    write("The law (网络安全法), in force.", issue=issue)
    found = json.loads(run("check", "content/2026-11", "--json").out)["findings"]
    assert not [item for item in found if item["code"].startswith("N77")]


def test_the_sample_has_no_finding(run: Run) -> None:
    """Facts and copy of the project's own issue are in order."""
    assert json.loads(run("check", str(HOME / "content" / "2026-11"), "--json").out)["findings"] == []


@pytest.mark.skipif(len(MANUSCRIPTS) != 6, reason="the reference issue is not on this machine")
def test_the_reference_has_no_error_and_no_fact_is_doubted(tmp_path: Path) -> None:
    """Its half-width marks are warnings, all of which can be mended; no false alarm about dates or doubles."""
    folder = tmp_path / "content" / "2024-02"
    folder.parent.mkdir()
    import_manuscripts(MANUSCRIPTS, folder, Findings())
    passages: list[Passage] = []
    issue = read_issue(folder, Findings(), passages=passages)
    assert issue is not None
    from newsletter_pdf.periodical import check_facts

    facts, copy = Findings(), Findings()
    check_facts(issue, passages, facts)
    proofread(passages, copy)
    assert list(facts) == []
    assert {finding.code for finding in copy} == {"N770", "N778", "N779", "N785"}
    assert not [finding for finding in copy if finding.severity is Severity.ERROR]
    mend(passages, copy, wanted=lambda _code: True, write=True)
    left: list[Passage] = []
    read_issue(folder, Findings(), passages=left)
    rest = Findings()
    proofread(left, rest)
    assert {finding.code for finding in rest} <= {"N785"}  # what its authors left unfinished


def test_hostile_text_is_read_to_its_end(run: Run, write: Write) -> None:
    """Long words, thousands of brackets and spaces: were the work to grow with their square, this would not end."""
    write("a" * 200_000 + "@\n\n" + "“" * 50_000 + "\n\n" + "甲" + " " * 100_000 + "乙" + ",甲 1" * 20_000)
    assert run("check", "content/2026-11").code in (0, 1)
