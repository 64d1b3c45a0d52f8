"""What is measured at one size: acts as the worker writes them, bare inserts, and boards as pages read."""

import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest
from typing import Any

from bench.clock import instant
from bench.crowd import Teller
from bench.growth.filling import MEASURED
from bench.workload import WORDS, whole_cycle
from demonstration.actors import OFFICER
from reference.catalogue import calendar, demonstration_people
from reference.working import working_calendar
from rules.calendars import WorkingCalendar
from rules.clocks import civil
from rules.writing import writing_of
from schemas.listing import SoughtCycles
from schemas.records import Writing
from schemas.viewing import Viewer
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool, connect
from store.reads import Reads
from store.viewing import connect_face, looking

AHEAD = 10
"""Working days within which something falls due soon."""
FLOOR = """
create table if not exists growth_floor (
    cycle text, version integer, at timestamptz default now(), body jsonb, primary key (cycle, version))
"""
BARE = """
insert into growth_floor (cycle, version, body)
select e ->> 'cycle', (e ->> 'version')::integer, e from jsonb_array_elements($1::jsonb) e
"""
SEEN = """
select (select sum(hits) + sum(reads) from pg_stat_get_backend_io(pg_backend_pid())
        where object = 'relation')::bigint as buffers,
       (select wal_bytes from pg_stat_get_backend_wal(pg_backend_pid()))::bigint as wal,
       (select wal_fpi from pg_stat_get_backend_wal(pg_backend_pid()))::bigint as pages
"""
"""What this connection has done so far: buffers asked for, bytes of log, and whole pages among these."""
KEPT = """
select relname as name, pg_total_relation_size(oid)::bigint as size, pg_indexes_size(oid)::bigint as indexes
from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by size desc
"""
HISTORIES = """
select cycle from (
    select reference as cycle, row_number() over (order by reference) as place, count(*) over () as many
    from cycles where reference >= 'HTA-2030') c
where mod(place, greatest(1, many / $1)) = 0 limit $1
"""
Facts = dict[str, Any]


class Counting(Pool):
    """A pool of one connection that counts what is asked of it."""

    def __init__(self, pool: Pool) -> None:
        super().__init__(pool.inner)
        self.statements = 0

    async def fetch(self, query: str, *arguments: Any) -> list[Any]:
        """Every row."""
        self.statements += 1
        return await super().fetch(query, *arguments)

    async def fetchval(self, query: str, *arguments: Any) -> Any:
        """The first column of the first row."""
        self.statements += 1
        return await super().fetchval(query, *arguments)


@dataclass(frozen=True)
class Sizes:
    """How much is measured at each size."""

    rounds: int
    cycles: int
    """Whole cycles written in a round."""
    asks: int
    """How often each board is asked for in a round."""


def told(numbers: range, now: datetime) -> list[list[Writing]]:
    """Whole cycles as the rules write them, act by act."""
    known = working_calendar(calendar().version)
    assert isinstance(known, WorkingCalendar)
    found = []
    for number in numbers:
        teller = Teller(f"{MEASURED}{number:04d}", known)
        for minute, command in enumerate(whole_cycle(teller.reference, now, ("2026/0101", "2026/0102"))):
            teller.do(command, now + timedelta(minutes=minute))
        found.append([writing_of(entries, cycle, known) for entries, cycle in teller.writings])
    return found


def in_turn(cycles: Sequence[Sequence[Writing]]) -> Iterator[Writing]:
    """The first act of each cycle, then the second of each, as in an office that holds several."""
    for turn in zip_longest(*cycles):
        yield from (one for one in turn if one is not None)


async def acts(
    pool: Counting, given: Sequence[Writing], write: Callable[[Writing], Awaitable[object]]
) -> Facts:
    """Write acts one after the other; what one of them took."""
    times, asked = [], pool.statements
    before = await _so_far(pool)
    for one in given:
        began = time.perf_counter()
        await write(one)
        times.append(time.perf_counter() - began)
    after = await _so_far(pool)
    counted = pool.statements - asked - 4  # the looks before and after
    return {
        "ms": 1000 * statistics.median(times),
        "p95_ms": 1000 * sorted(times)[int(0.95 * len(times))],
        "statements": counted / len(times),
        **{name: (after[name] - before[name]) / len(times) for name in after},
    }


