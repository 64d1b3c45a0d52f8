"""What is watched of the record, in a real PostgreSQL: what is due and was not done."""

from datetime import timedelta

import pytest
from asyncpg import InsufficientPrivilegeError

from engine.timing import count_up
from rules import duties
from store.pool import Pool
from store.runs import RunKeeping
from store.viewing import connect_hand
from store.watched import WatchedReads
from tests.rules import acts
from tests.rules.table import Table, opened
from tests.shell import own_database
from tests.store.test_ledger import written
from watching.gauges import RUNG_LATE, RUNGS, STORE, Gauges

pytestmark = pytest.mark.real


async def counted(pool: Pool, table: Table) -> None:
    """Write down what happened on the table, and count it."""
    await written(pool, table)
    await count_up(RunKeeping(pool))


async def test_a_rung_that_did_not_fire_is_seen_and_for_how_long(pool: Pool) -> None:
    """Before it falls due nothing is late; then one cycle is, until its duties are done or nothing is due."""
    table = opened(requests=2)
    await counted(pool, table)
    coming = duties.duties(table.cycle, table.calendar)[0]
    reads = WatchedReads(pool)
    assert (await reads.watched(coming.at)).rungs_due == 0
    late = await reads.watched(coming.at + timedelta(minutes=6))
    assert (late.rungs_due, late.rung_due_since) == (1, coming.at)
    await Gauges(reads, lambda: coming.at + timedelta(minutes=6)).look()
    assert (STORE._value.get(), RUNGS._value.get(), RUNG_LATE._value.get()) == (1, 1, 360)
    table.now += timedelta(minutes=1)
    table.do(acts.cancel())
    for entry in table.entries:
        assert entry.cycle == acts.REF
    await counted(pool, table)
    assert (await reads.watched(coming.at + timedelta(days=99))).rungs_due == 0


async def test_pages_may_ask_though_they_read_none_of_it(pool: Pool, postgres: str) -> None:
    """The hand of the pages gets the numbers, and changes nothing of what they are made of."""
    await counted(pool, opened())
    async with await connect_hand(await own_database(pool, postgres), most=2) as hand:
        watched = await WatchedReads(hand).watched(opened().now)
        assert (watched.cycles_open, watched.cycles_behind, watched.ledger_since is None) == (1, 0, False)
        assert 0 < watched.connections < watched.connections_most
        with pytest.raises(InsufficientPrivilegeError):
            await hand.execute("delete from duties_ahead")
