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

COLUMNS = "l.cycle, l.version, l.at, l.actor, l.key, l.content, l.marking, l.public, l.event"
OF_PROGRAMME = "l.programme, l.version, l.at, l.actor, l.key, l.content, l.marking, l.event"

LEDGER = """
select one.position as shown, one.position from {table} one
where one.position > greatest($1::bigint, $2::bigint) and one.position <= $3::bigint"""
OFFICE = LEDGER.format(table="ledger")
PROGRAMMES = LEDGER.format(table="programme_ledger")
PUBLIC = """
select one.shown, one.position from public_feed one
where (one.shown, one.position) > ($1::bigint, $2::bigint) and one.shown <= $3::bigint"""
"""What was said before findings came out is heard with them; while they are withdrawn, that they are.

The rows are kept in that order with the ledger: a page is read along an index, however much is public."""
NOTHING = f"{PROGRAMMES} and false"
"""A programme is the office's own until it is adopted in public: nothing of its ledger is for everybody."""


@dataclass(frozen=True)
class Followed:
    """One ledger that can be followed: its name and table, and in which order each scope hears of it."""

    name: Source
    table: str
    columns: str
    heard: Mapping[Scope, str]
    entry: Callable[[asyncpg.Record], Entry | ProgrammeEntry]

    def ahead(self, wanted: Wanted) -> tuple[str, list[object]]:
        """What is wanted after a cursor and up to a position ($1 to $3), and what else it is asked with."""
        said, asked = self.heard[wanted.scope], list[object]()
        if wanted.kinds:
            asked.append(list(wanted.kinds))
            said += f" and one.kind = any (${3 + len(asked)}::text[])"
        if wanted.cycle and self.name == "cycles":
            asked.append(wanted.cycle)
            said += f" and one.cycle = ${3 + len(asked)}"
        elif wanted.cycle:
            said += " and false"
        return said, asked

    def page(self, wanted: Wanted) -> tuple[str, list[object]]:
        """The next of them, in order. One that is hidden from whoever asks keeps its place, and is empty."""
        said, asked = self.ahead(wanted)
        page = f"""
        select h.shown, h.position, entry.*
        from ({said} order by shown, position limit ${4 + len(asked)}) h
        left join lateral (
            select {self.columns} from {self.table} l where l.position = h.position limit 1) entry on true
        order by h.shown, h.position
        """  # noqa: S608 - put together from our own words
        return page, asked


CYCLES = Followed("cycles", "ledger", COLUMNS, {"office": OFFICE, "public": PUBLIC}, entry_of)
OF_PROGRAMMES = Followed(
    "programmes",
    "programme_ledger",
    OF_PROGRAMME,
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
            f"select last_value from {self._of.table}_position_seq where is_called"  # noqa: S608 - our own name
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
        said, asked = self._of.page(wanted)
        rows = await self._pool.fetch(said, cursor.shown, cursor.position, settled, *asked, most)
        found = tuple(self._place(row) for row in rows if row["version"] is not None)
        if len(rows) == most:
            return Passage(entries=found, through=_cursor(rows[-1]), more=True)
        end = max(settled, cursor.shown)
        return Passage(entries=found, through=Cursor(shown=end, position=end), more=False)

    async def behind(self, wanted: Wanted, cursor: Cursor) -> int:
        """How many entries that are wanted come after a cursor."""
        said, asked = self._of.ahead(wanted)
        count = f"select count(*) from ({said}) as ahead"  # noqa: S608 - our own words
        settled = await self.settled()
        return int(await self._pool.fetchval(count, cursor.shown, cursor.position, settled, *asked))

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
        return FeedEntry(entry=self._of.entry(row), cursor=_cursor(row))


def _cursor(row: asyncpg.Record) -> Cursor:
    return Cursor(shown=row["shown"], position=row["position"])


def feeds(pool: Pool) -> tuple[Feed, ...]:
    """Every ledger that can be followed."""
    return Feed(pool, CYCLES), Feed(pool, OF_PROGRAMMES)
