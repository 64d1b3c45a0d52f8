"""How cycles ran, kept behind the ledger: a worker looks every few seconds which of them have moved on."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Protocol

from reference.catalogue import calendar
from reference.working import working_calendar
from rules.duties.ahead import ahead_of
from rules.timing.following import run_of
from schemas.cycle import Cycle
from schemas.outcomes import Refused
from schemas.records import Entry
from schemas.timing import Ahead, Run

EVERY = 2.0
"""Seconds between looks while there is nothing to do."""
AT_ONCE = 50
"""Cycles that are counted between two breaths of the loop."""

log = logging.getLogger(__name__)


class KeepsRuns(Protocol):
    """Where it is kept how cycles ran."""

    async def behind(self, most: int) -> list[str]:
        """Cycles that have moved on since they were counted."""
        ...

    async def ledgers(self, cycles: Sequence[str]) -> dict[str, list[Entry]]:
        """The whole ledgers of some cycles."""
        ...

    async def states(self, cycles: Sequence[str]) -> list[Cycle]:
        """Some cycles as they stand."""
        ...

    async def keep_duties(self, ahead: Sequence[Ahead]) -> None:
        """Keep what the engine has to do next in some cycles."""
        ...

    async def keep_runs(self, runs: Sequence[Run]) -> None:
        """Keep how some cycles ran."""
        ...


async def count_up(store: KeepsRuns, most: int = AT_ONCE) -> int:
    """Count the cycles that have moved on, at most so many; how many there were."""
    days = working_calendar(calendar().version)
    if isinstance(days, Refused):
        return 0
    found = await store.behind(most)
    runs: list[Run] = []
    for reference, entries in (await store.ledgers(found)).items() if found else ():
        await asyncio.sleep(0)
        try:
            runs.append(run_of(entries, days))
        except LookupError as gap:
            log.warning("how %s ran cannot be counted: %s", reference, gap)
    if runs:
        await store.keep_duties(
            [ahead_of(one, working_calendar(one.calendar)) for one in await store.states(found)]
        )
        await store.keep_runs(runs)
    return len(runs)


@asynccontextmanager
async def counting(store: KeepsRuns, every: float = EVERY) -> AsyncIterator[None]:
    """Keep counting while the block runs; a store that is down is asked again."""
    going = asyncio.create_task(_keep_counting(store, every))
    try:
        yield
    finally:
        going.cancel()


async def _keep_counting(store: KeepsRuns, every: float) -> None:
    while True:
        counted = 0
        try:
            counted = await count_up(store)
        except Exception as trouble:  # noqa: BLE001 - whatever it is, the cycles go on
            log.debug("how cycles ran was not counted: %s", type(trouble).__name__)
        await asyncio.sleep(0 if counted == AT_ONCE else every)
