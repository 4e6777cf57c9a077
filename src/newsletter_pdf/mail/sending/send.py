"""Sending an issue, start to end: what ``newsletter-pdf send`` does between its questions and its answers."""

from __future__ import annotations

import contextlib
import secrets
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from newsletter_pdf.files import human_size
from newsletter_pdf.findings import Findings, Place
from newsletter_pdf.findings import mailing as setting_rules
from newsletter_pdf.findings import mailing_sending as rules
from newsletter_pdf.mail.ledger import FILE_NAME, Entry, Ledger, LedgerBusyError, LedgerError, State, alone
from newsletter_pdf.mail.message import Package
from newsletter_pdf.mail.recipients import Recipient
from newsletter_pdf.mail.secrets import SERVICE, SMTP_PASSWORD, Secret, find_secret
from newsletter_pdf.mail.sending.line import Line, LineState
from newsletter_pdf.mail.sending.prepare import Prepared
from newsletter_pdf.mail.sending.run import Result, Run, Session
from newsletter_pdf.mail.sending.schedule import Schedule
from newsletter_pdf.mail.settings import MailSettings
from newsletter_pdf.mail.transport import Connection, Outcome, Pace, ServerTroubleError


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do: ``open`` readers get a message, the states of all are in ``counts``; seconds it takes."""

    open: int
    counts: dict[State, int]
    domains: tuple[tuple[str, int], ...]
    message_size: int
    seconds: float


@dataclass(slots=True)
class Progress:
    """Where a run stands, for whoever shows it."""

    done: dict[Outcome, int]
    total: int
    waiting: int
    next_in: float | None
    line: LineState = field(default_factory=LineState)


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller asked for."""

    group: str | None = None
    limit: int | None = None
    retry_uncertain: bool = False
    new_pdf: bool = False
    wait: bool = True


@dataclass(slots=True)
class Sent:
    """What came of a sending."""

    result: Result = field(default_factory=Result)
    counts: dict[State, int] = field(default_factory=dict)
    ledger: Path | None = None


def ledger_path(folder: Path) -> Path:
    """Where the ledger of an issue lies: in the issue folder, which no clearing of build/ touches."""
    return folder.resolve() / FILE_NAME


def password_of(settings: MailSettings, findings: Findings) -> Secret | None:
    """The password for the server; N857 when one is needed and there is none."""
    server = settings.server
    if server is None or server.username is None:
        return None
    entry = f"{server.username}@{server.host}"
    secret = find_secret(SMTP_PASSWORD, entry)
    if secret is None:
        words = {"what_zh": f" {entry} 的密码", "what": f"password of {entry}"}
        command = f'keyring set {SERVICE} "{entry}"'
        findings.add(
            setting_rules.NO_SECRET.at(Place(settings.place.file), variable=SMTP_PASSWORD, command=command, **words)
        )
    return secret


def plan(prepared: Prepared, folder: Path, findings: Findings) -> Plan | None:
    """What a run now would do, from the ledger as it is; nothing is written. None when the ledger cannot be used."""
    states: dict[str, State] = {}
    path = ledger_path(folder)
    if path.exists():
        try:
            with contextlib.closing(Ledger(path, prepared.issue.name, write=False)) as ledger:
                states = {entry.key: entry.state for entry in ledger.entries()}
        except LedgerError as error:
            findings.add(rules.LEDGER_UNUSABLE.at(Place(path), reason_zh=error.zh, reason=error.en))
            return None
    closed = {State.SENT, State.FAILED, State.UNCERTAIN}
    ready = [reader for reader in prepared.readers if states.get(reader.key) not in closed]
    counts = Counter(states.get(reader.key, State.PENDING) for reader in prepared.readers)
    domains = Counter(reader.domain for reader in ready)
    size = prepared.packer.package(ready[0]).size if ready else 0
    pace = Pace(prepared.settings.rates)
    return Plan(
        open=len(ready),
        counts={state: counts.get(state, 0) for state in State},
        domains=tuple(domains.most_common()),
        message_size=size,
        seconds=pace.seconds_for(len(ready), domains.values()) if ready else 0.0,
    )


