"""What helps around the program: snippets and settings of the editor, completion, commands, the workflow."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from newsletter_pdf.cli import main
from newsletter_pdf.findings import Findings
from newsletter_pdf.reader import read_issue

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "src" / "newsletter_pdf" / "newissue" / "periodical"
SNIPPETS = json.loads((ROOT / ".vscode" / "newsletter.code-snippets").read_text(encoding="utf-8"))
TOOLS = (ROOT / "docs" / "tools.md").read_text(encoding="utf-8")
_MAKEFILES = "".join(
    path.read_text(encoding="utf-8") for path in (ROOT / "Makefile", TEMPLATES / "tools" / "editors.mk")
)
_SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50"><rect width="100" height="50"/></svg>'


def _expanded(body: list[str]) -> str:
    """A snippet as it is when nothing is typed into it: the first of a choice, the defaults."""
    text = re.sub(r"\$\{\d+\|([^,|]+)[^}]*\|\}", r"\1", "\n".join(body))
    return re.sub(r"\$\{\d+:([^}]*)\}", r"\1", text).replace("$0", "")


@pytest.mark.parametrize("name", SNIPPETS)
def test_a_snippet_is_read_without_a_finding(name: str, tmp_path: Path) -> None:
    """Whatever it is put into: a section file, a section, an article."""
    text = _expanded(SNIPPETS[name]["body"])
    if not text.startswith(("---", "#")):
        text = f"### 文\n\n正文。\n\n{text}\n\n来源：本刊\n"
    if not text.startswith("---"):
        text = f"---\ntitle: 栏目\n---\n\n{text}"
    folder = tmp_path / "2026-12"
    (folder / "images").mkdir(parents=True)
    (folder / "issue.yaml").write_text("title: 刊\ndate: 2026-12-20\nnumber: 12\n", encoding="utf-8")
    for shared in ("masthead.yaml", "services.yaml"):
        (tmp_path / shared).write_bytes((ROOT / "content" / shared).read_bytes())
    if "文件名.jpg" in text:
        text = text.replace("文件名.jpg", "a.svg")
        (folder / "images" / "a.svg").write_text(_SVG, encoding="utf-8")
    (folder / "images" / "数据.csv").write_text("年,甲\n2025,1\n2026,2\n", encoding="utf-8")
    (folder / "01-栏目.md").write_text(text, encoding="utf-8")
    findings = Findings()
    assert read_issue(folder, findings) is not None, [f.message_zh for f in findings]
    assert [str(f.place) + f.message_zh for f in findings if f.place.file and f.place.file.suffix == ".md"] == []


def test_every_snippet_is_told_with_both_of_its_names() -> None:
    """The page lists what to type, in Chinese and in English."""
    for snippet in SNIPPETS.values():
        english, chinese = snippet["prefix"][:2]
        assert f"| `{chinese}` | `{english}` |" in TOOLS


def test_a_new_periodical_gets_the_settings_of_the_project() -> None:
    """The two sets of files for VS Code are the same, byte for byte."""
    own = {path.name: path.read_bytes() for path in (ROOT / ".vscode").iterdir()}
    assert own == {path.name: path.read_bytes() for path in (TEMPLATES / "vscode").iterdir()}
    assert set(own) == {"extensions.json", "settings.json", "newsletter.code-snippets"}


def test_the_settings_name_schemas_and_files_that_exist() -> None:
    """Each file of the sample is checked by its schema; the page names the extensions."""
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
    found = set()
    for schema, patterns in settings["yaml.schemas"].items():
        assert (ROOT / schema).is_file(), schema
        for pattern in [patterns] if isinstance(patterns, str) else patterns:
            found |= {path.name for path in ROOT.glob(pattern)}
    assert found == {"issue.yaml", "masthead.yaml", "services.yaml"}
    for extension in json.loads((ROOT / ".vscode" / "extensions.json").read_text(encoding="utf-8"))["recommendations"]:
        assert f"`{extension}`" in TOOLS


def _completions(*words: str) -> list[str]:
    environment = os.environ | {
        "_NEWSLETTER_PDF_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(("newsletter-pdf", *words)),
        "COMP_CWORD": str(len(words)),
    }
    done = subprocess.run(
        [sys.executable, "-m", "newsletter_pdf"], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_the_shell_completes_commands_and_options() -> None:
    """Asked through the environment, as the script for bash asks."""
    assert _completions("ver") == ["verify"]
    assert "--layout" in _completions("build", "--la")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_the_script_for_a_shell_can_be_shown(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It calls the program by its name."""
    assert main(["--show-completion", shell]) == 0
    assert "_NEWSLETTER_PDF_COMPLETE" in capsys.readouterr().out


def test_completion_is_installed_in_the_users_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where, is told in the user's language."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert main(["--lang", "zh", "--install-completion", "bash"]) == 0
    assert "补全装好了" in capsys.readouterr().out
    assert "newsletter-pdf" in (tmp_path / ".bashrc").read_text(encoding="utf-8")


def test_an_unknown_shell_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    """With those that there are."""
    assert main(["--show-completion", "tcsh"]) == 2
    assert "bash" in capsys.readouterr().err


def test_make_help_tells_every_target_in_chinese() -> None:
    """Each target of the Makefile has a line of its own with Chinese words."""
    text = _MAKEFILES
    targets = set(re.findall(r"^([a-z-]+):(?!=| export)", text, re.MULTILINE))
    told = dict(
        re.findall(
            r"^  make ([\w-]+) +(.*)$",
            subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout,
            re.MULTILINE,
        )
    )
    assert set(told) == targets - {"help"}
    assert all(re.search("[\u4e00-\u9fff]", words) for words in told.values())


def test_the_workflow_builds_and_attaches_with_the_projects_own_commands() -> None:
    """Its scripts are good shell, its targets exist, and what it attaches is where a build puts it."""
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "issue.yml").read_text(encoding="utf-8"))
    steps = workflow["jobs"]["build"]["steps"]
    makefile = _MAKEFILES
    for step in steps:
        script = step.get("run", "")
        assert subprocess.run(["bash", "-n"], input=script, text=True, check=False).returncode == 0
        for target in re.findall(r"make ([a-z]+)", script):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    upload = next(step for step in steps if "upload-artifact" in step.get("uses", ""))
    assert upload["if"] == "always()"
    assert "build/*/*.pdf" in upload["with"]["path"]
