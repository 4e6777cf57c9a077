"""Every broken issue gives exactly the findings expected, at the right place, and nothing else happens."""

import sys
from pathlib import Path

import pytest

from newsletter_pdf.cli import main
from newsletter_pdf.findings import Findings, Severity
from newsletter_pdf.fonts import FontSet, load_fonts
from newsletter_pdf.pipeline import check
from newsletter_pdf.reader import read_issue

sys.path.insert(0, str(Path(__file__).parent))
from cases import CASES, TOLD, good_issue

HOME = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def fonts() -> FontSet:
    found = load_fonts(HOME / "fonts", Findings())
    assert found is not None
    return found


def _where(folder: Path, file: Path | None, line: int | None) -> str:
    name = file.relative_to(folder).as_posix() if file and file != folder else "."
    return name if line is None else f"{name}:{line}"


def test_the_issue_they_start_from_is_good(tmp_path: Path, fonts: FontSet) -> None:
    """The base has no error, so what a case reports comes from what the case changed."""
    findings = Findings()
    assert read_issue(good_issue(tmp_path / "issue"), findings, covers=fonts.covers) is not None
    assert findings.good


@pytest.mark.parametrize("name", CASES)
def test_a_broken_issue_gives_the_findings_expected(name: str, tmp_path: Path, fonts: FontSet) -> None:
    """Codes and places are exact; nothing is built from a broken issue."""
    breaker, expected = CASES[name]
    folder = good_issue(tmp_path / "issue")
    breaker(folder)
    findings = Findings()
    assert read_issue(folder, findings, covers=fonts.covers) is None
    errors = [f for f in findings if f.severity is Severity.ERROR]
    found = dict.fromkeys(f"{f.code} {_where(folder, f.place.file, f.place.line)}" for f in errors)
    assert tuple(found) == expected


@pytest.mark.parametrize("name", TOLD)
def test_a_doubtful_issue_is_read_and_the_editor_told(name: str, tmp_path: Path, fonts: FontSet) -> None:
    """Codes and places are exact, and the issue can be made."""
    breaker, expected = TOLD[name]
    folder = good_issue(tmp_path / "issue")
    before = Findings()
    read_issue(folder, before, covers=fonts.covers)
    breaker(folder)
    findings = Findings()
    assert read_issue(folder, findings, covers=fonts.covers) is not None
    told = [f for f in findings if f not in set(before) and f.code != "N279"]
    assert tuple(f"{f.code} {_where(folder, f.place.file, f.place.line)}" for f in told) == expected


@pytest.mark.parametrize("name", CASES)
def test_a_broken_issue_leaves_the_old_pdf_alone(
    name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """``build`` ends with 1, shows no traceback, and does not touch what is there."""
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", str(HOME))
    monkeypatch.chdir(tmp_path)
    CASES[name][0](good_issue(tmp_path / "issue"))
    old = tmp_path / "out" / "issue.pdf"
    old.parent.mkdir()
    old.write_bytes(b"the old PDF")
    assert main(["build", "issue", "--out", "out"]) == 1
    assert old.read_bytes() == b"the old PDF"
    assert "Traceback" not in "".join(capfd.readouterr())


def test_an_option_that_is_wrong_is_reported_where_it_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each option at its own line, the layout's name at its own."""
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", str(HOME))
    folder = good_issue(tmp_path / "issue")
    text = (folder / "issue.yaml").read_text(encoding="utf-8")

    def found(more: str) -> list[str]:
        (folder / "issue.yaml").write_text(text + more, encoding="utf-8")
        errors = (f for f in check(folder) if f.severity is Severity.ERROR)
        return [f"{f.code} {_where(folder, f.place.file, f.place.line)}" for f in errors]

    options = "options:\n  acent: red\n  leading: 28\n  body_size: 3pt\n"
    assert found(options) == ["N310 issue.yaml:5", "N311 issue.yaml:6", "N312 issue.yaml:7"]
    assert found("options:\n  lines: 22\n  leading: 60pt\n") in (["N313 issue.yaml:6"], ["N312 issue.yaml:6"])
    assert found("layout: clasic\n") == ["N301 issue.yaml:4"]
