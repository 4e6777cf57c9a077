"""The run: connections in threads, the ledger before and after every message, an end that is clean whatever happens."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from newsletter_pdf.mail.ledger import Entry, Ledger, LedgerError, State
from newsletter_pdf.mail.message import Package
from newsletter_pdf.mail.sending.ruling import Brake, rule
from newsletter_pdf.mail.sending.schedule import Schedule
from newsletter_pdf.mail.settings import Retry
from newsletter_pdf.mail.transport import Answer, Outcome, ServerTroubleError

GRACE = 60.0
"""Seconds that messages under way are given to be answered when the run is asked to end."""
PAUSE = 1.0
"""Seconds after the first failed connection; doubled after each further one."""
_TROUBLES = 8
"""Times in a row that all connections may fail before the run ends."""
_LONGEST_PAUSE = 60.0
_IDLE = 10.0
"""Seconds without a message after which a connection is looked at before it is used."""
_PER_CONNECTION = 100
"""Messages after which a connection is made anew, as many servers end it themselves."""


class NotWantedError(Exception):
    """The reader has left since the run began."""


class Session(Protocol):
    """What a run needs of a connection; see :class:`~..transport.smtp.Connection`."""

    @property
    def largest(self) -> int | None:
        """Octets of the largest message taken."""

    def alive(self) -> bool:
        """Whether the server is still there."""

    def deliver(self, package: Package, before_final: Callable[[], None]) -> Answer:
        """Hand over a package."""

    def close(self) -> None:
        """Take leave."""

    def abort(self) -> None:
        """Close at once."""


@dataclass(slots=True)
class Result:
    """What a run did. ``trouble`` is why it ended early, None when it came to its end or was asked to stop."""

    done: dict[Outcome, int] = field(default_factory=lambda: dict.fromkeys(Outcome, 0))
    trouble: ServerTroubleError | LedgerError | None = None
    interrupted: bool = False
    seconds: float = 0.0
    unrecorded: list[str] = field(default_factory=list)


class Run:
    """One run over the readers of a schedule."""

    def __init__(
        self,
        ledger: Ledger,
        schedule: Schedule,
        pack: Callable[[Entry], Package],
        connect: Callable[[], Session],
        *,
        retry: Retry,
        connections: int = 2,
        pdf: str = "",
        grace: float = GRACE,
        wait: bool = True,
        uncertain: bool = False,
        failed: bool = False,
    ) -> None:
        """``pack`` makes the package of a reader, ``connect`` a session.

        ``pack`` raises ValueError when it cannot, NotWantedError for a reader who has left, ServerTroubleError to end
        the run. Without ``wait`` the run ends when nobody is left but those who wait for another try. ``uncertain`` and
        ``failed`` are as in :meth:`Ledger.claim`.
        """
        self._ledger, self._schedule, self._pack, self._connect = ledger, schedule, pack, connect
        self._retry, self._connections, self._pdf = retry, connections, pdf
        self._grace, self._wait = grace, wait
        self._uncertain, self._failed = uncertain, failed
        self._tries: Counter[int] = Counter()
        self._brake = Brake()
        self._aborted = False
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._sessions: set[Session] = set()
        self._troubles = 0
        self._asked = 0
        self._fault: Exception | None = None
        self.result = Result()

    def stop(self) -> None:
        """Ask the run to end: what is under way is brought to its end, nothing new is begun. For any thread."""
        self._stop.set()
        self._schedule.stop()

    def go(self, tick: Callable[[], None] = lambda: None) -> Result:
        """Run to the end; ``tick`` is called some ten times a second, in this thread.

        Raises what a thread stumbled over that is no trouble of the server or the disk, after all have ended.
        """
        started = time.monotonic()
        threads = [
            threading.Thread(target=self._work, name=f"mail-{number}", daemon=True)
            for number in range(max(1, self._connections))
        ]
        for thread in threads:
            thread.start()
        deadline = None
        try:
            while any(thread.is_alive() for thread in threads):
                tick()
                self._heed()
                if not self._wait and self._schedule.only_waiting:
                    self._schedule.stop()
                if self._stop.is_set() and deadline is None:
                    deadline = time.monotonic() + self._grace
                if deadline is not None and time.monotonic() > deadline:
                    self.abort()
                for thread in threads:
                    if thread.is_alive():
                        thread.join(0.1)
                        break
        finally:
            # Whatever interrupts the showing, no thread is left sending.
            if any(thread.is_alive() for thread in threads):
                self.stop()
            for thread in threads:
                thread.join(self._grace)
        tick()
        self.result.seconds = time.monotonic() - started
        if self._fault is not None:
            raise self._fault
        return self.result

    def ask_to_end(self) -> None:
        """What a handler of signals calls: once to end after the messages under way, twice to end at once.

        It takes no lock, as a signal may come while this thread holds it; :meth:`go` does what is asked.
        """
        self._asked += 1

    def _heed(self) -> None:
        if self._asked:
            self.result.interrupted = True
            self.stop()
        if self._asked > 1:
            self.abort()

    def abort(self) -> None:
        """Cut the connections: messages not complete are thrown away by the server, others become uncertain."""
        self.stop()
        self._aborted = True
        with self._lock:
            sessions = list(self._sessions)
        for session in sessions:
            session.abort()

    def _work(self) -> None:
        session: Session | None = None
        used, last = 0, 0.0
        try:
            while (entry := self._schedule.take()) is not None:
                if session is not None and time.monotonic() - last > _IDLE and not session.alive():
                    self._drop(session)
                    session = None
                if session is None or used >= _PER_CONNECTION:
                    self._leave(session)
                    session, used = self._open(), 0
                    if session is None or self._stop.is_set():
                        # To connect may take long; a run that was asked to end meanwhile begins nothing more.
                        self._schedule.back(entry)
                        continue
                used += 1
                if not self._one(entry, session):
                    self._drop(session)
                    session = None
                last = time.monotonic()
        except (LedgerError, ServerTroubleError) as error:
            self._end(error)
        except Exception as error:
            with self._lock:
                self._fault = self._fault or error
            self.stop()
        finally:
            self._leave(session)

    def _open(self) -> Session | None:
        """A new session, or None after waiting; ServerTroubleError when it is of no use to go on."""
        try:
            session = self._connect()
        except ServerTroubleError as trouble:
            self._trouble(trouble)
            return None
        with self._lock:
            self._sessions.add(session)
        return session

    def _trouble(self, trouble: ServerTroubleError) -> None:
        """Wait before the next connection; raise ``trouble`` when it lasts."""
        if self._stop.is_set():
            return
        with self._lock:
            self._troubles += 1
            # A server that restarts loses all connections at once: that is one trouble, not many.
            rounds = -(-self._troubles // max(1, self._connections))
        if trouble.lasting or rounds >= _TROUBLES:
            raise trouble
        self._stop.wait(min(_LONGEST_PAUSE, PAUSE * 2 ** (rounds - 1)))

    def _one(self, entry: Entry, session: Session) -> bool:
        """Send to one reader; True when the session can be used on."""
        number = entry.number
        self._tries[number] += 1
        try:
            package = self._pack(entry)
        except NotWantedError:
            self._leave_out(number)
            return True
        except ValueError as error:
            # Nothing has left: this reader's facts make no message.
            if self._claim(number, ""):
                self._settle(entry, Answer(Outcome.FAILED, None, f"no message can be made: {error}"))
            return True
        if not self._claim(number, package.message_id):
            return True
        try:
            answer = session.deliver(package, lambda: self._ledger.final(number))
        except (LedgerError, ServerTroubleError) as error:
            # The full stop has not left. The row goes back to where it was, if the disk lets it.
            self._give_back(entry)
            if isinstance(error, LedgerError):
                raise error from None
            self._trouble(error)
            return False
        if self._aborted and answer.lost and answer.outcome is Outcome.DEFERRED:
            # We cut the line ourselves: that was no try.
            self._give_back(entry)
            return False
        self._settle(entry, answer)
        return answer.usable

    def _claim(self, number: int, message_id: str) -> bool:
        """Claim the row; False, and the reader is done with, when it is not open any more."""
        claimed = False
        try:
            claimed = self._ledger.claim(number, message_id, self._pdf, uncertain=self._uncertain, failed=self._failed)
        finally:
            if not claimed:
                self._schedule.done()
        return claimed

    def _leave_out(self, number: int) -> None:
        try:
            self._ledger.suppress(number)
        finally:
            self._schedule.done()

    def _give_back(self, entry: Entry) -> None:
        self._tries[entry.number] -= 1
        with contextlib.suppress(LedgerError):
            self._ledger.release(entry.number)
        self._schedule.back(entry)

    def _settle(self, entry: Entry, answer: Answer) -> None:
        """Put the answer down and decide what comes next, for the reader and for the run."""
        number, outcome, text = entry.number, answer.outcome, answer.text
        try:
            ruling = rule(answer, number, self._tries[number], self._ledger, self._retry)
            outcome, text = ruling.outcome, ruling.text
            self._ledger.answer(number, State(outcome.value), answer.code, text, ruling.wait, counted=ruling.counted)
        except LedgerError:
            with self._lock:
                self.result.unrecorded.append(f"{entry.address}: {outcome.value} {answer.code or ''} {text}".strip())
            self._schedule.done()
            raise
        with self._lock:
            self.result.done[outcome] += 1
            stopping = self._brake.see(answer)
            if not answer.lost and answer.code != 421:
                self._troubles = 0
        if ruling.again:
            self._schedule.later(entry, ruling.wait)
        else:
            self._schedule.done()
        if stopping is not None:
            raise stopping
        self._heed_server(answer)

    def _heed_server(self, answer: Answer) -> None:
        """Wait when the line went or the server closes; raises when it goes on like that."""
        if answer.code == 421:
            said = f"421 {answer.text}"
            self._trouble(ServerTroubleError(f"服务器暂停服务（{said}）", f"the server has closed ({said})"))
        elif answer.lost:
            zh, en = "与服务器的连接老是断开", "the connection to the server is lost again and again"
            self._trouble(ServerTroubleError(f"{zh}（{answer.text}）", f"{en} ({answer.text})"))

    def _end(self, error: ServerTroubleError | LedgerError) -> None:
        with self._lock:
            if self.result.trouble is None:
                self.result.trouble = error
        self.stop()

    def _drop(self, session: Session) -> None:
        with self._lock:
            self._sessions.discard(session)
        session.abort()

    def _leave(self, session: Session | None) -> None:
        if session is not None:
            with self._lock:
                self._sessions.discard(session)
            session.close()
