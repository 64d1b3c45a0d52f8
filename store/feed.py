"""The feed: what stands in a ledger, in one order, so that whoever follows it misses nothing.

Positions are given before a transaction commits, so a later one may be seen before an earlier one. What is
read here goes only as far as `settled`: everything up to there has been committed or never will be.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import asyncpg

from schemas.feed import Cursor, FeedEntry, Passage, Scope, Source, Wanted
from schemas.programme.records import ProgrammeEntry
from schemas.records import Entry
from store.ledger import entry_of
from store.pool import Pool, StoreDownError
from store.programmes import programme_entry

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

CHANNELS = ("ledger", "subscriptions")
"""What is notified: an entry was appended, a subscription was changed."""

LOOK_AGAIN = 0.01
"""Seconds between two looks whether those who were writing have ended."""
PATIENCE = 1.0
"""Seconds after which a reader goes on with what was settled before: somebody writes for long."""
POLL = 5.0
"""Seconds after which a reader looks even where nobody told it: a lost notification costs no more."""

CHOSEN = "(l.kind = any($4::text[]) or cardinality($4::text[]) = 0)"
COLUMNS = "l.cycle, l.version, l.at, l.actor, l.key, l.content, l.marking, l.public, l.event, l.position"
OF_CYCLE = f"{CHOSEN} and ($5::text is null or l.cycle = $5)"

OFFICE = f"""
select {COLUMNS}, l.position as shown from ledger l
where l.position > greatest($1::bigint, $2::bigint) and l.position <= $3::bigint and {OF_CYCLE}
"""  # noqa: S608 - put together from our own words

PUBLIC = f"""
with opened as materialized (
    select p.cycle, min(p.position) as position from ledger p
    where p.kind in ('FindingsPublished', 'FindingsCorrected') and p.position <= $3::bigint
      and p.position > coalesce((select max(w.position) from ledger w
          where w.cycle = p.cycle and w.kind = 'FindingsWithdrawn' and w.position <= $3::bigint), 0)
    group by p.cycle
), heard as (
    select {COLUMNS}, greatest(l.position, o.position) as shown
    from opened o join ledger l on l.cycle = o.cycle
    where (l.position > $1::bigint or o.position >= $1::bigint) and l.kind <> 'FindingsWithdrawn'
      and {OF_CYCLE}
    union all
    select {COLUMNS}, l.position from ledger l where l.kind = 'FindingsWithdrawn' and {OF_CYCLE}
)
select * from heard l
where (l.shown, l.position) > ($1::bigint, $2::bigint) and l.position <= $3::bigint
  and l.public and l.marking = 'OFFICIAL'
"""  # noqa: S608 - put together from our own words
"""What was said before findings came out is heard with them; while they are withdrawn, that they are."""

PROGRAMMES = f"""
select l.programme, l.version, l.at, l.actor, l.key, l.content, l.marking, l.event, l.position,
       l.position as shown
from programme_ledger l
where l.position > greatest($1::bigint, $2::bigint) and l.position <= $3::bigint and {CHOSEN}
  and $5::text is null
"""  # noqa: S608 - put together from our own words
NOTHING = f"{PROGRAMMES} and false"
"""A programme is the office's own until it is adopted in public: nothing of its ledger is for everybody."""


@dataclass(frozen=True)
class Followed:
    """One ledger that can be followed: its name, where its positions are given, and what each scope reads."""

    name: Source
    positions: str
    queries: Mapping[Scope, str]
    entry: Callable[[asyncpg.Record], Entry | ProgrammeEntry]


CYCLES = Followed("cycles", "ledger_position_seq", {"office": OFFICE, "public": PUBLIC}, entry_of)
OF_PROGRAMMES = Followed(
    "programmes",
    "programme_ledger_position_seq",
    {"office": PROGRAMMES, "public": NOTHING},
    programme_entry,
)


