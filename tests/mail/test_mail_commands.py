"""``newsletter-pdf mail``, ``send`` and ``bounces``, as editors call them."""

from __future__ import annotations

import builtins
import csv
import importlib.util
import json
import os
import re
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from types import SimpleNamespace

import pytest
from aiosmtpd.smtp import AuthResult, LoginPassword
from mail_certificates import write_certificates
from mail_keys import KEY
from mail_server import FaultyServer
from mail_world import World

from newsletter_pdf.mail.ledger import Ledger, State, Step
from newsletter_pdf.mail.sending import run as run_module
from newsletter_pdf.mail.transport import smtp

SECRET = "geheim-Passwort-123"  # the test's own


pytestmark = pytest.mark.usefixtures("quick_surroundings")
Run = Callable[..., SimpleNamespace]
LIVE = ("--live", "--yes", "--json")
QUICK = "rates: {per_second: 1000, per_domain: 60000}"


def test_mail_makes_what_readers_will_see(world: World, run: Run) -> None:
    """A page for the browser, a message for a mail program, the figures; nothing is sent, no ledger made."""
    result = run("mail", "--json")
    assert (result.code, result.codes) == (0, [])
    folder = world.out / "mail"
    assert {path.name for path in folder.iterdir()} == {"mail.html", "mail.txt", "mail.eml", "mail.json"}
    message = message_from_bytes((folder / "mail.eml").read_bytes(), policy=default)
    assert message["To"] == "读者0 <reader0@d0.example.org>"
    assert "境内观察" in (folder / "mail.html").read_text(encoding="utf-8")
    assert result.data["mail"]["readers"] == 5
    assert result.data["mail"]["approved_by"] == "张三"
    assert not world.ledger.exists()


def test_mail_writes_one_for_every_reader_when_asked(world: World, run: Run) -> None:
    """And takes those of an earlier time away."""
    assert run("mail", "--all").code == 0
    assert len(list((world.out / "mail").glob("0*.eml"))) == 5
    run("mail")
    assert [path.name for path in (world.out / "mail").glob("*.eml")] == ["mail.eml"]


def test_a_language_that_nobody_reads_any_more_leaves_no_letter(world: World, run: Run) -> None:
    """What an earlier look wrote is not taken for this one's."""
    path = world.root / "content" / "recipients.csv"
    path.write_text("姓名,邮箱,语言\n甲,a@example.org,\nB,b@example.org,en\n", encoding="utf-8")
    run("mail")
    assert (world.out / "mail" / "mail-en.html").exists()
    path.write_text("姓名,邮箱\n甲,a@example.org\n", encoding="utf-8")
    run("mail")
    assert not list((world.out / "mail").glob("mail-en.*"))


def test_the_screen_tells_who_gets_what(world: World, run: Run) -> None:
    """In Chinese, and in English."""
    out = run("mail").out
    for words in ("标题：澄观月报 2026年第11期", "读者：5", "签发：张三", "chengguan-2026-11.pdf"):
        assert words in out
    assert "Readers: 5" in run("mail", "--lang", "en").out


def test_send_rehearses_unless_told_otherwise(world: World, run: Run) -> None:
    """Every message is made, the figures are told, the server is not even looked for."""
    result = run("send", "--json")
    assert (result.code, result.data["sent"], result.data["open"]) == (0, False, 5)
    assert result.data["octets"] > 5 * len(world.pdf)
    assert not world.ledger.exists()
    assert "什么也没有寄" in run("send").out
    assert run("send", "--dry-run", "--json").data["sent"] is False


def test_send_live_reaches_everybody_once(world: World, run: Run) -> None:
    """And again reaches nobody; the status tells."""
    with FaultyServer() as server:
        world.settings(server.port, QUICK)
        first, second = run("send", *LIVE), run("send", *LIVE)
        assert (first.code, first.data["done"]["sent"]) == (0, 5)
        assert (second.code, second.data["done"]["sent"]) == (0, 0)
        assert set(server.counts.values()) == {1}
        assert len(server.counts) == 5
    status = run("send", "--status", "--json")
    assert status.data["counts"]["sent"] == 5
    assert "已寄出 5" in run("send", "--status").out


