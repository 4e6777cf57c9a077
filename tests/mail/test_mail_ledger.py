"""The ledger: what is on disk at any moment, and what may follow from it."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newsletter_pdf.mail.ledger import Entry, Ledger, LedgerBusyError, LedgerError, State, Step, alone
from newsletter_pdf.mail.recipients import Recipient, Status
from newsletter_pdf.mail.sending.schedule import Schedule
from newsletter_pdf.mail.settings import Rates
from newsletter_pdf.mail.transport import Pace

PEOPLE = [Recipient(f"r{n}@d{n % 2}.example.org", f"r{n}@d{n % 2}.example.org", f"读者{n}") for n in range(4)]


class Clock:
    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def open_ledger(tmp_path: Path, clock: Clock | None = None) -> Ledger:
    ledger = Ledger(tmp_path / "sending.sqlite", "2026-11", write=True, clock=clock or Clock())
    ledger.update(PEOPLE, ())
    return ledger


def test_every_change_survives_the_loss_of_power(tmp_path: Path) -> None:
    """WAL with synchronous FULL; what a second reader sees at once is what was written."""
    with open_ledger(tmp_path) as ledger:
        assert ledger._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert ledger._connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert ledger.claim(1, "<a@b>", "sha")
        with Ledger(tmp_path / "sending.sqlite", "2026-11", write=False) as other:
            assert other.entries(State.SENDING)[0].step is Step.CLAIMED
        assert (tmp_path / "sending.sqlite.reserve").exists(), "who only looks gives nobody's room up"
        with Ledger(tmp_path / "sending.sqlite", "2026-11", write=False) as other:
            ledger.final(1)
            assert other.entries(State.SENDING)[0].step is Step.FINAL
            ledger.answer(1, State.SENT, 250, "ok")
            assert other.counts()[State.SENT] == 1


def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    """It says who reads what."""
    with open_ledger(tmp_path):
        assert stat.S_IMODE((tmp_path / "sending.sqlite").stat().st_mode) == 0o600


@pytest.mark.parametrize(("step", "state", "attempts"), [("claimed", State.PENDING, 0), ("final", State.UNCERTAIN, 1)])
def test_what_a_killed_run_left_is_settled_by_how_far_it_came(
    tmp_path: Path, step: str, state: State, attempts: int
) -> None:
    """Before the full stop nothing can have been accepted; after it, nobody knows."""
    with open_ledger(tmp_path) as ledger:
        ledger.claim(1, "<a@b>", "sha")
        if step == "final":
            ledger.final(1)
    with Ledger(tmp_path / "sending.sqlite", "2026-11", write=True) as ledger:
        ledger.recover(1800)
        entry = ledger.entries()[0]
        assert (entry.state, entry.attempts, entry.step) == (state, attempts, Step.NONE)


def test_nobody_is_claimed_twice(tmp_path: Path) -> None:
    """Not while being sent to, nor after any of the ends."""
    with open_ledger(tmp_path) as ledger:
        assert ledger.claim(1, "<a@b>", "sha")
        assert not ledger.claim(1, "<a@b>", "sha")
        ledger.final(1)
        for state in (State.SENT, State.FAILED, State.UNCERTAIN):
            ledger.answer(1, state, None, "")
            assert not ledger.claim(1, "<a@b>", "sha")
        with pytest.raises(LedgerError):
            ledger.final(1)


def test_uncertain_ones_are_open_again_only_when_asked_for(tmp_path: Path) -> None:
    """And it is remembered who was sent to again."""
    with open_ledger(tmp_path) as ledger:
        ledger.claim(2, "<a@b>", "sha")
        ledger.final(2)
        ledger.answer(2, State.UNCERTAIN, None, "no answer")
        ledger.recover(1800)
        ledger.update(PEOPLE, ())
        assert ledger.entries(State.UNCERTAIN)[0].number == 2
        assert not ledger.claim(2, "<a@b>", "sha")
        assert [entry.number for entry in ledger.open()] == [1, 3, 4]
        assert [entry.number for entry in ledger.open(uncertain=True)] == [1, 2, 3, 4]
        assert ledger.claim(2, "<a@b>", "sha", uncertain=True)
        entry = ledger.entries()[1]
        assert (entry.state, entry.retried, entry.attempts) == (State.SENDING, 1, 1)


@pytest.mark.parametrize("end", ["released", "killed", "put off"])
def test_who_may_have_got_it_stays_uncertain_however_another_try_ends(tmp_path: Path, end: str) -> None:
    """Not sent again without being asked for once more; a try that did not leave is not counted as one."""
    with open_ledger(tmp_path) as ledger:
        for retried in (False, True):
            assert ledger.claim(2, "<a@b>", "sha", uncertain=retried)
            if not retried:
                ledger.final(2)
                ledger.answer(2, State.UNCERTAIN, None, "no answer")
        if end == "put off":
            ledger.answer(2, State.DEFERRED, 450, "later", 60)
        elif end == "released":
            ledger.release(2)
        else:
            ledger.recover(1800)
        entry = ledger.entries()[1]
        assert (entry.state, entry.retried) == (State.UNCERTAIN, 1 if end == "put off" else 0)
        assert not ledger.claim(2, "<a@b>", "sha")


def test_who_was_opened_again_by_an_earlier_version_is_uncertain_again(tmp_path: Path) -> None:
    """That left the rows it had not come to pending, as if nothing had happened."""
    with open_ledger(tmp_path) as ledger:
        ledger.claim(2, "<a@b>", "sha")
        ledger.final(2)
        ledger.answer(2, State.UNCERTAIN, None, "no answer")
    with sqlite3.connect(tmp_path / "sending.sqlite") as connection:
        connection.execute("UPDATE readers SET state = 'pending', retried = 1 WHERE number = 2")
    connection.close()
    with Ledger(tmp_path / "sending.sqlite", "2026-11", write=True) as ledger:
        assert ledger.recover(1800) == 1
        assert not ledger.claim(2, "<a@b>", "sha")


def test_the_failed_are_open_again_when_asked_for_but_not_the_bounced(tmp_path: Path) -> None:
    """Whose message was accepted once, or may have been, is not sent another."""
    with open_ledger(tmp_path) as ledger:
        for number in (1, 2, 3):
            ledger.claim(number, "<a@b>", "sha")
            ledger.final(number)
        ledger.answer(1, State.FAILED, 550, "bounced: a word of the server's")
        ledger.answer(2, State.SENT, 250, "ok")
        ledger.bounced(2, "bounced: 5.1.1")
        ledger.answer(3, State.UNCERTAIN, None, "no answer")
        ledger.claim(3, "<a@b>", "sha", uncertain=True)
        ledger.final(3)
        ledger.answer(3, State.FAILED, 550, "no")
        assert [entry.number for entry in ledger.open(failed=True)] == [1, 4]
        assert not ledger.claim(2, "<a@b>", "sha", failed=True)
        assert not ledger.claim(1, "<a@b>", "sha")
        assert ledger.claim(1, "<a@b>", "sha", failed=True)
        ledger.release(1)
        assert ledger.entries()[0].state is State.FAILED


def test_the_list_opens_and_closes_rows_but_changes_no_outcome(tmp_path: Path) -> None:
    """Suppressed, paused and gone readers are not sent to; they may come back; who is sent stays so."""
    with open_ledger(tmp_path) as ledger:
        ledger.claim(1, "<a@b>", "sha")
        ledger.final(1)
        ledger.answer(1, State.SENT, 250, "ok")
        paused = Recipient(PEOPLE[2].address, PEOPLE[2].key, status=Status.PAUSED)
        ledger.update([PEOPLE[1], paused], {PEOPLE[0].key, PEOPLE[1].key})
        states = [(entry.state, entry.reply) for entry in ledger.entries()]
        assert states == [
            (State.SENT, "ok"),
            (State.SUPPRESSED, "suppressed"),
            (State.SUPPRESSED, "paused"),
            (State.SUPPRESSED, "not on the list"),
        ]
        new = Recipient("new@example.org", "new@example.org")
        ledger.update([*PEOPLE, new], ())
        assert [entry.state for entry in ledger.entries()] == [State.SENT, *[State.PENDING] * 4]


def test_a_clock_set_back_makes_nobody_wait_longer_than_the_longest_wait(tmp_path: Path) -> None:
    """A retry planned by a clock that was a year ahead."""
    clock = Clock()
    with open_ledger(tmp_path, clock) as ledger:
        ledger.claim(1, "<a@b>", "sha")
        ledger.answer(1, State.DEFERRED, 450, "later", 600)
        clock.now -= 366 * 86400
        ledger.recover(1800)
        assert ledger.entries()[0].not_before == clock.now + 1800


def test_the_hour_counts_what_left_however_the_clock_goes(tmp_path: Path) -> None:
    """Messages of the last hour by earlier runs; times that lie near ahead count as now, far ones not."""
    clock = Clock()
    with open_ledger(tmp_path, clock) as ledger:
        for number, shift in ((1, 0), (2, 1800), (3, 90_000)):
            clock.now += shift
            ledger.claim(number, "<a@b>", "sha")
            ledger.answer(number, State.SENT, 250, "")
            clock.now -= shift
        assert ledger.recent(3600) == [0.0, 0.0]
        clock.now += 1200
        assert ledger.recent(3600) == [0.0, 1200.0]


@pytest.mark.parametrize("damage", ["text", "cut", "other issue", "newer"])
def test_a_ledger_that_cannot_be_trusted_is_refused_and_kept(tmp_path: Path, damage: str) -> None:
    """Damaged, cut short, copied from another issue, of a newer program: nothing is sent, nothing made anew."""
    path = tmp_path / "sending.sqlite"
    open_ledger(tmp_path).close()
    if damage == "text":
        path.write_text("hello " * 1000)
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[:9000])
    else:
        with sqlite3.connect(path) as connection:
            name, value = ("issue", "2026-10") if damage == "other issue" else ("version", "99")
            connection.execute("UPDATE meta SET value = ? WHERE name = ?", (value, name))
        connection.close()
    before = path.read_bytes()
    for write in (True, False):
        with pytest.raises(LedgerError):
            Ledger(path, "2026-11", write=write)
    assert path.read_bytes() == before


def test_a_full_disk_lets_the_last_answer_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The room that was kept is given up for an answer, and for nothing else."""
    with open_ledger(tmp_path) as ledger:
        ledger.claim(1, "<a@b>", "sha")
        ledger.final(1)
        reserve = tmp_path / "sending.sqlite.reserve"
        assert reserve.stat().st_size >= 256 * 1024
        real = Ledger._set

        def full(self: Ledger, *arguments: object) -> None:
            if reserve.exists():
                raise sqlite3.OperationalError("database or disk is full")
            real(self, *arguments)

        monkeypatch.setattr(Ledger, "_set", full)
        with pytest.raises(LedgerError, match="full"):
            ledger.release(1)
        assert reserve.exists()
        ledger.answer(1, State.SENT, 250, "ok")
        assert ledger.entries()[0].state is State.SENT


