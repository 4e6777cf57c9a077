"""What the commands show and return; the work itself is stood in for."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import docx
import pytest

from newsletter_pdf.findings import Findings, Place, Rule
from newsletter_pdf.report import Report
from newsletter_pdf.verify import ContentsEntry, Proof


def _built(issue: Path, *, findings: Findings | None = None, good: bool = True) -> SimpleNamespace:
    out = issue.parents[1] / "build" / issue.name
    out.mkdir(parents=True)
    pdf = out / ("2026-11.pdf" if good else "2026-11.rejected.pdf")
    pdf.write_bytes(b"x" * 920_000)
    found = findings or Findings()
    entries = (ContentsEntry(1, "", "甲", "1", 4, "1"), ContentsEntry(3, "1.", "乙", "3", 6, "3"))
    report = Report("2026-11", pdf, "ab" * 32, 80, "classic", entries, (), found, {"read": 0.1, "layout": 2.2})
    return SimpleNamespace(
        findings=found,
        report=report,
        pdf=pdf if good else None,
        rejected=None if good else pdf,
        report_json=out / "report.json",
        report_html=out / "report.html",
    )


def test_build_passes_its_options_on(run, pipeline: SimpleNamespace, issue: Path) -> None:
    """Folder, layout, output folder, fresh and language reach the pipeline as given."""
    seen = {}

    def build(folder, **options):
        seen.update(options, folder=folder)
        return _built(issue)

    pipeline.build = build
    run("build", "content/2026-11", "--layout", "jade", "--out", "o", "--fresh", "--lang", "en")
    del seen["progress"]
    asked = {"folder": Path("content/2026-11"), "layout": "jade", "out": Path("o"), "fresh": True, "lang": "en"}
    assert seen == {**asked, "partner": None}


def test_a_good_build_says_what_an_editor_wants_to_know(run, pipeline: SimpleNamespace, issue: Path) -> None:
    """Pages, size, time, what was proved and where the PDF is; exit code 0."""
    pipeline.build = lambda *_a, **_k: _built(issue)
    result = run("build", "content/2026-11")
    assert result.code == 0
    assert result.out.splitlines() == [
        "做好了：80 页，0.92 MB，用时 2.3 秒。",
        "目录 2 条，印出的页码与正文逐条核对无误。",
        "没有发现问题。",
        "PDF：build/2026-11/2026-11.pdf",
        "报告：build/2026-11/report.html",
    ]


def test_a_failed_build_names_the_rejected_file_and_calms(
    run, pipeline: SimpleNamespace, issue: Path, error: Rule
) -> None:
    """Exit code 1, the errors first, then that the old PDF is unchanged and where the rejected one lies."""
    findings = Findings()
    findings.add(error.at(Place(page=7)))
    pipeline.build = lambda *_a, **_k: _built(issue, findings=findings, good=False)
    result = run("build", "content/2026-11")
    assert result.code == 1
    assert "错误 N201  第 7 页" in result.out
    assert "没有做成：1 个错误。" in result.out
    assert "原有的 PDF（如果有）没有改动。" in result.out
    assert "没有通过校验的 PDF：build/2026-11/2026-11.rejected.pdf" in result.out


def test_build_json_is_the_report_alone(run, pipeline: SimpleNamespace, issue: Path, warning: Rule) -> None:
    """The output holds the object of report.json and nothing else."""
    findings = Findings()
    findings.add(warning.at())
    built = _built(issue, findings=findings)
    pipeline.build = lambda *_a, **_k: built
    result = run("build", "content/2026-11", "--json")
    assert result.code == 0
    assert json.loads(result.out) == built.report.as_json()


@pytest.mark.usefixtures("issue")
def test_build_json_without_a_report_has_the_same_shape(run, pipeline: SimpleNamespace, error: Rule) -> None:
    """When not even the report could be made, the names are the same."""
    findings = Findings()
    findings.add(error.at())
    nothing = SimpleNamespace(
        findings=findings, report=None, pdf=None, rejected=None, report_json=None, report_html=None
    )
    pipeline.build = lambda *_a, **_k: nothing
    result = run("build", "content/2026-11", "--json")
    assert result.code == 1
    assert json.loads(result.out)["pdf"] is None
    assert json.loads(result.out)["findings"][0]["code"] == "N201"


def test_check_lists_and_counts(run, pipeline: SimpleNamespace, issue: Path, error: Rule, warning: Rule) -> None:
    """All findings are shown and counted; an error makes exit code 1, a warning alone does not."""
    findings = Findings()
    findings.add(warning.at(Place(issue / "issue.yaml", 1, 1)))
    pipeline.check = lambda _folder, **_options: findings
    result = run("check", "content/2026-11")
    assert result.code == 0
    assert "检查通过：1 个警告，可以制作。" in result.out
    findings.add(error.at(Place(issue / "issue.yaml", 1, 1)))
    result = run("check", "content/2026-11")
    assert result.code == 1
    assert "检查没有通过：1 个错误、1 个警告。" in result.out


def test_check_json(run, pipeline: SimpleNamespace, issue: Path, error: Rule) -> None:
    """The issue's name and its findings, with the place as a string and in parts, in the language asked for."""
    findings = Findings()
    findings.add(error.at(Place(issue / "issue.yaml", 1, 8)))
    pipeline.check = lambda _folder, **_options: findings
    result = run("check", "content/2026-11", "--json", "--lang", "en")
    assert json.loads(result.out) == {
        "issue": "2026-11",
        "findings": [
            {
                "code": "N201",
                "severity": "error",
                "where": "content/2026-11/issue.yaml:1:8",
                "message": "this is wrong",
                "hint": "mend it",
                "line": 1,
                "column": 8,
            }
        ],
    }


