"""A new periodical and a layout of one's own: made whole, ready to build, nothing overwritten."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer
import yaml

from newsletter_pdf.cli import main
from newsletter_pdf.findings import Findings
from newsletter_pdf.inputs import read
from newsletter_pdf.layouts import load_layout
from newsletter_pdf.newissue import checklist, create_layout
from newsletter_pdf.reader import read_issue

HOME = Path(__file__).parents[2]
FLAGS = ("--name", "月览", "--organisation", "某某协会")


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NEWSLETTER_PDF_HOME", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A new periodical."""
    assert main(["init", "新刊", *FLAGS]) == 0
    capsys.readouterr()
    return tmp_path / "新刊"


def _first(periodical: Path) -> Path:
    (issue,) = (periodical / "content").glob("*/issue.yaml")
    return issue.parent


def test_a_new_periodical_has_all_it_takes(made: Path) -> None:
    """Content, layouts, fonts, schemas, settings of the editor, commands; nothing temporary is left beside it."""
    there = {path.name for path in made.iterdir()}
    assert there == {
        *("content", "layouts", "fonts", "schemas", "tools", "稿件"),
        ".vscode",
        ".gitignore",
        "Makefile",
        "README.md",
    }
    assert [path.name for path in made.parent.iterdir()] == ["新刊"]
    issue = read_issue(_first(made), Findings())
    assert issue is not None
    assert issue.facts.title == "月览"
    assert (issue.facts.number, issue.facts.language) == (1, "zh-CN")
    assert issue.masthead is not None
    assert issue.masthead.organisations[0].names == ("某某协会",)


