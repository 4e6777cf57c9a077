"""The other process, as the one that has started it sees it.

Only the standard library is imported here, and the search for the fonts: the partner is started before all else.
"""

from __future__ import annotations

import os
import pickle
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from newsletter_pdf.project import find_home

if TYPE_CHECKING:
    from newsletter_pdf.findings import Findings
    from newsletter_pdf.part import Part
    from newsletter_pdf.render.sheets import DrawnPart, LaidOutPart
    from newsletter_pdf.verify import Proof
    from newsletter_pdf.verify.enginepages import EnginePage

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

    def __init__(self, fonts: Path) -> None:
        """Start it, to set with the faces of the folder ``fonts``. Raises OSError when it cannot start."""
        self._process = subprocess.Popen(  # noqa: S603 - our own module in our own interpreter
            [sys.executable, "-P", "-m", "newsletter_pdf.partner.worker", str(fonts)],
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

    def open(self, folders: Sequence[Path], variant: str | None) -> None:
        """Say what :func:`newsletter_pdf.render.open_renderer` is to be told. Comes before the first part."""
        self._send(("open", [*folders], variant))

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

    def expect_proof(self) -> None:
        """Have it get ready for :meth:`prove`, when it has nothing else left to do."""
        self._send(("expect",))

    def prove(self, pdf: Path, asked: Mapping[str, Any]) -> None:
        """Have the file ``pdf`` proved; ``asked`` is what :func:`newsletter_pdf.verify.prove` is told besides.

        What the second engine reads has to follow (:meth:`second`). No part can be laid out or drawn after it: the
        memory for them is needed.
        """
        self._send(("prove", pdf, asked))

    def second(self, reading: tuple[Sequence[EnginePage], str | None]) -> None:
        """Tell what the second engine reads in the file that is being proved."""
        self._send(reading)

    def proof(self) -> Proof:
        """The proof. Raises PartnerGoneError."""
        proof: Proof = self._answer("prove", "", None)
        return proof

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

    def _answer(self, kind: str, name: str, findings: Findings | None) -> Any:
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
        if findings is not None:
            findings.extend(said)
        return answer

    def _listen(self) -> None:
        stream = self._process.stdout
        while stream is not None and (data := read(stream)) is not None:
            self._answers.put(data)
        self._answers.put(None)


def start(folder: Path, stack: ExitStack) -> Partner | None:
    """A partner for the issue in ``folder``; None where none pays or can start. ``stack`` ends it."""
    home = find_home(folder)
    if home is None:
        return None
    try:
        if not pays(sum(file.stat().st_size for file in folder.glob("*.md") if file.is_file())):
            return None
        partner = Partner(home / "fonts")
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