def rehearse(prepared: Prepared, tick: Callable[[int, int], None]) -> tuple[int, list[tuple[Recipient, str]]]:
    """Make every package and throw it away: octets in all, and the readers for whom none can be made, with reasons.

    The first is signed where a key is given, the others are not: one signature tells whether the key is good.
    """
    octets, refused = 0, []
    for number, reader in enumerate(prepared.readers):
        try:
            octets += prepared.packer.package(reader, signed=number == 0).size
        except ValueError as error:
            refused.append((reader, str(error)))
        tick(number + 1, len(prepared.readers))
    return octets, refused


def send_test(prepared: Prepared, address: Recipient, findings: Findings) -> bool:
    """Send a marked copy to ``address``, without the ledger; True when the server took it."""
    password = password_of(prepared.settings, findings)
    if prepared.settings.server is None:
        findings.add(rules.NO_SERVER.at(prepared.settings.place))
    if prepared.settings.server is None or not findings.good:
        return False
    try:
        connection = Connection(prepared.settings.server, password)
        try:
            package = prepared.packer.package(address, test=secrets.token_hex(8))
            answer = connection.deliver(package, lambda: None)
        finally:
            connection.close()
    except (ServerTroubleError, ValueError) as error:
        zh = error.zh if isinstance(error, ServerTroubleError) else str(error)
        findings.add(rules.SERVER_TROUBLE.at(reason_zh=zh, reason=str(error)))
        return False
    if answer.outcome is not Outcome.SENT:
        text = f"{answer.code or ''} {answer.text}".strip()
        findings.add(rules.SERVER_TROUBLE.at(reason_zh=text, reason=text))
    return answer.outcome is Outcome.SENT


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

    def connect() -> Session:
        connection = Connection(server, password)
        size = len(prepared.pdf.data) * 4 // 3 if prepared.packer.delivery.attached else 0
        largest = connection.largest  # forgotten when the connection is closed
        if largest is not None and size > largest:
            connection.close()
            limit, has = human_size(largest), human_size(size)
            raise ServerTroubleError(
                f"服务器最多接受 {limit} 的信，这一封有 {has}；请把 delivery 改为 link",
                f"the server takes {limit} at most, a message has {has}; set delivery: link",
                lasting=True,
            )
        return connection

    try:
        with alone(path), Ledger(path, prepared.issue.name, write=True) as ledger:
            if not _ready(ledger, prepared, options, findings):
                return sent
            sent.result = _run(ledger, prepared, options, connect, tick)
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
    _tell(sent, path, findings)
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
    if options.retry_uncertain:
        ledger.retry_uncertain()
    return True


def _run(
    ledger: Ledger,
    prepared: Prepared,
    options: Options,
    connect: Callable[[], Session],
    tick: Callable[[Progress], None],
) -> Result:
    people = {reader.key: reader for reader in prepared.readers}
    now = time.time()
    chosen = [
        (entry, max(0.0, entry.not_before - now))
        for entry in ledger.entries(State.PENDING, State.DEFERRED)
        if entry.key in people
    ]
    rates = prepared.settings.rates
    pace = Pace(rates, ledger.recent(3600.0) if rates.per_hour is not None else ())
    schedule = Schedule(chosen, pace, limit=options.limit)

    def pack(entry: Entry) -> Package:
        return prepared.packer.package(people[entry.key])

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


def _tell(sent: Sent, path: Path, findings: Findings) -> None:
    """The findings that a run ends with."""
    trouble = sent.result.trouble
    if isinstance(trouble, LedgerError):
        fields = {"reason_zh": trouble.zh, "reason": trouble.en}
        findings.add(rules.LEDGER_FULL.at(Place(path), **fields))
    elif trouble is not None:
        findings.add(rules.SERVER_TROUBLE.at(Place(), reason_zh=trouble.zh, reason=trouble.en))
    for state, rule in (
        (State.UNCERTAIN, rules.UNCERTAIN_LEFT),
        (State.FAILED, rules.FAILED_SOME),
        (State.DEFERRED, rules.DEFERRED_LEFT),
    ):
        if sent.counts.get(state):
            findings.add(rule.at(Place(path), count=sent.counts[state]))