class Feed:
    """One ledger as a feed."""

    def __init__(self, pool: Pool, of: Followed = CYCLES) -> None:
        self._pool = pool
        self._of = of
        self.source = of.name
        self._settled = 0
        self._woken = asyncio.Event()
        self._listeners = 0

    async def settled(self) -> int:
        """The position up to which nothing is still to come.

        Raises: StoreDownError: the store cannot be reached.
        """
        newest = await self._pool.fetchval(
            f"select last_value from {self._of.positions} where is_called"  # noqa: S608 - our own name
        )
        if newest is None or newest <= self._settled:
            return self._settled
        ours = await self._pool.fetchval("select pg_current_xact_id()::text::bigint")
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                while await self._oldest_open() <= ours:  # noqa: ASYNC110 - PostgreSQL tells nobody
                    await asyncio.sleep(LOOK_AGAIN)
                self._settled = max(self._settled, newest)
        return self._settled

    async def after(self, wanted: Wanted, cursor: Cursor, most: int) -> Passage:
        """The next entries that are wanted, in order, and how far that reaches."""
        settled = await self.settled()
        rows = await self._pool.fetch(
            self._of.queries[wanted.scope] + " order by shown, position limit $6",
            cursor.shown,
            cursor.position,
            settled,
            list(wanted.kinds),
            wanted.cycle,
            most,
        )
        found = tuple(self._place(row) for row in rows)
        if len(found) == most:
            return Passage(entries=found, through=found[-1].cursor, more=True)
        end = max(settled, cursor.shown)
        return Passage(entries=found, through=Cursor(shown=end, position=end), more=False)

    async def behind(self, wanted: Wanted, cursor: Cursor) -> int:
        """How many entries that are wanted come after a cursor."""
        return int(
            await self._pool.fetchval(
                f"select count(*) from ({self._of.queries[wanted.scope]}) as ahead",  # noqa: S608 - our own words
                cursor.shown,
                cursor.position,
                await self.settled(),
                list(wanted.kinds),
                wanted.cycle,
            )
        )

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Hear of news within the block. All blocks of a process share one connection."""
        self._listeners += 1
        if self._listeners == 1:
            self._hearing = asyncio.create_task(self._hear())
        try:
            yield
        finally:
            self._listeners -= 1
            if self._listeners == 0:
                self._hearing.cancel()
                with suppress(asyncio.CancelledError):
                    await self._hearing

    def mark(self) -> asyncio.Event:
        """Now: to be taken before reading, so that news which comes meanwhile is not slept over."""
        return self._woken

    async def news(self, since: asyncio.Event, seconds: float) -> None:
        """Return when something was recorded or a subscription changed since then, or after some seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(min(seconds, POLL)):
                await since.wait()

    async def _hear(self) -> None:
        while True:
            with suppress(StoreDownError):
                async with self._pool.connection() as connection:
                    await self._hear_on(connection)
            await asyncio.sleep(PATIENCE)

    async def _hear_on(self, connection: "PoolConnectionProxy[asyncpg.Record]") -> None:
        """Pass on what one connection is told, until it is lost."""
        try:
            for channel in CHANNELS:
                await connection.add_listener(channel, self._wake)
            self._wake()
            while not connection.is_closed():  # noqa: ASYNC110 - looked at while others are told
                await asyncio.sleep(POLL)
        finally:
            for channel in CHANNELS:
                await connection.remove_listener(channel, self._wake)

    def _wake(self, *_: object) -> None:
        """Wake everybody who waits now; whoever waits next waits for the next news."""
        self._woken.set()
        self._woken = asyncio.Event()

    async def _oldest_open(self) -> int:
        return int(await self._pool.fetchval("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint"))

    def _place(self, row: asyncpg.Record) -> FeedEntry:
        cursor = Cursor(shown=row["shown"], position=row["position"])
        return FeedEntry(entry=self._of.entry(row), cursor=cursor)


def feeds(pool: Pool) -> tuple[Feed, ...]:
    """Every ledger that can be followed."""
    return Feed(pool, CYCLES), Feed(pool, OF_PROGRAMMES)
