"""Every row that follows from the ledger, made again from it and compared with what stands.

The rows of some chains are thrown away and written anew in one transaction, with the same statements and
triggers that acts write them with, and compared with what stood before. Whoever only wants to know takes the
transaction back. An act on one of these cycles waits for as long; nobody reads anything half-made.

One batch at a time: a cycle's row is what an act waits at, and this throws it away and writes another, so a
second batch that had waited at the old row would hold nothing at all.
"""

import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import asyncpg

from schemas.chain import TEXT_GONE
from schemas.cycle import Cycle
from schemas.programme.records import ProgrammeEntry
from schemas.rebuilding import Difference, MadeAgain, ProgrammeMadeAgain
from schemas.records import Entry, Publication
from schemas.shape import Shape
from schemas.timing import Run
from store import rebuilding_sql as sql
from store.chain import LOCK
from store.ledger import ENTRIES, cycle_row, entry_of, request_rows
from store.pool import Pool
from store.programmes import ENTRIES as PROGRAMME_ENTRIES
from store.programmes import programme_entry
from store.runs import KEEP, KEEP_DUTIES, STRUCK_OFF, run_row

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

Row = dict[str, Any]
Rows = dict[tuple[str, str, tuple[str, ...]], Row]
"""By table, chain and key."""
Makes = Callable[[Sequence[Entry], Mapping[int, Publication]], MadeAgain]
"""All rows of a cycle, from its entries and from what stands as published."""
MakesProgramme = Callable[[Sequence[ProgrammeEntry]], ProgrammeMadeAgain]

MOVED = (
    asyncpg.DeadlockDetectedError,
    asyncpg.UniqueViolationError,
    asyncpg.SerializationError,
    asyncpg.LockNotAvailableError,
)
"""Somebody wrote at the same time: the same chains are done again."""
TRIES = 5
AS_IT_READS: dict[tuple[str, str], type[Shape]] = {("cycles", "state"): Cycle, ("run_lines", "run"): Run}
"""What is compared as it is read: a field that came later stands at its default where it is left out."""


