"""How a process that runs learns of a calendar that was imported: it asks the store, every two seconds."""

import asyncio
import logging
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from typing import Protocol

from reference.catalogue import know, known_versions
from schemas.clocks import Calendar

EVERY = 2.0
"""Seconds. A release waits longer than this for a worker that does not know the edition yet."""

log = logging.getLogger(__name__)


class HoldsCalendars(Protocol):
    """Where imported editions are kept."""

    async def calendars(self, known: Collection[str] = ()) -> list[Calendar]:
        """The imported editions, but for those that are known."""
        ...


async def learn(store: HoldsCalendars) -> None:
    """Learn what was imported since."""
    know(await store.calendars(known_versions()))


@asynccontextmanager
async def learning(store: HoldsCalendars, every: float = EVERY) -> AsyncIterator[None]:
    """Keep learning while the block runs; a store that is down is asked again."""
    asking = asyncio.create_task(_keep_learning(store, every))
    try:
        yield
    finally:
        asking.cancel()


async def _keep_learning(store: HoldsCalendars, every: float) -> None:
    while True:
        try:
            await learn(store)
        except Exception as trouble:  # noqa: BLE001 - whatever it is, the pages and cycles go on
            log.debug("the store was not asked for calendars: %s", type(trouble).__name__)
        await asyncio.sleep(every)
