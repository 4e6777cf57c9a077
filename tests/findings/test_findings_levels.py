"""What an issue sets its rules to, and that it holds for every finding of a run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from newsletter_pdf.cli import main
from newsletter_pdf.findings import Findings, Level, Place, Severity, catalogue
from newsletter_pdf.findings import content as content_rules
from newsletter_pdf.findings.groups import GROUPS, allowed_levels, group_of, levels, nearest_name, rules_named

HOME = Path(__file__).resolve().parents[2]
RULES = {rule.code: rule for rule in catalogue.all_rules()}


@pytest.fixture
def issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An issue with one warning of proof-reading and one note."""
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", str(HOME))
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "content" / "2026-11"
    folder.mkdir(parents=True)
    body = "---\ntitle: 要闻\n---\n\n### 一篇文章\n\n决定,共14 条。\n"
    (folder / "01-news.md").write_text(body, encoding="utf-8")
    for name, text in (("masthead", "nameplate: 样"), ("services", "pages: [{title: 甲, blocks: [文字]}]")):
        (folder.parent / f"{name}.yaml").write_text(text + "\n", encoding="utf-8")
    return _with(folder, "")


def _with(folder: Path, rules: str) -> Path:
    text = f"title: 样刊\ndate: 2026-11-20\nnumber: 11\n{rules}"
    (folder / "issue.yaml").write_text(text, encoding="utf-8")
    return folder


def _found(folder: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[tuple[str, str]]]:
    capsys.readouterr()
    code = main(["check", str(folder), "--json"])
    return code, [(item["code"], item["severity"]) for item in json.loads(capsys.readouterr().out)["findings"]]


def test_every_rule_has_one_group() -> None:
    """So a group setting reaches it, and the reference page tells which."""
    assert {group_of(code).name for code in RULES} == {group.name for group in GROUPS}


def test_rules_that_guard_data_and_proof_are_fixed() -> None:
    """A wrong page number, a lost character, a footnote that is not printed, text that found no room."""
    for code in ("N521", "N525", "N526", "N542", "N250"):
        assert allowed_levels(RULES[code]) == ()
    for code in ("N258", "N268", "N411"):
        assert allowed_levels(RULES[code]) == (Level.WARN, Level.ERROR)
    for code in ("N677", "N906"):
        assert allowed_levels(RULES[code]) == ()
    for code in ("N740", "N753", "N770", "N230"):
        assert allowed_levels(RULES[code]) == (Level.OFF, Level.WARN, Level.ERROR)


def test_what_a_layout_may_want_so_can_be_set() -> None:
    """No running head, no contents, another paper, no folio; each group of the proof has such a rule."""
    for code in (
        "N510",
        "N511",
        "N520",
        "N522",
        "N530",
        "N541",
        "N563",
        "N685",
        "N716",
        "N718",
        "N719",
        "N730",
        "N734",
    ):
        assert allowed_levels(RULES[code]) == (Level.OFF, Level.WARN, Level.ERROR)
    for name in ("contents", "page", "text", "file", "line-setting", "facts", "proof-reading"):
        assert Level.OFF in set(levels({name: Level.OFF}).values())


def test_what_makes_the_proof_worth_a_signature_stays_an_error() -> None:
    """Text that is missing, altered, covered or hidden, wrong pages and facts, scripts, a file that cannot be read."""
    fixed = ["N501", "N504", "N508", "N513", "N521", "N526", "N531", "N540", "N542", "N550", "N681", "N684", "N691"]
    fixed += ["N692", "N696", "N698", "N703", "N704", "N720", "N721", "N722", "N723", "N724", "N725", "N729", "N731"]
    fixed += ["N733", "N738", "N739"]
    for code in fixed:
        assert allowed_levels(RULES[code]) == ()
        assert code not in levels({group_of(code).name: Level.OFF})


def test_a_code_wins_over_its_group_in_any_order() -> None:
    """And the group's other rules follow the group; a rule that may not be set so is left out."""
    for settings in (
        {"proof-reading": Level.ERROR, "N778": Level.OFF},
        {"N778": Level.OFF, "proof-reading": Level.ERROR},
    ):
        found = levels(settings)
        assert (found["N778"], found["N770"]) == (Level.OFF, Level.ERROR)
    assert "N228" not in levels({"content": Level.OFF})
    assert levels({"content": Level.OFF})["N230"] is Level.OFF


