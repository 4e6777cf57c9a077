"""What an editor meets on the way to a mailing: what the commands say, refuse and advise."""

from __future__ import annotations

import builtins
import contextlib
import io
import json
import re
import shutil
import ssl
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiosmtpd.smtp import AuthResult
from mail_certificates import write_certificates
from mail_server import FaultyServer
from mail_world import World

from newsletter_pdf.cli.language import Lang, Say
from newsletter_pdf.cli.sendprogress import SendProgress
from newsletter_pdf.findings import Findings
from newsletter_pdf.mail.recipients import read_recipients
from newsletter_pdf.mail.sending.line import Line, LineState
from newsletter_pdf.mail.sending.prepare import prepare
from newsletter_pdf.mail.sending.send import Progress
from newsletter_pdf.mail.settings import read_mail_settings
from newsletter_pdf.mail.transport import Outcome, ServerTroubleError

pytestmark = pytest.mark.usefixtures("quick_surroundings")
Run = Callable[..., SimpleNamespace]
LIVE = ("--live", "--yes", "--json")
QUICK = "rates: {per_second: 1000, per_domain: 60000}"


# --- content changed after the PDF was made -----------------------------------------------------------------------


def _change_title(world: World) -> None:
    facts = world.folder / "issue.yaml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("澄观月报", "澄观旬报"), encoding="utf-8")


def test_content_changed_amid_a_mailing_stops_it(world: World, run: Run) -> None:
    """The rest do not get another subject with the old PDF: the file is named, nobody is sent to; undone it goes on."""
    facts = world.folder / "issue.yaml"
    before = facts.read_text(encoding="utf-8")
    with FaultyServer() as server:
        world.settings(server.port, QUICK)
        assert run("send", *LIVE, "--limit", "2").code == 0
        _change_title(world)
        result = run("send", *LIVE)
        assert (result.code, result.codes, len(server.taken)) == (1, ["N840"], 2)
        assert "content/2026-11/issue.yaml" in result.data["findings"][0]["message"]
        facts.write_text(before, encoding="utf-8")
        assert run("send", *LIVE).code == 0
        assert set(server.counts.values()) == {1}
        assert len(server.counts) == 5


def test_a_new_section_counts_as_a_change_too(world: World, run: Run) -> None:
    """What the PDF does not hold is no less a difference than what it holds otherwise."""
    (world.folder / "02-乙.md").write_text("---\ntitle: 乙\n---\n\n### 新\n\n正文。\n\n来源：本刊\n", encoding="utf-8")
    result = run("send", "--json")
    assert result.codes == ["N840"]
    assert "02-乙.md" in result.data["findings"][0]["message"]


def test_a_look_and_a_test_copy_only_warn_of_changed_content(world: World, run: Run) -> None:
    """They are there to look at what is not finished."""
    _change_title(world)
    result = run("mail", "--json")
    assert (result.code, result.codes) == (0, ["N841"])
    with FaultyServer() as server:
        world.settings(server.port)
        assert run("send", "--to", "me@example.org").code == 0
        assert len(server.taken) == 1


def test_without_its_manifest_a_pdf_is_not_sent(world: World, run: Run) -> None:
    """Nor with that of another PDF: what it was made from cannot be told then."""
    path = world.out / "manifest.json"
    manifest = path.read_text(encoding="utf-8")
    path.write_text(manifest.replace(json.loads(manifest)["pdf"]["sha256"], "0" * 64), encoding="utf-8")
    assert run("send", "--json").codes == ["N870"]
    path.unlink()
    assert run("send", "--json").codes == ["N870"]


# --- what is waited for ---------------------------------------------------------------------------------------------


def _progress(
    done: int = 0, *, total: int = 143, waiting: int = 0, next_in: float | None = None, **line: Any
) -> Progress:
    return Progress({**dict.fromkeys(Outcome, 0), Outcome.SENT: done}, total, waiting, next_in, LineState(**line))


