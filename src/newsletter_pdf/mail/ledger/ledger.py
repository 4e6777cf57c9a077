"""What happened to each reader, and what may happen next. Every change is on disk when its method returns."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Self

from newsletter_pdf.mail.ledger.model import Entry, State, Step
from newsletter_pdf.mail.ledger.store import Reserve, StoreError, connect
from newsletter_pdf.mail.recipients import Recipient, Status

FILE_NAME = "sending.sqlite"
_LONGEST_REPLY = 400
_COLUMNS = (
    "number, key, address, name, groups, language, state, step, attempts, retried, not_before, code, reply, "
    "message_id, at"
)
_NOT_LISTED = "not on the list"
_OPEN = (State.PENDING, State.DEFERRED)
_CLAIMABLE = (
    "state IN ('pending', 'deferred') OR (? AND state = 'uncertain') OR (? AND state = 'failed' AND number NOT IN "
    "(SELECT number FROM events WHERE state IN ('sent', 'uncertain')))"
)
"""Which rows may be claimed; the two values say whether the uncertain and the failed may be, too."""


class LedgerError(Exception):
    """The ledger cannot be read or written; ``zh`` and ``en`` say why. ``full`` means that the disk refused."""

    def __init__(self, zh: str, en: str, *, full: bool = False) -> None:
        super().__init__(en)
        self.zh, self.en, self.full = zh, en, full


class Ledger:
    """The ledger of one issue; safe to be used by several threads.

    Whoever opens it for writing holds :func:`.lock.alone` meanwhile. ``clock`` gives seconds since 1970.
    """

    def __init__(self, path: Path, issue: str, *, write: bool, clock: Callable[[], float] = time.time) -> None:
        """Open the ledger at ``path``; with ``write`` it is made when missing. Raises LedgerError."""
        self.path, self._clock, self._write = path, clock, write
        self._lock = threading.RLock()
        self._reserve = Reserve(path)
        try:
            self._connection = connect(path, issue, create=write)
            if write:
                self._reserve.take()
        except StoreError as error:
            raise LedgerError(error.zh, error.en) from error
        except (sqlite3.Error, OSError) as error:
            raise _disk(error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. The room kept for answers goes back to the disk."""
        with self._lock, contextlib.suppress(sqlite3.Error):
            self._connection.close()
        if self._write:
            self._reserve.give_up()

    # -- what is there -------------------------------------------------------------------------------------------

    def entries(self, *states: State) -> list[Entry]:
        """All rows in the order of the list, or those in one of ``states``."""
        marks = ",".join("?" * len(states))
        where = f"WHERE state IN ({marks})" if states else ""
        query = f"SELECT {_COLUMNS} FROM readers {where} ORDER BY number"  # noqa: S608 - marks and our own names
        with self._reading() as connection:
            return [_entry(row) for row in connection.execute(query, states)]

    def counts(self) -> dict[State, int]:
        """How many readers are in each state; states without readers are 0."""
        found = dict.fromkeys(State, 0)
        with self._reading() as connection:
            for state, count in connection.execute("SELECT state, count(*) FROM readers GROUP BY state"):
                found[State(state)] = count
        return found

    def sent_pdfs(self) -> dict[str, int]:
        """How many readers got (or may have got) the PDF with each SHA-256."""
        query = "SELECT pdf, count(*) FROM readers WHERE state IN ('sent', 'uncertain') AND pdf != '' GROUP BY pdf"
        with self._reading() as connection:
            return dict(connection.execute(query).fetchall())

    def recent(self, seconds: float) -> list[float]:
        """When, in seconds before now, messages left within the last ``seconds``.

        A time that lies ahead (the clock was set back) counts as now when it is near, and not at all when it is far.
        """
        now = self._clock()
        query = "SELECT at FROM events WHERE state IN ('sent', 'uncertain') AND at BETWEEN ? AND ?"
        with self._reading() as connection:
            rows = connection.execute(query, (now - seconds, now + seconds)).fetchall()
        return sorted(max(0.0, now - at) for (at,) in rows)

    def events(self, number: int) -> list[tuple[str, int | None, str, float]]:
        """What happened to a reader, oldest first: state, code, reply, time."""
        query = "SELECT state, code, reply, at FROM events WHERE number = ? ORDER BY seq"
        with self._reading() as connection:
            return connection.execute(query, (number,)).fetchall()

    def first_and_last(self) -> tuple[float, float] | None:
        """When the first and the last message were accepted, None when none was."""
        with self._reading() as connection:
            first, last = connection.execute("SELECT min(at), max(at) FROM events WHERE state = 'sent'").fetchone()
        return None if first is None else (first, last)

    # -- before a run --------------------------------------------------------------------------------------------

    def recover(self, longest_delay: float) -> int:
        """Settle what a run that was killed left behind; how many readers are uncertain because of it.

        A message whose full stop was never to leave yet goes back to where it was; one whose full stop may have left
        is ``uncertain``. Waiting times that lie further ahead than ``longest_delay`` seconds (the clock was set back)
        are shortened to it.
        """
        now = self._clock()
        with self._writing() as connection:
            for entry in self.entries(State.SENDING):
                if entry.step is Step.FINAL:
                    self._set(entry.number, State.UNCERTAIN, None, "interrupted while waiting for the answer")
                else:
                    # A try that the server could not answer is none.
                    self._release(connection, entry.number, "interrupted before the message was complete")
            query = "UPDATE readers SET not_before = ? WHERE state = 'deferred' AND not_before > ?"
            connection.execute(query, (now + longest_delay, now + longest_delay))
            # An earlier version opened the uncertain for good when it was asked to send to them again.
            query = (
                "UPDATE readers SET state = 'uncertain' WHERE state IN ('pending', 'deferred') AND retried > 0 "
                "AND number IN (SELECT number FROM events WHERE state = 'uncertain')"
            )
            connection.execute(query)
            uncertain: int = connection.execute("SELECT count(*) FROM readers WHERE state = 'uncertain'").fetchone()[0]
        return uncertain

    def update(self, people: Iterable[Recipient], suppressed: Iterable[str]) -> None:
        """Bring the rows up to the list: new readers are added, those gone or suppressed are not sent to.

        Who is ``sent``, ``failed`` or ``uncertain`` stays so, whatever the list says.
        """
        keys = set(suppressed)
        now = self._clock()
        listed = {person.key: person for person in people}
        with self._writing() as connection:
            known = {entry.key: entry for entry in self.entries()}
            for person in listed.values():
                reason = _why_not(person, keys)
                entry = known.get(person.key)
                facts = (person.address, person.name, "、".join(person.groups), person.language)
                if entry is None:
                    connection.execute(
                        "INSERT INTO readers (address, name, groups, language, key, state, reply, at) "
                        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        (*facts, person.key, State.SUPPRESSED if reason else State.PENDING, reason, now),
                    )
                elif entry.state in (*_OPEN, State.SUPPRESSED):
                    if facts != (entry.address, entry.name, entry.groups, entry.language):
                        query = "UPDATE readers SET address = ?, name = ?, groups = ?, language = ? WHERE number = ?"
                        connection.execute(query, (*facts, entry.number))
                    self._open_or_suppress(entry, reason)
            for entry in known.values():
                if entry.key not in listed and entry.state in _OPEN:
                    self._open_or_suppress(entry, _NOT_LISTED)

    def _open_or_suppress(self, entry: Entry, why_not: str) -> None:
        """Suppress the row when there is a reason ``why_not``, open it again when there is none any more."""
        is_suppressed = entry.state is State.SUPPRESSED
        if why_not and not is_suppressed:
            self._set(entry.number, State.SUPPRESSED, None, why_not)
        elif is_suppressed and not why_not:
            self._set(entry.number, State.PENDING, None, "")

    def open(self, *, uncertain: bool = False, failed: bool = False) -> list[Entry]:
        """The rows that may be claimed, in the order of the list; with the flags as in :meth:`claim`."""
        query = f"SELECT {_COLUMNS} FROM readers WHERE {_CLAIMABLE} ORDER BY number"  # noqa: S608 - our own names
        with self._reading() as connection:
            return [_entry(row) for row in connection.execute(query, (uncertain, failed))]

    # -- one message ---------------------------------------------------------------------------------------------

    def claim(self, number: int, message_id: str, pdf: str, *, uncertain: bool = False, failed: bool = False) -> bool:
        """Put down that the message to a reader is about to leave; False when that reader is not open any more.

        With ``uncertain`` those may be claimed who are uncertain, which ``retried`` counts; with ``failed`` those whom
        the server refused, but nobody whose message it ever accepted (and that bounced) or may have accepted. Their
        tries are counted anew.
        """
        query = (
            "UPDATE readers SET state = 'sending', step = 'claimed', "  # noqa: S608 - our own names
            "retried = retried + (state = 'uncertain'), "
            "attempts = CASE WHEN state IN ('uncertain', 'failed') THEN 1 ELSE attempts + 1 END, "
            "message_id = CASE WHEN ? = '' THEN message_id ELSE ? END, pdf = ?, at = ? "
            f"WHERE ({_CLAIMABLE}) AND number = ?"
        )
        values = (message_id, message_id, pdf, self._clock(), uncertain, failed, number)
        with self._writing() as connection:
            found = connection.execute(query, values).rowcount
            if found:
                self._event(number, State.SENDING, None, "")
        return found == 1

    def final(self, number: int) -> None:
        """Put down that the full stop is about to leave. From here on a loss means ``uncertain``."""
        query = "UPDATE readers SET step = 'final' WHERE number = ? AND state = 'sending'"
        with self._writing() as connection:
            if connection.execute(query, (number,)).rowcount != 1:
                raise LedgerError("这一行不在寄送中", "the row is not being sent")

    def release(self, number: int) -> None:
        """Put down that a claimed message did not leave as a whole: the try does not count."""
        with self._writing() as connection:
            self._release(connection, number, "not sent: the run ended")

    def _release(self, connection: sqlite3.Connection, number: int, reply: str) -> None:
        query = "UPDATE readers SET attempts = max(attempts - 1, 0) WHERE number = ?"
        connection.execute(query, (number,))
        query = "SELECT state FROM events WHERE number = ? AND state != 'sending' ORDER BY seq DESC LIMIT 1"
        row = connection.execute(query, (number,)).fetchone()
        before = State.PENDING if row is None else State(row[0])
        if before is State.UNCERTAIN:
            connection.execute("UPDATE readers SET retried = max(retried - 1, 0) WHERE number = ?", (number,))
        elif before is not State.FAILED:
            before = State.DEFERRED if self.attempts(number) else State.PENDING
        self._set(number, before, None, reply)

    def attempts(self, number: int) -> int:
        """How often a reader has been tried."""
        with self._reading() as connection:
            found: int = connection.execute("SELECT attempts FROM readers WHERE number = ?", (number,)).fetchone()[0]
        return found

    def served_since_first_try(self, number: int) -> bool:
        """Whether the server has accepted a message for anybody since it was first tried for this reader."""
        query = "SELECT min(seq) FROM events WHERE number = ? AND state = 'sending'"
        return self._served_since(query, number)

    def served_since_answer(self, number: int) -> bool:
        """Whether it has since its last answer about this reader; False when this is the first."""
        query = "SELECT max(seq) FROM events WHERE number = ? AND state = 'deferred' AND code IS NOT NULL"
        return self._served_since(query, number)

    def _served_since(self, since: str, number: int) -> bool:
        query = f"SELECT EXISTS (SELECT 1 FROM events WHERE state = 'sent' AND seq > ({since}))"  # noqa: S608 - our own
        with self._reading() as connection:
            return bool(connection.execute(query, (number,)).fetchone()[0])

    def answer(
        self, number: int, state: State, code: int | None, reply: str, wait: float = 0.0, *, counted: bool = True
    ) -> None:
        """Put down the outcome; a deferred one may be tried again in ``wait`` seconds.

        Who was uncertain and is put off now stays uncertain: the earlier message may have arrived. A try that is not
        ``counted`` is none. The disk being full, the room that was kept for this is used.
        """
        try:
            self._answer(number, state, code, reply, wait, counted)
        except LedgerError as error:
            if not (error.full and self._reserve.give_up()):
                raise
            self._answer(number, state, code, reply, wait, counted)

    def _answer(self, number: int, state: State, code: int | None, reply: str, wait: float, counted: bool) -> None:
        with self._writing() as connection:
            query = "SELECT EXISTS (SELECT 1 FROM readers WHERE number = ? AND retried > 0)"
            if state is State.DEFERRED and connection.execute(query, (number,)).fetchone()[0]:
                # The event tells that it was put off, the state what is true of the reader.
                self._event(number, state, code, reply)
                state, reply = State.UNCERTAIN, f"may have got it before; sent again and put off: {reply}"
            self._set(number, state, code, reply)
            query = "UPDATE readers SET not_before = ?, attempts = max(attempts - ?, 0) WHERE number = ?"
            connection.execute(query, (self._clock() + wait if wait else 0.0, 0 if counted else 1, number))

    def suppress(self, number: int) -> None:
        """Put down that a reader has left while the run went on; who is not merely open stays as is."""
        with self._writing() as connection:
            query = "SELECT EXISTS (SELECT 1 FROM readers WHERE number = ? AND state IN ('pending', 'deferred'))"
            if connection.execute(query, (number,)).fetchone()[0]:
                self._set(number, State.SUPPRESSED, None, "suppressed")

    def bounced(self, number: int, reply: str) -> None:
        """Put down that a message that was accepted came back."""
        with self._writing():
            self._set(number, State.FAILED, None, reply)

    # -- inside --------------------------------------------------------------------------------------------------

    def _set(self, number: int, state: State, code: int | None, reply: str) -> None:
        words = " ".join(reply.split())[:_LONGEST_REPLY]
        now = self._clock()
        query = "UPDATE readers SET state = ?, step = '', code = ?, reply = ?, at = ? WHERE number = ?"
        self._connection.execute(query, (state, code, words, now, number))
        self._event(number, state, code, words, now)

    def _event(self, number: int, state: State, code: int | None, reply: str, at: float | None = None) -> None:
        query = "INSERT INTO events (number, state, code, reply, at) VALUES (?, ?, ?, ?, ?)"
        self._connection.execute(query, (number, state, code, reply, self._clock() if at is None else at))

    @contextlib.contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._connection
            except sqlite3.Error as error:
                raise _disk(error) from error

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction: committed and on disk at the end of the block, or without trace."""
        with self._lock:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException as error:
                with contextlib.suppress(sqlite3.Error):
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise _disk(error) from error
                raise


def _why_not(person: Recipient, suppressed: set[str]) -> str:
    if person.key in suppressed:
        return "suppressed"
    return "" if person.status is Status.ACTIVE else person.status.value


def _entry(row: tuple[object, ...]) -> Entry:
    number, key, address, name, groups, language, state, step, *rest = row
    return Entry(number, key, address, name, groups, language, State(state), Step(step), *rest)  # type: ignore[arg-type]  # as the tables hold them


def _disk(error: sqlite3.Error | OSError) -> LedgerError:
    text = str(error) if isinstance(error, sqlite3.Error) else error.strerror or str(error)
    return LedgerError(f"写不进磁盘或读不出来（{text}）", f"the disk refuses ({text})", full=True)
