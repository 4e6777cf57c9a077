"""What follows from an answer: the reader's state, and whether the try counts against the reader.

A reader is ``failed`` only by an answer that is about the reader. What may as well be about us, a wrong setting or a
quota that is used up, holds the reader open until the server has shown that it takes messages for others.
"""

from __future__ import annotations

from dataclasses import dataclass

from newsletter_pdf.mail.ledger import Ledger, State
from newsletter_pdf.mail.settings import Retry
from newsletter_pdf.mail.transport import Answer, Outcome, ServerTroubleError

MOST_REFUSED = 10
"""Readers refused one after the other, nobody accepted in between, after which a run ends."""
MOST_DOUBTFUL = 3
"""The same for refusals that look as if they were about us."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The outcome and its words; the seconds to wait; whether the try counts; whether this run tries again."""

    outcome: Outcome
    text: str
    wait: float = 0.0
    counted: bool = True
    again: bool = False


def rule(answer: Answer, number: int, tries: int, ledger: Ledger, retry: Retry) -> Ruling:
    """What follows for the reader ``number``, whom this run has tried ``tries`` times. Raises LedgerError."""
    more = tries < retry.attempts
    held = Ruling(Outcome.DEFERRED, answer.text, retry.delay(tries), counted=False, again=more)
    if answer.outcome is Outcome.DEFERRED:
        if answer.lost or answer.code == 421:
            return held
        attempts = ledger.attempts(number)
        if attempts < retry.attempts:
            return Ruling(Outcome.DEFERRED, answer.text, retry.delay(attempts), again=more)
        if _works_for_others(ledger, number):
            return Ruling(Outcome.FAILED, f"given up after {attempts} tries: {answer.text}")
        return held
    if answer.outcome is Outcome.FAILED and answer.doubtful and not ledger.served_since_answer(number):
        return held
    return Ruling(answer.outcome, answer.text)


def _works_for_others(ledger: Ledger, number: int) -> bool:
    """Whether the server takes messages, so that its putting off is about this reader.

    The last few of a mailing are not held open for want of others who could be sent to.
    """
    counts = ledger.counts()
    few = counts[State.PENDING] + counts[State.DEFERRED] + counts[State.SENDING] <= MOST_REFUSED
    return ledger.served_since_first_try(number) or (few and counts[State.SENT] > 0)


class Brake:
    """Counts refusals in a row. Not thread-safe; the run holds its lock around it."""

    def __init__(self) -> None:
        self._refused = self._doubtful = 0

    def see(self, answer: Answer) -> ServerTroubleError | None:
        """Note an answer; the trouble to end the run with when too many were refused without one success."""
        if answer.outcome is Outcome.SENT:
            self._refused = self._doubtful = 0
        elif answer.outcome is Outcome.FAILED:
            self._refused += 1
            self._doubtful += answer.doubtful
            if self._refused >= MOST_REFUSED or self._doubtful >= MOST_DOUBTFUL:
                said = f"{answer.code or ''} {answer.text}".strip()
                return ServerTroubleError(
                    f"服务器接连拒收了 {self._refused} 封，一封也没有收下，多半是设置或限额的问题：{said}",
                    f"the server refused {self._refused} messages one after the other and took none, which looks like "
                    f"a setting or a quota: {said}",
                    lasting=True,
                )
        return None
