"""A second process that lays out and draws some of the parts, so that two processors work at an issue.

The partner is started before it is known what there is to do, as starting the engine takes as long as reading an issue.
It works through what it is sent, in order; what it finds comes back as data. It ends with the process that started it,
whatever that one's end is, as its input ends then. Nothing depends on it: who asks it and finds it gone does the work
himself.
"""

from __future__ import annotations

import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, Any

from newsletter_pdf.compose import Part
from newsletter_pdf.findings import Findings
from newsletter_pdf.render.sheets import DrawnPart, LaidOutPart

_LENGTH = struct.Struct(">Q")


_WORTH = 60_000  # bytes of text from which a second process gains more than it costs


def pays(size: int) -> bool:
    """Whether a partner pays for an issue of ``size`` bytes of text on this machine.

    The environment variable NEWSLETTER_PDF_PROCESSES, when it is 1, forbids it.
    """
    if os.environ.get("NEWSLETTER_PDF_PROCESSES", "").strip() == "1":
        return False
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return size >= _WORTH and usable > 1


class PartnerGoneError(Exception):
    """The partner has ended, or could not do what it was asked to."""


class Partner:
    """The other process. Answers are asked for in any order; asking waits."""

    def __init__(self, fontconfig: Path) -> None:
        """Start it; ``fontconfig`` is the configuration file for fontconfig. Raises OSError when it cannot start."""
        self._process = subprocess.Popen(  # noqa: S603 - our own module in our own interpreter
            [sys.executable, "-P", "-m", "newsletter_pdf.render.worker", str(fontconfig)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        self._answers: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._known: dict[tuple[str, str], tuple[Any, list[Any]]] = {}
        # Neither waits for the other: a pipe holds less than a part, and the partner reads when it has time.
        self._questions: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._threads = [
            threading.Thread(target=work, name="partner", daemon=True) for work in (self._listen, self._speak)
        ]
        for thread in self._threads:
            thread.start()

    def open(self, folders: Sequence[Path], fonts: Path, variant: str | None) -> None:
        """Say what :func:`newsletter_pdf.render.open_renderer` is to be told. Comes before all else."""
        self._send(("open", [*folders], fonts, variant))

    def lay_out(self, part: Part) -> None:
        """Have ``part`` laid out."""
        self._send(("lay_out", part))

    def draw(self, name: str, first: int) -> None:
        """Have the part ``name``, laid out before, drawn; its first page bears the number ``first`` (1-based)."""
        self._send(("draw", name, first))

    def laid_out(self, name: str, findings: Findings) -> LaidOutPart:
        """The part ``name`` as laid out; what there is to say is added to ``findings``. Raises PartnerGoneError."""
        part: LaidOutPart = self._answer("lay_out", name, findings)
        return part

    def drawn(self, name: str, findings: Findings) -> DrawnPart:
        """The part ``name`` as drawn; what there is to say is added to ``findings``. Raises PartnerGoneError."""
        part: DrawnPart = self._answer("draw", name, findings)
        return part

    def close(self) -> None:
        """End it, whatever it is doing."""
        self._process.kill()
        self._process.wait()
        self._questions.put(None)
        for thread in self._threads:
            thread.join()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def _send(self, message: tuple[Any, ...]) -> None:
        self._questions.put(packed(message))

    def _speak(self) -> None:
        while (data := self._questions.get()) is not None:
            # One that is gone is found out when it is asked.
            with suppress(OSError):
                if self._process.stdin is not None:
                    self._process.stdin.write(data)
                    self._process.stdin.flush()

    def _answer(self, kind: str, name: str, findings: Findings) -> Any:
        while (kind, name) not in self._known:
            data = self._answers.get()
            if data is None:
                self._answers.put(None)  # for whoever asks next
                raise PartnerGoneError
            done, of, answer, said = pickle.loads(data)  # noqa: S301 - from our own process through our own pipe
            if done == "fault":
                raise PartnerGoneError(answer)
            self._known[done, of] = answer, said
        answer, said = self._known.pop((kind, name))
        findings.extend(said)
        return answer

    def _listen(self) -> None:
        stream = self._process.stdout
        while stream is not None and (data := read(stream)) is not None:
            self._answers.put(data)
        self._answers.put(None)


def start(size: int, fontconfig: Callable[[], Path], stack: ExitStack) -> Partner | None:
    """A partner for an issue of ``size`` bytes of text; None where none pays or can start. ``stack`` ends it."""
    if not pays(size):
        return None
    try:
        partner = Partner(fontconfig())
    except OSError:
        return None
    stack.callback(partner.close)
    return partner


def packed(message: object) -> bytes:
    """A message as it goes through the pipe."""
    data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


def write(stream: IO[bytes], message: object) -> None:
    """Send one message. Raises OSError when there is nobody to read it."""
    stream.write(packed(message))
    stream.flush()


def read(stream: IO[bytes]) -> bytes | None:
    """The next message, still pickled; None at the end."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return data if len(data) == length else None