def _shown(progress: Progress, lang: Lang = Lang.ZH, seconds: float = 20.0) -> str:
    """The line that a run without a terminal prints when nothing has happened for ``seconds``."""
    times = iter([0.0, 0.0, seconds])
    shown = SendProgress(Say(lang), clock=lambda: next(times))
    shown(progress)
    with contextlib.redirect_stderr(io.StringIO()) as out:
        shown(progress)
    return out.getvalue().strip()


REFUSED = ServerTroubleError("服务器 smtp.a.example 不认用户名或密码（535）", "smtp.a.example refuses (535)")


@pytest.mark.parametrize(
    ("progress", "words"),
    [
        (_progress(connecting=18.0), "寄送（正在连接服务器，等了 18 秒） 0/143"),
        (
            _progress(connecting=18.0, trouble=REFUSED),
            f"寄送（正在连接服务器，等了 18 秒；上一次：{REFUSED.zh}） 0/143",
        ),
        (_progress(trouble=REFUSED), f"寄送（过一会儿再连服务器：{REFUSED.zh}） 0/143"),
        (_progress(7), "寄送（等服务器答复，已 20 秒） 7/143 还要约 389 秒"),
        (_progress(142, waiting=1, next_in=97.0), "寄送（1 位稍后再试，最早 97 秒后） 142/143 还要约 97 秒"),
        (_progress(0, waiting=3, next_in=97.0, total=3), "寄送（3 位稍后再试，最早 97 秒后） 0/3 还要约 97 秒"),
        (_progress(143), "寄送 143/143"),
    ],
)
def test_the_progress_says_what_is_waited_for(progress: Progress, words: str) -> None:
    """The server that does not answer, the next connection, a reader who was put off: with the time that it takes."""
    assert _shown(progress) == words


def test_the_line_knows_how_connecting_goes() -> None:
    """How long it takes, why it failed, and nothing more once it was made."""
    now = [0.0]
    outcomes: list[Any] = [REFUSED, SimpleNamespace()]

    def connect() -> Any:
        now[0] += 5.0
        states.append(line.state)
        outcome = outcomes.pop(0)
        if isinstance(outcome, ServerTroubleError):
            raise outcome
        return outcome

    states: list[LineState] = []
    line = Line(connect, clock=lambda: now[0])
    with pytest.raises(ServerTroubleError):
        line.open()
    assert line.state == LineState(None, REFUSED)
    line.open()
    assert line.state == LineState()
    assert states == [LineState(5.0), LineState(5.0, REFUSED)]


# --- where it is ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "code", "line"),
    [
        ("subject: '{刊名}'", "N853", "subject:"),
        ("reply_to: nobody", "N852", "reply_to:"),
        ("archive2: x\nlink: http://a.example", "N855", "link:"),
        ("imap:\n  host: a.example\n  username: b\n  ca_file: absent.pem", "N101", "  ca_file:"),
        ("delivery: link", "N873", "delivery:"),
        ("link: https://a.example\ndelivery: link\ncopies:\n  mark: both", "N887", "copies:"),
        ("dkim:\n  selector: news\n  domain: other.example", "N885", "  domain:"),
        ("subject_en: '{title} {running_number}'", "N853", "subject_en:"),
    ],
)
def test_a_finding_points_to_the_line_at_fault(world: World, more: str, code: str, line: str) -> None:
    """Not to the first line of mail.yaml."""
    world.settings(more=more.replace("archive2: x\n", ""))
    path = world.root / "content" / "mail.yaml"
    findings = Findings()
    prepare(world.folder, world.out, findings)
    place = next(finding.place for finding in findings if finding.code == code)
    assert place.file == path
    assert place.line is not None
    assert path.read_text(encoding="utf-8").splitlines()[place.line - 1].startswith(line)


