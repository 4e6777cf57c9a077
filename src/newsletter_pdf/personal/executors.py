"""Who does the heavy work: processes of this computer, or those of a Dask cluster.

Either is a :class:`concurrent.futures.Executor`; there is no queue of our own. Stamping is quicker than handing it on,
so only what takes long, the encryption, goes to an executor.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from importlib.util import find_spec
from typing import Literal

Kind = Literal["processes", "dask"]


class NoExecutorError(RuntimeError):
    """The executor asked for is not to be had; ``zh`` and the text say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh


def open_executor(kind: Kind, workers: int | None = None, scheduler: str | None = None) -> Executor:
    """An executor; its ``shutdown`` ends what was started for it.

    ``workers`` is how many processes this computer starts (default: one a core), ``scheduler`` the address of a Dask
    scheduler (``tcp://host:8786``); without one Dask starts its own here. Raises :class:`NoExecutorError`.
    """
    if kind == "dask":
        return _dask(workers, scheduler)
    # Not forked: the sender's threads may hold locks that a copy of this process would wait for for ever.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers or os.cpu_count() or 1, mp_context=context, initializer=_begin)


def _begin() -> None:
    """What a worker does first: leave Ctrl-C to the one who started it, and end with him, however he ends."""
    # On a terminal Ctrl-C reaches the whole group; the sender then ends its workers after the copies under way.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="end-with-parent", daemon=True).start()


def _end_with_parent() -> None:
    # A pool's worker waits at a pipe of which it holds both ends: it would never learn of the death of a parent that
    # was killed, and whoever reads the parent's output would wait with it.
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _dask(workers: int | None, scheduler: str | None) -> Executor:
    if find_spec("distributed") is None:
        raise NoExecutorError(
            "没有安装 Dask，请执行 pip install 'newsletter-pdf[dask]'",
            "Dask is not installed; run pip install 'newsletter-pdf[dask]'",
        )
    from distributed import Client

    try:
        client = Client(scheduler, timeout=10) if scheduler else Client(n_workers=workers, dashboard_address=None)
        executor: Executor = client.get_executor()
    except (OSError, ValueError, TypeError) as error:
        raise NoExecutorError(f"连不上 Dask（{error}）", f"Dask cannot be reached ({error})") from error
    # The executor does not own its client: ending one shall end the other.
    executor.shutdown = _with(executor.shutdown, client.close)  # type: ignore[method-assign]  # one more step
    return executor


def _with(shutdown: Callable[..., None], close: Callable[[], None]) -> Callable[..., None]:
    def both(*arguments: bool, **options: bool) -> None:
        shutdown(*arguments, **options)
        close()

    return both
