"""The process is edited while a cycle is under way: does it go on, do the new step, take the new rung?

Every edit is the same for all: each act from now on also sends a copy, and there is one rung more, shortly
before the first. A cycle begins under the first edition and waits; the worker is ended and started with the
edited process; the rung's instant passes; then the rest of the acts are handed in.
"""

import asyncio
import time
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol, runtime_checkable

from bench.clock import now
from bench.hta.instants import written
from bench.hta.loads import PAUSE, Facts, until_known
from bench.hta.system import Door
from bench.hta.workload import DUE, EXTENDED, LADDER, Act, Cycle, of_way

PLAIN, PATCHED, PATCHED_ONCE, BY_STANDARDS = "plain", "patched", "patched once", "by standards"
EDITIONS = {
    "bare": (PLAIN, PATCHED_ONCE, PATCHED),
    "product": (PLAIN, PATCHED, BY_STANDARDS),
    "dbos": (PLAIN, PATCHED),
}
"""Ways to edit, of each system for which they were written: as if nothing waited; as its documentation says,
once for a run or once for each act; and the product's own way to other rungs, which is not code."""
COPY = "copy-"
"""How the key of a copy begins, after the cycle's reference."""
EARLIER = timedelta(seconds=5)
"""The new rung before the first."""
NOTICE = timedelta(seconds=20)
"""From the opening to the first rung."""
GIVEN_UP = 10.0
"""Seconds for one act, after which the cycle does not go on."""


@runtime_checkable
class Releases(Protocol):
    """A door by which other rungs reach a cycle under way as data."""

    async def release(self, reference: str) -> None:
        """Have the cycle follow the whole ladder."""
        ...


BEGUN, OPENED = 3, 1
"""Acts before the edit: an opening and an extension, or the opening alone."""


def cycle_of(number: int, begun: int) -> Cycle:
    """The cycle that is left waiting: one that was extended, or one that goes straight on."""
    return of_way(number, ("extended",) if begun == BEGUN else ())


async def left_waiting(
    door: Door,
    *,
    seed: int,  # noqa: ARG001 - as every load is called
    first: int,
    begun: int,
    soon: bool,
) -> Facts:
    """Begin a cycle, whose first rung comes soon or not, and leave it; when that would be."""
    cycle, rung = cycle_of(first, begun), now() + NOTICE
    days = timedelta(days=DUE + LADDER[0] + (EXTENDED if begun == BEGUN else 0))
    base = rung - days if soon else now()
    for act in cycle.acts[:begun]:
        await until_known(door, cycle, act, base)
    return {"reference": cycle.reference, "base": written(base), "rung": written(rung)}


async def released(door: Door, *, seed: int, first: int) -> Facts:  # noqa: ARG001 - as every load is called
    """Release the other rungs, where that is how they reach a cycle."""
    if not isinstance(door, Releases):
        raise TypeError("this system has no such way")
    await door.release(cycle_of(first, OPENED).reference)
    return {}


async def carried_on(
    door: Door,
    *,
    seed: int,  # noqa: ARG001 - as every load is called
    first: int,
    begun: int,
    most: int,
    base: str,
) -> Facts:
    """Hand in the acts that follow, so many at the most, one after the other, until one is not taken."""
    cycle, began = cycle_of(first, begun), datetime.fromisoformat(base)
    follow, taken = cycle.acts[begun:][:most], 0
    while taken < len(follow) and await _is_taken(door, cycle, follow[taken], began):
        taken += 1
    return {"taken": taken, "to_come": len(follow)}


async def _is_taken(door: Door, cycle: Cycle, act: Act, base: datetime) -> bool:
    """Whether an act is acknowledged before it is given up; a door may make other faults of a time-out."""
    until = time.monotonic() + GIVEN_UP
    while (left := until - time.monotonic()) > 0:
        with suppress(Exception):
            async with asyncio.timeout(left):
                await door.act(cycle.reference, act, base)
            return True
        await asyncio.sleep(PAUSE)
    return False
