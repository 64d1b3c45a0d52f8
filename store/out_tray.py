"""The out-tray: letters that acts left behind, for whoever sends them, struck out once they have gone."""

import json
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import asyncpg

from schemas.posting import Outgoing
from schemas.records import Entry
from store.pool import Pool

LOCK = """
with heads as materialized (
    select t.cycle from out_tray t
    where t.not_before <= now() and t.cycle <> all ($2)
      and not exists (select from out_tray b where b.cycle = t.cycle and b.number < t.number)
    order by t.number limit $3
)
select cycle from heads
where pg_try_advisory_xact_lock(hashtext('out_tray'), hashtext(cycle)) limit $1
"""
"""Whole cycles are taken, so that no other hand sends a later letter first. The lock writes nothing: whoever
follows the ledger waits for every transaction that does, and a letter may be a minute on its way."""
LOOKED_AT = 200
"""Cycles among which those are sought that nobody else has in hand."""
TAKE = """
select t.number, t.notice, t.tries, c.state ->> 'set_back' as set_back
from out_tray t join cycles c on c.reference = t.cycle
where t.cycle = any ($1)
  and not exists (select from out_tray b
                  where b.cycle = t.cycle and b.number <= t.number and b.not_before > now())
order by t.number limit $2
"""
"""Read once the lock is held, so nothing of it is in another hand any more. A letter that was put off keeps
those of its cycle behind it: they go in the order of the acts."""
STRIKE = "delete from out_tray where number = any ($1)"
PUT_OFF = """
update out_tray t set tries = tries + 1, not_before = now() + p.wait
from unnest($1::bigint[], $2::interval[]) as p (number, wait) where t.number = p.number
"""


class Handful:
    """Letters that one hand holds: nobody else takes them meanwhile."""

    def __init__(self, letters: tuple[Outgoing, ...]) -> None:
        self.letters = letters
        self._gone: list[int] = []
        self._put_off: dict[int, timedelta] = {}

    def gone(self, letter: Outgoing) -> None:
        """Strike a letter out."""
        self._gone.append(letter.number)

    def put_off(self, letter: Outgoing, wait: timedelta) -> None:
        """Have a letter tried again, and no sooner."""
        self._put_off[letter.number] = wait

    def statements(self) -> tuple[tuple[str, tuple[Any, ...]], ...]:
        """What is to be said to the database of what became of them."""
        struck = (STRIKE, (self._gone,)) if self._gone else None
        waits = (PUT_OFF, (list(self._put_off), list(self._put_off.values()))) if self._put_off else None
        return tuple(one for one in (struck, waits) if one)


class OutTray:
    """Where the ledger leaves letters, in the statement that writes the act."""

    def __init__(self, pool: Pool, entries: Callable[[str], Awaitable[list[Entry]]]) -> None:
        self._pool = pool
        self._entries = entries

    @asynccontextmanager
    async def taken(self, most: int, but_of: Collection[str] = ()) -> AsyncIterator[Handful]:
        """Letters of cycles that nobody has in hand, oldest first, none of those in `but_of`.

        Their cycles are held for as long as the block lasts, and free again at once where whoever held them
        dies: a lock in the database, not a time in a row. What is said of letters stands at the block's end.
        """
        async with self._pool.transaction() as connection:
            cycles = [row["cycle"] for row in await connection.fetch(LOCK, most, list(but_of), LOOKED_AT)]
            rows = await connection.fetch(TAKE, cycles, most) if cycles else []
            hand = Handful(tuple(_outgoing(row) for row in rows))
            yield hand
            for statement, arguments in hand.statements():
                await connection.execute(statement, *arguments)

    async def entries(self, cycle: str) -> list[Entry]:
        """The entries of a cycle, oldest first."""
        return await self._entries(cycle)


def _outgoing(row: asyncpg.Record) -> Outgoing:
    return Outgoing.model_validate({**row, "notice": json.loads(row["notice"])})
