"""What is told of a sending: the report in HTML and CSV, and the ledger as a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from newsletter_pdf.files import write_atomic
from newsletter_pdf.mail.ledger import Entry, Ledger, State
from newsletter_pdf.mail.recipients.table import table_bytes
from newsletter_pdf.mail.sending.replies import in_chinese

HTML_NAME, CSV_NAME = "sending.html", "sending.csv"
WORDS: dict[State, tuple[str, str, str, str]] = {
    State.UNCERTAIN: (
        *("不确定", "uncertain", "交出去了，服务器没有答复；不会自动再寄"),
        "given away, and the server did not answer; not sent again by itself",
    ),
    State.FAILED: ("没有寄到", "failed", "服务器拒收，或试够了次数", "refused by the server, or given up"),
    State.DEFERRED: ("稍后再试", "deferred", "服务器说以后再来", "the server said to come back later"),
    State.SENDING: ("寄送中", "sending", "正在交给服务器", "being handed over"),
    State.PENDING: ("还没有寄", "pending", "还没有轮到", "not yet tried"),
    State.SUPPRESSED: (
        "不寄",
        "suppressed",
        "退订、退信、暂停，或不在名单上了",
        "unsubscribed, bounced, paused, or not listed",
    ),
    State.SENT: ("已寄出", "sent", "服务器收下了", "accepted by the server"),
}
"""State → the word and its meaning, in Chinese and English each; in the order in which they matter."""


@dataclass(frozen=True, slots=True)
class _Row:
    name: str
    address: str
    time: str
    attempts: int
    retried: int
    answer: str

    @property
    def address_parts(self) -> tuple[str, str]:
        """The address in two parts between which a line may break."""
        local, _, domain = self.address.rpartition("@")
        return local, f"@{domain}"


def write_report(ledger: Ledger, issue: str, folder: Path, lang: str, title: str = "") -> tuple[Path, Path]:
    """Write ``sending.html`` and ``sending.csv`` into ``folder``; returns their paths. Raises OSError.

    ``title`` is the periodical's, with the number of the issue.
    """
    from jinja2 import Environment, StrictUndefined

    folder.mkdir(parents=True, exist_ok=True)

    def say(zh: str, en: str) -> str:
        return en if lang == "en" else zh

    entries = ledger.entries()
    zone = f"UTC{dt.datetime.now().astimezone().isoformat()[-6:]}"
    span = ledger.first_and_last()
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    source = files(__package__).joinpath("report.html.j2").read_text(encoding="utf-8")
    page = environment.from_string(source).render(
        issue=issue,
        title=title or issue,
        zone=zone,
        say=say,
        now=f"{dt.datetime.now().astimezone():%Y-%m-%d %H:%M}",
        first=None if span is None else _local_time(span[0]),
        last=None if span is None else _local_time(span[1]),
        pdfs=sorted(ledger.sent_pdfs().items()),
        groups=[
            (state.value, say(zh, en), say(meaning_zh, meaning), [_row(e, say) for e in entries if e.state is state])
            for state, (zh, en, meaning_zh, meaning) in WORDS.items()
        ],
    )
    html_path, csv_path = folder / HTML_NAME, folder / CSV_NAME
    write_atomic(html_path, page.encode("utf-8", errors="backslashreplace"))
    write_atomic(csv_path, export_bytes(entries, say))
    return html_path, csv_path


def export_bytes(entries: list[Entry], say: Callable[[str, str], str]) -> bytes:
    """The ledger as a CSV table for spreadsheets, in which no cell is taken for a formula."""
    header = (
        *(say("姓名", "name"), say("邮箱", "address"), say("分组", "group"), say("语言", "language")),
        *(say("状态", "state"), say("次数", "tries"), say("不确定时重寄", "sent again"), say("代码", "code")),
        *(say("答复", "answer"), say("时间", "time"), "Message-ID"),
    )
    rows = [
        (
            *(entry.name, entry.address, entry.groups, entry.language, say(*WORDS[entry.state][:2])),
            *(entry.attempts, entry.retried, "" if entry.code is None else entry.code),
            *(_reply(entry, say), zoned_time(entry.at), entry.message_id),
        )
        for entry in entries
    ]
    return table_bytes(header, rows)


def _reply(entry: Entry, say: Callable[[str, str], str]) -> str:
    return say(in_chinese(entry.reply), entry.reply)


def zoned_time(seconds: float) -> str:
    """A time of the ledger with its offset from UTC, as a table that leaves the computer needs it."""
    return f"{_local_time(seconds)} {dt.datetime.fromtimestamp(seconds).astimezone().isoformat()[-6:]}"


def _row(entry: Entry, say: Callable[[str, str], str]) -> _Row:
    answer = f"{entry.code or ''} {_reply(entry, say)}".strip()
    return _Row(entry.name, entry.address, _local_time(entry.at), entry.attempts, entry.retried, answer)


def _local_time(seconds: float) -> str:
    """A time of the ledger as the people here write it."""
    return f"{dt.datetime.fromtimestamp(seconds).astimezone():%Y-%m-%d %H:%M:%S}"
