"""Whose fault a refusal is: the reader's, the server's, or our own."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from mail_server import FaultyServer
from mail_world import ISSUE, World, make_world

from newsletter_pdf.findings import Findings
from newsletter_pdf.mail.ledger import Ledger, State, alone
from newsletter_pdf.mail.sending import run as run_module
from newsletter_pdf.mail.sending import send as send_module
from newsletter_pdf.mail.sending.plan import Options, plan
from newsletter_pdf.mail.sending.run import Run
from newsletter_pdf.mail.sending.schedule import Schedule
from newsletter_pdf.mail.sending.send import send
from newsletter_pdf.mail.settings import Rates
from newsletter_pdf.mail.transport import Connection, Pace, smtp
from newsletter_pdf.mail.transport.answers import doubtful


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "PAUSE", 0.01)
    monkeypatch.setattr(smtp, "FINAL_TIMEOUT", 1.0)


def go(
    world: World, *, connections: int = 1, attempts: int = 3, **options: object
) -> tuple[dict[State, int], list[str]]:
    """One run; the states that have readers, and the codes of the findings."""
    findings = Findings()
    prepared = world.prepared(connections=connections, attempts=attempts, group=options.get("group"))
    sent = send(prepared, world.folder, Options(**options), findings, lambda _: None)
    return {state: count for state, count in sent.counts.items() if count}, [finding.code for finding in findings]


def entry_of(world: World, address: str):
    with Ledger(world.ledger, ISSUE, write=False) as ledger:
        return next(entry for entry in ledger.entries() if entry.address.startswith(address))


@pytest.mark.parametrize(
    ("code", "text", "after_data", "ours"),
    [
        (550, "5.1.1 user unknown", False, False),
        (552, "5.2.2 mailbox full, quota exceeded", True, False),
        (550, "no such user", False, False),
        (550, "5.1.8 sender's domain does not exist", False, True),
        (554, "5.7.1 relay access denied", False, True),
        (550, "relaying denied", False, True),
        (550, "daily sending limit exceeded", False, True),
        (530, "please log in", False, True),
        (503, "5.5.1 nested MAIL", False, True),
        (554, "rejected as spam", True, True),
        (550, "5.4.5 limit", True, True),
        (550, "5.4.4 no route to host", False, False),
    ],
)
def test_an_answer_tells_of_whom_it_speaks(code: int, text: str, after_data: bool, ours: bool) -> None:
    """By its status (RFC 3463), its code, its words and the moment."""
    assert doubtful(code, text, after_data=after_data) is ours


def test_one_reader_who_is_refused_for_good_fails_when_others_are_served(tmp_path: Path) -> None:
    """5.7.1 for one of twenty is that one's; it takes a second try to know."""
    with FaultyServer(
        lambda stage, to: "550 5.7.1 not you" if (stage, to[:8]) == ("rcpt", "reader3@") else ""
    ) as server:
        world = make_world(tmp_path, 20, server.port)
        counts, codes = go(world)
    assert (counts, codes) == ({State.SENT: 19, State.FAILED: 1}, ["N881"])


def test_ten_refused_in_a_row_stop_the_run_and_can_be_sent_to_again(tmp_path: Path) -> None:
    """Even refusals that name the reader; nobody else is touched, and the ten are not lost."""
    answers = ["550 5.1.1 user unknown"]
    with FaultyServer(lambda stage, to: answers[0] if stage == "rcpt" else "") as server:
        world = make_world(tmp_path, 30, server.port)
        counts, codes = go(world)
        assert (counts, codes) == ({State.FAILED: 10, State.PENDING: 20}, ["N878", "N881"])
        answers[0] = ""
        assert go(world)[0] == {State.FAILED: 10, State.SENT: 20}
        assert go(world, retry_failed=True) == ({State.SENT: 30}, [])
        assert set(server.counts.values()) == {1}


