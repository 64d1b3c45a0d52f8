"""When the engine was last seen at work: one row, written by its round of every minute."""

from datetime import datetime

from store.pool import Pool


class SignReads:
    """What can be asked about whether the engine works."""

    _pool: Pool

    async def engine_seen(self) -> datetime | None:
        """When its last round began; None where there was none yet, or whoever looks may not know."""
        found: datetime | None = await self._pool.fetchval("select at from engine_seen")
        return found


class Signs:
    """Notes that the engine is at work."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def seen(self, at: datetime) -> None:
        """A round begins. An older one that comes late changes nothing."""
        await self._pool.execute(
            "insert into engine_seen (at) values ($1) on conflict (one) do update set at = excluded.at"
            " where engine_seen.at < excluded.at",
            at,
        )