def test_a_new_periodical_builds_with_its_own_layouts_and_fonts(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With nothing but what is in the folder; nothing is found but the example, which has to be replaced."""
    monkeypatch.chdir(made)
    assert main(["build", str(_first(made).relative_to(made)), "--json"]) == 0
    report = json.loads((made / "build" / _first(made).name / "report.json").read_text(encoding="utf-8"))
    assert [one["code"] for one in report["findings"]] == ["N767"]


def test_the_commands_of_a_new_periodical_are_told_and_work(made: Path) -> None:
    """`make help` lists them in Chinese, `make check` takes the latest issue."""
    told = subprocess.run(["make", "help"], cwd=made, capture_output=True, text=True, check=True).stdout
    assert re.search(r"make issue\s+排出一期", told)
    makefile = (made / "Makefile").read_text(encoding="utf-8")
    assert re.search(r"^INSTALLED := .*newsletter.pdf", makefile, re.MULTILINE)
    done = subprocess.run(["make", "check"], cwd=made, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_nobody_has_filled_in_is_warned_of(capsys: pytest.CaptureFixture[str]) -> None:
    """The example section and an organisation that is still open do not pass for an issue that is done."""
    assert main(["init", "刊", "--yes", "--issue", "2031-05"]) == 0
    capsys.readouterr()
    assert main(["check", "刊/content/2031-05", "--json"]) == 0
    found = {
        (one["code"], one["where"].split("/")[-1].split(":")[0])
        for one in json.loads(capsys.readouterr().out)["findings"]
    }
    assert found == {("N767", "01-示例栏目.md"), ("N785", "masthead.yaml")}


def test_an_example_that_was_renamed_and_begun_is_still_told(made: Path) -> None:
    """As long as one of its paragraphs is there; then no more."""
    example = _first(made) / "01-示例栏目.md"
    text = example.read_text(encoding="utf-8")
    example.unlink()
    own = _first(made) / "01-会讯.md"
    own.write_text(text.replace("示例栏目", "会讯").replace("标题怎样写", "理事会开会"), encoding="utf-8")
    assert "N767" in _codes(_first(made))
    own.write_text("---\ntitle: 会讯\n---\n\n### 甲\n\n段与段之间空一行。\n\n来源：本刊编辑部\n", encoding="utf-8")
    assert "N767" not in _codes(_first(made))


def _codes(folder: Path) -> set[str]:
    findings = Findings()
    read(folder, None, findings)
    return {finding.code for finding in findings}


def test_names_that_yaml_would_misread_are_quoted(tmp_path: Path) -> None:
    """A colon, quotes and a truth value in the answers stay the text that they are."""
    assert main(["init", "b", "--name", "A: \"b\" 'c' #d", "--organisation", "no", "--yes", "--language", "en"]) == 0
    issue = read_issue(_first(tmp_path / "b"), Findings())
    assert issue is not None
    assert issue.masthead is not None
    assert issue.masthead.organisations[0].names == ("no",)
    assert issue.masthead.nameplate is not None
    assert issue.masthead.nameplate.text == issue.facts.title == "A: \"b\" 'c' #d"
    assert issue.facts.language == "en"


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not a byte is written; an empty folder is taken."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").write_text("mine", encoding="utf-8")
    assert main(["init", "full", *FLAGS]) == 1
    assert "N933" in capsys.readouterr().out
    assert [path.name for path in tmp_path.rglob("*")] == ["full", "a.txt"]
    (tmp_path / "empty").mkdir()
    assert main(["init", "empty", *FLAGS]) == 0


def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The half-made folder goes, and the finding tells why."""

    def full(*_args: object, **_kwargs: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr("newsletter_pdf.newissue.founding.shutil.copytree", full)
    assert main(["init", "刊", *FLAGS]) == 1
    assert "N934" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_without_an_installed_project_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Layouts and fonts must come from somewhere."""
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", str(tmp_path / "nowhere"))
    assert main(["init", "刊", *FLAGS]) == 1
    assert "N935" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []


def test_the_first_issue_may_be_another_than_this_months(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its name sets the month; a name that is none is refused before anything is made."""
    assert main(["init", "刊", *FLAGS, "--issue", "../x"]) == 1
    assert "N651" in capsys.readouterr().out
    assert list(tmp_path.iterdir()) == []
    assert main(["init", "刊", *FLAGS, "--issue", "2031-05"]) == 0
    issue = read_issue(tmp_path / "刊" / "content" / "2031-05", Findings())
    assert issue is not None
    assert (issue.facts.date.year, issue.facts.date.month) == (2031, 5)


def test_an_unknown_language_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """With those that there are."""
    assert main(["init", "刊", *FLAGS, "--language", "fr"]) == 2
    assert "zh-CN、zh-TW、zh-HK、en" in capsys.readouterr().err


def test_the_questions_are_asked_in_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What no option answers is asked, the first issue too; what cannot be is asked again, and it is said why."""
    answers = {
        "刊名": ["问来的刊"],
        "主办单位": ["问来的单位"],
        "语言（zh-CN、zh-TW、zh-HK、en）": ["fr", "zh-TW"],
        "第一期（年-月）": ["../x", "2031-05"],
    }
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda question, **_: answers[question].pop(0))
    assert main(["init", "刊"]) == 0
    told = capsys.readouterr()
    assert "不认识的语言「fr」，可选：zh-CN、" in told.err
    assert "「../x」不能用作文件夹的名字" in told.err
    issue = read_issue(tmp_path / "刊" / "content" / "2031-05", Findings())
    assert issue is not None
    assert (issue.facts.title, issue.facts.language) == ("问来的刊", "zh-TW")


def test_the_command_that_is_told_at_the_end_works(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As it stands on the screen, where the program is not on the path."""
    assert main(["init", "我的 刊", *FLAGS, "--issue", "2031-05"]) == 0
    told = re.search(r"cd .*make issue ISSUE=2031-05", capsys.readouterr().out.replace("\n", " "))
    assert told is not None
    ran = subprocess.run(
        ["sh", "-c", told[0] + " -n"], cwd=tmp_path, env=os.environ | {"PATH": "/usr/bin:/bin"}, check=False
    )
    assert ran.returncode == 0


def test_questions_may_be_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C and the end of the input end the command quietly; nothing is made."""

    def leave(*_args: object, **_kwargs: object) -> None:
        raise typer.Abort

    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("typer.prompt", leave)
    assert main(["init", "刊"]) == 130
    assert "已中断" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_the_checklist_names_what_is_still_open(made: Path) -> None:
    """Every placeholder with its line; when all is filled in, what is left is to look at."""
    folder = _first(made)
    tasks = checklist(folder)
    assert {task.place.file.name for task in tasks if task.place.file} == {
        *("issue.yaml", "01-示例栏目.md", "masthead.yaml", "services.yaml"),
    }
    masthead = made / "content" / "masthead.yaml"
    lines = masthead.read_text(encoding="utf-8").splitlines()
    opened = [task for task in tasks if task.place.file == masthead]
    assert [lines[(task.place.line or 0) - 1] for task in opened] == ["# board:", "# statement: |", "# imprint:"]
    masthead.write_text("nameplate: 刊\n", encoding="utf-8")
    (folder / "01-示例栏目.md").unlink()
    left = [task.zh for task in checklist(folder)]
    assert "换成自己的栏目和文章，改好文件名" not in left
    assert "核对编委会、编辑部名单" in left


def test_a_placeholder_is_told_with_its_place(made: Path) -> None:
    """What would be printed as it is: an address that nobody has, a name to be settled."""
    masthead = made / "content" / "masthead.yaml"
    masthead.write_text(
        "nameplate: 刊\nboard:\n  - role: 主编\n    people: [待定]   # 待定\n# 待定\n", encoding="utf-8"
    )
    places = [task.place for task in checklist(_first(made)) if task.place.file == masthead]
    assert [(place.line, place.column) for place in places] == [(4, 14)]


def test_data_of_the_sample_are_named_as_invented(made: Path) -> None:
    """One task a file, at the line that says so, instead of its addresses; for the sample issue itself none."""
    masthead = made / "content" / "masthead.yaml"
    mark = "# 示例期 sample issue: 2026-11　换成自己的内容后，删去这一行\n"
    masthead.write_text(f"#\n{mark}nameplate: 刊\nimprint: [信箱 a@example.org, 网站 example.org]\n", encoding="utf-8")
    folder = _first(made).rename(made / "content" / "2031-02")
    told = [task for task in checklist(folder) if task.place.file == masthead]
    assert [task.place.line for task in told] == [2]
    assert "虚构" in told[0].zh
    sample = folder.rename(folder.with_name("2026-11"))
    assert not any("虚构" in task.zh for task in checklist(sample))


def test_nothing_of_the_template_is_printed_that_nobody_wrote(made: Path) -> None:
    """No placeholder of a person or an address gets into the issue."""
    issue = read_issue(_first(made), Findings())
    assert issue is not None
    assert not re.search("待定|姓名]|example", str(issue.masthead) + str(issue.services))


def test_new_ends_with_the_checklist(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On the screen and as JSON, in both languages."""
    monkeypatch.chdir(made)
    assert main(["new", "2031-02"]) == 0
    assert "☐ 核对出版日期" in capsys.readouterr().out
    assert main(["new", "2031-03", "--json", "--lang", "en"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"where": "content/2031-03/issue.yaml:5", "task": "Check the date"} in told["checklist"]


def test_a_layout_of_ones_own_looks_like_classic_and_offers_every_option(tmp_path: Path) -> None:
    """It loads without a finding, each option stands in it with its default, and building with it changes nothing."""
    shutil.copytree(HOME / "layouts", tmp_path / "layouts")
    findings = Findings()
    folder = create_layout("ours", tmp_path / "layouts", findings)
    assert folder is not None
    own, classic = (load_layout(name, tmp_path, {}, findings) for name in ("ours", "classic"))
    assert len(findings) == 0
    assert own is not None
    assert classic is not None
    text = (folder / "layout.yaml").read_text(encoding="utf-8")
    declared = yaml.safe_load((HOME / "layouts" / "classic" / "layout.yaml").read_text(encoding="utf-8"))["options"]
    opened = yaml.safe_load(re.sub(r"^  # (\w+: )", r"  \1", text, flags=re.MULTILINE))["options"]
    assert {key: str(value) for key, value in opened.items()} == {k: str(v["default"]) for k, v in declared.items()}


def test_a_new_layout_is_ready_to_build(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`new --layout`, then the name as the layout of a build."""
    monkeypatch.chdir(made)
    assert main(["new", "--layout", "ours"]) == 0
    assert main(["build", str(_first(made)), "--layout", "ours"]) == 0


@pytest.mark.parametrize(
    ("name", "code"), [("../x", "N930"), ("Ours", "N930"), ("我的", "N930"), ("", "N930"), ("jade", "N931")]
)
def test_a_bad_name_of_a_layout_is_a_finding(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, code: str
) -> None:
    """Nothing is made, and the layouts that are there stay as they are."""
    monkeypatch.chdir(made)
    before = sorted(path.name for path in (made / "layouts").iterdir())
    assert main(["new", "--layout", name]) == 1
    assert code in capsys.readouterr().out
    assert sorted(path.name for path in (made / "layouts").iterdir()) == before


def test_a_layout_needs_one_to_inherit_from(
    made: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """When classic is gone, that is said."""
    monkeypatch.chdir(made)
    shutil.rmtree(made / "layouts" / "classic")
    assert main(["new", "--layout", "ours"]) == 1
    assert "N932" in capsys.readouterr().out


def test_an_issue_or_a_layout_not_both(capsys: pytest.CaptureFixture[str]) -> None:
    """Neither, or both, is wrong usage."""
    assert main(["new"]) == 2
    assert main(["new", "2031-01", "--layout", "ours"]) == 2
    assert "--layout" in capsys.readouterr().err
