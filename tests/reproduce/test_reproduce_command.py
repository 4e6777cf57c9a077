"""``newsletter-pdf reproduce``: the same bytes or the reasons why not."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from newsletter_pdf.cli import main


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., SimpleNamespace]:
    def _run(*arguments: str) -> SimpleNamespace:
        capsys.readouterr()
        code = main(arguments)
        captured = capsys.readouterr()
        return SimpleNamespace(code=code, out=captured.out, err=captured.err)

    return _run


@pytest.fixture
def project(make_project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the issue built, as the current folder."""
    folder = tmp_path / "期刊 项目"
    make_project(folder)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NEWSLETTER_PDF_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.chdir(folder)
    assert main(["build", "content/小刊"]) == 0
    return folder


MANIFEST = "build/小刊/manifest.json"


def _edit(change: Callable[[dict], None]) -> None:
    path = Path(MANIFEST)
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def _codes(result: SimpleNamespace) -> dict[str, str]:
    return {f["code"]: f["message"] for f in json.loads(result.out)["findings"]}


def test_an_unchanged_issue_is_made_again(run, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 0, from anywhere, and nothing is left behind or changed."""
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    run_from = tmp_path / "elsewhere"
    run_from.mkdir()
    monkeypatch.chdir(run_from)
    result = run("reproduce", str(project / MANIFEST))
    assert (result.code, result.out.splitlines()[0]) == (0, "重做出来的一模一样，逐字节相同。")
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == before


def test_changed_new_and_gone_inputs_are_named(run, project: Path) -> None:
    """Each with what happened to it, and exit code 1, as the PDF is another one."""
    issue = project / "content" / "小刊"
    section = issue / "01-甲编.md"
    text = (
        section.read_text(encoding="utf-8").replace('![另一张图](images/q.jpg "说明二")\n', "").replace("要闻", "新闻")
    )
    section.write_text(text, encoding="utf-8")
    (issue / "02-乙编.md").write_text("---\ntitle: 乙\n---\n\n### 文\n\n文。\n\n来源：本刊\n", encoding="utf-8")
    result = run("reproduce", MANIFEST, "--json")
    found = json.loads(result.out)
    assert result.code == 1
    assert not found["same"]
    assert {(d["name"], d["then"] is None, d["now"] is None) for d in found["differences"]} == {
        ("小刊/01-甲编.md", False, False),
        ("小刊/02-乙编.md", True, False),
        ("小刊/images/q.jpg", False, True),
    }
    assert found["rebuilt"] != found["recorded"] == found["beside"]
    assert [f["code"] for f in found["findings"]] == ["N666", "N666", "N666", "N663"]
    assert found["findings"][0]["where"] == "content/小刊/01-甲编.md"


def test_a_change_that_leaves_no_trace_in_the_pdf_is_a_warning(run, project: Path) -> None:
    """The file is named, but the bytes are what counts."""
    facts = project / "content" / "小刊" / "issue.yaml"
    facts.write_text("# 备注\n" + facts.read_text(encoding="utf-8"), encoding="utf-8")
    result = run("reproduce", MANIFEST, "--json")
    assert (result.code, list(_codes(result))) == (0, ["N666"])


@pytest.mark.usefixtures("project")
def test_other_versions_and_options_are_named(run) -> None:
    """What the manifest says of then, beside what is now."""
    _edit(lambda data: (data["versions"].update(Pango="1.40.0"), data["options"].update(body_size="13pt")))
    found = _codes(run("reproduce", MANIFEST, "--json"))
    assert set(found) == {"N667", "N668"}
    assert "Pango" in found["N667"]
    assert "1.40.0" in found["N667"]
    assert "13pt" in found["N668"]


@pytest.mark.usefixtures("project")
def test_a_difference_without_a_cause_is_owned_up_to(run) -> None:
    """Nothing recorded differs and the bytes do: a defect of the program, or a manifest that lies."""
    _edit(lambda data: data["pdf"].update(sha256="0" * 64))
    result = run("reproduce", MANIFEST, "--json")
    assert result.code == 1
    assert set(_codes(result)) == {"N664", "N665"}


def test_a_pdf_that_was_changed_afterwards_is_reported(run, project: Path) -> None:
    """The PDF beside the manifest must be the one recorded; without any the digest alone is compared."""
    pdf = project / "build" / "小刊" / "小刊.pdf"
    pdf.write_bytes(pdf.read_bytes() + b"\n")
    result = run("reproduce", MANIFEST, "--json")
    assert (result.code, list(_codes(result))) == (1, ["N665"])
    pdf.unlink()
    result = run("reproduce", MANIFEST)
    assert result.code == 0
    assert "清单旁边没有 PDF" in result.out


def test_content_that_cannot_be_built_now_is_told_with_what_changed(run, project: Path) -> None:
    """The errors of the build, and the files that are not as they were."""
    (project / "content" / "小刊" / "01-甲编.md").write_text("---\ntitle: 甲\n", encoding="utf-8")
    result = run("reproduce", MANIFEST, "--json")
    found = _codes(result)
    assert result.code == 1
    assert {"N662", "N666"} < set(found)
    assert "01-甲编.md" in found["N666"]


def test_a_manifest_without_its_content_says_how_to_name_it(
    run, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looked for above the manifest and above the current folder; --content names it."""
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "manifest.json").write_bytes(Path(MANIFEST).read_bytes())
    monkeypatch.chdir(alone)
    result = run("reproduce", "manifest.json", "--json")
    assert (result.code, list(_codes(result))) == (1, ["N661"])
    assert run("reproduce", "manifest.json", "--content", str(project / "content" / "小刊")).code == 0
    monkeypatch.chdir(project / "content")
    assert run("reproduce", str(alone / "manifest.json")).code == 0


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[1]"])
def test_what_is_no_manifest_is_a_finding(run, data: bytes) -> None:
    """Exit code 1 and N660, never a traceback."""
    Path(MANIFEST).write_bytes(data)
    result = run("reproduce", MANIFEST, "--json")
    assert (result.code, list(_codes(result))) == (1, ["N660"])


def test_out_keeps_the_new_pdf_but_never_replaces_the_old(run, project: Path) -> None:
    """For a comparison page by page."""
    result = run("reproduce", MANIFEST, "--out", "again")
    assert result.code == 0
    assert "again/小刊.pdf" in result.out
    assert (project / "again" / "小刊.pdf").read_bytes() == (project / "build" / "小刊" / "小刊.pdf").read_bytes()
    assert run("reproduce", MANIFEST, "--out", "build/小刊").code == 2
    assert run("reproduce", "no/manifest.json").code == 2
