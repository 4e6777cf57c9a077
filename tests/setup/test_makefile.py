"""The Makefile: what is typed wrong is told, in two languages and with exit code 2, before anything is done."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def _make(*words: str, **variables: str) -> tuple[int, str]:
    """Exit code and output of ``make -n``: the commands are printed, none is run."""
    environment = {k: v for k, v in os.environ.items() if k not in ("ISSUE", "MAKEFLAGS", "MAKELEVEL")} | variables
    done = subprocess.run(  # our own Makefile, with words of this file
        ["make", "-n", "--no-print-directory", *words],  # the user's make
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["check", "issue=2026-12"], ["issue", "Unknown"]),
        (["check", "ISSUE=", "2026-12"], ["2026-12", "等号前后不空格", "without spaces"]),
        (["check", "2026-12"], ["ISSUE=2026-12", "Unknown"]),
        (["check", "ISSUE="], ["ISSUE=2026-12", "needs one name"]),
        (["import", "FILES=a.md"], ["make import ISSUE=", "哪一期"]),
        (["approve", "BY=张三"], ["make approve ISSUE=", "哪一期"]),
        (["diff", "OLD=a.pdf"], ["make diff ISSUE=", "哪一期"]),
    ],
)
def test_a_call_that_is_wrong_is_told_and_nothing_runs(words: list[str], told: list[str]) -> None:
    """Exit code 2, what is wrong in Chinese and English, and not one command."""
    code, output = _make(*words)
    assert code == 2
    assert all(word in output for word in told), output
    assert "newsletter-pdf" not in output


@pytest.mark.parametrize(
    "words",
    [
        ["import", "FILES=a.md", "ISSUE=2026-12"],
        ["approve", "BY=张三", "ISSUE=2026-12", "NOTE=终审"],
        ["diff", "OLD=a.pdf", "ISSUE=2026-12"],
        ["diff", "OLD=a.pdf", "NEW=b.pdf"],
        ["check"],
        ["check", "ISSUE=content/2026-12/"],
    ],
)
def test_a_call_that_is_right_runs(words: list[str]) -> None:
    """The issue may be left out where nothing is changed, and named with its folder."""
    code, output = _make(*words)
    assert code == 0, output
    assert ".venv/bin/newsletter-pdf" in output


def test_the_environment_names_the_issue_as_well() -> None:
    """``ISSUE=2026-12 make approve …`` is as explicit as the other way round."""
    assert _make("approve", "BY=张三", ISSUE="2026-12")[0] == 0


def test_help_lists_every_command_once_editors_first() -> None:
    """A command that is declared and has a description is found by ``make help``."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    described = {line.split(":")[0] for line in makefile.splitlines() if re.match(r"[a-z-]+:.*## ", line)}
    done = subprocess.run(  # as above
        ["make", "--no-print-directory", "help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    listed = [line.split()[1] for line in done.stdout.splitlines() if line.startswith("  make ")]
    assert sorted(listed) == sorted(described - {"help"})
    assert listed.index("approve") < listed.index("setup")
