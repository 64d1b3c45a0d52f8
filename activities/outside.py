"""Looking for what happened outside: what schedules start, every minute and every day."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any, Protocol

from temporalio import activity

from schemas.outside import Swept

BEAT = 5.0
"""Seconds between two signs of life."""


class LooksOutside(Protocol):
    """Takes in what has come by other ways than HTTP, and goes on with what was left half-way."""

    async def look(self) -> Swept:
        """What is to be done every minute: the import, the ledger, what waits, who is to be told."""
        ...

    async def look_ahead(self) -> Swept:
        """What is to be done once a day: promises that come due."""
        ...


class OutsideActivities:
    """Rounds of looking; each may be stopped anywhere and done again."""

    def __init__(self, outside: LooksOutside) -> None:
        self._outside = outside

    def all(self) -> list[Callable[..., Coroutine[Any, Any, Any]]]:
        """Its activities, for a worker."""
        return [self.look, self.look_ahead]

    @activity.defn
    async def look(self) -> Swept:
        """Every minute."""
        async with signs_of_life():
            return await self._outside.look()

    @activity.defn
    async def look_ahead(self) -> Swept:
        """Once a day."""
        async with signs_of_life():
            return await self._outside.look_ahead()


@asynccontextmanager
async def signs_of_life() -> AsyncIterator[None]:
    """Tell the engine every few seconds that we are still at it."""

    async def beat() -> None:
        while True:
            activity.heartbeat()
            await asyncio.sleep(BEAT)

    beating = asyncio.create_task(beat())
    try:
        yield
    finally:
        beating.cancel()
