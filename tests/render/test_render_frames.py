"""No depth of calls at which each further call costs a piece of memory."""

from __future__ import annotations

import resource
from collections.abc import Callable

import pytest

from newsletter_pdf.frames import with_room

DEPTHS = 250
CALLS = 400


def leaf(number: int) -> int:
    return number + 1


def calls_at(depth: int) -> int:
    """The pages of memory that were got from the system during ``CALLS`` calls, ``depth`` frames up from here."""
    if depth:
        return calls_at(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for number in range(CALLS):
        leaf(number)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def dearest() -> int:
    return max(calls_at(depth) for depth in range(DEPTHS))


def test_no_call_gets_memory_from_the_system_whatever_the_depth() -> None:
    """Where there is room, a loop of calls gets next to no memory, at any of 250 depths."""
    assert with_room(dearest) < CALLS / 4


def test_without_room_there_is_such_a_depth() -> None:
    """The interpreter is one of those that the room is made for; else it can go."""
    if dearest() < CALLS / 4:
        pytest.skip("this interpreter keeps the piece of memory for the next call")


def test_arguments_result_and_error_go_through() -> None:
    """It is a call like any other."""
    assert with_room(divmod, 7, 2) == (3, 1)
    add: Callable[..., str] = "{}{b}".format
    assert with_room(add, 1, b=2) == "12"
    with pytest.raises(ZeroDivisionError):
        with_room(divmod, 1, 0)
