"""A copy of the PDF for each reader as part of the message, locked with a password when that is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass

from newsletter_pdf.mail.message.pdf import BASE64_LINE, encoded, part_headers
from newsletter_pdf.mail.recipients import Recipient
from newsletter_pdf.mail.secrets import Secret
from newsletter_pdf.personal import Mark, Stamper
from newsletter_pdf.personal.lock import lock

_FEW = 3  # copies that are locked in this process: to start others takes longer


@dataclass(frozen=True, slots=True)
class Locking:
    """The password that opens every copy, and what does the work: ``open_executor`` is asked once, when it pays.

    ``ahead`` copies are in the making while messages leave; no more than these are held in memory.
    """

    password: Secret
    open_executor: Callable[[], Executor]
    ahead: int = 8


class PersonalCopies:
    """Gives every reader the own copy. Thread-safe; :meth:`close` ends the processes that were started."""

    def __init__(
        self,
        stamper: Stamper,
        file_name: str,
        mark_of: Callable[[Recipient], Mark],
        readers: Sequence[Recipient],
        locking: Locking | None = None,
    ) -> None:
        """``readers`` are those to come, in about the order in which they are asked for."""
        self._stamper, self._mark_of, self._locking = stamper, mark_of, locking
        self._head = part_headers(file_name)
        # The finished file is the same in all copies up to here, and a whole number of lines: encoded once.
        self._whole = len(stamper.data) // BASE64_LINE * BASE64_LINE
        self._encoded = encoded(stamper.data[: self._whole]) if locking is None else b""
        self._readers = list(readers)
        self._places = {reader.key: place for place, reader in enumerate(self._readers)}
        self._lock = threading.Lock()
        self._executor: Executor | None = None
        self._ahead: dict[str, Future[bytes]] = {}
        self._made = 0

    @property
    def size(self) -> int:
        """Bytes of the finished PDF with the mark of the first reader."""
        if not self._readers:
            return len(self._stamper.data)
        return len(self._stamper.data) + len(self._stamper.update(self._mark_of(self._readers[0])))

    def part(self, reader: Recipient) -> bytes:
        """The part with the reader's copy."""
        if self._locking is not None:
            return self._head + encoded(self.copy(reader))
        update = self._stamper.update(self._mark_of(reader))
        return self._head + self._encoded + encoded(self._stamper.data[self._whole :] + update)

    def copy(self, reader: Recipient) -> bytes:
        """The reader's copy itself."""
        if self._locking is None:
            return self._stamper.copy(self._mark_of(reader))
        future = self._future(reader, self._locking)
        if future is not None:
            try:
                return future.result()
            except Exception:  # noqa: S110 - whatever became of the executor, the copy can be made here
                pass
        return lock(self._stamper.copy(self._mark_of(reader)), self._locking.password.reveal())

    def close(self) -> None:
        """End the processes; copies that nobody asked for are dropped."""
        with self._lock:
            executor, self._executor = self._executor, None
            for future in self._ahead.values():
                future.cancel()
            self._ahead.clear()
        if executor is not None:
            executor.shutdown(wait=True)

    def _future(self, reader: Recipient, locking: Locking) -> Future[bytes] | None:
        """The copy in the making, those of the next readers begun; None when it is to be made here."""
        with self._lock:
            self._made += 1
            if self._made <= _FEW:
                return None
            try:
                if self._executor is None:
                    self._executor = locking.open_executor()
                own = self._ahead.pop(reader.key, None) or self._begin(reader, locking, self._executor)
                place = self._places.get(reader.key, len(self._readers))
                for following in self._readers[place + 1 : place + 1 + locking.ahead]:
                    if len(self._ahead) < locking.ahead and following.key not in self._ahead:
                        self._ahead[following.key] = self._begin(following, locking, self._executor)
            except RuntimeError:  # the pool is broken or shut down
                return None
            return own

    def _begin(self, reader: Recipient, locking: Locking, executor: Executor) -> Future[bytes]:
        return executor.submit(lock, self._stamper.copy(self._mark_of(reader)), locking.password.reveal())
