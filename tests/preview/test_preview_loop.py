"""From the save to the state that is told, with a workbench that does what a test says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newsletter_pdf.preview.loop import Loop
from newsletter_pdf.preview.state import State


def state(number: int, *, broken: bool = False) -> State:
    """A state that is known by its front pages."""
    return State(0, "小刊", (), number, (), (), broken, True, 0.0)


class Scripted:
    """A workbench whose refreshes do one of these after the other, and then nothing more."""

    def __init__(self, *steps: Callable[[], State]) -> None:
        self.steps = [*steps]
        self.tidied = 0
        self.loop: Any = None
        self.idle: Callable[[], None] = lambda: None

    def refresh(self) -> Iterator[State]:
        if self.steps:
            yield self.steps.pop(0)()

    def tidy(self) -> None:
        self.tidied += 1
        self.idle()

    def save(self, after: float = 0.0) -> None:
        """What the watch does when a file is saved, from the thread that works; ``after`` s of the loop's time."""
        self.loop.call_soon_threadsafe(self.loop.call_later, after, self.touch)

    def touch(self) -> None: ...


def told_by(bench: Scripted, watched: Path) -> list[State]:
    """The states that somebody who looks is told until nothing is left to do."""

    async def run() -> list[State]:
        faults: list[Exception] = []
        loop = Loop(bench, [watched], faults.append)  # type: ignore[arg-type] # a stand-in
        stop, found = asyncio.Event(), []
        bench.loop, bench.touch = asyncio.get_running_loop(), loop.touch  # type: ignore[method-assign]

        def idle() -> None:
            if not bench.steps:
                bench.loop.call_soon_threadsafe(stop.set)

        bench.idle = idle
        working = asyncio.create_task(loop.run(stop))

        async def listen() -> None:
            async for one in loop.states():
                found.append(one)

        listening = asyncio.create_task(listen())
        await asyncio.wait_for(working, 30)
        listening.cancel()
        assert faults == []
        return found

    return asyncio.run(run())


def test_a_half_written_file_shows_no_error(tmp_path: Path) -> None:
    """An error that the next save mends at once was half of a file: nobody is told of it."""

    def good() -> State:
        bench.save()
        return state(1)

    def half() -> State:
        bench.save(after=0.02)  # the other half comes when the first has been read
        return state(2, broken=True)

    bench = Scripted(good, half, lambda: state(3))
    assert [(one.front, one.broken) for one in told_by(bench, tmp_path)] == [(1, False), (3, False)]


def test_an_error_that_stays_is_told(tmp_path: Path) -> None:
    """It waits no longer than the other half of a file would."""

    def good() -> State:
        bench.save()
        return state(1)

    bench = Scripted(good, lambda: state(2, broken=True))
    assert [(one.front, one.broken) for one in told_by(bench, tmp_path)] == [(1, False), (2, True)]


def test_a_save_that_changes_nothing_is_not_told(tmp_path: Path) -> None:
    """The page has nothing to do when another issue was saved, or the same text again."""

    def again() -> State:
        bench.save()
        return state(1)

    bench = Scripted(again, again, lambda: state(2))
    assert [one.version for one in told_by(bench, tmp_path)] == [1, 2]


def test_memory_is_tidied_while_saves_go_on_and_on(tmp_path: Path) -> None:
    """Who never stops saving does not keep the memory from being given back."""

    def again() -> State:
        bench.save()
        return state(1)

    bench = Scripted(*[again] * 30, lambda: state(2))
    told_by(bench, tmp_path)
    assert bench.tidied >= 3


def test_files_are_looked_at_when_the_system_has_no_more_watches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many systems give a user a few thousand; the preview then looks for changes by itself."""
    import watchfiles

    asked = []

    async def limited(*_paths: Path, **options: Any) -> AsyncIterator[Any]:
        asked.append(options["force_polling"])
        if not options["force_polling"]:
            raise OSError("OS file watch limit reached")
        await first.wait()
        yield {(2, "01.md")}
        await options["stop_event"].wait()

    def shown() -> State:
        bench.loop.call_soon_threadsafe(first.set)
        return state(1)

    first = asyncio.Event()
    monkeypatch.setattr(watchfiles, "awatch", limited)
    bench = Scripted(shown, lambda: state(2))
    assert told_by(bench, tmp_path)[-1].front == 2
    assert asked == [None, True]