@pytest.fixture
def proof(monkeypatch: pytest.MonkeyPatch) -> Proof:
    """What the proof will find."""
    made = Proof(80, 900_000, "ab" * 32, (ContentsEntry(1, "", "甲", "1", 4, "1"),), Findings())
    monkeypatch.setattr("newsletter_pdf.verify.prove", lambda *_a, **_k: made)
    monkeypatch.setattr("newsletter_pdf.project.find_home", lambda _start: None)
    return made


def test_verify_shows_and_counts(run, proof: Proof, tmp_path: Path, error: Rule) -> None:
    """Pages, size and entries; that the fonts' origin was not checked without a font folder; exit code by findings."""
    (tmp_path / "a.pdf").write_bytes(b"x")
    result = run("verify", "a.pdf")
    assert result.code == 0
    assert "校验通过：没有发现问题。" in result.out
    assert "80 页，0.90 MB，目录 1 条。" in result.out
    assert "没有核对" in result.out
    proof.findings.add(error.at(Place(page=3)))
    result = run("verify", "a.pdf")
    assert result.code == 1
    assert "校验没有通过：1 个错误。" in result.out


@pytest.mark.usefixtures("proof")
def test_verify_json(run, tmp_path: Path) -> None:
    """The agreed names, in order."""
    (tmp_path / "a.pdf").write_bytes(b"x")
    told = json.loads(run("verify", "a.pdf", "--json").out)
    assert list(told) == ["pdf", "pages", "sha256", "contents", "findings"]
    assert told["pdf"] == "a.pdf"


def test_verify_against_a_report_adds_the_differences(run, proof: Proof, tmp_path: Path) -> None:
    """A report of another file is told apart."""
    (tmp_path / "a.pdf").write_bytes(b"x")
    report = Report("2026-11", None, "cd" * 32, 80, "classic", proof.contents)
    (tmp_path / "report.json").write_text(json.dumps(report.as_json()), encoding="utf-8")
    result = run("verify", "a.pdf", "--against", "report.json")
    assert result.code == 1
    assert "错误" in result.out


@pytest.mark.parametrize("data", [b"", b"[]", b"{}", b"\xff\xfe", b"[" * 200_000])
@pytest.mark.usefixtures("proof")
def test_verify_refuses_what_is_no_report(run, tmp_path: Path, data: bytes) -> None:
    """Any other file given as report is wrong usage, not a fault."""
    (tmp_path / "a.pdf").write_bytes(b"x")
    (tmp_path / "report.json").write_bytes(data)
    result = run("verify", "a.pdf", "--against", "report.json")
    assert result.code == 2
    assert "report.json" in result.err


@pytest.mark.parametrize("path", ["nowhere.json", "."])
@pytest.mark.usefixtures("proof")
def test_verify_refuses_a_report_that_cannot_be_read(run, tmp_path: Path, path: str) -> None:
    """A missing report and a folder are wrong usage."""
    (tmp_path / "a.pdf").write_bytes(b"x")
    assert run("verify", "a.pdf", "--against", path).code == 2


def test_new_makes_an_issue_in_the_content_folder_here(run, tmp_path: Path) -> None:
    """The folder is made in content/ of the current folder and told, with the next command."""
    (tmp_path / "content").mkdir()
    result = run("new", "2026-12")
    assert result.code == 0
    assert (tmp_path / "content" / "2026-12" / "issue.yaml").is_file()
    assert "文件夹：content/2026-12" in result.out
    assert "newsletter-pdf build content/2026-12" in result.out


def test_new_refuses_what_exists(run, issue: Path) -> None:
    """An existing folder stays as it is; exit code 1; JSON has no folder."""
    before = (issue / "issue.yaml").read_bytes()
    result = run("new", "2026-11", "--json")
    assert result.code == 1
    told = json.loads(result.out)
    assert told["folder"] is None
    assert told["findings"]
    assert (issue / "issue.yaml").read_bytes() == before


