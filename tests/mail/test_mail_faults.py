"""Whatever fails and whenever: after resuming to the end everybody is settled, nobody got two, none is lost.

Counted on the server's side. ``make faults`` runs each fault with 200 readers from 30 seeds; by itself the test takes
fewer of both.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Collection
from pathlib import Path

import pytest
from mail_server import FaultyServer
from mail_world import World, make_world

from newsletter_pdf.findings import Findings
from newsletter_pdf.mail.ledger import Ledger, State
from newsletter_pdf.mail.sending import run as run_module
from newsletter_pdf.mail.sending.send import Options, Sent, send
from newsletter_pdf.mail.transport import smtp

SEEDS = int(os.environ.get("NEWSLETTER_PDF_FAULT_SEEDS", "1"))
READERS = int(os.environ.get("NEWSLETTER_PDF_FAULT_READERS", "40"))
ROUNDS = 60
CLIENT = Path(__file__).with_name("mail_client.py")
SETTLED = {State.SENT, State.FAILED, State.UNCERTAIN, State.SUPPRESSED}


class Chance:
    """Faults at random, from a seed: at ``stage`` the answer ``what`` with probability ``share``."""

    def __init__(self, seed: int, *faults: tuple[str, str, float]) -> None:
        self.random = random.Random(seed)
        self.faults = faults
        self.happened: Counter[str] = Counter()
        self.seen: set[str] = set()
        self.refused: set[str] = set()  # readers of whom it said that they cannot be reached

    def __call__(self, stage: str, to: str) -> str:
        for where, what, share in self.faults:
            if where != stage:
                continue
            if what == "grey":
                # The first time each reader is put off.
                if to not in self.seen:
                    self.seen.add(to)
                    self.happened["grey"] += 1
                    return "450 4.7.1 greylisted, come back"
            elif self.random.random() < share:
                self.happened[f"{where} {what}"] += 1
                if what.startswith("5"):
                    self.refused.add(to)
                return what
        return ""


SERVER_FAULTS: dict[str, tuple[tuple[str, str, float], ...]] = {
    "dropped before DATA": (("data", "drop", 0.1), ("rcpt", "drop", 0.05), ("mail", "drop", 0.05)),
    "dropped in DATA": (("content", "drop", 0.1),),
    "dropped after DATA": (("end", "drop", 0.1), ("end", "lose", 0.1)),
    "421": (("rcpt", "421 4.3.2 going down", 0.08), ("end", "421 4.3.2 going down", 0.05), ("connect", "421", 0.2)),
    "450": (("rcpt", "450 4.2.0 later", 0.2),),
    "451": (("end", "451 4.3.0 later", 0.2), ("mail", "451 4.3.0 later", 0.1)),
    "452": (("rcpt", "452 4.2.2 full for now", 0.15), ("data", "452 4.3.1 no room", 0.1)),
    "550": (("rcpt", "550 5.1.1 no such user", 0.2), ("end", "550 5.7.1 not wanted", 0.1)),
    "552": (("rcpt", "552 5.2.2 mailbox full", 0.15), ("end", "552 5.3.4 too big", 0.1)),
    "greylisting": (("rcpt", "grey", 1.0),),
    "slow server": (("end", "slow 1.3", 0.04), ("end", "slow 0.02", 0.3)),
    "everything": (
        *(("connect", "drop", 0.05), ("mail", "421 4.3.2 down", 0.02), ("rcpt", "grey", 1.0)),
        *(("rcpt", "550 5.1.1 no such user", 0.05), ("rcpt", "drop", 0.02), ("data", "drop", 0.03)),
        *(("content", "drop", 0.04), ("end", "drop", 0.03), ("end", "lose", 0.03), ("end", "451 4.3.0 later", 0.1)),
    ),
}


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run_module, "PAUSE", 0.01)
    monkeypatch.setattr(smtp, "FINAL_TIMEOUT", 1.0)


def send_here(world: World, options: Options | None = None) -> tuple[Sent, Findings]:
    findings = Findings()
    return send(world.prepared(), world.folder, options or Options(), findings, lambda _: None), findings


def client(world: World, *arguments: str) -> subprocess.Popen:
    path = os.pathsep.join(filter(None, (str(CLIENT.parent), os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path}
    command = [sys.executable, str(CLIENT), str(world.root), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def ended(process: subprocess.Popen) -> list[str]:
    out, err = process.communicate(timeout=60)
    assert err == "", err
    return [code for code in out.split() if code != "begun"]


def states(world: World) -> dict[str, State]:
    with Ledger(world.ledger, world.folder.name, write=False) as ledger:
        return {entry.address: entry.state for entry in ledger.entries()}


def resume(world: World, once: Callable[[], object]) -> int:
    """Run ``once`` until everybody is settled; how often it took."""
    for number in range(1, ROUNDS + 1):
        once()
        if world.ledger.exists() and set(states(world).values()) <= SETTLED and states(world):
            return number
    raise AssertionError(f"not settled after {ROUNDS} runs: {Counter(states(world).values())}")


def check(world: World, server: FaultyServer, readers: int, refused: Collection[str] = ()) -> Counter[State]:
    """The one thing that counts: what the ledger says and what the server took.

    Nobody has failed but those whom the server ``refused``, and more than half have it.
    """
    found, taken = states(world), server.counts
    assert {address for address, state in found.items() if state is State.FAILED} <= set(refused)
    assert len(taken) > readers // 2
    assert len(found) == readers
    assert set(taken) <= set(found)
    for address, state in found.items():
        count = taken[address]
        if state is State.SENT:
            assert count == 1, f"{address} is sent and got {count}"
        elif state is State.UNCERTAIN:
            assert count <= 1, f"{address} is uncertain and got {count}"
        else:
            assert count == 0, f"{address} is {state} and got {count}"
    return Counter(found.values())


def seeds() -> range:
    return range(SEEDS)


@pytest.mark.parametrize("seed", seeds())
@pytest.mark.parametrize("fault", SERVER_FAULTS)
def test_a_failing_server_loses_nobody_and_gives_nobody_two(tmp_path: Path, fault: str, seed: int) -> None:
    """Each fault at random moments; then the uncertain are sent again, and only they may have two."""
    chance = Chance(seed, *SERVER_FAULTS[fault])
    with FaultyServer(chance) as server:
        world = make_world(tmp_path, READERS, server.port)
        if fault == "slow server":
            world.timeout = 1.0
        resume(world, lambda: send_here(world))
        assert chance.happened
        counts = check(world, server, READERS, chance.refused)
        chance.faults = ()
        uncertain = {address for address, state in states(world).items() if state is State.UNCERTAIN}
        send_here(world)
        assert check(world, server, READERS, chance.refused) == counts, "a further run changes nothing"
        send_here(world, Options(retry_uncertain=True))
        taken = server.counts
    assert {address for address, count in taken.items() if count > 1} <= uncertain
    assert max(taken.values()) <= 2
    assert all(states(world)[address] is State.SENT for address in uncertain)
    with Ledger(world.ledger, world.folder.name, write=False) as ledger:
        assert {entry.address for entry in ledger.entries() if entry.retried} == uncertain


WRONG_FOR_ALL = {
    "relay denied": ("rcpt", "554 5.7.1 Relay access denied"),
    "relay denied in words": ("rcpt", "550 relaying denied"),
    "log-in demanded": ("rcpt", "530 5.7.0 authentication required"),
    "quota after DATA": ("end", "550 5.4.5 Daily user sending limit exceeded"),
    "message not liked": ("end", "554 message rejected"),
    "quota at MAIL": ("mail", "450 4.7.1 hourly sending limit reached"),
    "quota at RCPT": ("rcpt", "450 4.7.1 hourly sending limit reached"),
    "closing at RCPT": ("rcpt", "421 4.3.2 going down"),
    "closing after DATA": ("end", "421 4.3.2 going down"),
    "dropped at MAIL": ("mail", "drop"),
    "dropped at RCPT": ("rcpt", "drop"),
}


@pytest.mark.parametrize("readers", [1, READERS])
@pytest.mark.parametrize("wrong", WRONG_FOR_ALL)
def test_what_is_wrong_for_all_is_no_readers_fault(tmp_path: Path, wrong: str, readers: int) -> None:
    """Several runs while it is wrong, nobody has failed; when it is mended one run reaches everybody."""
    stage, answer = WRONG_FOR_ALL[wrong]
    chance = Chance(0, (stage, answer, 1.1))
    with FaultyServer(chance) as server:
        world = make_world(tmp_path, readers, server.port)
        for _ in range(3):
            _, findings = send_here(world)
            assert {finding.code for finding in findings} & {"N878", "N882"}
            assert set(states(world).values()) <= {State.PENDING, State.DEFERRED}
        chance.faults = ()
        send_here(world)
        assert check(world, server, readers) == {State.SENT: readers}


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate authority for the test, and a server's context with a certificate of it for 127.0.0.1."""
    authority, key, chain = folder / "ca.pem", folder / "key.pem", folder / "chain.pem"
    from mail_certificates import write_certificates

    write_certificates(authority, key, chain)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(chain, key)
    return authority, context


