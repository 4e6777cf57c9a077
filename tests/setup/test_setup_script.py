"""``tools/setup.sh`` with stand-ins for the commands of the system: what it asks for, of whom, and when it stops."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0", "libfontconfig.so.1")
PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "libfontconfig1")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a shell script")


class Machine:
    """A project folder and a PATH with stand-ins; ``calls`` is what was asked of apt-get and of pip."""

    def __init__(self, folder: Path) -> None:
        self.project = folder / "刊 物"
        (self.project / "tools").mkdir(parents=True)
        shutil.copy(ROOT / "tools" / "setup.sh", self.project / "tools")
        self.bin = folder / "bin"
        self.bin.mkdir()
        self.log = folder / "calls"
        self.log.touch()
        for tool in ("sh", "dirname", "grep", "rm", "uname", "mkdir"):
            (self.bin / tool).symlink_to(shutil.which(tool) or f"/bin/{tool}")
        self.command("apt-get", f'echo "apt-get $*" >> "{self.log}"')
        self.python("3.12.0")
        self.user(1000)
        self.libraries(*LIBRARIES)

    def command(self, name: str, script: str) -> None:
        """Put a command on the PATH."""
        path = self.bin / name
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)

    def user(self, number: int) -> None:
        """Be root (0) or somebody else."""
        self.command("id", f"echo {number}")

    def libraries(self, *names: str) -> None:
        """What the loader knows."""
        self.command("ldconfig", "\n".join(f"echo '{name} (libc6) => /lib/{name}'" for name in names) or ":")

    def python(self, version: str, *, pip_works: bool = True) -> None:
        """A Python that tells its version and makes virtual environments of itself."""
        major, minor, _ = version.split(".")
        old = (int(major), int(minor)) < (3, 11)
        script = f"""
case "$1" in
-c) case "$2" in *version_info*) exit {int(old)} ;; *) exit 0 ;; esac ;;
-m) case "$2" in
    venv) mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
    pip) echo "pip $*" >> "{self.log}"; exit {int(not pip_works)} ;;
    esac ;;
esac"""
        (self.bin / "cp").unlink(missing_ok=True)
        (self.bin / "cp").symlink_to(shutil.which("cp") or "/bin/cp")
        self.command("python3", script)

    def run(self) -> subprocess.CompletedProcess[str]:
        """Run the script as ``make setup`` does."""
        return subprocess.run(
            ["sh", str(self.project / "tools" / "setup.sh")],
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
    """A machine that lacks nothing, used by somebody who is not root."""
    return Machine(tmp_path)


def test_nothing_is_asked_of_apt_when_nothing_is_missing(machine: Machine) -> None:
    """The virtual environment is made, filled from the lock file with hashes, and the project put into it."""
    done = machine.run()
    assert done.returncode == 0, done.stderr
    assert not [call for call in machine.calls if call.startswith("apt-get")]
    assert any("--require-hashes -r requirements" in call for call in machine.calls)
    assert (machine.project / ".venv" / "bin" / "python").exists()


def test_root_gets_the_missing_libraries_installed(machine: Machine) -> None:
    """Only what is missing is installed, and without questions."""
    machine.user(0)
    machine.libraries(*LIBRARIES[:2])
    done = machine.run()
    assert done.returncode == 0, done.stderr
    [install] = [call for call in machine.calls if call.startswith("apt-get install")]
    assert re.findall(r"lib\S+", install) == list(PACKAGES[2:])
    assert " -y " in install


def test_others_are_told_the_one_command(machine: Machine) -> None:
    """Without root's rights nothing is installed or made; the command to run is printed whole."""
    machine.libraries()
    done = machine.run()
    assert done.returncode == 1
    assert f"sudo apt-get install -y {' '.join(PACKAGES)}" in done.stderr
    assert machine.calls == []
    assert not (machine.project / ".venv").exists()


def test_an_old_python_is_refused_in_a_sentence(machine: Machine) -> None:
    """Before 3.11 there is no virtual environment, and the reason is told."""
    machine.python("3.9.2")
    done = machine.run()
    assert done.returncode == 1
    assert "3.11" in done.stderr
    assert not (machine.project / ".venv").exists()


def test_a_failed_download_is_told_and_not_taken_for_done(machine: Machine) -> None:
    """When pip fails the script fails, so that make tries again the next time."""
    machine.python("3.12.0", pip_works=False)
    done = machine.run()
    assert done.returncode == 1
    assert "网络" in done.stderr
