"""``copies`` in ``mail.yaml``: whether every reader gets a copy of the own, and how it is marked and locked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast

MarkKind = Literal["both", "name", "number", "specks"]


@dataclass(frozen=True, slots=True)
class CopySettings:
    """How copies are made. ``mark`` is what stands at the foot of the pages; ``specks`` are on them in any case.

    ``executor``, ``workers`` and ``scheduler`` are for locking; see :mod:`newsletter_pdf.personal.executors`.
    """

    mark: MarkKind = "both"
    lock: bool = False
    executor: Literal["processes", "dask"] = "processes"
    workers: int | None = None
    scheduler: str | None = None


def copy_settings(section: Mapping[str, object]) -> CopySettings | None:
    """The settings from the checked values of the section; None when there is none."""
    if not section:
        return None
    workers, scheduler = section.get("workers"), section.get("scheduler")
    return CopySettings(
        mark=cast(MarkKind, section.get("mark", "both")),
        lock=section.get("lock") == "yes",
        executor=cast(Literal["processes", "dask"], section.get("executor", "processes")),
        workers=None if workers is None else cast(int, workers),
        scheduler=None if scheduler is None else str(scheduler),
    )