@pytest.mark.parametrize("seed", seeds())
def test_broken_tls_loses_nobody(tmp_path: Path, seed: int) -> None:
    """The handshake breaks at random; nothing is ever sent in the clear."""
    chance = Chance(seed, ("tls", "drop", 0.6), ("rcpt", "drop", 0.05))
    (tmp_path / "content").mkdir()
    authority, context = certificate(tmp_path / "content")
    with FaultyServer(chance, tls=context) as server:
        world = make_world(tmp_path / "p", READERS, server.port)
        authority.rename(world.root / "content" / "ca.pem")
        path = world.root / "content" / "mail.yaml"
        path.write_text(path.read_text().replace("security: none", "security: starttls, ca_file: ca.pem"))
        resume(world, lambda: send_here(world))
        assert chance.happened["tls drop"]
        assert check(world, server, READERS)[State.SENT] > READERS // 2


@pytest.mark.parametrize("seed", seeds())
def test_a_name_that_is_gone_loses_nobody(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The server's name cannot be looked up now and then."""
    chance = random.Random(seed)
    real = socket.getaddrinfo
    missed = 0

    def look_up(host: str, *rest: object, **more: object) -> object:
        nonlocal missed
        if host == "localhost":
            if chance.random() < 0.7:
                missed += 1
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            host = "127.0.0.1"
        return real(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with FaultyServer(Chance(seed, ("data", "drop", 0.2))) as server:
        world = make_world(tmp_path, READERS, server.port)
        path = world.root / "content" / "mail.yaml"
        path.write_text(path.read_text().replace("host: 127.0.0.1", "host: localhost"))
        resume(world, lambda: send_here(world))
        check(world, server, READERS)
    assert missed


@pytest.mark.parametrize("seed", seeds())
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda s: s.name)
def test_a_sender_that_is_ended_at_any_moment_goes_on_where_it_was(tmp_path: Path, number: int, seed: int) -> None:
    """Killed at once, or asked to end; the latter leaves nobody uncertain."""
    chance = random.Random(seed)
    with FaultyServer(lambda stage, to: "slow 0.01" if stage == "end" else "") as server:
        world = make_world(tmp_path, READERS, server.port)
        for _ in range(3):
            process = client(world)
            assert process.stdout.readline() == "begun\n"
            time.sleep(chance.uniform(0, READERS * 0.006))
            process.send_signal(number)
            process.communicate(timeout=60)
        resume(world, lambda: send_here(world))
        counts = check(world, server, READERS)
    if number != signal.SIGKILL:
        assert counts == {State.SENT: READERS}


@pytest.mark.parametrize("seed", seeds())
def test_a_full_disk_stops_the_sending_before_anybody_is_sent_to_twice(tmp_path: Path, seed: int) -> None:
    """The ledger's files cannot grow at some moment: the run stops and says so; with room again it goes on."""
    chance = random.Random(seed)
    with FaultyServer() as server:
        world = make_world(tmp_path, READERS, server.port)
        codes: list[str] = []
        for _ in range(3):
            codes += ended(client(world, f"room={chance.randrange(60_000, 600_000)}"))
            if world.ledger.exists():
                taken = server.counts
                assert all(count == 1 for count in taken.values())
        resume(world, lambda: send_here(world))
        check(world, server, READERS)
    assert "N879" in codes


@pytest.mark.parametrize("seed", seeds())
def test_of_two_senders_one_wins(tmp_path: Path, seed: int) -> None:
    """Started at once, and one more amid the run: the others say who is sending, and send nothing."""
    chance = random.Random(seed)
    with FaultyServer() as server:
        world = make_world(tmp_path, READERS, server.port)
        server.holding = True
        processes = [client(world), client(world)]
        time.sleep(chance.uniform(0, 0.6))
        processes.append(client(world))
        end = time.monotonic() + 60
        while sum(process.poll() is None for process in processes) > 1:
            assert time.monotonic() < end, "two are sending"
            time.sleep(0.01)
        (winner,) = [process for process in processes if process.poll() is None]
        assert [ended(process) for process in processes if process is not winner] == [["N876"], ["N876"]]
        server.holding = False
        assert ended(winner) == []
        assert check(world, server, READERS) == {State.SENT: READERS}


@pytest.mark.parametrize("seed", seeds())
def test_a_clock_set_back_loses_nobody(tmp_path: Path, seed: int) -> None:
    """Between runs that are killed the clock goes a year back and forth."""
    chance = random.Random(seed)
    with FaultyServer(Chance(seed, ("rcpt", "450 4.2.0 later", 0.3))) as server:
        world = make_world(tmp_path, READERS, server.port)
        for shift in (0, 366 * 86400, -366 * 86400):
            process = client(world, f"clock={shift}")
            assert process.stdout.readline() == "begun\n"
            time.sleep(chance.uniform(0, READERS * 0.008))
            process.kill()
            process.communicate(timeout=60)
        resume(world, lambda: send_here(world))
        check(world, server, READERS)
