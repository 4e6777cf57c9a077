"""One run of the sender in a process of its own: ``python mail_client.py ROOT [clock=SECONDS] [room=BYTES]``.

Prints ``begun`` when it starts to send, and at the end the codes of its findings.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

_options = dict(argument.split("=") for argument in sys.argv[2:])
_real = time.time
time.time = lambda: _real() + float(_options.get("clock", 0))  # before the ledger takes it

from mail_world import World  # noqa: E402 - after the clock is set

from newsletter_pdf.findings import Findings  # noqa: E402
from newsletter_pdf.mail.sending import run  # noqa: E402
from newsletter_pdf.mail.sending.send import Options, send  # noqa: E402
from newsletter_pdf.mail.transport import smtp  # noqa: E402


def main() -> None:
    run.PAUSE, smtp.FINAL_TIMEOUT = 0.01, 1.0
    root = Path(sys.argv[1])
    world = World(root, next((root / "build").glob("*/*.pdf")).read_bytes())
    prepared = world.prepared()
    if "room" in _options:
        # No file of this process grows beyond it: what a full disk does to the ledger.
        room = int(_options["room"])
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    begun = False

    def tick(progress: object) -> None:
        nonlocal begun
        if not begun:
            begun = True
            print("begun", flush=True)

    findings = Findings()
    send(prepared, world.folder, Options(), findings, tick)
    print(*(finding.code for finding in findings), flush=True)


main()