def test_what_is_not_there_has_the_file_alone_as_its_place(world: World, run: Run) -> None:
    """No line is shown as wrong when the fault is that there is none."""
    path = world.root / "content" / "mail.yaml"
    path.write_text("from: monthly@chengguan.example\n", encoding="utf-8")
    assert [f["where"] for f in run("mail", "--json").data["findings"]] == ["content/mail.yaml"]
    result = run("bounces", "--imap", "--json")
    finding = next(f for f in result.data["findings"] if f["code"] == "N842")
    assert finding["where"] == "content/mail.yaml"
    assert "imap:" in finding["hint"]


def test_security_none_elsewhere_points_to_security(world: World) -> None:
    """In a section of several lines too."""
    path = world.root / "content" / "mail.yaml"
    server = "from: a@a.example\nserver:\n  host: smtp.a.example\n  port: 25\n  security: none\n"
    path.write_text(server, encoding="utf-8")
    findings = Findings()
    read_mail_settings(world.folder, findings)
    assert [f.place.line for f in findings if f.code == "N854"] == [5]


# --- files that name readers ----------------------------------------------------------------------------------------


def test_an_export_overwrites_nothing(world: World, run: Run) -> None:
    """Whatever lies there stays, byte for byte."""
    with FaultyServer() as server:
        world.settings(server.port, QUICK)
        run("send", *LIVE)
    assert run("send", "--export", "寄送.csv").code == 0
    path = world.root / "寄送.csv"
    path.write_text("mine", encoding="utf-8")
    result = run("send", "--export", "寄送.csv", "--json")
    assert (result.code, result.codes, path.read_text(encoding="utf-8")) == (1, ["N843"], "mine")


@pytest.mark.parametrize("file", [".gitignore", "src/newsletter_pdf/newissue/periodical/gitignore"])
def test_exports_and_mailboxes_are_not_committed(tmp_path: Path, file: str) -> None:
    """Neither in this project nor in a new one; tables of an issue are."""
    shutil.copy(Path(__file__).parents[2] / file, tmp_path / ".gitignore")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    names = ["寄送.csv", "退信.mbox", "信.eml", "content/2026-11/data.csv"]
    command = ["git", "-c", "core.quotePath=false", "-C", str(tmp_path), "check-ignore", *names]
    ignored = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    assert ignored == names[:3]


# --- what to do about the server ------------------------------------------------------------------------------------


def _refuse(*_: object) -> AuthResult:
    return AuthResult(success=False, handled=False)


@pytest.mark.parametrize(
    ("kind", "security", "words", "field"),
    [
        ("login", "starttls, ca_file: ca.pem, username: me", ("NEWSLETTER_PDF_SMTP_PASSWORD", "授权码"), "username"),
        ("no login", "starttls, ca_file: ca.pem, username: me", ("删去 username",), "port"),
        ("certificate", "starttls", ("ca_file",), "host"),
        ("plain", "starttls", ("security 和 port", "587"), "security"),
        ("plain", "tls", ("security 和 port", "465"), "security"),
        ("nobody", "starttls", ("网络", "port"), "host"),
    ],
)
def test_a_trouble_of_the_server_says_what_to_do(
    world: World,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    kind: str,
    security: str,
    words: tuple[str, ...],
    field: str,
) -> None:
    """The hint names what to look at, by what the trouble is about, before it says to run the command again."""
    monkeypatch.setenv("NEWSLETTER_PDF_SMTP_PASSWORD", "falsch-1234")
    content = world.root / "content"
    write_certificates(content / "ca.pem", world.root / "key.pem", world.root / "chain.pem")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(world.root / "chain.pem", world.root / "key.pem")
    login: dict[str, Any] = {"authenticator": _refuse, "auth_required": True} if kind == "login" else {}
    if kind == "no login":
        login = {"auth_exclude_mechanism": ["LOGIN", "PLAIN"]}
    with FaultyServer(tls=None if kind == "plain" else context, **login) as server:
        port = 1 if kind == "nobody" else server.port
        path = content / "mail.yaml"
        world.settings(port, QUICK)
        path.write_text(path.read_text(encoding="utf-8").replace("security: none", f"security: {security}"))
        result = run("send", "--to", "me@example.org", "--json")
    (finding,) = result.data["findings"]
    assert (result.code, finding["code"]) == (1, "N878")
    for word in words:
        assert word in finding["hint"]
    assert finding["hint"].endswith("从停下的地方接着寄")
    line = path.read_text(encoding="utf-8").splitlines()[finding["line"] - 1]
    assert line.startswith("server:")
    assert line[finding["column"] - 1 :].startswith(field)


