"""``make browser`` with stand-ins for the commands of the system: what it installs, and what it asks for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell script")


class Machine:
    """A PATH with stand-ins; ``calls`` is what was asked of apt-get."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.log = folder / "calls"
        self.log.touch()
        (self.bin / "sh").symlink_to(shutil.which("sh") or "/bin/sh")
        self.command("apt-get", f'echo "apt-get $*" >> "{self.log}"')
        self.command("id", "echo 1000")

    def command(self, name: str, script: str) -> None:
        """Put a command on the PATH."""
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def run(self) -> subprocess.CompletedProcess[str]:
        """Run the script as ``make browser`` does."""
        return subprocess.run(
            ["sh", str(ROOT / "tools" / "setup_browser.sh")],
            env={"PATH": str(self.bin), "HOME": os.devnull},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    @property
    def calls(self) -> list[str]:
        """The calls so far."""
        return self.log.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine without a browser, used by somebody who is not root."""
    return Machine(tmp_path)


@pytest.mark.parametrize("browser", ["chromium", "chromium-browser", "google-chrome"])
def test_a_browser_that_is_there_is_enough(machine: Machine, browser: str) -> None:
    """Nothing is asked of apt, even of root."""
    machine.command(browser, ":")
    machine.command("id", "echo 0")
    assert machine.run().returncode == 0
    assert machine.calls == []


def test_root_gets_it_installed(machine: Machine) -> None:
    """Without questions, after the lists were renewed."""
    machine.command("id", "echo 0")
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert machine.calls[0].startswith("apt-get update")
    assert machine.calls[1].startswith("apt-get install -y")
    assert machine.calls[1].endswith(" chromium")


def test_others_are_told_the_one_command(machine: Machine) -> None:
    """Nothing is installed, and the exit code says so."""
    done = machine.run()
    assert done.returncode == 1
    assert "  sudo apt-get install -y --no-install-recommends chromium" in done.stderr
    assert machine.calls == []


def test_where_apt_is_not_the_tests_are_skipped_and_nothing_fails(machine: Machine) -> None:
    """It is said what follows."""
    (machine.bin / "apt-get").unlink()
    done = machine.run()
    assert done.returncode == 0
    assert "skipped" in done.stderr
