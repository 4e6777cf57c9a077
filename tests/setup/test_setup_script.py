"""The set-up script leaves alone what is not this checkout's."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "tools" / "setup.sh"


def test_setup_refuses_an_environment_that_lies_elsewhere(tmp_path: Path) -> None:
    """Through a symbolic .venv another checkout's packages would be exchanged; it is told where the link leads."""
    checkout, other = tmp_path / "checkout", tmp_path / "other"
    (checkout / "tools").mkdir(parents=True)
    shutil.copy(SCRIPT, checkout / "tools")
    (other / "bin").mkdir(parents=True)
    python = other / "bin" / "python"
    python.write_text('#!/bin/sh\ntouch "$(dirname "$0")/touched"\n', encoding="utf-8")
    python.chmod(0o755)
    (checkout / ".venv").symlink_to(other)
    done = subprocess.run(
        ["sh", str(checkout / "tools" / "setup.sh")], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert str(other) in done.stderr
    assert "符号链接" in done.stderr
    assert not (other / "bin" / "touched").exists()
    assert (checkout / ".venv").is_symlink()