def test_findings_are_weighed_whenever_they_came() -> None:
    """Those that were there before the settings were read, and those that come after."""
    findings = Findings()
    rule = content_rules.TITLE_LONG
    findings.add(rule.at(Place(line=1), length=99, limit=90))
    findings.configure({rule.code: Level.ERROR})
    findings.add(rule.at(Place(line=2), length=99, limit=90))
    assert [finding.severity for finding in findings] == [Severity.ERROR, Severity.ERROR]
    findings.configure({rule.code: Level.OFF})
    assert (len(findings), findings.silenced, findings.good) == (0, 2, True)


@pytest.mark.parametrize(
    ("rules", "code", "expected"),
    [
        ("", 0, [("N770", "warning"), ("N778", "info")]),
        ("rules: {N770: off}\n", 0, [("N778", "info")]),
        ("rules: {proof-reading: off}\n", 0, []),
        ("rules: {proof-reading: error, N778: off}\n", 1, [("N770", "error")]),
        ("rules:\n  N778: warn\n  proof-reading: error\n", 1, [("N770", "error"), ("N778", "warning")]),
    ],
)
def test_an_issue_sets_its_rules(
    issue: Path, capsys: pytest.CaptureFixture[str], rules: str, code: int, expected: list[tuple[str, str]]
) -> None:
    """By code or group, as the word says, quoted or not."""
    assert _found(_with(issue, rules), capsys) == (code, expected)


def test_what_is_switched_off_is_counted(issue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody takes silence for a clean bill."""
    assert main(["check", str(_with(issue, "rules: {proof-reading: off}\n"))]) == 0
    assert "另有 2 处" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("rules", "code", "line", "words"),
    [
        ("rules: {N7711: off}\n", "N214", 4, "N771"),
        ("rules: {proofreading: off}\n", "N214", 4, "proof-reading"),
        ("rules: {校对: off}\n", "N214", 4, "proof-reading"),
        ("rules:\n  N521: off\n", "N215", 5, "不能改"),
        ("rules:\n  N268: off\n", "N215", 5, "warn"),
        ("rules: {commands: warn}\n", "N215", 4, "不能改"),
        ("rules: {N677: off}\n", "N215", 4, "不能改"),
        ("rules: {N770: no}\n", "N206", 4, "off"),
        ("rules: {N770: [off]}\n", "N206", 4, "off"),
        ("rules: [N770]\n", "N203", 4, ""),
    ],
)
def test_wrong_settings_are_told(
    issue: Path, capsys: pytest.CaptureFixture[str], rules: str, code: str, line: int, words: str
) -> None:
    """An unknown name with the nearest one, a level that a rule does not allow, a level that is none."""
    capsys.readouterr()
    assert main(["check", str(_with(issue, rules)), "--json"]) == 1
    errors = [f for f in json.loads(capsys.readouterr().out)["findings"] if f["severity"] == "error"]
    assert [(f["code"], f["line"]) for f in errors] == [(code, line)]
    assert words in errors[0]["hint"]


def test_errors_may_be_asked_to_be_errors(issue: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``contents: error`` changes nothing and harms nobody."""
    assert _found(_with(issue, "rules: {contents: error}\n"), capsys)[0] == 0


def test_verify_knows_the_issue_of_a_pdf_in_its_place(
    issue: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The PDF in build/<issue>/ is judged by the issue's settings, one that lies elsewhere is not."""
    from newsletter_pdf import verify
    from newsletter_pdf.findings import proof

    def proved(_pdf: Path, **_options: object) -> object:
        made = real(_pdf, **_options)
        made.findings.add(proof.LARGE.at(size="9", limit="8"))
        return made

    real = verify.prove
    monkeypatch.setattr(verify, "prove", proved)
    _with(issue, "rules: {N507: error}\n")
    for folder, severity in (("build/2026-11", "error"), ("build/other", "warning"), ("2026-11", "warning")):
        pdf = issue.parents[1] / folder / "2026-11.pdf"
        pdf.parent.mkdir(parents=True)
        pdf.write_bytes(b"%PDF-1.7\n%%EOF\n")
        capsys.readouterr()
        main(["verify", str(pdf), "--json"])
        found = json.loads(capsys.readouterr().out)["findings"]
        assert [f["severity"] for f in found if f["code"] == "N507"] == [severity]


def test_names_that_are_nearly_right() -> None:
    """Groups by their Chinese words, by another joint, and codes by a slip."""
    assert nearest_name("proof_reading") == "proof-reading"
    assert nearest_name("fact") == "facts"
    assert nearest_name("n770") == "N770"
    assert nearest_name("qqqqqqq") is None
    assert rules_named("qqqqqqq") == ()
