"""``newsletter-pdf approve``, and what a build says of an approval."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import yaml

from newsletter_pdf.approval import approval_of
from newsletter_pdf.cli import main

ROOT = Path(__file__).resolve().parents[2]
SECTION = "---\ntitle: 甲\n---\n\n### 文章\n\n正文在此。\n\n来源：本刊\n"
BARE = ("N708", "N211", "N561")
FACTS = "title: 小刊\nnumber: 3\ndate: 2026-03-20\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one small issue, built once."""
    folder = tmp_path_factory.mktemp("made")
    issue = folder / "content" / "2026-03"
    issue.mkdir(parents=True)
    (issue / "issue.yaml").write_text(FACTS, encoding="utf-8")
    (issue / "01-甲.md").write_text(SECTION, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSLETTER_PDF_HOME", str(ROOT))
        assert main(["build", str(issue)]) == 0
    return folder


@pytest.fixture
def run(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., SimpleNamespace]:
    """Runs the command in a copy of the project; gives ``code`` and ``out``, and with --json ``data`` and ``codes``."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", str(ROOT))
    monkeypatch.setenv("TZ", "Asia/Shanghai")
    shutil.copytree(made, tmp_path / "p")
    monkeypatch.chdir(tmp_path / "p")

    def _run(*arguments: str) -> SimpleNamespace:
        capsys.readouterr()
        code = main(arguments)
        out = capsys.readouterr().out
        data = json.loads(out) if "--json" in arguments else None
        # What a bare issue is warned of (no masthead, no services) is not the matter here.
        found = (
            {finding["code"]: finding for finding in data["findings"] if finding["code"] not in BARE} if data else {}
        )
        return SimpleNamespace(code=code, out=out, data=data, found=found, codes=list(found))

    return _run


ISSUE = Path("content/2026-03")
PDF = Path("build/2026-03/2026-03.pdf")
RECORD = ISSUE / "approval.yaml"
APPROVE = ("approve", str(ISSUE), "--by", "张三", "--json")


def test_an_approval_is_recorded_and_its_pdf_kept(run) -> None:
    """The entry names the file by its digest; the copy stays when the next build replaces the PDF."""
    result = run(*APPROVE, "--note", "终审")
    assert (result.code, result.data["approved"], result.data["added"], result.codes) == (0, True, True, [])
    (entry,) = yaml.safe_load(RECORD.read_text(encoding="utf-8"))
    assert entry == result.data["approval"]
    assert (entry["by"], entry["note"], entry["pdf"], entry["layout"]) == ("张三", "终审", "2026-03.pdf", "classic")
    report = json.loads(Path("build/2026-03/report.json").read_text(encoding="utf-8"))
    assert (entry["sha256"], entry["pages"]) == (report["sha256"], report["pages"])
    assert approval_of(ISSUE, report["sha256"]).by == "张三"
    assert Path("build/2026-03/approved/2026-03.pdf").read_bytes() == PDF.read_bytes()
    assert run("reproduce", "build/2026-03/approved/manifest.json").code == 0


def test_the_screen_says_who_when_and_what_to_do(run) -> None:
    """In Chinese and English."""
    result = run("approve", str(ISSUE), "--by", "张三")
    assert result.out.startswith("已签发：张三，20")
    assert "签发记录（请提交）：content/2026-03/approval.yaml" in result.out
    again = run("approve", str(ISSUE), "--by", "张三", "--lang", "en")
    assert again.code == 0
    assert "张三 has approved this one already" in again.out


def test_the_same_person_signs_once_and_others_may_follow(run) -> None:
    """A repetition adds nothing; another name, or a new remark, does."""
    run(*APPROVE)
    before = RECORD.read_bytes()
    again = run(*APPROVE)
    assert (again.code, again.data["approved"], again.data["added"]) == (0, True, False)
    assert RECORD.read_bytes() == before
    run(*APPROVE, "--note", "复核")
    run("approve", str(ISSUE), "--by", "李四")
    assert RECORD.read_bytes().startswith(before)
    names = [(entry["by"], entry.get("note")) for entry in yaml.safe_load(RECORD.read_text(encoding="utf-8"))]
    assert names == [("张三", None), ("张三", "复核"), ("李四", None)]


def _report(change: Callable[[dict], object]) -> None:
    path = PDF.with_name("report.json")
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def _append(path: Path, text: str = "\n") -> None:
    with path.open("a", encoding="utf-8") as stream:
        stream.write(text)


def _error(data: dict) -> object:
    return data["findings"].append({"code": "N501", "severity": "error", "where": "", "message": "", "hint": ""})


REFUSED: dict[str, tuple[Callable[[], object], list[str]]] = {
    "no PDF": (PDF.unlink, ["N670"]),
    "no report": (PDF.with_name("report.json").unlink, ["N670"]),
    "no manifest": (PDF.with_name("manifest.json").unlink, ["N670"]),
    "a report that is none": (lambda: PDF.with_name("report.json").write_text("[]"), ["N670"]),
    "a manifest that is none": (lambda: PDF.with_name("manifest.json").write_text("{}"), ["N660"]),
    "another PDF than was proved": (lambda: _append(PDF), ["N671"]),
    "a report of another PDF": (lambda: _report(lambda data: data.update(sha256="0" * 64)), ["N671"]),
    "an error in the report": (lambda: _report(_error), ["N673"]),
    "a finding of no known severity": (lambda: _report(lambda data: data["findings"].append({})), ["N673"]),
    "a section changed": (lambda: _append(ISSUE / "01-甲.md", "又一段。\n"), ["N672"]),
    "the facts changed": (lambda: _append(ISSUE / "issue.yaml", "# 备注\n"), ["N672"]),
    "a section added": (lambda: shutil.copy(ISSUE / "01-甲.md", ISSUE / "02-乙丙.md"), ["N2"]),
    "masthead added": (lambda: shutil.copy(ROOT / "content" / "masthead.yaml", "content"), ["N672"]),
    "a damaged record": (lambda: RECORD.write_text("x"), ["N674", "N675"]),
}


@pytest.mark.parametrize(("spoil", "codes"), REFUSED.values(), ids=REFUSED.keys())
def test_what_must_not_be_signed_is_refused(run, spoil: Callable[[], object], codes: list[str]) -> None:
    """Exit code 1, the reason by name, and no entry in the record."""
    spoil()
    before = RECORD.read_bytes() if RECORD.exists() else None
    result = run(*APPROVE)
    assert (result.code, result.data["approved"], result.data["approval"]) == (1, False, None)
    assert all(code.startswith(wanted) for code, wanted in zip(result.codes, codes, strict=True)), result.codes
    assert (RECORD.read_bytes() if RECORD.exists() else None) == before
    assert not PDF.with_name("approved").exists()


def test_a_manifest_of_another_issue_is_refused(run) -> None:
    """A build folder that was copied from another issue."""
    shutil.copytree(ISSUE, "content/2026-04")
    shutil.copytree(PDF.parent, "build/2026-04")
    Path("build/2026-04/2026-03.pdf").rename("build/2026-04/2026-04.pdf")
    result = run("approve", "content/2026-04", "--by", "张三", "--json")
    assert (result.code, result.codes) == (1, ["N670"])


@pytest.mark.parametrize(
    "extra", [("--by", ""), ("--by", "  "), ("--by", "张\n三"), ("--by", "张" * 81), ("--note", "\x1b[0m")]
)
def test_names_and_notes_are_one_line_of_text(run, extra: tuple[str, str]) -> None:
    """Anything else is refused: the record is for people to read."""
    result = run(*APPROVE, *extra)
    assert (result.code, result.codes) == (1, ["N676"])
    assert not RECORD.exists()


def test_wrong_calls_are_usage_errors(run) -> None:
    """Without a name, or for a folder that is not there."""
    assert run("approve", str(ISSUE)).code == 2
    assert run("approve", "content/2027-01", "--by", "张三").code == 2


def test_a_build_tells_whether_it_made_the_approved_pdf(run) -> None:
    """The record changes neither the PDF nor the reading; a change of the content makes the approval stale."""
    before = PDF.read_bytes()
    run(*APPROVE)
    approved = run("build", str(ISSUE), "--json")
    assert (approved.code, approved.codes) == (0, ["N678"])
    assert "张三" in approved.found["N678"]["message"]
    assert PDF.read_bytes() == before
    assert run("check", str(ISSUE), "--json").codes == []
    assert b"approval" not in PDF.with_name("manifest.json").read_bytes()

    (ISSUE / "01-甲.md").write_text(SECTION.replace("在此", "改了"), encoding="utf-8")
    stale = run("build", str(ISSUE), "--json")
    assert (stale.code, stale.codes) == (0, ["N677"])
    command = "diff build/2026-03/approved/2026-03.pdf build/2026-03/2026-03.pdf"
    assert command in stale.found["N677"]["hint"], "it can be copied as it stands"
    shutil.rmtree("build/2026-03/approved")
    assert "不在这台电脑上" in run("build", str(ISSUE), "--json").found["N677"]["hint"]

    assert run(*APPROVE).data["added"]
    assert run("build", str(ISSUE), "--json").codes == ["N678"]


def test_a_trial_in_another_layout_makes_nothing_stale(run) -> None:
    """An approval is for the issue in its own layout."""
    run(*APPROVE)
    assert run("build", str(ISSUE), "--layout", "jade", "--out", "trial", "--json").codes == []


def test_a_damaged_record_does_not_stop_a_build(run) -> None:
    """It is said, and the PDF is made."""
    RECORD.write_text("- 坏\n", encoding="utf-8")
    result = run("build", str(ISSUE), "--json")
    assert (result.code, result.codes) == (0, ["N674"])


def test_a_failed_build_cannot_be_approved_though_the_old_pdf_is_there(run) -> None:
    """What lies in the build folder then is not what the content says now."""
    _append(ISSUE / "01-甲.md", "\n![没有](images/no.png)\n")
    assert run("build", str(ISSUE), "--json").code == 1
    assert PDF.is_file()
    assert run(*APPROVE).codes == ["N673"]


def test_a_new_issue_starts_without_an_approval(run) -> None:
    """The record belongs to one issue."""
    run(*APPROVE)
    assert run("new", "2026-04").code == 0
    assert not Path("content/2026-04/approval.yaml").exists()
    assert run("check", "content/2026-04", "--json").code == 0
