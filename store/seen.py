"""What whoever may sign findings has read of them, and until when they put it off."""

from collections.abc import Sequence
from datetime import date, datetime

from schemas.reading import Seen
from store.pool import Pool

SEEN = """
select cycle, version, at, until_on from seen where person = $1 and cycle = any ($2) order by cycle, version
"""
NOTE = """
insert into seen (person, cycle, version, at) values ($1, $2, $3, $4) on conflict do nothing
"""
PUT_OFF = """
insert into seen (person, cycle, version, at, until_on) values ($1, $2, $3, $4, $5)
on conflict (person, cycle, version) do update set until_on = excluded.until_on
"""


class SeenKept:
    """Keeps it, each person's own. Every method may be repeated without harm."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def seen(self, person: str, cycles: Sequence[str]) -> list[Seen]:
        """The versions of some cycles that somebody has read, oldest first."""
        rows = await self._pool.fetch(SEEN, person, list(cycles))
        return [Seen.model_validate(dict(row)) for row in rows]

    async def note_seen(self, person: str, cycle: str, version: int, at: datetime) -> None:
        """Note that somebody has read a version; the first time counts."""
        await self._pool.execute(NOTE, person, cycle, version, at)

    async def put_off(self, person: str, cycle: str, version: int, at: datetime, until_on: date) -> None:
        """Note until when somebody has put a version off; the last word counts."""
        await self._pool.execute(PUT_OFF, person, cycle, version, at, until_on)
