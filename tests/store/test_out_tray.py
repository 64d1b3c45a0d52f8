"""The out-tray in a real PostgreSQL: what acts leave in it, who takes it, and what becomes of it."""

import asyncio
from datetime import timedelta

import pytest

from rules.apply import add_up
from rules.telling.notices import told_by
from schemas.feed import Cursor, Wanted
from schemas.posting import Outgoing
from schemas.records import Standing, Writing
from store.feed import Feed
from store.ledger import Ledger
from store.pool import Pool
from store.watched import WatchedReads
from tests.rules import acts
from tests.rules.table import Table, opened
from tests.store.test_ledger import count, writings

pytestmark = pytest.mark.real

AN_HOUR = timedelta(hours=1)
OTHER = "HTA-2026-77"


def leaving(table: Table) -> list[Writing]:
    """The writings of a table, each with the letters that its act leaves."""
    found, before = [], None
    for one in writings(table):
        found.append(one.model_copy(update={"letters": told_by(one.entries, before)}))
        before = add_up(one.entries, before)
    return found


def told(letters: tuple[Outgoing, ...]) -> list[str]:
    """The letters' keys."""
    return [one.notice.key for one in letters]


async def left(pool: Pool, table: Table) -> tuple[Ledger, list[str]]:
    """A ledger with the table's acts, and the keys of the letters that they left, in order."""
    ledger, keys = Ledger(pool), []
    for writing in leaving(table):
        assert await ledger.record(writing) == Standing()
        keys += [one.key for one in writing.letters]
    return ledger, keys


def busy() -> Table:
    """A cycle whose acts leave several letters."""
    table = opened(requests=2)
    table.do(acts.ask_time(table.request().due.on + timedelta(days=7)))  # type: ignore[union-attr]
    return table


async def _of_another_cycle(pool: Pool) -> None:
    await pool.execute(
        "insert into cycles select (jsonb_populate_record(c, jsonb_build_object('reference', $1::text))).*"
        " from cycles c where reference = $2",
        OTHER,
        acts.REF,
    )
    await pool.execute(
        "insert into out_tray (key, cycle, notice) select $1, $1, jsonb_set(jsonb_set(notice, '{key}',"
        " to_jsonb($1::text)), '{cycle}', to_jsonb($1::text)) from out_tray limit 1",
        OTHER,
    )


async def test_an_act_leaves_its_letters_once_however_often_it_is_written(pool: Pool) -> None:
    """They are there in the order of the acts, and ten attempts at the same act leave no second one."""
    table = busy()
    ledger, keys = await left(pool, table)
    assert len(keys) > 2
    for writing in leaving(table):
        await asyncio.gather(*(ledger.record(writing) for _ in range(10)))
    async with ledger.letters.taken(20) as hand:
        assert told(hand.letters) == keys
        assert {one.set_back for one in hand.letters} == {table.cycle.set_back}


async def test_an_act_that_others_forestalled_leaves_no_letter(pool: Pool) -> None:
    """Its entries do not stand, so nobody is told of them."""
    table = busy()
    ledger, keys = await left(pool, table)
    rival = Table(table.now)
    rival.entries = opened(requests=2).entries
    rival.do(acts.withdraw())
    late = leaving(rival)[-1]
    assert late.letters
    assert (await ledger.record(late)).entries
    async with ledger.letters.taken(20) as hand:
        assert told(hand.letters) == keys


async def test_what_one_hand_holds_nobody_else_takes(pool: Pool) -> None:
    """Nor a later letter of the same cycle: two workers would tell people of acts in the wrong order."""
    ledger, keys = await left(pool, busy())
    await _of_another_cycle(pool)
    async with ledger.letters.taken(1) as first:
        assert told(first.letters) == keys[:1]
        async with ledger.letters.taken(20) as second:
            assert {one.notice.key for one in second.letters} == {OTHER}
        first.gone(first.letters[0])
    async with ledger.letters.taken(20, (acts.REF, OTHER)) as others:
        assert others.letters == ()
    async with ledger.letters.taken(20) as again:
        assert told(again.letters) == [*keys[1:], OTHER]


async def test_whoever_follows_the_ledger_does_not_wait_for_the_post(pool: Pool) -> None:
    """An act is heard while letters of another are on their way, however slow the mail server is."""
    table = busy()
    ledger, _ = await left(pool, table)
    async with ledger.letters.taken(20) as hand:
        assert hand.letters
        table.do(acts.withdraw())
        assert await ledger.record(leaving(table)[-1]) == Standing()
        passage = await Feed(pool).after(Wanted(scope="office"), Cursor(), 100)
        assert len(passage.entries) == len(table.entries)


async def _killed_holding(ledger: Ledger) -> None:
    async with ledger.letters.taken(20) as hand:
        hand.gone(hand.letters[0])
        raise ConnectionError("killed")


async def test_whoever_dies_holding_letters_leaves_them_as_they_were(pool: Pool) -> None:
    """Nothing that was said of them counts, and the next hand has them without waiting."""
    ledger, keys = await left(pool, busy())
    with pytest.raises(ConnectionError):
        await _killed_holding(ledger)
    async with ledger.letters.taken(20) as again:
        assert told(again.letters) == keys
        assert {one.tries for one in again.letters} == {0}


async def test_a_letter_put_off_keeps_those_of_its_cycle_behind_it_and_no_others(pool: Pool) -> None:
    """They go in the order of the acts, when its time has come."""
    ledger, keys = await left(pool, busy())
    await _of_another_cycle(pool)
    async with ledger.letters.taken(1) as hand:
        hand.put_off(hand.letters[0], AN_HOUR)
    async with ledger.letters.taken(20) as hand:
        assert len(hand.letters) == 1
        hand.gone(hand.letters[0])
    assert await count(pool, "out_tray") == len(keys)
    await pool.execute("update out_tray set not_before = now() where tries > 0")
    async with ledger.letters.taken(20) as hand:
        assert told(hand.letters) == keys
        assert [one.tries for one in hand.letters] == [1, *[0] * (len(keys) - 1)]


async def test_what_waits_is_watched_and_since_when(pool: Pool) -> None:
    """From outside one sees how many letters wait and how long the oldest has, and nothing else of them."""
    reads = WatchedReads(pool)
    now = await pool.fetchval("select now()")
    found = await reads.watched(now)
    assert (found.letters_waiting, found.letters_waiting_since) == (0, None)
    _, keys = await left(pool, busy())
    since = await pool.fetchval("select min(left_at) from out_tray")
    found = await reads.watched(now + AN_HOUR)
    assert (found.letters_waiting, found.letters_waiting_since) == (len(keys), since)
