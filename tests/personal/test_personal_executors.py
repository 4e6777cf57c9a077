"""The processes that lock copies: they end with the one who started them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

_PARENT = """
import os, sys, time
from newsletter_pdf.personal.executors import open_executor
if __name__ == "__main__":
    executor = open_executor("processes", 2)
    list(executor.map(abs, range(4)))
    print(*executor._processes, flush=True)
    time.sleep(600)
"""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_workers_end_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    """Nobody keeps the output of a killed command open: it ends, and its reader with it."""
    script = tmp_path / "parent.py"
    script.write_text(_PARENT, encoding="utf-8")
    with subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        workers = [int(number) for number in parent.stdout.readline().split()]
        assert workers
        parent.kill()
        try:
            rest, _ = parent.communicate(timeout=60)  # the end of the output, which all processes hold
        except subprocess.TimeoutExpired:
            for worker in workers:
                os.kill(worker, signal.SIGKILL)
            pytest.fail("the workers outlived their parent")
    assert rest == b""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_workers_leave_ctrl_c_to_their_parent() -> None:
    """What a worker has in hand is finished, as the sender ends after the messages under way."""
    from newsletter_pdf.personal.executors import open_executor

    with open_executor("processes", 1) as executor:
        assert executor.submit(signal.getsignal, signal.SIGINT).result() == signal.SIG_IGN
