"""Taking turns at what reads the whole store, so that those who take all of it leave the rest a machine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

WAIT = 10.0
"""Seconds that somebody waits for their turn."""


class TakenByOthersError(Exception):
    """So many are taking whole tables that it is nobody's turn; a minute later it may be."""


class Turns:
    """So many at once."""

    def __init__(self, most: int = 3, wait: float = WAIT) -> None:
        self._free = asyncio.Semaphore(most)
        self._wait = wait

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """A turn, for as long as the block lasts.

        Raises: TakenByOthersError: none became free in time.
        """
        try:
            async with asyncio.timeout(self._wait):
                await self._free.acquire()
        except TimeoutError:
            raise TakenByOthersError from None
        try:
            yield
        finally:
            self._free.release()