MANUSCRIPT = "# 一、测试栏目\n\n导读：引子。\n\n关键词：甲、乙\n\n### 1. 第一篇\n\n正文。（来源：某刊）\n"


def test_import_tells_what_it_read_and_wrote(run, tmp_path: Path) -> None:
    """Sections, groups and articles are counted, written files named, the next command given."""
    (tmp_path / "01.md").write_text(MANUSCRIPT, encoding="utf-8")
    result = run("import", "01.md", "--issue", "content/2026-12")
    assert result.code == 0
    assert "导入好了：1 个栏目、0 个组、1 篇文章。" in result.out
    assert "写成：content/2026-12/01-" in result.out
    assert "newsletter-pdf check content/2026-12" in result.out


def test_import_json_and_the_second_import(run, tmp_path: Path) -> None:
    """A second import leaves an edited section alone, writes beside it and shows the difference."""
    (tmp_path / "01.md").write_text(MANUSCRIPT, encoding="utf-8")
    told = json.loads(run("import", "01.md", "--issue", "content/2026-12", "--json").out)
    assert (told["sections"], told["articles"], told["beside"]) == (1, 1, [])
    (path,) = (tmp_path / "content" / "2026-12").glob("*.md")
    path.write_text(path.read_text(encoding="utf-8").replace("正文。", "改过。"), encoding="utf-8")
    again = run("import", "01.md", "--issue", "content/2026-12")
    assert again.code == 0
    assert "  -改过。\n  +正文。\n" in again.out
    told = json.loads(run("import", "01.md", "--issue", "content/2026-12", "--json").out)
    assert told["beside"][0]["beside"].endswith(".新稿.txt")
    assert "-改过。" in told["beside"][0]["difference"]
    assert run("import", "01.md", "--issue", "content/2026-12", "--replace").code == 0


def test_verify_compares_with_the_report_beside_the_pdf(run, proof: Proof, tmp_path: Path) -> None:
    """A report.json that tells of a file of this name is used unasked; one of another file is not."""
    (tmp_path / "a.pdf").write_bytes(b"x")
    report = {"pdf": "build/a/a.pdf", "sha256": "00" * 32, "pages": proof.pages, "contents": [], "findings": []}
    (tmp_path / "report.json").write_text(json.dumps(report), encoding="utf-8")
    result = run("verify", "a.pdf")
    assert result.code == 1
    assert "N571" in result.out
    assert "report.json" in result.out
    (tmp_path / "report.json").write_text(json.dumps(report | {"pdf": "b.pdf"}), encoding="utf-8")
    result = run("verify", "a.pdf")
    assert "report.json" not in result.out


def test_a_pdf_that_is_not_made_yet_is_told_how_to_make(run) -> None:
    """For the PDF of an issue, verify and lines name the command that makes it."""
    for command in ("verify", "lines"):
        result = run(command, "build/2026-13/2026-13.pdf")
        assert result.code == 2
        assert "build content/2026-13" in result.err


def test_import_dry_run_shows_the_outline(run, tmp_path: Path) -> None:
    """Titles with their sizes, indented; nothing is written."""
    (tmp_path / "01.txt").write_text("测试栏目\n1. 第一篇\n正文在这里，比标题长一些。\n", encoding="utf-8")
    result = run("import", "01.txt", "--issue", "content/2026-12", "--dry-run")
    assert result.code == 0
    assert "测试栏目（猜的）  01-测试栏目.md\n    第一篇（猜的）  13 字\n" in result.out
    assert "试读完了，什么也没有写：1 个栏目、0 个组、1 篇文章。" in result.out
    assert not (tmp_path / "content").exists()


def test_import_shows_what_tracked_changes_took_out(run, tmp_path: Path) -> None:
    """The deleted words, with who deleted them."""
    document = docx.Document()
    document.add_heading("栏目", 1)
    paragraph = document.add_paragraph("正文。")._p
    deleted = '<w:del {} w:author="李四"><w:r><w:delText>这一句</w:delText></w:r></w:del>'
    paragraph.append(docx.oxml.parse_xml(deleted.format(docx.oxml.ns.nsdecls("w"))))
    document.save(tmp_path / "a.docx")
    out = run("import", "a.docx", "--issue", "content/2026-12").out
    assert "修订删去的文字：\n第 2 段（李四）：这一句\n" in out


def test_import_names_the_paragraph_of_a_word_file(run, tmp_path: Path) -> None:
    """A Word file has no lines: its findings count paragraphs, on the screen and in the object."""
    document = docx.Document()
    document.add_heading("栏目", 1)
    document.add_paragraph("没有文章的").add_run("话").font.strike = True
    document.save(tmp_path / "a.docx")
    assert "N649  第 2 段" in run("import", "a.docx", "--issue", "content/2026-12").out
    told = json.loads(run("import", "a.docx", "--issue", "content/2026-13", "--json").out)
    assert "a.docx ¶2" in [finding["where"] for finding in told["findings"]]
