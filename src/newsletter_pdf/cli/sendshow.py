"""What the mailing commands show: the mailing, the plan, the states, the progress of a run."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Self

from newsletter_pdf.cli.language import Say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from newsletter_pdf.console import Screen
    from newsletter_pdf.mail.ledger import State
    from newsletter_pdf.mail.sending.plan import Plan
    from newsletter_pdf.mail.sending.prepare import Prepared
    from newsletter_pdf.mail.sending.send import Progress

_LINE_EVERY = 10.0  # seconds between lines where there is no terminal


def show_mailing(prepared: Prepared, screen: Screen) -> None:
    """Who gets what, in a few lines."""
    from newsletter_pdf.files import human_size
    from newsletter_pdf.mail.sending.look import summary_of

    facts = summary_of(prepared)
    say = screen.say
    screen.fact(say("标题", "Subject"), prepared.packer.subject)
    sender = prepared.settings.sender
    screen.fact(say("发件人", "From"), f"{sender.name} <{sender.address}>" if sender.name else sender.address)
    group = say(f"（{prepared.group}）", f" ({prepared.group})") if prepared.group is not None else ""
    left_out = prepared.listed.left_out
    more = say(f"，另有 {left_out} 行没有列入", f", {left_out} lines left out") if left_out else ""
    screen.fact(say("读者", "Readers"), f"{len(prepared.readers)}{group}{more}")
    pages = "" if prepared.pdf.pages is None else say(f"，{prepared.pdf.pages} 页", f", {prepared.pdf.pages} pages")
    screen.fact("PDF", f"{facts['pdf']}{pages}，{prepared.pdf.sha256[:12]}…".replace("，", say("，", ", ")))
    way = say("附在信里", "attached") if prepared.packer.delivery.attached else str(facts["link"])
    screen.fact(say("给读者", "Delivery"), way)
    screen.fact(say("一封信", "A message"), human_size(prepared.packer.package(prepared.readers[0]).size))
    approval = prepared.approval
    signed = (
        say("还没有签发", "not approved yet")
        if approval is None
        else say(f"{approval.by}，{approval.when}", f"{approval.by}, {approval.when}")
    )
    screen.fact(say("签发", "Approved by"), signed)


def show_plan(plan: Plan, prepared: Prepared, screen: Screen) -> None:
    """How many, to where, how long."""
    say = screen.say
    show_counts(plan.counts, screen)
    domains = "、".join(f"{domain} {count}" for domain, count in plan.domains[:6])
    more = len(plan.domains) - 6
    if more > 0:
        domains += say(f"，以及另外 {more} 个域名", f", and {more} other domains")
    if domains:
        screen.fact(say("寄往", "To"), domains.replace("、", say("、", ", ")))
    server = prepared.settings.server
    if server is not None:
        screen.fact(say("服务器", "Server"), f"{server.host}:{server.port} ({server.security})")
    if plan.open:
        screen.fact(say("大约要", "Takes about"), duration(plan.seconds, screen))


def show_counts(counts: Mapping[State, int], screen: Screen) -> None:
    """The states that have readers."""
    from newsletter_pdf.mail.sending.report import WORDS

    parts = [
        f"{screen.say(*words[:2])} {counts[state]}" for state, words in reversed(WORDS.items()) if counts.get(state)
    ]
    joined = screen.say("，", ", ").join(parts) or screen.say("没有读者", "no readers")
    screen.fact(screen.say("现在", "Now"), joined)


def duration(seconds: float, screen: Screen) -> str:
    """A time for people."""
    minutes = round(seconds / 60)
    if minutes < 1:
        return screen.say("不到一分钟", "less than a minute")
    if minutes < 120:
        return screen.say(f"{minutes} 分钟", f"{minutes} minutes")
    return screen.say(f"{minutes / 60:.1f} 小时", f"{minutes / 60:.1f} hours")


class SendProgress:
    """The progress of a run on stderr, with an estimate; a context manager."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._started = self._told = time.monotonic()
        self._bar: Bar | None = None

    def __call__(self, progress: Progress) -> None:
        """Show where the run stands."""
        done = sum(count for outcome, count in progress.done.items() if outcome.value != "deferred")
        text = self._say("寄送", "Sending")
        if progress.waiting and progress.next_in is not None:
            wait = round(progress.next_in)
            text += self._say(
                f"（{progress.waiting} 位稍后再试，最早 {wait} 秒后）", f" ({progress.waiting} later, next in {wait} s)"
            )
        if sys.stderr.isatty():
            self._draw(text, done, progress.total)
        elif time.monotonic() - self._told >= _LINE_EVERY:
            self._told = time.monotonic()
            print(f"{text} {done}/{progress.total} {self._left(done, progress.total)}", file=sys.stderr, flush=True)

    def count(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` packages are made."""
        now = time.monotonic()
        if now - self._started < 1.0 or now - self._told < 0.1:
            return
        text = self._say("试做邮件", "Making the messages")
        if sys.stderr.isatty():
            self._told = now
            self._draw(text, done, total)
        elif now - self._told >= _LINE_EVERY:
            self._told = now
            print(f"{text} {done}/{total}", file=sys.stderr, flush=True)

    def _left(self, done: int, total: int) -> str:
        if not done:
            return ""
        seconds = (time.monotonic() - self._started) / done * (total - done)
        return self._say(f"还要约 {seconds:.0f} 秒", f"about {seconds:.0f} s left")

    def _draw(self, text: str, done: int, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        if self._bar is None:
            columns = (TextColumn("{task.description}"), BarColumn(30), MofNCompleteColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.add_task(text, total=total)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], description=text, completed=done, total=total)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