class Rebuilding:
    """Makes the rows of chains again."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def chains(self, most: int) -> AsyncIterator[list[str]]:
        """Every cycle and programme of which there is an entry or a row, some at a time."""
        last = ""
        while rows := await self._pool.fetch(sql.CHAINS, last, most):
            last = rows[-1]["chain"]
            yield [row["chain"] for row in rows]

    async def some(self, most: int, seed: str) -> list[str]:
        """So many chains, others for each seed."""
        return [row["chain"] for row in await self._pool.fetch(sql.SOME, seed, most)]

    async def again(
        self, chains: Sequence[str], makes: Makes, makes_programme: MakesProgramme, *, keep: bool
    ) -> tuple[int, list[Difference]]:
        """Make the rows of some chains again; how many there are, and which were others than what stands."""
        for left in reversed(range(TRIES)):
            try:
                async with self._taken_back_unless(keep=keep) as connection:
                    return await _Batch(connection, list(chains)).run(makes, makes_programme)
            except MOVED:
                if not left:
                    raise
        raise AssertionError("a try either returns or raises")

    @asynccontextmanager
    async def _taken_back_unless(self, *, keep: bool) -> "AsyncIterator[PoolConnectionProxy[asyncpg.Record]]":
        async with self._pool.connection() as connection:
            transaction = connection.transaction()
            await transaction.start()
            try:
                yield connection
            except BaseException:
                await transaction.rollback()
                raise
            await (transaction.commit() if keep else transaction.rollback())


class _Batch:
    """Some chains in one transaction."""

    def __init__(self, connection: "PoolConnectionProxy[asyncpg.Record]", chains: list[str]) -> None:
        self._connection = connection
        self._chains = chains
        self._cannot: list[Difference] = []

    async def run(self, makes: Makes, makes_programme: MakesProgramme) -> tuple[int, list[Difference]]:
        await self._connection.execute("select pg_advisory_xact_lock($1)", LOCK)
        if await self._connection.fetchval(sql.ROWLESS, self._chains):
            await self._connection.execute(sql.NONE_BEGINS)
        await self._connection.execute(sql.HOLD, self._chains)
        behind = {row["cycle"] for row in await self._connection.fetch(sql.BEHIND, self._chains)}
        before = await self._rows()
        cycles = await self._cycles(makes)
        programmes = await self._programmes(makes_programme)
        for table in sql.TABLES:
            await self._connection.execute(sql.REMOVE.format(**table.names), self._chains)
        await self._write(cycles)
        await self._connection.executemany(sql.PROGRAMME, programmes)
        for statement in sql.PLACES:
            await self._connection.execute(statement, self._chains, TEXT_GONE)
        await self._connection.execute(sql.HEARD, self._chains)
        await self._connection.execute(sql.NOT_BEHIND, self._chains)
        await self._connection.execute(sql.NO_NEWS, self._chains)
        after = await self._rows()
        kept = {at: row for at, row in before.items() if at[1] in self._chains}
        found = differences(kept, after, behind)
        return len(after), [*self._cannot, *found]

    async def _rows(self) -> Rows:
        found: Rows = {}
        for table in sql.TABLES:
            rows = await self._connection.fetch(sql.STANDING.format(**table.names), self._chains)
            for one in rows:
                row = json.loads(one["row"])
                key = tuple(str(row[name]) for name in table.key)
                found[table.name, str(row[table.chain]), key] = row
        return found

    async def _cycles(self, makes: Makes) -> list[MadeAgain]:
        entries = await self._connection.fetch(sql.ENTRIES_OF.format(ENTRIES, "cycle"), self._chains)
        by_chain = _by("cycle", entries)
        frozen: dict[str, dict[int, Publication]] = {}
        for row in await self._connection.fetch(sql.FROZEN, self._chains):
            facts = {**dict(row), "facts": json.loads(row["facts"])}
            frozen.setdefault(row["cycle"], {})[row["version"]] = Publication.model_validate(facts)
        made = []
        for chain, rows in by_chain.items():
            try:
                made.append(makes([entry_of(row) for row in rows], frozen.get(chain, {})))
            except (LookupError, ValueError):
                self._leave(chain)
        return made

    async def _programmes(self, makes: MakesProgramme) -> list[tuple[Any, ...]]:
        entries = await self._connection.fetch(
            sql.ENTRIES_OF.format(PROGRAMME_ENTRIES, "programme"), self._chains
        )
        made: list[tuple[Any, ...]] = []
        for chain, rows in _by("programme", entries).items():
            try:
                one = makes([programme_entry(row) for row in rows]).programme
            except (LookupError, ValueError):
                self._leave(chain)
            else:
                made.append((chain, one.version, one.opened_at, one.changed_at, one.model_dump_json()))
        return made

    def _leave(self, chain: str) -> None:
        """Its rows stay as they are: what they should be cannot be said."""
        self._chains.remove(chain)
        self._cannot.append(Difference(chain=chain, table="ledger", key=chain, kind="cannot"))

    async def _write(self, cycles: Sequence[MadeAgain]) -> None:
        await self._connection.executemany(sql.CYCLE, [_whole_cycle(one) for one in cycles])
        await self._connection.executemany(
            sql.BOARDS,
            [
                (one.last.cycle.reference, one.last.boards.model_dump_json())
                for one in cycles
                if one.last.boards
            ],
        )
        await self._connection.executemany(
            sql.PUBLICATION, [row for one in cycles for row in _published(one)]
        )
        ahead = [one.ahead.model_dump(mode="json") for one in cycles if one.ahead]
        await self._connection.execute(KEEP_DUTIES, json.dumps(ahead))
        runs = [one.run for one in cycles if one.run]
        await self._connection.execute(KEEP, json.dumps([run_row(one) for one in runs]))
        await self._connection.execute(STRUCK_OFF, [one.cycle for one in runs])


def differences(before: Rows, after: Rows, behind: set[str]) -> list[Difference]:
    """Where rows are others than before; what is counted behind the ledger may be behind."""
    found = []
    for at in sorted({*before, *after}):
        table, chain, key = at
        if chain in behind and table in sql.BEHIND_THE_LEDGER:
            continue
        was, is_now = before.get(at), after.get(at)
        if was is None or is_now is None:
            kind, columns = "missing" if was is None else "stray", list[str]()
        elif columns := _columns(table, was, is_now):
            kind = "differs"
        else:
            continue
        facts = {"chain": chain, "table": table, "key": "/".join(key), "kind": kind, "columns": columns}
        found.append(Difference.model_validate(facts))
    return found


def _columns(table: str, was: Row, is_now: Row) -> list[str]:
    names = sorted(name for name in {*was, *is_now} if was.get(name) != is_now.get(name))
    return [name for name in names if _read(table, name, was) != _read(table, name, is_now)]


def _read(table: str, name: str, row: Row) -> Any:
    shape = AS_IT_READS.get((table, name))
    try:
        return shape.model_validate(row[name]) if shape else row[name]
    except ValueError:
        return row[name]


def _by(column: str, rows: Sequence[asyncpg.Record]) -> dict[str, list[asyncpg.Record]]:
    found: dict[str, list[asyncpg.Record]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found


def _whole_cycle(made: MadeAgain) -> tuple[Any, ...]:
    last = made.last
    placeholder = f"[{last.placeholder.model_dump_json()}]" if last.placeholder else "[]"
    return (
        last.cycle.reference,
        json.dumps(cycle_row(last), default=str),
        last.cycle.model_dump_json(),
        json.dumps(request_rows(last.cycle), default=str),
        "[" + ",".join(one.model_dump_json() for one in last.deadlines) + "]",
        placeholder,
        last.boards.edition if last.boards else 0,
        last.boards is not None,
    )


def _published(made: MadeAgain) -> list[tuple[Any, ...]]:
    back = dict(made.withdrawals)
    return [
        (
            made.last.cycle.reference,
            one.version,
            one.published_at,
            one.fingerprint,
            json.dumps(one.facts, default=str),
            back[one.version].at if one.version in back else None,
            back[one.version].notice if one.version in back else None,
        )
        for one in made.publications
    ]
