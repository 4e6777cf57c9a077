"""Saving → showing: the one thread that works when there is something to do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from newsletter_pdf.findings import Place
from newsletter_pdf.findings.environment import PREVIEW_FAULT
from newsletter_pdf.frames import with_room
from newsletter_pdf.preview.state import State
from newsletter_pdf.preview.watch import Watch
from newsletter_pdf.preview.workbench import Workbench

_SETTLE = 0.12  # s that an error waits: half of a file is often followed by the other half
_IDLE = 0.3  # s without a change after which the memory is tidied up
_UNTIDY = 12  # changes after which it is at the latest: a long section leaves some 10 MB each time
_PATIENCE = 0.15  # s that the other pages wait for the changed ones to be fetched, which the reader may not look at


class Loop:
    """Refreshes a workbench whenever something changes and tells whoever listens."""

    def __init__(self, bench: Workbench, watched: Sequence[Path], fault: Callable[[Exception], None]) -> None:
        self.bench = bench
        self.fault = fault
        self.is_proved: Callable[[], bool] = lambda: False
        """Tells whether the PDF that was proved last is of the files as they are now."""
        self._watch = Watch(watched, self.touch, fault)
        self._told: State | None = None
        self._listeners: set[asyncio.Queue[State]] = set()
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="workbench")
        self._dirty = asyncio.Event()
        self._dirty.set()
        self._fresh: frozenset[str] = frozenset()
        self._seen = asyncio.Event()

    @property
    def state(self) -> State | None:
        """What is shown now: never an error that has not waited."""
        return self._told

    async def run(self, stop: asyncio.Event) -> None:
        """Work until ``stop`` is set."""
        watching = asyncio.create_task(self._watch.run(stop))
        try:
            untidy = 0
            while not stop.is_set():
                # An editor who thinks leaves time to tidy up; one who saves on and on has it done in between.
                if untidy and (untidy >= _UNTIDY or not await self._until(self._dirty.wait, stop, _IDLE)):
                    await self._tidy()
                    untidy = 0
                await self._until(self._dirty.wait, stop)
                if stop.is_set():
                    break
                self._dirty.clear()
                await self._refresh()
                untidy += 1
        finally:
            stop.set()
            await watching
            self._thread.shutdown(wait=True)

    async def _tidy(self) -> None:
        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, self.bench.tidy)
        except Exception as error:  # of no matter for what is shown
            self.fault(error)

    def touch(self) -> None:
        """Look at the files again, whatever the watch says."""
        self._dirty.set()

    def mark_proved(self, proved: bool) -> None:
        """Whoever asked for the proof knows of it by the answer: the present state has it without being told again."""
        if self._told is not None:
            self._told = replace(self._told, proved=proved)

    async def fetched(self, name: str) -> None:
        """A browser has got the page of this name."""
        if name in self._fresh:
            self._seen.set()

    async def states(self) -> AsyncIterator[State]:
        """The present state and every one that follows; who is slow misses some but never the last."""
        queue: asyncio.Queue[State] = asyncio.Queue(maxsize=1)
        self._listeners.add(queue)
        try:
            if self.state is not None:
                yield self.state
            while True:
                yield await queue.get()
        finally:
            self._listeners.discard(queue)

    async def _refresh(self) -> None:
        loop = asyncio.get_running_loop()
        states = self.bench.refresh()
        while True:
            try:
                state = await loop.run_in_executor(self._thread, with_room, _next, states)
            except Exception as error:
                await asyncio.sleep(_SETTLE)
                if not self._dirty.is_set():  # else files may have come and gone under the reading: look again
                    self.fault(error)
                    self._tell(self._faulty(error))
                return
            if state is None:
                return
            if state.complete:
                state = replace(state, proved=await loop.run_in_executor(self._thread, self._is_proved))
            if state.complete and not state.good:
                await asyncio.sleep(_SETTLE)
                if self._dirty.is_set():
                    return
            before = self._told
            self._tell(state)
            if not state.complete and before is not None and self._listeners:
                await self._fetching(before, state)

    def _is_proved(self) -> bool:
        try:
            return self.is_proved()
        except OSError:  # files come and go
            return False

    async def _fetching(self, before: State, state: State) -> None:
        """Wait until a browser has fetched a changed page: the drawing of the others would slow it down."""
        self._fresh = frozenset(page.id for page in state.pages) - {page.id for page in before.pages}
        self._seen.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._seen.wait(), _PATIENCE)

    def _faulty(self, error: Exception) -> State:
        """The pages as they were, and that something went wrong."""
        folder = self.bench.folder
        told = PREVIEW_FAULT.at(Place(folder), reason=type(error).__name__)
        before = self._told or State(0, folder.name, (), 0, (), (), True, True, 0.0)
        return replace(before, findings=(told,), broken=True, complete=True, proved=False)

    def _tell(self, state: State) -> None:
        before = self._told
        if before is not None and replace(state, version=before.version, seconds=before.seconds) == before:
            return  # a file was saved that is not of this issue, or as it was
        # Counted here: not every state of the workbench is told, and not every one is the workbench's.
        state = self._told = replace(state, version=1 if self._told is None else self._told.version + 1)
        for queue in self._listeners:
            if queue.full():
                queue.get_nowait()
            queue.put_nowait(state)

    @staticmethod
    async def _until(wait: Callable[[], Awaitable[object]], stop: asyncio.Event, longest: float | None = None) -> bool:
        """Wait for one or the other, for ``longest`` s at most; whether one came."""
        tasks = [asyncio.ensure_future(wait()), asyncio.ensure_future(stop.wait())]
        try:
            done, _ = await asyncio.wait(tasks, timeout=longest, return_when=asyncio.FIRST_COMPLETED)
            return bool(done)
        finally:
            for task in tasks:
                task.cancel()


def _next(states: Iterator[State]) -> State | None:
    return next(states, None)
