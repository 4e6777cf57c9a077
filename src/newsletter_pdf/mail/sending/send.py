"""Sending an issue, start to end: what ``newsletter-pdf send`` does between its questions and its answers."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import mailing_sending as rules
from newsletter_pdf.mail.ledger import Entry, Ledger, LedgerBusyError, LedgerError, State, alone
from newsletter_pdf.mail.message import Package
from newsletter_pdf.mail.recipients.suppressed import SuppressedChangedError, SuppressedWatch, suppressed_file
from newsletter_pdf.mail.sending.advice import trouble_finding
from newsletter_pdf.mail.sending.line import Line, LineState
from newsletter_pdf.mail.sending.plan import Options, ledger_path
from newsletter_pdf.mail.sending.prepare import Prepared
from newsletter_pdf.mail.sending.run import NotWantedError, Result, Run, Session
from newsletter_pdf.mail.sending.schedule import Schedule
from newsletter_pdf.mail.sending.server import connector, password_of, recent
from newsletter_pdf.mail.settings import MailSettings
from newsletter_pdf.mail.transport import Outcome, Pace, ServerTroubleError


@dataclass(slots=True)
class Progress:
    """Where a run stands, for whoever shows it."""

    done: dict[Outcome, int]
    total: int
    waiting: int
    next_in: float | None
    line: LineState = field(default_factory=LineState)


@dataclass(slots=True)
class Sent:
    """What came of a sending."""

    result: Result = field(default_factory=Result)
    counts: dict[State, int] = field(default_factory=dict)
    ledger: Path | None = None


def send(
    prepared: Prepared, folder: Path, options: Options, findings: Findings, tick: Callable[[Progress], None]
) -> Sent:
    """Send to all who are open, until none is left or the run has to end; what stopped it is among the findings."""
    sent = Sent()
    server = prepared.settings.server
    if server is None:
        findings.add(rules.NO_SERVER.at(prepared.settings.place))
        return sent
    password = password_of(prepared.settings, findings)
    if not findings.good:
        return sent
    path = sent.ledger = ledger_path(folder)

    size = len(prepared.pdf.data) * 4 // 3 if prepared.packer.delivery.attached else 0
    connect = connector(server, password, size)
    try:
        with alone(path), Ledger(path, prepared.issue.name, write=True) as ledger:
            if not _ready(ledger, prepared, options, findings):
                return sent
            watch = SuppressedWatch(suppressed_file(folder))
            sent.result = _run(ledger, prepared, options, watch, connect, tick)
            sent.counts = ledger.counts()
    except LedgerBusyError as error:
        findings.add(rules.LEDGER_BUSY.at(Place(path), holder=error.holder))
        return sent
    except LedgerError as error:
        rule = rules.LEDGER_FULL if error.full else rules.LEDGER_UNUSABLE
        fields = {"reason_zh": error.zh, "reason": error.en}
        findings.add(rule.at(Place(path), **fields))
        return sent
    except OSError as error:
        reason = error.strerror or str(error)
        findings.add(rules.LEDGER_UNUSABLE.at(Place(path), reason_zh=reason, reason=reason))
        return sent
    _tell(sent, path, prepared.settings, findings)
    return sent


def _ready(ledger: Ledger, prepared: Prepared, options: Options, findings: Findings) -> bool:
    """Settle what an earlier run left, bring the rows up to the list; False when another PDF is out already."""
    ledger.recover(prepared.settings.retry.longest_delay)
    others = {pdf: count for pdf, count in ledger.sent_pdfs().items() if pdf != prepared.pdf.sha256}
    if others and not options.new_pdf:
        then = max(others, key=lambda pdf: others[pdf])
        fields = {"sent": sum(others.values()), "then": then[:12], "now": prepared.pdf.sha256[:12]}
        findings.add(rules.OTHER_PDF.at(Place(ledger.path), **fields))
        return False
    ledger.update(prepared.listed.people, prepared.suppressed)
    return True


def _run(
    ledger: Ledger,
    prepared: Prepared,
    options: Options,
    watch: SuppressedWatch,
    connect: Callable[[], Session],
    tick: Callable[[Progress], None],
) -> Result:
    people = {reader.key: reader for reader in prepared.readers}
    now = time.time()
    chosen = [
        (entry, max(0.0, entry.not_before - now))
        for entry in ledger.open(uncertain=options.retry_uncertain, failed=options.retry_failed)
        if entry.key in people
    ]
    rates = prepared.settings.rates
    pace = Pace(rates, recent(ledger, 3600.0) if rates.per_hour is not None else ())
    schedule = Schedule(chosen, pace, limit=options.limit)

    def pack(entry: Entry) -> Package:
        try:
            if watch.has(entry.key):
                raise NotWantedError
        except SuppressedChangedError:
            raise ServerTroubleError(
                "不寄的名单 suppressed.csv 在寄送时改动了，现在读不了",
                "the list suppressed.csv was changed meanwhile and cannot be read",
                lasting=True,
            ) from None
        # The one put down when the message was first to leave, whatever it is made of now.
        return prepared.packer.package(people[entry.key], identity=entry.message_id)

    line = Line(connect)
    run = Run(
        ledger,
        schedule,
        pack,
        line.open,
        retry=prepared.settings.retry,
        connections=min(rates.connections, max(1, len(chosen))),
        pdf=prepared.pdf.sha256,
        wait=options.wait,
        uncertain=options.retry_uncertain,
        failed=options.retry_failed,
    )
    total = len(chosen) if options.limit is None else min(options.limit, len(chosen))

    def show() -> None:
        waiting, next_in = schedule.waiting
        tick(Progress(dict(run.result.done), total, waiting, next_in, line.state))

    with _ending_well(run):
        return run.go(show)


@contextlib.contextmanager
def _ending_well(run: Run) -> Iterator[None]:
    """Let Ctrl-C and SIGTERM end the run: the first after the messages under way, the second at once."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def ask(_number: int, _frame: object) -> None:
        run.ask_to_end()

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell(sent: Sent, path: Path, settings: MailSettings, findings: Findings) -> None:
    """The findings that a run ends with."""
    trouble = sent.result.trouble
    if isinstance(trouble, LedgerError):
        fields = {"reason_zh": trouble.zh, "reason": trouble.en}
        findings.add(rules.LEDGER_FULL.at(Place(path), **fields))
    elif trouble is not None:
        findings.add(trouble_finding(trouble, settings))
    for state, rule in (
        (State.UNCERTAIN, rules.UNCERTAIN_LEFT),
        (State.FAILED, rules.FAILED_SOME),
        (State.DEFERRED, rules.DEFERRED_LEFT),
    ):
        if sent.counts.get(state):
            findings.add(rule.at(Place(path), count=sent.counts[state]))
