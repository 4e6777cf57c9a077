"""What the run waits for when nothing leaves: a server that takes long to answer, or the pause before the next try."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from newsletter_pdf.mail.sending.run import Session
from newsletter_pdf.mail.transport import ServerTroubleError


@dataclass(frozen=True, slots=True)
class LineState:
    """``connecting`` is how many seconds the longest connection under way has been waited for, None without any.

    ``trouble`` is why the last one came to nothing, None after one that was made.
    """

    connecting: float | None = None
    trouble: ServerTroubleError | None = None


class Line:
    """Opens sessions and remembers how that goes. For several threads."""

    def __init__(self, connect: Callable[[], Session], clock: Callable[[], float] = time.monotonic) -> None:
        """``connect`` makes a session or raises ServerTroubleError; ``clock`` gives seconds."""
        self._connect, self._clock = connect, clock
        self._lock = threading.Lock()
        self._begun: dict[int, float] = {}
        self._trouble: ServerTroubleError | None = None

    def open(self) -> Session:
        """A new session. Raises ServerTroubleError."""
        thread = threading.get_ident()
        with self._lock:
            self._begun[thread] = self._clock()
        try:
            session = self._connect()
        except ServerTroubleError as error:
            self._trouble = error
            raise
        finally:
            with self._lock:
                del self._begun[thread]
        self._trouble = None
        return session

    @property
    def state(self) -> LineState:
        """How it stands now."""
        with self._lock:
            begun = min(self._begun.values(), default=None)
        return LineState(None if begun is None else self._clock() - begun, self._trouble)
