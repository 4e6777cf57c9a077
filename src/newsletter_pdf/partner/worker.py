"""What the second process of a build runs: ``python -m newsletter_pdf.partner.worker FONT_FOLDER``.

Messages come in on the standard input and answers go out on the standard output, as :mod:`.process` has them.
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

from newsletter_pdf.cache import cache_folder
from newsletter_pdf.findings import Findings
from newsletter_pdf.fontconfig import fontconfig_file
from newsletter_pdf.frames import with_room
from newsletter_pdf.partner.process import read, write
from newsletter_pdf.render import open_renderer, start_engine


def main(fonts: Path) -> NoReturn:
    """Work until the input ends."""
    # An interrupt at the keyboard reaches both processes; the one that asks decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # a layout makes millions of objects that live to its end
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints is no answer
    try:
        fontconfig = fontconfig_file(fonts, cache_folder("fontconfig"))
        start_engine(fontconfig)
        with_room(_work, sys.stdin.buffer, answers, fonts, fontconfig)
    except OSError:
        pass  # whoever asked is gone, or the engine's libraries are missing, which is told where they are missed first
    except Exception:
        write(answers, ("fault", "", traceback.format_exc(), []))
    os._exit(0)


def _work(questions: IO[bytes], answers: IO[bytes], fonts: Path, fontconfig: Path) -> None:
    renderer: Any = None
    parts: dict[str, Any] = {}
    while (data := read(questions)) is not None:
        kind, *arguments = pickle.loads(data)  # noqa: S301 - from our own process through our own pipe
        findings, name = Findings(), ""
        answer: Any
        if kind == "open":
            folders, variant = arguments
            renderer = open_renderer(folders=folders, fontconfig=fontconfig, fonts=fonts, variant=variant)
            continue
        if kind == "expect":
            import newsletter_pdf.verify.proof  # noqa: F401 - imported now, while nobody waits for it

            continue
        if kind == "lay_out":
            (part,) = arguments
            name = part.name
            parts[name] = renderer.lay_out(part, findings)
            answer = replace(parts[name], document=None)
        elif kind == "draw":
            name, first = arguments
            answer = renderer.draw(parts[name], first, findings)
        else:
            renderer, parts = None, {}
            pdf, asked = arguments
            answer = _proof(pdf, asked, _Elsewhere(questions))
        write(answers, (kind, name, answer, list(findings)))


class _Elsewhere:
    """The second engine's reading, which is made in the other process; it comes as a message."""

    def __init__(self, questions: IO[bytes]) -> None:
        self._questions = questions

    def pages(self) -> Any:
        """Wait for it."""
        data = read(self._questions)
        if data is None:
            raise OSError  # whoever asked is gone
        return pickle.loads(data)  # noqa: S301 - from our own process through our own pipe


def _proof(pdf: Path, asked: dict[str, Any], second: _Elsewhere) -> Any:
    from newsletter_pdf.verify import prove

    return prove(pdf, **asked, second=second)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
