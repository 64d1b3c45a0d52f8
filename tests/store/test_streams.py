"""Whole tables read a batch at a time: as the record stood at one instant, in one viewer's name."""

from contextlib import aclosing

import asyncpg
import pytest

from schemas.directory import Sought
from schemas.listing import SoughtCycles
from schemas.searching import Wanted
from store.pool import Pool
from store.reads import Reads
from store.viewing import SeenPool, connect_face, looking
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import opened
from tests.store.checked import ELSEWHERE, OFFICER
from tests.store.test_keeping import record
from tests.store.test_public import two
from tests.store.walled import NOW, Land

pytestmark = pytest.mark.real


async def test_a_stream_is_read_in_the_name_of_whoever_began_it(settled: str, land: Land) -> None:
    """Somebody else who asks meanwhile sees their own rows; the stream goes on in the first one's name."""
    async with await connect_face(settled, most=2) as face:
        with looking(OFFICER):
            stream = face.batches("select cycle, version from ledger order by cycle, version", most=1)
            found = [*await anext(stream)]
        with looking(ELSEWHERE):
            async with aclosing(stream):
                async for rows in stream:
                    found += rows
                    theirs = await face.fetch("select cycle, version from ledger")
        assert {tuple(row) for row in found} == land.entries(OFFICER)
        assert {tuple(row) for row in theirs} == land.entries(ELSEWHERE)
        assert land.entries(OFFICER) != land.entries(ELSEWHERE)


async def test_whoever_has_the_connection_next_sees_their_own(face: SeenPool, land: Land) -> None:
    """A stream that is left half-way gives its only connection back, and nothing of whose eyes it had."""
    with looking(OFFICER):
        async with aclosing(face.batches("select cycle, version from ledger", most=1)) as stream:
            await anext(stream)
    with looking(ELSEWHERE):
        theirs = await face.fetch("select cycle, version from ledger")
    assert {tuple(row) for row in theirs} == land.entries(ELSEWHERE)
    seen = [row async for rows in face.batches("select cycle, version from ledger") for row in rows]
    assert {tuple(row) for row in seen} == land.entries(None)


async def test_every_whole_table_is_what_its_pages_are(face: SeenPool) -> None:
    """Cycles, open actions, acts and findings: streamed they are the rows that a page of all would have."""
    reads = Reads(face)
    with looking(OFFICER):
        sought = SoughtCycles(standing="all")
        cycles = [one async for some in reads.every_listed(sought, NOW) for one in some]
        assert tuple(cycles) == (await reads.cycle_list(sought, NOW, 1_000)).rows
        assert sorted(one.reference for one in cycles) == await reads.references()
        actions = [one async for some in reads.every_open_action(None, NOW) for one in some]
        assert tuple(actions) == (await reads.open_actions(None, NOW, most=None)).rows
        done = [one async for some in reads.every_done(Sought(), ()) for one in some]
        assert (done, len(done)) == await reads.done(Sought(), (), 100_000)


async def test_a_search_is_taken_whole_with_its_words(pool: Pool) -> None:
    """In the order of the page, each part saying how many there are in all."""
    reads = await two(pool)
    for wanted in (Wanted(), Wanted(words="kennels"), Wanted(words="zebra")):
        hits = await reads.search(wanted, 100)
        parts = [one async for one in reads.every_hit(wanted)]
        assert [it.row for one in parts for it in one.hits] == [it.row for it in hits.hits]
        assert {one.count for one in parts} == ({hits.count} if hits.count else set())


async def test_what_is_recorded_meanwhile_is_not_in_it(pool: Pool) -> None:
    """A table is of one instant; and no statement of such a reader can change anything."""
    await record(pool, opened(s.draft()))
    stream = pool.batches("select position from ledger order by position", most=1)
    async with aclosing(stream):
        before = len(await anext(stream))
        count = await pool.fetchval("select count(*) from ledger")
        await pool.execute("delete from texts")
        await pool.execute("update cycles set paused = not paused where reference = $1", acts.REF)
        async for rows in stream:
            before += len(rows)
    assert before == count
    async with pool.snapshot() as connection:
        with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
            await connection.execute("delete from texts")
