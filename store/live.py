"""What PostgreSQL tells us of news: one channel, heard on one connection of its own, for ever."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from store.pool import UNREACHABLE, Pool, StoreDownError

if TYPE_CHECKING:
    import asyncpg
    from asyncpg.pool import PoolConnectionProxy

CHANNEL = "answerable"
FIRST, LONGEST = 0.2, 5.0
"""Seconds before a lost connection is sought again: twice as many each time, up to the longest."""
LOOK = 20.0
"""Seconds after which a connection on which nothing was said is asked whether it is still there."""
ANSWERS_WITHIN = 5.0
"""Seconds."""

EVERYBODY = "public"
"""The key that everybody has."""

Hear = Callable[[str], None]


class LiveReads:
    """What has to be asked before somebody is told of news."""

    _pool: Pool

    async def own_keys(self) -> frozenset[str]:
        """The keys of whoever looks, but for the one that everybody has (migration 0014)."""
        return frozenset(await self._pool.fetchval("select viewer_keys()")) - {EVERYBODY}


class Announcements:
    """The topics that triggers announce (migration 0016)."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def openers(self, cycle: str) -> frozenset[str]:
        """The keys that open something of a cycle just now, beyond that it exists."""
        rows = await self._pool.fetch(
            "select distinct who from cycle_access where cycle = $1 and part <> 'restricted'"
            " and (until is null or until > now())",
            cycle,
        )
        return frozenset(row["who"] for row in rows)

    async def listen(self, hear: Hear, *, found: Callable[[], None], lost: Callable[[], None]) -> None:
        """Hand on every topic until cancelled.

        `found` is called whenever hearing begins (what was said before was not heard), `lost` when it ends.
        """
        wait = FIRST
        while True:
            with suppress(StoreDownError):
                async with self._pool.connection() as connection:
                    await self._hear_on(connection, hear, found)
                    wait = FIRST
            lost()
            await asyncio.sleep(wait)
            wait = min(2 * wait, LONGEST)

    async def _hear_on(
        self, connection: "PoolConnectionProxy[asyncpg.Record]", hear: Hear, found: Callable[[], None]
    ) -> None:
        """Hand on what one connection is told, until it is lost; one that does not answer any more is."""
        gone = asyncio.Event()

        def told(*said: object) -> None:
            hear(str(said[3]))

        def ended(*_: object) -> None:
            gone.set()

        connection.add_termination_listener(ended)
        await connection.add_listener(CHANNEL, told)
        found()
        try:
            while not gone.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(gone.wait(), LOOK)
                if not gone.is_set():
                    await connection.fetchval("select 1", timeout=ANSWERS_WITHIN)
        except UNREACHABLE:
            connection.terminate()
        finally:
            connection.remove_termination_listener(ended)
            if not connection.is_closed():
                await connection.remove_listener(CHANNEL, told)