def test_a_reader_put_off_again_and_again_is_given_up_when_others_are_served(tmp_path: Path) -> None:
    """4xx, with its limit of tries."""
    with FaultyServer(lambda stage, to: "450 4.2.1 later" if (stage, to[:8]) == ("rcpt", "reader0@") else "") as server:
        world = make_world(tmp_path, 20, server.port)
        counts, _ = go(world)
    assert counts == {State.SENT: 19, State.FAILED: 1}
    assert entry_of(world, "reader0@").attempts == 3


def test_any_good_answer_to_the_recipient_is_good(tmp_path: Path) -> None:
    """252: cannot be verified, will be tried (RFC 5321, 3.5.3)."""
    server = FaultyServer()
    real = server.handle_RCPT

    async def unsure(*arguments: object) -> str:
        await real(*arguments)
        return "252 will try"

    server.handle_RCPT = unsure
    with server:
        assert go(make_world(tmp_path, 2, server.port))[0] == {State.SENT: 2}


def test_the_uncertain_are_sent_to_one_by_one_and_only_those_chosen(tmp_path: Path) -> None:
    """By --group and --limit; a later run without the flag sends to none of them."""
    lose = [True]
    with FaultyServer(lambda stage, to: "lose" if stage == "end" and lose[0] else "") as server:
        world = make_world(tmp_path, 0, server.port)
        rows = "姓名,邮箱,分组\n" + "".join(f"r{n},r{n}@d{n}.example.org,{'甲' if n < 2 else '乙'}\n" for n in range(6))
        (world.root / "content" / "recipients.csv").write_text(rows, encoding="utf-8")
        assert go(world)[0] == {State.UNCERTAIN: 6}
        before = entry_of(world, "r0@").message_id
        lose[0] = False
        chosen = {"retry_uncertain": True, "group": "甲", "limit": 1}
        prepared = world.prepared(group="甲")
        assert plan(prepared, world.folder, Options(**chosen), Findings()).open == 1
        assert go(world, **chosen)[0] == {State.SENT: 1, State.UNCERTAIN: 5}
        assert go(world)[0] == {State.SENT: 1, State.UNCERTAIN: 5}
        assert len(server.taken) == 1
        (message,) = server.messages()
    assert message["Message-ID"] == before


def test_the_uncertain_stay_so_while_the_server_is_away(tmp_path: Path) -> None:
    """Asked for with a server that is gone: nothing is opened, nothing follows later."""
    with FaultyServer(lambda stage, to: "lose" if stage == "end" else "") as server:
        world = make_world(tmp_path, 3, server.port)
        go(world)
    counts, codes = go(world, retry_uncertain=True)
    assert (counts, codes) == ({State.UNCERTAIN: 3}, ["N878", "N880"])
    with FaultyServer(lambda stage, to: "450 4.2.0 later" if stage == "rcpt" else "") as server:
        world.settings(server.port)
        assert go(world, retry_uncertain=True)[0] == {State.UNCERTAIN: 3}
    with FaultyServer() as server:
        world.settings(server.port)
        go(world)
        assert not server.taken


