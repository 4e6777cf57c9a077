"""From the save to the state that is told, with a workbench that does what a test says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from newsletter_pdf.preview.loop import Loop
from newsletter_pdf.preview.state import State
from newsletter_pdf.preview.watch import Watch


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


def test_a_fault_while_memory_is_tidied_ends_nothing(tmp_path: Path) -> None:
    """It is told, and the next save is shown."""
    faults: list[Exception] = []

    async def run() -> State | None:
        bench = Scripted(lambda: state(1), lambda: state(2))
        loop, stop = Loop(bench, [tmp_path], faults.append), asyncio.Event()  # type: ignore[arg-type] # a stand-in
        scheduler = asyncio.get_running_loop()

        def idle() -> None:
            scheduler.call_soon_threadsafe(loop.touch if bench.steps else stop.set)
            raise MemoryError

        bench.idle = idle
        await asyncio.wait_for(loop.run(stop), 30)
        return loop.state

    told = asyncio.run(run())
    assert told is not None
    assert told.front == 2
    assert {type(fault) for fault in faults} == {MemoryError}


def test_a_watch_that_fails_again_and_again_is_told_once_and_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Looking for changes may fail, too, as on a disk that is gone for a while; what comes later is seen."""
    import watchfiles

    faults: list[Exception] = []
    tries = 0

    async def failing(*_paths: Path, **options: Any) -> AsyncIterator[Any]:
        nonlocal tries
        tries += 1
        if tries < 5:
            raise OSError("input/output error") if tries < 4 else RuntimeError("inside the library")
        yield set()
        yield {(2, "01.md")}
        options["stop_event"].set()

    monkeypatch.setattr(watchfiles, "awatch", failing)
    monkeypatch.setattr("newsletter_pdf.preview.watch._PAUSE", 0.0)
    seen = 0

    def changed() -> None:
        nonlocal seen
        seen = tries

    asyncio.run(asyncio.wait_for(Watch([tmp_path], changed, faults.append).run(asyncio.Event()), 30))
    assert seen == 5
    assert len(faults) == 1


def test_a_folder_that_goes_while_the_watch_begins_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system is not blamed for it, and its own watch is used again."""
    import watchfiles

    folder = tmp_path / "content"
    folder.mkdir()
    asked, faults = [], []

    async def racing(*paths: Path, **options: Any) -> AsyncIterator[Any]:
        asked.append((len(paths), options["force_polling"]))
        if len(asked) == 1:
            folder.rmdir()
            raise FileNotFoundError(folder)
        if len(asked) == 2:
            folder.mkdir()
        else:
            options["stop_event"].set()
        yield set()

    monkeypatch.setattr(watchfiles, "awatch", racing)
    watch = Watch([tmp_path / "layouts", folder, tmp_path], lambda: None, faults.append)
    asyncio.run(asyncio.wait_for(watch.run(asyncio.Event()), 30))
    assert asked == [(2, None), (1, None), (2, None)]
    assert faults == []


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
