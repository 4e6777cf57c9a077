"""PDF, report and manifest are of one build, whoever builds beside it and whatever fails."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from newsletter_pdf import pipeline
from newsletter_pdf.cli import main

HOME = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSLETTER_PDF_HOME", str(HOME))


def _issue(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "issue.yaml").write_text("title: 刊\ndate: 2026-11-20\nnumber: 1\n", encoding="utf-8")
    (folder / "01-a.md").write_text(f"---\ntitle: 栏目\n---\n\n### 文章\n\n{text}\n\n来源：某社\n", encoding="utf-8")
    return folder


@pytest.fixture
def issue(tmp_path: Path) -> Path:
    return _issue(tmp_path / "iss", "正文。")


def _digests(out: Path) -> set[str]:
    """The SHA-256 of the PDF, as it is and as the report and the manifest have it."""
    return {
        hashlib.sha256((out / "iss.pdf").read_bytes()).hexdigest(),
        json.loads((out / "report.json").read_text(encoding="utf-8"))["sha256"],
        json.loads((out / "manifest.json").read_text(encoding="utf-8"))["pdf"]["sha256"],
    }


def _start(issue: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "newsletter_pdf", "build", str(issue), "--out", str(out)]
    return subprocess.Popen(command, env=os.environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _wait_for_candidate(process: subprocess.Popen[bytes], out: Path) -> None:
    while process.poll() is None and not list(out.glob(".*.candidate.pdf")):
        time.sleep(0.001)


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_two_builds_at_once_leave_files_of_one(tmp_path: Path, issue: Path) -> None:
    """The second waits until the first, halted amid its proof, has put everything in its place."""
    out, other = tmp_path / "out", _issue(tmp_path / "b" / "iss", "另一篇正文。")
    out.mkdir()
    first = _start(issue, out)
    _wait_for_candidate(first, out)
    first.send_signal(signal.SIGSTOP)
    second = _start(other, out)
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(5)
    first.send_signal(signal.SIGCONT)
    first.communicate(timeout=60)
    second.communicate(timeout=60)
    assert (first.returncode, second.returncode) == (0, 0)
    assert len(_digests(out)) == 1
    assert not list(out.glob(".*"))


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
@pytest.mark.parametrize(("name", "code"), [("SIGTERM", 143), ("SIGHUP", 129), ("SIGINT", 130)])
def test_a_build_that_is_ended_leaves_nothing_half_done(name: str, code: int, tmp_path: Path, issue: Path) -> None:
    """No candidate stays, the old PDF does, and one calm line says what is true."""
    out = tmp_path / "out"
    out.mkdir()
    (out / "iss.pdf").write_bytes(b"old")
    process = _start(issue, out)
    _wait_for_candidate(process, out)
    process.send_signal(getattr(signal, name))
    _, error = process.communicate(timeout=60)
    assert process.returncode == code
    assert error.decode().splitlines()[-1] == "已中断。每个文件要么原样没动，要么已经完整写好。"
    assert [p.name for p in out.iterdir()] == ["iss.pdf"]
    assert (out / "iss.pdf").read_bytes() == b"old"


@pytest.mark.parametrize("name", ["manifest.json", "report.html"])
def test_what_cannot_be_written_leaves_the_old_pdf(
    name: str, tmp_path: Path, issue: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """N902 says that the old PDF stays: it does, and nothing says that a new one was made."""
    out = tmp_path / "out"
    (out / name).mkdir(parents=True)
    (out / "iss.pdf").write_bytes(b"old")
    assert main(["build", str(issue), "--out", str(out)]) == 1
    shown = capsys.readouterr().out
    assert "N902" in shown
    assert "做好了" not in shown
    assert (out / "iss.pdf").read_bytes() == b"old"
    assert not list(out.glob(".*"))


def test_an_interruption_after_the_renaming_comes_too_late(
    tmp_path: Path, issue: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The PDF was replaced, so that is what is said."""
    from newsletter_pdf.publish import Candidate

    accept = Candidate.accept

    def interrupted(candidate: Candidate) -> Path:
        path = accept(candidate)
        signal.raise_signal(signal.SIGINT)
        return path

    monkeypatch.setattr(Candidate, "accept", interrupted)
    assert main(["build", str(issue), "--out", str(tmp_path / "out")]) == 0
    assert "做好了" in capsys.readouterr().out
    assert len(_digests(tmp_path / "out")) == 1


def test_a_folder_that_is_no_issue_gets_no_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip of the tab key makes no folder."""
    (tmp_path / "some").mkdir()
    monkeypatch.chdir(tmp_path)
    assert main(["build", "some"]) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["some"]


def test_reports_of_a_failed_build_are_written_alone(tmp_path: Path, issue: Path) -> None:
    """The old PDF stays, and the report tells why there is no new one."""
    out = tmp_path / "out"
    assert pipeline.output_folder(issue).name == "iss"
    assert main(["build", str(issue), "--out", str(out)]) == 0
    before = (out / "iss.pdf").read_bytes()
    shutil.copy(issue / "01-a.md", issue / "03-b.md")
    (issue / "01-a.md").write_text("没有题目", encoding="utf-8")
    assert main(["build", str(issue), "--out", str(out)]) == 1
    assert (out / "iss.pdf").read_bytes() == before
    assert json.loads((out / "report.json").read_text(encoding="utf-8"))["pdf"] is None