def test_send_asks_before_it_sends(world: World, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a yes is one; where nobody can be asked it is wrong usage."""
    assert run("send", "--live").code == 2
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    with FaultyServer() as server:
        world.settings(server.port, QUICK)
        monkeypatch.setattr(builtins, "input", lambda: "no")
        assert run("send", "--live").code == 0
        assert not server.taken
        monkeypatch.setattr(builtins, "input", lambda: "yes")
        assert "寄给 2 位读者？" in run("send", "--live", "--limit", "2").out
        assert "寄给 3 位读者？" in run("send", "--live").out
        assert len(server.taken) == 5


def test_the_question_counts_those_who_are_sent_to_again(
    world: World, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With --retry-failed and --retry-uncertain, as many as get a message."""
    answers = {"reader0@": ("rcpt", "550 5.1.1 unknown"), "reader1@": ("end", "lose")}

    def choose(stage: str, to: str) -> str:
        where, what = answers.get(to[:8], ("", ""))
        return what if where == stage else ""

    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(builtins, "input", lambda: "yes")
    with FaultyServer(choose) as server:
        world.settings(server.port, QUICK)
        run("send", *LIVE)
        answers.clear()
        assert run("send", "--json").data["open"] == 0
        assert run("send", "--retry-failed", "--retry-uncertain", "--json").data["open"] == 2
        assert "寄给 1 位读者？" in run("send", "--live", "--retry-failed").out
        assert "寄给 1 位读者？" in run("send", "--live", "--retry-uncertain").out
        assert len(server.counts) == 5


def test_only_a_proved_and_approved_pdf_is_sent(world: World, run: Run) -> None:
    """Not one that was changed, not one without its report, not one that nobody approved."""
    (world.out / "2026-11.pdf").write_bytes(b"%PDF-1.7 other")
    assert run("send", *LIVE).codes == ["N870"]
    world.put_pdf(b"%PDF-1.7 new")
    result = run("send", *LIVE)
    assert (result.code, result.codes) == (1, ["N871"])
    report = json.loads((world.out / "report.json").read_text())
    report["findings"] = [{"severity": "error"}]
    (world.out / "report.json").write_text(json.dumps(report))
    assert run("send", *LIVE).codes == ["N870"]
    (world.out / "report.json").unlink()
    assert run("send", *LIVE).codes == ["N870"]
    assert not world.ledger.exists()


def test_a_test_copy_goes_to_one_address_and_leaves_no_trace(world: World, run: Run) -> None:
    """Marked in its subject, allowed before the approval, with another Message-ID, and not in the ledger."""
    (world.folder / "approval.yaml").unlink()
    with FaultyServer() as server:
        world.settings(server.port)
        assert run("send", "--to", "me@example.org").code == 0
        ((to, octets),) = server.taken
    assert to == "me@example.org"
    assert message_from_bytes(octets, policy=default)["Subject"].startswith("［试发］")
    assert not world.ledger.exists()
    assert run("send", "--to", "nonsense").code == 2


def test_a_test_copy_needs_no_list(world: World, run: Run) -> None:
    """Without one, with one on which nobody can be sent to, and with an address on it, whose name it has then."""
    path = world.root / "content" / "recipients.csv"
    path.unlink()
    (world.root / "content" / "读者名单.xlsx").write_bytes(b"PK")
    with FaultyServer() as server:
        world.settings(server.port)
        nobody = run("send", "--to", "reader1@d1.example.org", "--json")
        path.write_text("姓名,邮箱,状态\n闫东,Reader1@d1.example.org,暂停\n", encoding="utf-8")
        known = run("send", "--to", "ｒeader1@D1.example.org", "--json")
        path.write_text("姓名\n闫东\n", encoding="utf-8")
        unreadable = run("send", "--to", "reader1@d1.example.org", "--json")
        texts = [
            message_from_bytes(octets, policy=default).get_body(("plain",)).get_content() for _, octets in server.taken
        ]
    assert (nobody.code, nobody.codes) == (known.code, known.codes) == (0, [])
    assert [("闫东" in text, "尊敬的读者" in text) for text in texts] == [(False, True), (True, False)]
    assert (unreadable.code, unreadable.data["sent"]) == (1, False)


def test_groups_and_limits(world: World, run: Run) -> None:
    """A group first, then the rest, so many at a time; nobody twice."""
    rows = "姓名,邮箱,分组\n" + "".join(f"读者{n},r{n}@example.org,{'理事' if n < 2 else '会员'}\n" for n in range(6))
    (world.root / "content" / "recipients.csv").write_text(rows, encoding="utf-8")
    with FaultyServer() as server:
        world.settings(server.port, QUICK)
        assert run("send", *LIVE, "--group", "理事").data["done"]["sent"] == 2
        assert run("send", *LIVE, "--limit", "3").data["done"]["sent"] == 3
        assert run("send", *LIVE).data["done"]["sent"] == 1
        assert set(server.counts.values()) == {1}
    assert run("send", *LIVE, "--group", "没有").codes == ["N868"]


def test_the_suppressed_and_the_unsubscribed_get_nothing(world: World, run: Run) -> None:
    """From the list kept apart, and from the list of readers."""
    content = world.root / "content"
    content.joinpath("recipients.csv").write_text("邮箱,状态\na@example.org,\nb@example.org,退订\nc@example.org,\n")
    content.joinpath("suppressed.csv").write_text("邮箱,原因\nC@Example.org,退信\n", encoding="utf-8")
    with FaultyServer() as server:
        world.settings(server.port, QUICK)
        result = run("send", *LIVE)
        assert set(server.counts) == {"a@example.org"}
    assert result.data["counts"]["suppressed"] == 2


def test_a_new_pdf_amid_a_mailing_is_somebodys_decision(world: World, run: Run) -> None:
    """Half have the old one: the rest get the new one only when that is said."""
    with FaultyServer() as server:
        world.settings(server.port, QUICK)
        run("send", *LIVE, "--limit", "2")
        world.put_pdf(b"%PDF-1.7 corrected")
        world.approve()
        refused = run("send", *LIVE)
        assert (refused.code, refused.codes) == (1, ["N877"])
        assert run("send", *LIVE, "--new-pdf").code == 0
        assert set(server.counts.values()) == {1}
        texts = [next(iter(message.iter_attachments())).get_content() for message in server.messages()]
    assert texts.count(b"%PDF-1.7 corrected") == 3


def test_report_and_export_tell_all_and_compute_nothing(world: World, run: Run) -> None:
    """Names with formulas and markup: shown as text in HTML, without effect in a spreadsheet."""
    rows = '姓名,邮箱\n"=HYPERLINK(1)",a@example.org\n<script>x</script>,b@example.org\n+1,c@example.org\n'
    (world.root / "content" / "recipients.csv").write_text(rows, encoding="utf-8")

    def choose(stage: str, to: str) -> str:
        return "550 5.1.1 =cmd|' /C calc'!A0 <b>no</b>" if (stage, to) == ("rcpt", "b@example.org") else ""

    assert run("send", "--report", "--json").codes == ["N884"]
    with FaultyServer(choose) as server:
        world.settings(server.port, QUICK)
        assert run("send", *LIVE).codes == ["N881"]
    assert run("send", "--report", "--export", "out.csv").code == 0
    page = (world.out / "sending.html").read_text(encoding="utf-8")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
    assert "&lt;b&gt;no" in page
    for path in (world.out / "sending.csv", Path("out.csv")):
        table = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
        assert {row["邮箱"]: row["状态"] for row in table} == {
            "a@example.org": "已寄出",
            "b@example.org": "没有寄到",
            "c@example.org": "已寄出",
        }
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in table for cell in row.values())


