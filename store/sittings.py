"""Sittings: which item a room is at, and what was jotted down there beside the record."""

from schemas.sittings import Jotting, UnderWay
from store.pool import Pool


class SittingReads:
    """What can be asked about a session while it sits."""

    _pool: Pool

    async def under_way_in(self, place: str) -> UnderWay | None:
        """The item that a room is at; None before anybody said so."""
        row = await self._pool.fetchrow("select item, by, at from sittings where place = $1", place)
        return UnderWay.model_validate(dict(row)) if row else None

    async def jottings(self, place: str, most: int = 500) -> list[Jotting]:
        """What was jotted down in a room, oldest first."""
        rows = await self._pool.fetch(
            "select cycle, item, by, at, words from jottings where place = $1 order by at, key limit $2",
            place,
            most,
        )
        return [Jotting.model_validate(dict(row)) for row in rows]


class Sittings:
    """Keeps it. Every method may be repeated without harm."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def keep_under_way(self, place: str, item: int, by: str) -> None:
        """Note that a room is at an item now; the last who says so is right."""
        await self._pool.execute(
            "insert into sittings (place, item, by) values ($1, $2, $3) on conflict (place) do update"
            " set item = excluded.item, by = excluded.by, at = excluded.at"
            " where sittings.item <> excluded.item",
            place,
            item,
            by,
        )

    async def keep_jotting(self, key: str, place: str, one: Jotting) -> None:
        """Keep what somebody jotted down in a room, once for its key; who sees its cycle sees it."""
        await self._pool.execute(
            "insert into jottings (key, place, cycle, item, by, at, words)"
            " values ($1, $2, $3, $4, $5, $6, $7) on conflict (key) do nothing",
            f"{one.by}:{key}",
            place,
            one.cycle,
            one.item,
            one.by,
            one.at,
            one.words,
        )
