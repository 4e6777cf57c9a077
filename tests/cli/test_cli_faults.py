"""Faults of ours, interruption, closed pipes, and the speed of the start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from newsletter_pdf.cli import faults
from newsletter_pdf.cli.language import Lang, Say
from newsletter_pdf.cli.progress import ScreenProgress

SAMPLE = Path(__file__).parents[2] / "content" / "2026-11"
SAY = Say(Lang.ZH)


def _raise(error: BaseException):
    def fail(*_a, **_k):
        raise error

    return fail


@pytest.mark.usefixtures("issue")
def test_a_fault_goes_to_a_log_and_two_lines_to_the_screen(run, pipeline: SimpleNamespace, tmp_path: Path) -> None:
    """Exit code 3; no traceback on the screen; the log that is named holds it, and the call."""
    pipeline.check = _raise(ZeroDivisionError("no\x1bpage"))
    result = run("check", "content/2026-11")
    assert result.code == 3
    assert result.out == ""
    assert "Traceback" not in result.err
    assert "\x1b" not in result.err
    assert len(result.err.splitlines()) == 2
    log = Path(result.err.strip().rpartition("：")[2])
    assert log.parent == tmp_path / "cache" / "newsletter-pdf" / "log"
    text = log.read_text(encoding="utf-8")
    assert "ZeroDivisionError" in text
    assert "Traceback" in text
    assert "['check', 'content/2026-11']" in text


@pytest.mark.usefixtures("issue")
def test_a_fault_with_json_is_json(run, pipeline: SimpleNamespace) -> None:
    """A program gets an object that names the log."""
    pipeline.check = _raise(KeyError("x"))
    result = run("check", "content/2026-11", "--json")
    assert result.code == 3
    told = json.loads(result.out)["error"]
    assert told["kind"] == "fault"
    assert Path(told["log"]).is_file()


@pytest.mark.usefixtures("issue")
def test_a_log_that_cannot_be_written_is_no_second_fault(
    run, pipeline: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no folder to write to, the screen says so and the exit code is the same."""
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    monkeypatch.setattr(faults.tempfile, "gettempdir", lambda: str(blocked))
    pipeline.check = _raise(RuntimeError("x"))
    result = run("check", "content/2026-11")
    assert result.code == 3
    assert "日志写不了" in result.err


def test_old_logs_are_removed() -> None:
    """Only the newest logs are kept."""
    folder = faults.log_folder()
    assert folder is not None
    folder.mkdir(parents=True)
    for number in range(30):
        (folder / f"20200101-0000{number:02}-1.log").write_text("", encoding="utf-8")
    newest = faults.write_log(RuntimeError("x"), ["check"])
    left = sorted(folder.iterdir())
    assert len(left) == faults.KEPT
    assert left[-1] == newest


@pytest.mark.usefixtures("issue")
def test_an_interrupted_run_says_so(run, pipeline: SimpleNamespace) -> None:
    """Ctrl-C ends with 130 and one calm line."""
    pipeline.check = _raise(KeyboardInterrupt())
    result = run("check", "content/2026-11")
    assert result.code == 130
    assert "已中断" in result.err


def _command(*arguments: str, **options) -> subprocess.Popen[bytes]:
    environment = {**os.environ, "PYTHONUNBUFFERED": "", **options.pop("environment", {})}
    return subprocess.Popen([sys.executable, "-m", "newsletter_pdf", *arguments], env=environment, **options)


def test_a_closed_pipe_is_quiet() -> None:
    """``newsletter-pdf … | head`` ends without a word on stderr."""
    read, write = os.pipe()
    os.close(read)
    with _command("--help", stdout=write, stderr=subprocess.PIPE) as process:
        os.close(write)
        _, err = process.communicate(timeout=60)
    assert err == b""
    assert process.returncode == 141


@pytest.mark.parametrize("locale", ["C", "en_US.ISO-8859-1"])
def test_a_terminal_without_han_gets_escapes(locale: str) -> None:
    """Output that the encoding cannot hold does not end the program."""
    environment = {"LC_ALL": locale, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = ("--lang", "zh", "check", "nowhere", "--json")
    with _command(*command, environment=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "没有" in json.loads(out)["error"]["message"]
    assert b"\\u7528\\u6cd5" in err


def test_help_loads_nothing_heavy() -> None:
    """Help answers at once, as the libraries that do the work are loaded by the commands that need them."""
    code = (
        "import sys; from newsletter_pdf.cli import main; main(['--help']); main(['build', '--help']);"
        "heavy = {'weasyprint', 'pydantic', 'pypdf', 'pypdfium2', 'jinja2', 'yaml', 'markdown_it', 'rich.progress'};"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    assert done.returncode == 0


def test_progress_is_silent_for_quick_work(capsys: pytest.CaptureFixture[str]) -> None:
    """Work under a second shows nothing."""
    with ScreenProgress(SAY) as progress:
        progress.stage("layout", 1, 8)
    assert capsys.readouterr().err == ""


def test_progress_without_a_terminal_is_a_line_a_stage(capsys: pytest.CaptureFixture[str]) -> None:
    """A log file gets each stage once, on stderr."""
    with ScreenProgress(SAY, patience=0) as progress:
        for done in range(3):
            progress.stage("layout", done, 3)
        progress.stage("verify", 0, 1)
    captured = capsys.readouterr()
    assert captured.err == "排版……\n校验 PDF……\n"
    assert captured.out == ""


class _Broken:
    def isatty(self) -> bool:
        return False

    def write(self, _text: str) -> int:
        raise BrokenPipeError

    def flush(self) -> None:
        raise BrokenPipeError


def test_progress_that_nobody_reads_does_not_stop_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """A closed stderr ends the showing, not the build."""
    monkeypatch.setattr(sys, "stderr", _Broken())
    with ScreenProgress(SAY, patience=0) as progress:
        progress.stage("layout", 0, 3)
        progress.stage("verify", 0, 1)


def test_findings_into_a_closed_pipe_end_with_the_same_code() -> None:
    """What is written by way of the coloured screen ends as other output does: 141, and without a word."""
    read, write = os.pipe()
    os.close(read)
    with _command("check", str(SAMPLE), stdout=write, stderr=subprocess.PIPE) as process:
        os.close(write)
        _, error = process.communicate(timeout=60)
    assert (process.returncode, error) == (141, b"")


@pytest.mark.skipif(os.name != "posix", reason="closed by the shell of POSIX")
@pytest.mark.parametrize(("closing", "code"), [(">&-", 0), ("2>&-", 0), (">/dev/full", 1)])
def test_output_that_goes_nowhere_is_no_fault(closing: str, code: int) -> None:
    """A closed stream is as good as /dev/null; a full disk is told of on the other stream."""
    line = f'"{sys.executable}" -m newsletter_pdf --help {closing}'
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert "故障" not in done.stderr