def tls_world(world: World) -> ssl.SSLContext:
    """Certificates of an authority of the test's own beside mail.yaml."""
    content = world.root / "content"
    write_certificates(content / "ca.pem", world.root / "key.pem", world.root / "chain.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(world.root / "chain.pem", world.root / "key.pem")
    return context


def secure(world: World, port: int, server: str) -> None:
    world.settings(port, QUICK)
    path = world.root / "content" / "mail.yaml"
    path.write_text(path.read_text().replace("security: none", server))


class _Auth:
    def __call__(self, server: object, session: object, envelope: object, mechanism: str, data: object) -> AuthResult:
        good = isinstance(data, LoginPassword) and data.password == SECRET.encode()
        return AuthResult(success=good, handled=good)


def test_log_in_over_starttls_and_no_secret_anywhere(world: World, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The password and the DKIM key are in no output, report, ledger, log or message; a wrong password is told."""
    context = tls_world(world)
    monkeypatch.setenv("NEWSLETTER_PDF_SMTP_PASSWORD", SECRET)
    monkeypatch.setenv("NEWSLETTER_PDF_DKIM_KEY", KEY)
    said = ""
    with FaultyServer(tls=context, authenticator=_Auth(), auth_required=True) as server:
        secure(world, server.port, "security: starttls, ca_file: ca.pem, username: me")
        path = world.root / "content" / "mail.yaml"
        path.write_text(path.read_text() + "dkim: {domain: chengguan.example, selector: s1}\n")
        result = run("send", *LIVE)
        assert (result.code, result.data["done"]["sent"]) == (0, 5)
        assert all(message["DKIM-Signature"] for message in server.messages())
        taken = b"".join(octets for _, octets in server.taken)
        monkeypatch.setenv("NEWSLETTER_PDF_SMTP_PASSWORD", SECRET + "wrong")
        wrong = run("send", *LIVE, "--retry-uncertain")
        test = run("send", "--to", "me@example.org", "--json")
        assert test.codes == ["N878"]
        assert "535" in test.data["findings"][0]["message"]
        said = "".join(r.out + r.err for r in (result, wrong, test, run("send", "--status"), run("send", "--report")))
    key_lines = KEY.splitlines()[1:-1]
    for text in (SECRET, *key_lines):
        assert text not in said
        assert text.encode() not in taken
        for file in world.root.rglob("*"):
            if file.is_file():
                assert text.encode() not in file.read_bytes(), file


def test_a_missing_secret_is_asked_for(world: World, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the variable and the keyring's command; nothing is sent without."""
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring")
    secure(world, 2525, "security: starttls, username: me")
    result = run("send", *LIVE)
    assert (result.code, result.codes) == (1, ["N857"])
    assert "NEWSLETTER_PDF_SMTP_PASSWORD" in result.data["findings"][0]["hint"]
    world.settings(2525, "dkim: {domain: chengguan.example, selector: s1}")
    assert run("send", *LIVE).codes == ["N857"]
    monkeypatch.setenv("NEWSLETTER_PDF_DKIM_KEY", "nonsense")
    assert run("send", *LIVE).codes == ["N858"]


@pytest.mark.parametrize(
    ("server", "words"),
    [("security: starttls", "certificate"), ("security: starttls, ca_file: ca.pem", "")],
    ids=["unknown authority", "known authority"],
)
def test_certificates_are_checked(world: World, run: Run, server: str, words: str) -> None:
    """One of an unknown authority ends the run before anything is said; nobody is settled by it."""
    context = tls_world(world)
    with FaultyServer(tls=context) as mx:
        secure(world, mx.port, server)
        result = run("send", *LIVE, "--lang", "en")
        assert len(mx.taken) == (0 if words else 5)
    assert result.codes == (["N878"] if words else [])
    if words:
        assert words in result.data["findings"][0]["message"]
        assert result.data["counts"]["pending"] == 5


def test_a_connection_may_begin_with_tls(world: World, run: Run) -> None:
    """``security: tls``, the certificate checked as well."""
    context = tls_world(world)
    with FaultyServer(whole_tls=context) as server:
        secure(world, server.port, "security: tls")
        assert run("send", *LIVE).codes == ["N878"]
        secure(world, server.port, "security: tls, ca_file: ca.pem")
        assert run("send", *LIVE).code == 0
        assert len(server.taken) == 5


@pytest.mark.parametrize("often", [False, True], ids=["once", "twice"])
def test_sigterm_ends_the_command_well(world: World, often: bool) -> None:
    """The messages under way are brought to their end, or cut at the second signal; the exit code says interrupted.

    What was cut while the server was thinking is uncertain: here the server took it.
    """
    environment = {**os.environ, "NEWSLETTER_PDF_HOME": str(Path(__file__).parents[2])}
    with FaultyServer() as server:
        world.settings(server.port, "rates: {per_second: 2, per_domain: 60000, connections: 1}")
        server.holding = True
        command = [sys.executable, "-m", "newsletter_pdf", "send", "content/2026-11", "--live", "--yes"]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment, cwd=world.root
        )
        end = time.monotonic() + 60
        while not (world.ledger.exists() and _under_way(world)):
            assert time.monotonic() < end
            time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        if often:
            # Another one, as two of a kind may arrive as one.
            process.send_signal(signal.SIGINT)
            process.wait(timeout=60)
        server.holding = False
        out, err = process.communicate(timeout=60)
        assert process.returncode == 130, out + err
        assert "已停下" in out
        with Ledger(world.ledger, "2026-11", write=False) as ledger:
            counts = ledger.counts()
        assert counts[State.SENDING] == 0
        assert counts[State.UNCERTAIN] == (1 if often else 0)
        if not often:
            assert counts[State.SENT] == len(server.taken) < 5


def _under_way(world: World) -> bool:
    with Ledger(world.ledger, "2026-11", write=False) as ledger:
        return any(entry.step is Step.FINAL for entry in ledger.entries(State.SENDING))


def test_a_server_without_starttls_gets_nothing(world: World, run: Run) -> None:
    """Encryption that was asked for is not done without."""
    with FaultyServer() as server:
        secure(world, server.port, "security: starttls")
        result = run("send", *LIVE)
        assert result.codes == ["N878"]
        assert not server.taken


def test_a_refused_sender_stops_the_run_and_blames_no_reader(world: World, run: Run) -> None:
    """5xx to MAIL: everybody stays open."""
    with FaultyServer(lambda stage, to: "550 5.7.1 sender refused" if stage == "mail" else "") as server:
        world.settings(server.port, QUICK)
        result = run("send", *LIVE)
    assert result.codes == ["N878"]
    assert result.data["counts"]["pending"] == 5


def test_a_server_that_is_gone_stops_the_run_after_some_tries(world: World, run: Run) -> None:
    """Nobody listens there: everybody stays open, and the reason is told."""
    with FaultyServer() as server:
        port = server.port
    world.settings(port, QUICK)
    started = time.monotonic()
    result = run("send", *LIVE)
    assert result.codes == ["N878"]
    assert str(port) in result.data["findings"][0]["message"]
    assert result.data["counts"]["pending"] == 5
    assert time.monotonic() - started > 0.01 * (2**6 - 1), "it waits longer from try to try"


def test_a_server_that_takes_less_stops_the_run(world: World, run: Run) -> None:
    """By the limit that it names (SIZE), before anything is sent."""
    with FaultyServer(data_size_limit=5000) as server:
        world.settings(server.port, QUICK)
        result = run("send", *LIVE)
        assert not server.taken
    assert result.codes == ["N878"]
    assert "delivery" in result.data["findings"][0]["message"]


def test_those_put_off_are_told_and_may_wait(world: World, run: Run) -> None:
    """--no-wait ends the run; they are there for the next one."""
    with FaultyServer(lambda stage, to: "450 4.7.1 later" if to.startswith("reader1@") else "") as server:
        world.settings(server.port, QUICK)
        result = run("send", *LIVE, "--no-wait")
        assert len(server.taken) == 4
    assert (result.code, result.codes, result.data["counts"]["deferred"]) == (0, ["N882"], 1)


def test_a_connection_that_went_to_sleep_costs_nobody_a_try(
    world: World, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Servers end idle connections: that is seen before a reader is tried."""
    monkeypatch.setattr(run_module, "_IDLE", -1.0)
    looked = []
    monkeypatch.setattr(smtp.Connection, "alive", lambda self: looked.append(self) is not None)
    with FaultyServer() as server:
        world.settings(server.port, QUICK + "\nretry: {attempts: 1}")
        result = run("send", *LIVE)
    assert looked
    assert result.data["counts"]["sent"] == 5


def test_a_large_pdf_is_linked_or_warned_of(world: World, run: Run) -> None:
    """By the size that the encoded message has."""
    world.put_pdf(b"%PDF-1.7 " + bytes(16 * 1024 * 1024))
    world.approve()
    assert run("send", "--json").codes == ["N873"]
    world.settings(more="delivery: attach")
    warned = run("send", "--json")
    assert warned.codes == ["N872"]
    assert "iCloud" in warned.data["findings"][0]["message"]
    assert "Gmail" not in warned.data["findings"][0]["message"]
    world.settings(more="link: https://chengguan.example/{issue}/{file}")
    linked = run("send", "--json")
    assert linked.codes == []
    assert linked.data["mail"]["link"] == "https://chengguan.example/2026-11/chengguan-2026-11.pdf"
    assert linked.data["mail"]["message_size"] < 20_000


def test_what_is_missing_is_told_all_at_once(world: World, run: Run) -> None:
    """Settings, readers, PDF: three findings."""
    for path in ("content/mail.yaml", "content/recipients.csv", "build/2026-11/report.json"):
        Path(path).unlink()
    assert set(run("send", "--json").codes) == {"N851", "N860", "N870"}


def test_without_the_extra_the_one_command_is_told(world: World, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """For each of the three commands."""
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *a: None if name == "dkim" else real(name, *a))
    for command, *more in (("mail",), ("send",), ("bounces", "--from", "x")):
        result = run(command, *more, "--json")
        assert (result.code, result.codes) == (1, ["N856"])
        assert re.search(r"make -C \S+ setup", result.data["findings"][0]["hint"])


def test_bounces_suppress_for_the_next_time(world: World, run: Run, tmp_path: Path) -> None:
    """From a file to the list; the reader is not sent to any more."""
    (tmp_path / "out.eml").write_text("From: reader3@d3.example.org\nSubject: 退订\n\n", encoding="utf-8")
    result = run("bounces", "--from", str(tmp_path / "out.eml"))
    assert result.code == 0
    assert "退订：reader3@d3.example.org" in result.out
    assert run("send", "--json").data["open"] == 4
    forged = (
        "From: x@evil.example\nX-Failed-Recipients: reader1@d1.example.org\n\nreader1@d1.example.org does not exist\n"
    )
    (tmp_path / "forged.eml").write_text(forged, encoding="utf-8")
    told = run("bounces", "--from", str(tmp_path / "forged.eml"), "--json")
    assert (told.codes, told.data["suppressed"]) == (["N899"], [])
    assert "reader1@d1.example.org" in told.data["findings"][0]["message"]
    believed = run("bounces", "--from", str(tmp_path / "forged.eml"), "--trust-addresses", "--dry-run", "--json")
    assert [entry["address"] for entry in believed.data["suppressed"]] == ["reader1@d1.example.org"]
    assert run("bounces").code == 2
    assert run("bounces", "--imap", "--json").codes == ["N842"]


def test_the_ledger_outlives_the_clearing_of_build(world: World, run: Run) -> None:
    """It lies with the issue, and git does not take it."""
    assert world.ledger.parent == world.folder
    ignored = (Path(__file__).parents[2] / ".gitignore").read_text()
    assert "content/*/sending.sqlite*" in ignored
    recipe = re.search(r"^clean:.*\n((?:\t.*\n)+)", (Path(__file__).parents[2] / "Makefile").read_text(), re.M)
    assert recipe is not None
    assert "find build " in recipe[1]
    assert "content" not in recipe[1]