# --- lists --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("content/recipients.csv.csv", "改名为"),
        ("content/recipients.xlsx", "另存为"),
        ("content/收件人.csv", "改名为"),
        ("content/2026-11/读者名单.xlsx", "另存为"),
        ("recipients.csv", "移到"),
        ("build/recipients.csv", "移到"),
    ],
)
def test_a_list_near_by_is_asked_for(world: World, run: Run, path: str, wanted: str) -> None:
    """Another name, another form, another folder: what was found is named, with what to do; nothing is guessed."""
    (world.root / "content" / "recipients.csv").rename(world.root / path)
    (finding,) = run("mail", "--json").data["findings"]
    assert finding["code"] == "N844"
    assert f"找到 {path}，是不是它？" in finding["message"]
    assert wanted in finding["hint"]
    assert finding["hint"].endswith("content/recipients.csv")


def test_without_anything_near_the_list_is_missing(world: World, run: Run) -> None:
    """The suppressed addresses are no list of readers."""
    (world.root / "content" / "recipients.csv").rename(world.root / "content" / "suppressed.csv")
    assert run("mail", "--json").codes == ["N860"]


def _rows(world: World, text: str, encoding: str = "utf-8") -> tuple[list[str], list[str]]:
    """The addresses taken from a list, and what is told of its lines."""
    path = world.root / "content" / "recipients.csv"
    path.write_text(text, encoding=encoding)
    findings = Findings()
    listed = read_recipients(path, findings)
    assert listed is not None
    return [person.address for person in listed.people], [finding.message_zh for finding in findings]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("gmial.com", "gmail.com"),
        ("163.con", "163.com"),
        ("qq.cm", "qq.com"),
        ("gmail.co", "gmail.com"),
        ("hotmial.com", "hotmail.com"),
        ("outlok.com", "outlook.com"),
        ("foxmail.cmo", "foxmail.com"),
        ("yahooo.com", "yahoo.com"),
    ],
)
def test_a_slip_in_a_common_domain_is_told_and_left(world: World, typed: str, meant: str) -> None:
    """The reader is asked about, not changed."""
    people, told = _rows(world, f"邮箱\nlisi@{typed}\n")
    assert people == [f"lisi@{typed}"]
    assert told == [f"请核对，照样列入：lisi@{typed}，是不是 lisi@{meant}？"]


def test_domains_that_exist_are_no_slips(world: World) -> None:
    """Nor are those of organisations, however short."""
    domains = "qq.com mail.com 126.com 163.com 189.cn sina.cn sina.com live.cn q.com a.com.cn chengguan.example tom.com"
    assert _rows(world, "邮箱\n" + "".join(f"a@{domain}\n" for domain in domains.split()))[1] == []


def test_unknown_languages_and_two_columns_of_addresses_are_told(world: World) -> None:
    """English is known by its names; who is written to in Chinese for want of French is told."""
    people, told = _rows(world, "邮箱,电子邮件,语言\na@a.example,b@a.example,English\n,c@a.example,法语\n")
    assert people == ["a@a.example", "c@a.example"]
    assert told == [
        "请核对，照样列入：有 2 列邮箱（邮箱、电子邮件），每一行取先写着的一格",
        "请核对，照样列入：不认识的语言“法语”，收中文信",
    ]


