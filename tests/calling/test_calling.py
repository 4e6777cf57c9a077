"""Commands in messages are printed as they work for who reads them."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from newsletter_pdf.calling import called, with_make
from newsletter_pdf.findings.catalogue import all_rules, template_fields
from newsletter_pdf.findings.rule import Rule

ROOT = Path(__file__).resolve().parents[2]

MAKE = {"NEWSLETTER_PDF_CALLER": "make", "ISSUE": "2026-12"}


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("newsletter-pdf build content/2026-11", "make issue ISSUE=2026-11"),
        ("再运行一次 newsletter-pdf build，看过", "再运行一次 make issue ISSUE=2026-12，看过"),
        ("newsletter-pdf approve content/<期> --by 姓名。", "make approve ISSUE=2026-12 BY=姓名。"),
        ("newsletter-pdf new 2026-12。", "make new NAME=2026-12。"),
        ("newsletter-pdf verify build/2026-12/2026-12.pdf", "make verify ISSUE=2026-12"),
        ("newsletter-pdf diff 旧.pdf 新.pdf", "make diff OLD=旧.pdf NEW=新.pdf"),
        ("用 newsletter-pdf diff 对照", "用 make diff OLD=旧的.pdf ISSUE=2026-12 对照"),
        (
            "newsletter-pdf import 稿件/01.md 02.md --issue content/2026-12",
            'make import FILES="稿件/01.md 02.md" ISSUE=2026-12',
        ),
        ("Run newsletter-pdf build again. Look", "Run make issue ISSUE=2026-12 again. Look"),
        (
            "newsletter-pdf import content/2026-11/01.md --issue content/2026-12",
            'make import FILES="content/2026-11/01.md" ISSUE=2026-12',
        ),
        (
            "newsletter-pdf diff 旧.pdf 新.pdf --out a.html",
            'make diff OLD=旧.pdf NEW=新.pdf FLAGS="--out a.html"',
        ),
        ("再要寄，加 --new-pdf", "再要寄，加 FLAGS=--new-pdf"),
        ("加上 --replace 再导入", "加上 REPLACE=1 再导入"),
        ("newsletter-pdf check --help", "make check ISSUE=2026-12 FLAGS=--help"),
        ("newsletter-pdf check content/2026-11 --fix --dry-run", "make fix ISSUE=2026-11 DRY=1"),
        ("newsletter-pdf check content/2026-11 --online", "make check ISSUE=2026-11 ONLINE=1"),
        (
            "newsletter-pdf verify 那份.pdf --against build/2026-11/report.json",
            "make verify PDF=那份.pdf AGAINST=build/2026-11/report.json",
        ),
        (
            "newsletter-pdf reproduce build/2026-11/approved/manifest.json",
            "make reproduce MANIFEST=build/2026-11/approved/manifest.json",
        ),
        ("newsletter-pdf send content/2026-11 --live", "make send ISSUE=2026-11 LIVE=1"),
        ("newsletter-pdf send content/2026-11 --to a@b.cn", "make send ISSUE=2026-11 TO=a@b.cn"),
        ("newsletter-pdf bounces content/2026-11 --imap", "make bounces ISSUE=2026-11 IMAP=1"),
        ("newsletter-pdf new --layout ours", "make layout NAME=ours"),
        ("newsletter-pdf explain N201", "make explain CODE=N201"),
        ("newsletter-pdf 1.0.0", "newsletter-pdf 1.0.0"),
        ("先试寄：newsletter-pdf send content/2026-11", "先试寄：make send ISSUE=2026-11"),
        ("newsletter-pdf send content/2026-11 --to me@a.example", "make send ISSUE=2026-11 TO=me@a.example"),
        ("真的要寄，加 --live。", "真的要寄，加 LIVE=1。"),
        ("要直接寄请加 --yes。", "要直接寄请加 YES=1。"),
        ("加 --new-pdf", "加 FLAGS=--new-pdf"),
        ("用 --dry-run 看一遍大纲", "用 DRY=1 看一遍大纲"),
        ("先用 --dry-run 看是哪些；确实如此，加 --many", "先用 DRY=1 看是哪些；确实如此，加 FLAGS=--many"),
    ],
)
def test_who_came_through_make_is_told_make_commands(written: str, shown: str) -> None:
    """Every command has its target; one that names no issue works on the issue at hand."""
    assert called(written, [], MAKE) == shown


def test_who_started_a_path_is_told_that_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From the current folder when the program lies in it; by its name alone where the shell finds it so."""
    monkeypatch.chdir(tmp_path)
    program = tmp_path / ".venv" / "bin" / "newsletter-pdf"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    text = "newsletter-pdf check content/2026-11"
    assert called(text, [str(program)], {}) == ".venv/bin/newsletter-pdf check content/2026-11"
    monkeypatch.setenv("PATH", str(program.parent))
    assert called(text, [str(program)], {}) == text