def test_the_message_id_stays_though_the_key_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is sent again carries the one that was put down first."""
    lose = [True]
    with FaultyServer(lambda stage, to: "lose" if stage == "end" and lose[0] else "") as server:
        world = make_world(tmp_path, 1, server.port)
        go(world)
        first = entry_of(world, "reader0@").message_id
        monkeypatch.setenv("NEWSLETTER_PDF_UNSUBSCRIBE_KEY", "another key than before")
        lose[0] = False
        go(world, retry_uncertain=True)
        (message,) = server.messages()
    assert message["Message-ID"] == first


@pytest.mark.parametrize("broken", [False, True])
def test_who_leaves_while_the_run_goes_on_gets_nothing_more(tmp_path: Path, broken: bool) -> None:
    """suppressed.csv changes after the first message: those in it are left out; unreadable, it stops the run."""
    path = tmp_path / "content" / "suppressed.csv"

    def choose(stage: str, to: str) -> str:
        if stage == "end" and not path.exists():
            path.write_text("邮箱\n" + ("reader1@\n" if broken else "READER2@d2.example.org\n"), encoding="utf-8")
        return ""

    with FaultyServer(choose) as server:
        world = make_world(tmp_path, 5, server.port)
        counts, codes = go(world)
        assert len(server.taken) == (1 if broken else 4)
        assert "reader2@d2.example.org" not in server.counts
    expected = {State.SENT: 1, State.PENDING: 4} if broken else {State.SENT: 4, State.SUPPRESSED: 1}
    assert (counts, codes) == (expected, ["N878"] if broken else [])


def run_of(world: World, connect: Callable[[], object], ledger: Ledger) -> Run:
    prepared = world.prepared(connections=1)
    people = {reader.key: reader for reader in prepared.readers}
    ledger.update(prepared.listed.people, ())
    entries = [(entry, 0.0) for entry in ledger.open()]
    schedule = Schedule(entries, Pace(Rates(per_second=1000, per_domain=60000)))

    def pack(entry):
        return prepared.packer.package(people[entry.key])

    return Run(ledger, schedule, pack, connect, retry=prepared.settings.retry, connections=1)


def test_a_run_that_is_asked_to_end_while_it_connects_begins_nothing(tmp_path: Path) -> None:
    """The server took its time to let us in; Ctrl-C came meanwhile."""
    with FaultyServer() as server:
        world = make_world(tmp_path, 3, server.port)
        with alone(world.ledger), Ledger(world.ledger, ISSUE, write=True) as ledger:
            runs: list[Run] = []

            def connect() -> Connection:
                connection = Connection(world.prepared().settings.server)
                runs[0].stop()
                return connection

            runs.append(run_of(world, connect, ledger))
            runs[0].go()
            assert ledger.counts()[State.PENDING] == 3
        assert not server.taken


def test_our_own_cutting_of_the_line_is_no_try(tmp_path: Path) -> None:
    """Ctrl-C twice while the server thinks about the recipient: as if it had never begun."""
    world = make_world(tmp_path, 1, 0)
    cut = threading.Event()
    runs: list[Run] = []

    def choose(stage: str, to: str) -> str:
        if stage == "rcpt":
            runs[0].ask_to_end()
            runs[0].ask_to_end()
            cut.wait(30)
        return ""

    with FaultyServer(choose) as server:
        world.settings(server.port)
        with alone(world.ledger), Ledger(world.ledger, ISSUE, write=True) as ledger:
            runs.append(run_of(world, lambda: Connection(world.prepared().settings.server), ledger))
            runs[0].go()
            cut.set()
            (entry,) = ledger.entries()
    assert (entry.state, entry.attempts) == (State.PENDING, 0)


def test_an_hours_limit_counts_the_other_issues_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server counts what it is given, of whatever issue."""
    seen: list[list[float]] = []

    class Watched(Pace):
        def __init__(self, rates: Rates, recent: object = (), **more: object) -> None:
            seen.append(list(recent))
            super().__init__(rates, seen[-1], **more)

    monkeypatch.setattr(send_module, "Pace", Watched)
    with FaultyServer() as server:
        world = make_world(tmp_path, 2, server.port)
        other = world.folder.with_name("2026-10")
        other.mkdir()
        with Ledger(other / "sending.sqlite", "2026-10", write=True) as ledger:
            ledger.update(world.prepared().readers, ())
            for entry in ledger.entries():
                ledger.claim(entry.number, "<a@b>", "x")
                ledger.final(entry.number)
                ledger.answer(entry.number, State.SENT, 250, "ok")
        prepared = world.prepared()
        limited = dataclasses.replace(
            prepared.settings, rates=dataclasses.replace(prepared.settings.rates, per_hour=1000)
        )
        prepared = dataclasses.replace(prepared, settings=limited)
        send(prepared, world.folder, Options(), Findings(), lambda _: None)
    assert [len(recent) for recent in seen] == [2]