def test_a_doubled_sign_is_no_second_address(world: World) -> None:
    """It is told as what it is."""
    _, told = _rows(world, "邮箱\nlisi@@x.example\na@x.example; b@x.example\nc@x.example、d@x.example\n")
    assert ["@ 不止一个" in told[0], "几个地址" in told[1], "几个地址" in told[2]] == [True] * 3


def test_the_row_shown_is_read_in_the_encoding_of_the_list(world: World, run: Run) -> None:
    """UTF-16, as Excel's “Unicode text” is."""
    _rows(world, "姓名\t邮箱\n张三\ta@a.example\n李四\tlisi\n", "utf-16")
    assert re.search(r"3 \| 李四\s+lisi", run("mail").out)


# --- numbers, questions, the last line ------------------------------------------------------------------------------


def test_all_lines_of_the_list_add_up(world: World, run: Run) -> None:
    """Those who get mail, those who get none and why, those left out; before the sending as after it."""
    rows = "姓名,邮箱,状态\n甲,a@a.example,\n乙,b@a.example,暂停\n丙,c@a.example,退订\n丁,d@a.example,\n戊,nobody,\n"
    (world.root / "content" / "recipients.csv").write_text(rows, encoding="utf-8")
    (world.root / "content" / "suppressed.csv").write_text("邮箱,原因\nd@a.example,退信\n", encoding="utf-8")
    out = run("mail").out
    assert "读者：1，不寄 3（暂停 1、退订 1、在不寄的名单上 1），另有 1 行没有列入" in out
    with FaultyServer() as server:
        world.settings(server.port, QUICK)
        before = run("send", "--json").data["counts"]
        after = run("send", *LIVE).data["counts"]
        again = run("send", "--json").data["counts"]
    assert (before["pending"], before["suppressed"], before["sent"]) == (1, 3, 0)
    assert (after["pending"], after["suppressed"], after["sent"]) == (0, 3, 1)
    assert again == after


def test_the_error_stands_last_and_in_the_closing_line(world: World, run: Run) -> None:
    """Below the rows of the list, not above them; with its code."""
    rows = "邮箱\n" + "a@a.example\n" + "".join(f"nobody{n}\n" for n in range(25))
    (world.root / "content" / "recipients.csv").write_text(rows, encoding="utf-8")
    (world.folder / "approval.yaml").unlink()
    out = run("send").out
    assert out.index("N863") < out.index("错误 N871")
    assert out.splitlines()[-1] == "没有寄：这一份 PDF 没有签发：2026-11.pdf（N871）。"
    (world.out / "report.json").unlink()
    assert run("mail").out.splitlines()[-1].startswith("邮件没有做成：这一期还没有校验通过的 PDF")


def test_an_answer_that_is_no_yes_is_told(world: World, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who types y learns why nothing was sent."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(builtins, "input", lambda: "y")
    out = run("send", "--live").out
    assert out.splitlines()[-1].endswith("没有寄：要输入「yes」三个字母，输入的是「y」。")


def test_before_the_first_sending_the_rehearsal_is_advised(world: World, run: Run) -> None:
    """Not the sending itself."""
    hint = run("send", "--status", "--json").data["findings"][0]["hint"]
    assert "send content/2026-11" in hint
    assert "--live" not in hint


def test_an_issue_named_without_its_folder_is_found_in_content(world: World, run: Run) -> None:
    """The message offers the path that works."""
    result = run("mail", issue="2026-11")
    assert result.code == 2
    assert "是不是 content/2026-11？" in result.err


def test_who_comes_through_make_is_told_variables(world: World, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """LIVE=1 and YES=1 in the place of options that make does not take."""
    monkeypatch.setenv("NEWSLETTER_PDF_CALLER", "make")
    monkeypatch.setenv("ISSUE", "2026-11")
    assert run("send").out.splitlines()[-1].endswith("真的要寄，加 LIVE=1。")
    result = run("send", "--live")
    assert (result.code, "请加 YES=1" in result.err) == (2, True)
