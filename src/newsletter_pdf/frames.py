"""Room for the interpreter's frames, so that none of them begins where a piece of memory ends.

CPython (3.11 and later) keeps the frames of Python functions in pieces of 16 KiB, gets the next piece from the system
when one is full and gives it back when its first frame returns. A loop at a depth where a piece is full gets and gives
back one with each call that it makes. Laying out an issue did so some ten thousand times, which took a tenth of the
whole build; at which depth it happens is chance, and changes with every change of the code.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_SLOTS = 66_000
"""References, of 8 bytes each: a little more than half of the piece of 1 MiB that is needed for one frame of this size.
The other half is there for the frames above it, some thousand. It is address space, no memory, until it is used."""


def with_room(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Call ``function`` with room for all the frames that it needs; once a thread is enough."""
    return function(*args, **kwargs)


# A frame is as large as its code says that it may become.
with_room.__code__ = with_room.__code__.replace(co_stacksize=_SLOTS)
