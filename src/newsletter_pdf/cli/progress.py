"""Progress on stderr: a bar on a terminal, a line a stage elsewhere; nothing for work that is done at once."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator
from types import TracebackType
from typing import TYPE_CHECKING, Self

from newsletter_pdf.cli.language import Say

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

#: Nothing is shown before this many seconds have passed.
PATIENCE = 1.0
_STAGES = {
    "read": ("读取和检查内容", "reading and checking"),
    "layout": ("排版", "laying out"),
    "write": ("写出 PDF", "writing the PDF"),
    "wait": ("等另一次制作写完", "waiting for another build to finish"),
    "verify": ("校验 PDF", "proving the PDF"),
    "report": ("写报告", "writing the report"),
    "diff-old": ("读旧的 PDF", "reading the old PDF"),
    "diff-new": ("读新的 PDF", "reading the new PDF"),
    "diff-compare": ("比较", "comparing"),
    "diff-pictures": ("画出有变化的页", "drawing the pages that differ"),
    "links": ("访问链接", "asking for the links"),
    "import": ("读稿件", "reading the manuscripts"),
    "import-write": ("写成栏目文件", "writing section files"),
}


class ScreenProgress:
    """Shows the stages of a run; a context manager. Trouble with stderr (a closed pipe) only ends the showing."""

    def __init__(self, say: Say, *, patience: float = PATIENCE) -> None:
        self._say = say
        self._patience = patience
        self._started = time.monotonic()
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._told = ""
        self._broken = False

    def stage(self, name: str, done: int, total: int) -> None:
        """``done`` of ``total`` steps of stage ``name`` are finished."""
        if self._broken or time.monotonic() - self._started < self._patience:
            return
        text = self._say(*_STAGES.get(name, (name, name)))
        with self._guarded():
            if sys.stderr.isatty():
                self._draw(text, done, total)
            elif text != self._told:
                print(self._say(f"{text}……", f"{text}..."), file=sys.stderr, flush=True)
                self._told = text

    def _draw(self, text: str, done: int, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        if self._bar is None:
            columns = (TextColumn("{task.description}"), BarColumn(30), MofNCompleteColumn(), TimeElapsedColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
        if self._task is None or text != self._told:
            if self._task is not None:
                self._bar.remove_task(self._task)
            self._task = self._bar.add_task(text, total=total)
            self._told = text
        self._bar.update(self._task, completed=done, total=total)

    @contextlib.contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
        except (OSError, ValueError):
            self._broken = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            with self._guarded():
                self._bar.stop()
