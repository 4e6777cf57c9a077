"""The progress of a run on stderr: how far it is, what it waits for, how long it will take."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Self

from newsletter_pdf.cli.language import Say

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from newsletter_pdf.mail.sending.send import Progress

_LINE_EVERY = 10.0  # seconds between lines where there is no terminal
_PATIENCE = 3.0  # seconds without any progress after which is told what is waited for


class SendProgress:
    """Shows the progress of a run, with an estimate; a context manager. ``clock`` gives seconds."""

    def __init__(self, say: Say, clock: Callable[[], float] = time.monotonic) -> None:
        self._say, self._clock = say, clock
        self._started = self._told = self._moved = clock()
        self._last: tuple[int, int] | None = None
        self._bar: Bar | None = None

    def __call__(self, progress: Progress) -> None:
        """Show where the run stands."""
        now = self._clock()
        done = sum(count for outcome, count in progress.done.items() if outcome.value != "deferred")
        if (at := (done, sum(progress.done.values()))) != self._last:
            self._last, self._moved = at, now
        text = self._say("寄送", "Sending") + self.waits_for(progress, now - self._moved)
        left = self.left(progress, done, now - self._started)
        if sys.stderr.isatty():
            self._draw(text, done, progress.total, left)
        elif now - self._told >= _LINE_EVERY:
            self._told = now
            print(f"{text} {done}/{progress.total} {left}".rstrip(), file=sys.stderr, flush=True)

    def waits_for(self, progress: Progress, still: float) -> str:
        """What the run waits for, in brackets; empty while it goes on. ``still`` seconds nothing has happened."""
        line, say = progress.line, self._say
        trouble = "" if line.trouble is None else say(line.trouble.zh, str(line.trouble))
        if line.connecting is not None and still >= _PATIENCE:
            before = say(f"；上一次：{trouble}", f"; the last time: {trouble}") if trouble else ""
            seconds = round(line.connecting)
            return say(
                f"（正在连接服务器，等了 {seconds} 秒{before}）", f" (connecting to the server for {seconds} s{before})"
            )
        if trouble:
            return say(f"（过一会儿再连服务器：{trouble}）", f" (connecting again in a while: {trouble})")
        if progress.waiting and progress.next_in is not None:
            wait = round(progress.next_in)
            return say(
                f"（{progress.waiting} 位稍后再试，最早 {wait} 秒后）", f" ({progress.waiting} later, next in {wait} s)"
            )
        if still >= _LINE_EVERY and sum(progress.done.values()) < progress.total:
            return say(
                f"（等服务器答复，已 {round(still)} 秒）", f" (waiting for the server's answer for {round(still)} s)"
            )
        return ""

    def left(self, progress: Progress, done: int, elapsed: float) -> str:
        """About how long it will still take: at least until the first of those put off may be tried."""
        seconds = elapsed / done * (progress.total - done) if done else 0.0
        if progress.waiting and progress.next_in is not None:
            seconds = max(seconds, progress.next_in)
        elif not done or done >= progress.total:
            return ""
        return self._say(f"还要约 {seconds:.0f} 秒", f"about {seconds:.0f} s left")

    def count(self, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` packages are made."""
        now = self._clock()
        if now - self._started < 1.0 or now - self._told < 0.1:
            return
        text = self._say("试做邮件", "Making the messages")
        if sys.stderr.isatty():
            self._told = now
            self._draw(text, done, total, "")
        elif now - self._told >= _LINE_EVERY:
            self._told = now
            print(f"{text} {done}/{total}", file=sys.stderr, flush=True)

    def _draw(self, text: str, done: int, total: int, left: str) -> None:
        from rich.console import Console
        from rich.markup import escape
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

        if self._bar is None:
            columns = (
                *(TextColumn("{task.description}"), BarColumn(30), MofNCompleteColumn()),
                TextColumn("{task.fields[left]}"),
            )
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.add_task(escape(text), total=total, left=left)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], description=escape(text), completed=done, total=total, left=left)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