def test_a_ledger_is_made_on_a_disk_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As memory sticks are."""

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    with open_ledger(tmp_path) as ledger:
        assert ledger.counts()[State.PENDING] == 4
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sending.sqlite"]


def _hold(path: Path, ready: multiprocessing.synchronize.Event, end: multiprocessing.synchronize.Event) -> None:
    with alone(path):
        ready.set()
        end.wait(30)


def test_the_lock_is_one_processes_and_goes_with_it(tmp_path: Path) -> None:
    """The other one says who holds it; a holder that is killed holds nothing."""
    path = tmp_path / "sending.sqlite"
    context = multiprocessing.get_context("spawn")
    ready, end = context.Event(), context.Event()
    process = context.Process(target=_hold, args=(path, ready, end))
    process.start()
    assert ready.wait(30)
    with pytest.raises(LedgerBusyError, match=str(process.pid)), alone(path):
        pass
    process.kill()
    process.join()
    process.close()
    with alone(path):
        assert str(os.getpid()) in path.with_name("sending.sqlite.lock").read_text()


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(1, 2), st.sampled_from("ccccCFffffkksdxuXrU")), min_size=20, max_size=60))
def test_whatever_happens_nobody_gets_two_without_being_asked_for(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[int, str]]
) -> None:
    """Claims, answers, kills and retries in any order: a message that may have arrived is never followed by another."""
    path = tmp_path_factory.mktemp("ledger")
    ledger = open_ledger(path)
    arrived = dict.fromkeys(range(1, 5), 0)
    again = dict.fromkeys(range(1, 5), 0)
    under_way: dict[int, str] = {}
    retried: set[int] = set()  # of those under way, who was uncertain
    outcomes = {"s": State.SENT, "d": State.DEFERRED, "x": State.FAILED, "u": State.UNCERTAIN}
    for number, what in steps:
        before = {entry.number: entry.state for entry in ledger.entries()}[number]
        if what in "cCF" and ledger.claim(number, "<a@b>", "sha", uncertain=what == "C", failed=what == "F"):
            under_way[number] = "claimed"
            assert arrived[number] == 0 or (what == "C" and before is State.UNCERTAIN)
            if before is State.UNCERTAIN:
                again[number] += 1
                retried.add(number)
        elif what == "f" and under_way.get(number) == "claimed":
            ledger.final(number)
            under_way[number] = "final"
            arrived[number] += 1  # from here on the server may have it
        elif what in outcomes and under_way.get(number) == "final":
            ledger.answer(number, outcomes[what], 250, "")
            arrived[number] -= what in "dx"  # the server said that it does not have it
            del under_way[number]
        elif what == "X" and under_way.get(number) == "claimed":
            ledger.release(number)
            del under_way[number]
            again[number] -= number in retried
        elif what == "k":
            for other, step in under_way.items():
                again[other] -= step == "claimed" and other in retried
            ledger.close()
            ledger = Ledger(path / "sending.sqlite", "2026-11", write=True)
            ledger.recover(1800)
            under_way = {}
        elif what == "r":
            ledger.update(PEOPLE, {PEOPLE[number - 1].key} if number % 2 else ())
        retried &= set(under_way)
    for entry in ledger.entries():
        assert arrived[entry.number] <= 1 + again[entry.number]
        assert entry.retried == again[entry.number]
    ledger.close()


def entry(number: int, domain: str) -> Entry:
    return Entry(number, f"k{number}", f"r{number}@{domain}", "", "", "zh", State.PENDING, Step.NONE,
                 *(0, 0, 0.0, None, "", "", 0.0))  # fmt: skip


def drained(schedule: Schedule, clock: Clock) -> list[tuple[float, int]]:
    """When each is handed out, by a clock that goes on as far as has to be waited."""
    start, out = clock.now, []
    while True:
        with schedule._changed:
            found, until = schedule._pick()
        if found is not None:
            out.append((round(clock.now - start, 3), found.number))
        elif until is None:
            return out
        else:
            clock.now = max(until, clock.now)


def test_a_slow_domain_holds_up_nobody_else() -> None:
    """Two a minute to one domain; the other's go out meanwhile."""
    clock = Clock()
    pace = Pace(Rates(per_second=10, per_domain=2), clock=clock)
    entries = [(entry(n, "a.example"), 0.0) for n in (1, 2, 3)] + [(entry(n, "b.example"), 0.0) for n in (4, 5)]
    order = drained(Schedule(entries, pace, clock=clock), clock)
    assert order == [(0.0, 1), (0.1, 4), (30.0, 2), (30.1, 5), (60.0, 3)]


def test_the_hour_is_kept_across_runs() -> None:
    """Three an hour, two of which left before."""
    clock = Clock()
    pace = Pace(Rates(per_second=10, per_domain=6000, per_hour=3), [600.0, 1200.0], clock=clock)
    entries = [(entry(n, "a.example"), 0.0) for n in (1, 2, 3)]
    order = drained(Schedule(entries, pace, clock=clock), clock)
    assert [when for when, _ in order] == [0.0, 2400.0, 3000.0]


def test_who_waits_for_a_retry_is_not_forgotten() -> None:
    """Handed out when due, after the others."""
    clock = Clock()
    pace = Pace(Rates(per_second=10, per_domain=6000), clock=clock)
    schedule = Schedule([(entry(1, "a.example"), 90.0), (entry(2, "a.example"), 0.0)], pace, clock=clock)
    assert schedule.waiting == (1, 90.0)
    assert drained(schedule, clock) == [(0.0, 2), (90.0, 1)]
