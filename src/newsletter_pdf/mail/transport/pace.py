"""How fast: limits per second, per domain and minute, and per hour, by a clock that never goes back."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable

from newsletter_pdf.mail.settings import Rates

_HOUR = 3600.0


class Pace:
    """When the next message may leave. Not thread-safe; the schedule holds its lock around it."""

    def __init__(self, rates: Rates, recent: Iterable[float] = (), clock: Callable[[], float] = time.monotonic) -> None:
        """``recent`` tells how many seconds ago messages left within the last hour, by earlier runs too."""
        self._rates, self._clock = rates, clock
        now = clock()
        self._hour: deque[float] = deque(sorted(now - ago for ago in recent if ago < _HOUR))
        self._next = 0.0
        self._domains: dict[str, float] = {}

    def ready_at(self) -> float:
        """The time (of the clock given) from which the next message may leave."""
        ready = self._next
        limit = self._rates.per_hour
        now = self._clock()
        while self._hour and self._hour[0] <= now - _HOUR:
            self._hour.popleft()
        if limit is not None and len(self._hour) >= limit:
            ready = max(ready, self._hour[len(self._hour) - limit] + _HOUR)
        return ready

    def domain_ready(self, domain: str) -> float:
        """The time from which ``domain`` may get its next message."""
        return self._domains.get(domain, 0.0)

    def left(self, domain: str) -> None:
        """A message to ``domain`` is leaving now."""
        now = self._clock()
        self._next = max(now, self._next) + 1.0 / self._rates.per_second
        self._domains[domain] = max(now, self._domains.get(domain, 0.0)) + 60.0 / self._rates.per_domain
        if self._rates.per_hour is not None:
            self._hour.append(now)

    def seconds_for(self, count: int, domains: Iterable[int]) -> float:
        """About how long ``count`` messages take, ``domains`` being how many go to each domain."""
        longest = max((n * 60.0 / self._rates.per_domain for n in domains), default=0.0)
        hours = 0.0 if self._rates.per_hour is None else max(0, count - 1) // self._rates.per_hour * _HOUR
        return max(count / self._rates.per_second, longest, hours)
