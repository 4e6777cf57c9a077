"""What the second process of a build runs: ``python -m newsletter_pdf.render.worker FONTCONFIG_FILE``.

Messages come in on the standard input and answers go out on the standard output, as :mod:`.partner` has them.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, NoReturn

from newsletter_pdf.findings import Findings
from newsletter_pdf.render import open_renderer, start_engine
from newsletter_pdf.render.partner import read, write


def main(fontconfig: Path) -> NoReturn:
    """Work until the input ends."""
    # An interrupt at the keyboard reaches both processes; the one that asks decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # a layout makes millions of objects that live to its end
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    try:
        start_engine(fontconfig)
        _work(sys.stdin.buffer, answers, fontconfig)
    except OSError:
        pass  # whoever asked is gone, or the engine's libraries are missing, which is told where they are missed first
    except Exception:
        write(answers, ("fault", "", traceback.format_exc(), []))
    os._exit(0)


def _work(questions: IO[bytes], answers: IO[bytes], fontconfig: Path) -> None:
    renderer: Any = None
    parts: dict[str, Any] = {}
    while (data := read(questions)) is not None:
        kind, *arguments = pickle.loads(data)  # noqa: S301 - from our own process through our own pipe
        if kind == "open":
            folders, fonts, variant = arguments
            renderer = open_renderer(folders=folders, fontconfig=fontconfig, fonts=fonts, variant=variant)
            continue
        findings = Findings()
        if kind == "lay_out":
            (part,) = arguments
            name = part.name
            parts[name] = renderer.lay_out(part, findings)
            answer = replace(parts[name], document=None)
        else:
            name, first = arguments
            answer = renderer.draw(parts[name], first, findings)
        write(answers, (kind, name, answer, list(findings)))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
