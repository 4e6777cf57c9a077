"""The watch on the folders that an issue is made from; it goes on whatever becomes of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import aclosing, suppress
from pathlib import Path

_STEP = 10  # ms between two looks for changes; a save is often several
_LOOK = 1000  # ms after which it is looked whether the folders are still the same
_LOOK_MISSING = 200  # ms, while one of them is missing
_PAUSE = 1.0  # s before watching is tried again
_TEMPORARY = ("~", ".swp", ".swx", ".tmp", ".part", ".crswap")

_Folders = dict[Path, tuple[int, int, int] | None]


class Watch:
    """Calls ``changed`` after changes below ``paths``, of which some may be missing; ``fault`` is told of faults.

    What the system watches is a folder, not its name: one that was removed and made anew, as by a checkout, is another.
    """

    def __init__(self, paths: Sequence[Path], changed: Callable[[], None], fault: Callable[[Exception], None]) -> None:
        self.paths = list(paths)
        self.changed = changed
        self.fault = fault

    async def run(self, stop: asyncio.Event) -> None:
        """Watch until ``stop`` is set."""
        polling: bool | None = None  # as the environment says, WATCHFILES_FORCE_POLLING
        told = False
        while not stop.is_set():
            folders = self._folders()
            try:
                await self._until_others(folders, stop, polling)
                told = False
            except Exception as error:
                if self._folders() == folders:  # else one has gone while the watch was begun
                    # The system may have no more watches to give; looking at every file again and again still does.
                    if polling and not told:
                        self.fault(error)
                        told = True
                    if polling:
                        await _pause(stop)
                    polling = True
            self.changed()

    async def _until_others(self, folders: _Folders, stop: asyncio.Event, polling: bool | None) -> None:
        """Watch ``folders`` until one of them is another; raises what the watching does."""
        import watchfiles

        paths = [path for path, identity in folders.items() if identity is not None]
        if not paths:
            await _pause(stop)
            return
        watching = watchfiles.awatch(
            *paths,
            watch_filter=_matters,
            step=_STEP,
            debounce=200,
            stop_event=stop,
            rust_timeout=_LOOK if len(paths) == len(folders) else _LOOK_MISSING,
            yield_on_timeout=True,
            force_polling=polling,
            ignore_permission_denied=True,
        )
        begun = False
        async with aclosing(watching):
            async for changes in watching:
                # What was changed while the watch was begun has no event: it is looked at once without.
                if changes or not begun:
                    begun = True
                    self.changed()
                if self._folders() != folders:
                    return

    def _folders(self) -> _Folders:
        """What tells each folder from another of the same name; None for one that is missing.

        The number of a file that is gone is soon given to another, so the time of the last change counts, too.
        """
        found: _Folders = dict.fromkeys(self.paths)
        for path in self.paths:
            with suppress(OSError):
                facts = path.stat()
                found[path] = facts.st_dev, facts.st_ino, facts.st_ctime_ns
        return found


async def _pause(stop: asyncio.Event) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(stop.wait(), _PAUSE)


def _matters(_change: object, path: str) -> bool:
    """Whether a file of this name can be part of an issue; editors put others beside it while they save."""
    name = path.replace("\\", "/").rsplit("/", 1)[-1]
    return not name.startswith((".", "#", "~$")) and not name.endswith(_TEMPORARY) and name != "4913"
