"""The ledger in a real PostgreSQL."""

import asyncio

import asyncpg
import pytest

from rules.apply import add_up
from rules.writing import writing_of
from schemas.cycle import Cycle
from schemas.records import Standing, Writing
from store.ledger import Ledger, LedgerGapError
from store.pool import Pool
from store.reads import Reads
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import Table, opened, signed

pytestmark = pytest.mark.real


def writings(table: Table) -> list[Writing]:
    """The writings that made this cycle, one for each act."""
    found, start = [], 0
    for end in range(1, len(table.entries) + 1):
        if end == len(table.entries) or table.entries[end].key != table.entries[start].key:
            entries = tuple(table.entries[start:end])
            found.append(writing_of(entries, add_up(table.entries[:end]), table.calendar))
            start = end
    return found


async def written(pool: Pool, table: Table) -> Ledger:
    """A ledger with everything that happened on the table."""
    ledger = Ledger(pool)
    for writing in writings(table):
        assert await ledger.record(writing) == Standing()
    return ledger


async def count(pool: Pool, table: str) -> int:
    """How many rows a table has."""
    found: int = await pool.fetchval(f"select count(*) from {table}")  # noqa: S608 - a name from this file
    return found


async def test_what_is_written_twice_stands_once(pool: Pool) -> None:
    """The same writing again changes nothing and is answered the same."""
    table = signed()
    ledger = await written(pool, table)
    for writing in writings(table):
        await ledger.record(writing)
    assert await ledger.entries(acts.REF) == table.entries
    assert await count(pool, "ledger") == len(table.entries)


async def test_many_at_once_write_once(pool: Pool) -> None:
    """Ten attempts at the same writing, at the same time, leave one set of entries."""
    ledger = Ledger(pool)
    first = writings(opened(requests=2))[0]
    answers = await asyncio.gather(*(ledger.record(first) for _ in range(10)))
    assert answers == [Standing()] * 10
    assert await count(pool, "ledger") == len(first.entries)


async def test_rivals_for_one_place_are_told_who_stands_there(pool: Pool) -> None:
    """Of ten different acts for the same version one is written, and nine get it back."""
    table = opened()
    ledger = await written(pool, table)
    after = table.cycle
    rivals = []
    for _ in range(10):
        rival = Table(table.now)
        rival.entries = list(table.entries)
        rival.do(acts.acknowledge())
        rivals.append(writing_of((rival.entries[-1],), rival.cycle, table.calendar))
    answers = await asyncio.gather(*(ledger.record(one) for one in rivals))
    [stands] = await ledger.entries(acts.REF, since=after.version + 1)
    assert sorted(len(one.entries) for one in answers) == [0] + [1] * 9
    assert {one.entries[0] for one in answers if one.entries} == {stands}


async def test_a_conflict_returns_everything_that_stands_and_writes_nothing(pool: Pool) -> None:
    """Whoever comes second gets all entries from that version on, and no row of theirs is kept."""
    table = opened()
    ledger = await written(pool, table)
    late = Table(table.now)
    late.entries = list(table.entries)
    late.do(acts.pause())
    table.do(acts.acknowledge(), s.submit(acts.REF))
    for writing in writings(table)[1:]:
        await ledger.record(writing)
    standing = await ledger.record(writing_of((late.entries[-1],), late.cycle, table.calendar))
    assert list(standing.entries) == table.entries[-2:]
    page = await Reads(pool).cycle(acts.REF)
    assert page is not None
    assert page.cycle == table.cycle


async def test_a_gap_is_a_bug_and_nothing_is_written(pool: Pool) -> None:
    """An entry whose predecessor is missing is refused loudly, rows included."""
    table = opened()
    table.do(acts.acknowledge())
    with pytest.raises(LedgerGapError, match="nothing stands before entry 4"):
        await Ledger(pool).record(writings(table)[1])
    assert await count(pool, "ledger") + await count(pool, "cycles") == 0


async def test_one_act_is_written_whole_or_not_at_all(pool: Pool) -> None:
    """If one row cannot be kept, neither entries nor other rows of the act are."""
    first = writings(opened(requests=3))[0]
    broken = first.model_copy(update={"deadlines": (first.deadlines[0], first.deadlines[0])})
    with pytest.raises(asyncpg.PostgresError):
        await Ledger(pool).record(broken)
    for name in ("ledger", "cycles", "requests", "deadlines"):
        assert await count(pool, name) == 0


@pytest.mark.parametrize(
    "alteration",
    [
        "update ledger set actor = '{}'",
        "update ledger set version = 99 where version = 1",
        "delete from ledger where version = 1",
        "truncate ledger",
        "truncate ledger cascade",
    ],
)
async def test_the_ledger_is_never_altered(pool: Pool, alteration: str) -> None:
    """Update, delete and truncate are refused by the database itself."""
    ledger = await written(pool, opened())
    with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="never altered"):
        await pool.execute(alteration)
    assert len(await ledger.entries(acts.REF)) == 3


async def test_rows_are_what_the_ledger_adds_up_to(pool: Pool) -> None:
    """Rebuilt from its entries alone, the cycle is the one that the pages read."""
    table = signed()
    table.do(acts.propose(s.date_after(table.now, 20)), acts.confirm(), s.publish(acts.REF))
    ledger = await written(pool, table)
    rebuilt = add_up(await ledger.entries(acts.REF))
    row = await pool.fetchrow("select * from cycles")
    assert row is not None
    assert Cycle.model_validate_json(row["state"]) == rebuilt == table.cycle
    assert (row["version"], row["stage"], row["paused"]) == (rebuilt.version, "following_up", False)
    requests = await pool.fetch("select number, lead, state, due_at from requests order by number")
    assert [tuple(one) for one in requests] == [
        (one.number, one.draft.lead, one.state, one.due.at if one.due else None) for one in rebuilt.requests
    ]
    kept = {one["key"]: one["due_at"] for one in await pool.fetch("select key, due_at from deadlines")}
    last = writings(table)[-1]
    assert kept == {one.key: one.due_at for one in last.deadlines}
    published = await Reads(pool).publication(acts.REF)
    assert published is not None
    assert last.publication is not None
    assert (published.facts, published.fingerprint) == (last.publication.facts, last.publication.fingerprint)


async def test_a_deadline_that_is_gone_leaves_the_boards(pool: Pool) -> None:
    """A withdrawn request owes nothing; the others still do."""
    table = opened(requests=2)
    table.do(acts.withdraw(1))
    await written(pool, table)
    assert {one.key for one in await Reads(pool).deadlines()} == {"return/2", "session/1"}


async def test_the_timeline_for_the_public_leaves_out_what_is_not_public(pool: Pool) -> None:
    """Newest first; acknowledgements are on the record and not shown."""
    table = opened()
    table.do(acts.acknowledge(), s.submit(acts.REF))
    await written(pool, table)
    reads = Reads(pool)
    everything = [one.entry.event.kind for one in await reads.timeline(acts.REF)]
    public = [one.entry.event.kind for one in await reads.timeline(acts.REF, public=True)]
    assert everything[:2] == ["ReturnSubmitted", "RequestAcknowledged"]
    assert public == [kind for kind in everything if kind != "RequestAcknowledged"]