def test_documents_name_no_issue() -> None:
    """In documents 期号 stands for the issue."""
    assert with_make("运行 newsletter-pdf check 检查") == "运行 make check ISSUE=期号 检查"


@pytest.mark.parametrize("environment", [MAKE, {}], ids=["make", "path"])
def test_the_keyring_is_told_our_name_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    """The name of our entries is no command; the keyring's program is named so that the shell finds it."""
    monkeypatch.chdir(tmp_path)
    for name in ("newsletter-pdf", "keyring", "python"):
        path = tmp_path / ".venv" / "bin" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("#!/bin/sh\n", encoding="utf-8")
        path.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.executable", str(tmp_path / ".venv" / "bin" / "python"))
    program = str(tmp_path / ".venv" / "bin" / "newsletter-pdf")
    for entry in ("opening", '"a@b.example@smtp.b.example"', "dkim:news._domainkey.b.example"):
        shown = called(f"存进：keyring set newsletter-pdf {entry}", [program], environment)
        assert shown == f"存进：.venv/bin/keyring set newsletter-pdf {entry}"
    monkeypatch.setenv("PATH", str(tmp_path / ".venv" / "bin"))
    assert called("keyring set newsletter-pdf opening", [program], environment) == "keyring set newsletter-pdf opening"


def test_make_takes_the_options_that_messages_name() -> None:
    """LIVE, YES and FLAGS reach the command; nothing is sent by make alone."""
    makefile = Path(__file__).parents[2] / "Makefile"
    for given, wanted in (
        ((), "send content/2026-11"),
        (("LIVE=1", "YES=1"), "send content/2026-11 --live --yes"),
        (("LIVE=1", "FLAGS=--limit 3"), "send content/2026-11 --live --limit 3"),
    ):
        command = ["make", "-n", "-f", str(makefile), "-o", ".venv/.setup-stamp", "send", "ISSUE=2026-11", *given]
        environment = {key: value for key, value in os.environ.items() if key not in ("MAKEFLAGS", "MAKELEVEL")}
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        line = " ".join(done.stdout.replace('"', "").replace("$ISSUE", "2026-11").split())
        assert line == f".venv/bin/newsletter-pdf {wanted}"


@pytest.mark.parametrize("rule", [rule for rule in all_rules() if rule.away_zh], ids=lambda rule: rule.code)
def test_advice_fits_where_the_reader_stands(rule: Rule, founded: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the program's folder its own make targets; in a periodical's folder, which lacks them, what works there."""
    fields = {name: 7 for text in (rule.message_zh, rule.message_en, rule.hint_zh) for name in template_fields(text)}
    monkeypatch.chdir(ROOT)
    assert re.search(r"make (setup|fonts)", rule.at(**fields).hint_zh)
    monkeypatch.chdir(founded)
    for hint in (rule.at(**fields).hint_zh, rule.at(**fields).hint_en):
        assert not re.search(r"git |make (setup|fonts)", hint)
        named = re.search(r"make -C (\S+) setup|(\S+)/fonts", hint)
        assert named is not None
        assert Path(named[1] or named[2]) == ROOT


def test_no_other_advice_names_what_a_periodical_lacks() -> None:
    """Who advises set-up or the making of fonts has other words for a folder without them."""
    for rule in all_rules():
        if re.search(r"make (setup|fonts)|git checkout fonts", rule.hint_zh + rule.hint_en):
            assert rule.away_zh, rule.code
