"""Who is next: open readers by domain, so that a slow domain holds up nobody else, and those who wait for a retry."""

from __future__ import annotations

import heapq
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable

from newsletter_pdf.mail.ledger import Entry
from newsletter_pdf.mail.transport import Pace


class Schedule:
    """Hands out readers to the connections, at the pace allowed. Thread-safe."""

    def __init__(
        self,
        entries: Iterable[tuple[Entry, float]],
        pace: Pace,
        *,
        limit: int | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``entries`` come with the seconds from now before which they may not be tried.

        After ``limit`` messages have been handed out nothing more is.
        """
        self._pace, self._clock, self._left = pace, clock, limit
        self._changed = threading.Condition()
        self._domains: dict[str, deque[Entry]] = {}
        self._ready: list[tuple[float, int, str]] = []
        self._later: list[tuple[float, int, Entry]] = []
        self._count = 0
        self._out = 0
        self._stopped = False
        now = clock()
        for entry, wait in entries:
            self._put(entry, now + wait if wait > 0 else 0.0)

    @property
    def waiting(self) -> tuple[int, float | None]:
        """How many readers wait for another try, and the seconds until the first of them may be tried."""
        with self._changed:
            if not self._later:
                return 0, None
            return len(self._later), max(0.0, self._later[0][0] - self._clock())

    @property
    def only_waiting(self) -> bool:
        """True when nothing is being sent and nobody is open but those who wait for another try."""
        with self._changed:
            return self._out == 0 and not self._ready

    def stop(self) -> None:
        """Hand out nothing more; those who wait in :meth:`take` get None."""
        with self._changed:
            self._stopped = True
            self._changed.notify_all()

    def take(self) -> Entry | None:
        """The next reader, as soon as one may be sent to; None when there is nobody left or the run stops."""
        with self._changed:
            while True:
                if self._stopped or self._left == 0 or (not self._ready and not self._later and not self._out):
                    self._changed.notify_all()
                    return None
                entry, until = self._pick()
                if entry is not None:
                    self._out += 1
                    if self._left is not None:
                        self._left -= 1
                    return entry
                self._changed.wait(None if until is None else max(0.001, until - self._clock()))

    def done(self) -> None:
        """A reader who was taken is settled."""
        with self._changed:
            self._out -= 1
            self._changed.notify_all()

    def later(self, entry: Entry, seconds: float) -> None:
        """A reader who was taken is to be tried again in ``seconds``."""
        with self._changed:
            self._out -= 1
            self._put(entry, self._clock() + seconds)
            if self._left is not None:
                self._left += 1
            self._changed.notify_all()

    def back(self, entry: Entry) -> None:
        """A reader who was taken could not be tried at all, and is next again."""
        with self._changed:
            self._out -= 1
            self._put(entry, 0.0, first=True)
            if self._left is not None:
                self._left += 1
            self._changed.notify_all()

    def _pick(self) -> tuple[Entry | None, float | None]:
        """The next reader, or the time at which to look again (None: when something changes)."""
        now = self._clock()
        while self._later and self._later[0][0] <= now:
            self._put(heapq.heappop(self._later)[2], 0.0)
        looks = [self._later[0][0]] if self._later else []
        if not self._ready:
            return None, min(looks, default=None)
        start = max(self._ready[0][0], self._pace.ready_at())
        if start > now:
            return None, min([start, *looks])
        _, _, domain = heapq.heappop(self._ready)
        queue = self._domains[domain]
        entry = queue.popleft()
        self._pace.left(domain)
        if queue:
            self._push(domain)
        else:
            del self._domains[domain]
        return entry, None

    def _put(self, entry: Entry, due: float, *, first: bool = False) -> None:
        if due > self._clock():
            self._count += 1
            heapq.heappush(self._later, (due, self._count, entry))
            return
        domain = entry.address.rpartition("@")[2]
        queue = self._domains.get(domain)
        if queue is None:
            queue = self._domains[domain] = deque()
            queue.append(entry)
            self._push(domain)
        elif first:
            queue.appendleft(entry)
        else:
            queue.append(entry)

    def _push(self, domain: str) -> None:
        self._count += 1
        heapq.heappush(self._ready, (self._pace.domain_ready(domain), self._count, domain))
