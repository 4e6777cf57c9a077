"""Commands in messages are printed as they work for who reads them."""

from pathlib import Path

import pytest

from newsletter_pdf.calling import called, with_make

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