async def _so_far(pool: Counting) -> dict[str, int]:
    await pool.fetchval("select pg_stat_force_next_flush()")
    (row,) = await pool.fetch(SEEN)
    return {name: int(row[name]) for name in ("buffers", "wal", "pages")}


async def written(database: str, sizes: Sizes, first: int) -> list[Facts]:
    """Each round: the acts through the ledger, and the same entries by bare inserts, in turn."""
    found = []
    async with await connect(database, most=1) as inner:
        pool = Counting(inner)
        await pool.execute(FLOOR)
        await Keeping(pool).keep_words(WORDS.kept)

        async def bare(one: Writing) -> None:
            said = "[" + ",".join(entry.model_dump_json() for entry in one.entries) + "]"
            await pool.fetchval(BARE, said)

        for turn in range(sizes.rounds + 1):
            start = first + turn * sizes.cycles
            given = list(in_turn(told(range(start, start + sizes.cycles), instant())))
            product = await acts(pool, given, Ledger(pool).record)
            floor = await acts(pool, given, bare)
            if turn:  # the first one plans statements and fills caches
                found.append({**product, **{f"floor_{name}": value for name, value in floor.items()}})
    return found


async def boards(database: str, sizes: Sizes) -> list[Facts]:
    """Each round: what is late, what is due soon, one cycle's history, as an officer's pages ask for them."""
    seen = await connect_face(database, most=1)
    now = instant()
    soon = _soon(now)
    async with seen:
        some = await _some(database, sizes.asks)
        reads = Reads(seen)
        asks: dict[str, Callable[[int], Awaitable[object]]] = {
            "late_now": lambda _: reads.cycle_list(SoughtCycles(late=True, order="due"), now),
            "due_soon": lambda _: reads.owed(None, None, now, soon),
            "history": lambda turn: reads.timeline(some[turn % len(some)]),
            "late_in_public": lambda _: reads.late_now(now),
            "smallest": lambda _: seen.fetchval("select 1"),
        }
        found = []
        with looking(_officer(now)):
            for turn in range(sizes.rounds + 1):
                took = {f"{name}_ms": await _median(ask, sizes.asks) for name, ask in asks.items()}
                if turn:
                    found.append(took)
    return found


def _soon(now: datetime) -> datetime:
    known = working_calendar(calendar().version)
    assert isinstance(known, WorkingCalendar)
    day = known.after(civil(now), AHEAD)
    assert isinstance(day, date), day
    return now + (day - civil(now))


async def _some(database: str, count: int) -> list[str]:
    """Cycles from all over the record."""
    async with await connect(database, most=1) as pool:
        rows = await pool.fetch(HISTORIES, count)
    return [row["cycle"] for row in rows]


async def _median(ask: Callable[[int], Awaitable[object]], times: int) -> float:
    took = []
    for turn in range(times):
        began = time.perf_counter()
        await ask(turn)
        took.append(time.perf_counter() - began)
    return 1000 * statistics.median(took)


def _officer(now: datetime) -> Viewer:
    person = demonstration_people()[OFFICER.person]
    return Viewer(person=person.id, role=person.role, organisation=person.organisation, on=civil(now))


async def kept(pool: Pool) -> Facts:
    """What stands: cycles, entries, bytes of each of the larger tables."""
    row = await pool.fetchrow(
        "select (select count(*) from cycles) as cycles, (select count(*) from ledger) as entries,"
        " (select count(*) from cycles where stage not in ('closed', 'cancelled')) as open,"
        " (select count(*) from requests) as requests,"
        " (select count(*) from deadlines where not done) as owed,"
        " pg_database_size(current_database())::bigint as bytes"
    )
    assert row is not None
    tables = await pool.fetch(KEPT)
    return {
        **dict(row),
        "tables": {one["name"]: [one["size"], one["indexes"]] for one in tables[:12]},
    }
