"""The feed over a real PostgreSQL: one order, nothing skipped, and in public what is public."""

import asyncio
import json
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from rules.publishing.publication import PUBLIC
from schemas.feed import Cursor, FeedEntry, Wanted
from schemas.records import Entry
from store import migrate as migration
from store.feed import CYCLES, Feed
from store.migrate import migrate
from store.pool import Pool, connect
from tests.rules import acts
from tests.rules.table import opened, signed
from tests.store.put import PUT, as_of, corrected, put, rows

pytestmark = pytest.mark.real
OFFICE, EVERYBODY = Wanted(scope="office"), Wanted(scope="public")
START = Cursor()


async def read(feed: Feed, wanted: Wanted, cursor: Cursor = START, most: int = 7) -> list[FeedEntry]:
    """The whole feed from a cursor on, a few entries at a time."""
    found: list[FeedEntry] = []
    while True:
        passage = await feed.after(wanted, cursor, most)
        found += passage.entries
        cursor = passage.through
        if not passage.more:
            return found


def ids(found: list[FeedEntry]) -> list[str]:
    """Cycle and version of each entry."""
    return [f"{of_cycle(one).cycle}/{one.entry.version}" for one in found]


def of_cycle(one: FeedEntry) -> Entry:
    """The entry, which is a cycle's."""
    assert isinstance(one.entry, Entry)
    return one.entry


async def test_everything_comes_once_in_the_order_of_its_positions(pool: Pool) -> None:
    """Two cycles whose acts alternate are read as they were written, however little is read at once."""
    first, second = opened(requests=2).entries, as_of(signed().entries, "HTA-2026-8888")
    for a, b in zip(first, second, strict=False):
        await put(pool, [a])
        await put(pool, [b])
    found = await read(Feed(pool), OFFICE)
    assert len(found) == 2 * min(len(first), len(second))
    assert ids(found)[:2] == [f"{acts.REF}/1", "HTA-2026-8888/1"]
    positions = [one.cursor.position for one in found]
    assert positions == sorted(positions)
    assert ids(found) == ids(await read(Feed(pool), OFFICE, most=1))


async def test_an_entry_that_commits_later_is_not_skipped(pool: Pool) -> None:
    """While an earlier position is still open, nothing after it is given; then both come, in order."""
    entries = signed().entries
    feed = Feed(pool)
    async with pool.connection() as slow:
        transaction = slow.transaction()
        await transaction.start()
        await slow.execute(PUT, rows(as_of(entries[:1], "HTA-2026-7001")))
        await put(pool, as_of(entries[:1], "HTA-2026-7002"))
        assert await read(feed, OFFICE) == []
        assert await read(Feed(pool), OFFICE) == []
        await transaction.commit()
    assert ids(await read(feed, OFFICE)) == ["HTA-2026-7001/1", "HTA-2026-7002/1"]


async def test_a_transaction_that_began_earlier_may_write_later(pool: Pool) -> None:
    """The number of a transaction says nothing of its positions: none of either order is lost."""
    entries, feed = signed().entries, Feed(pool)
    async with pool.connection() as early, pool.connection() as late:
        first, second = early.transaction(), late.transaction()
        await first.start()
        await early.fetchval("select pg_current_xact_id()")
        await second.start()
        await late.execute(PUT, rows(as_of(entries[:1], "HTA-2026-7003")))
        await early.execute(PUT, rows(as_of(entries[:1], "HTA-2026-7004")))
        await first.commit()
        assert await read(feed, OFFICE) == []
        await second.commit()
    assert ids(await read(feed, OFFICE)) == ["HTA-2026-7003/1", "HTA-2026-7004/1"]


async def test_what_is_rolled_back_leaves_a_gap_that_nobody_waits_for(pool: Pool) -> None:
    """A position that was given and never used holds nobody up."""
    entries, feed = signed().entries, Feed(pool)
    async with pool.connection() as gone:
        transaction = gone.transaction()
        await transaction.start()
        await gone.execute(PUT, rows(as_of(entries[:1], "HTA-2026-7005")))
        await transaction.rollback()
    await put(pool, as_of(entries[:1], "HTA-2026-7006"))
    found = await read(feed, OFFICE)
    assert ids(found) == ["HTA-2026-7006/1"]
    assert found[0].cursor.position == 2


async def test_a_follower_beside_many_writers_misses_nothing(pool: Pool) -> None:
    """Eight writers at once, and a reader that follows them, see every entry once and each cycle in order."""
    entries, feed, found = signed().entries, Feed(pool), list[FeedEntry]()
    names = [f"HTA-2026-60{n:02d}" for n in range(8)]

    async def write(name: str) -> None:
        for one in as_of(entries, name):
            await put(pool, [one])

    async def follow() -> None:
        cursor = START
        while len(found) < len(names) * len(entries):
            passage = await feed.after(OFFICE, cursor, 5)
            found.extend(passage.entries)
            cursor = passage.through

    async with asyncio.timeout(60):
        await asyncio.gather(follow(), *(write(name) for name in names))
    assert len(set(ids(found))) == len(found) == len(names) * len(entries)
    for name in names:
        versions = [one.entry.version for one in found if of_cycle(one).cycle == name]
        assert versions == list(range(1, len(entries) + 1))


async def test_before_findings_are_published_everybody_hears_nothing(pool: Pool) -> None:
    """A cycle without published findings is not in the public feed at all."""
    await put(pool, signed().entries)
    assert await read(Feed(pool), EVERYBODY) == []


async def test_what_led_to_findings_comes_out_with_them(pool: Pool) -> None:
    """A reader who is past a cycle's beginning hears it all when it is published, in order, and no more."""
    entries = corrected()
    end = next(n for n, one in enumerate(entries) if one.event.kind == "FindingsPublished")
    feed = Feed(pool)
    await put(pool, entries[:end])
    before = await feed.after(EVERYBODY, START, 100)
    assert before.entries == ()
    assert before.through.position == end
    await put(pool, as_of(entries[:end], "HTA-2026-8888"))
    await put(pool, entries[end:])
    found = await read(feed, EVERYBODY, before.through, most=3)
    said = [one for one in entries if one.public]
    assert [one.entry for one in found] == said
    assert {one.event.kind for one in said} <= PUBLIC
    assert len(said) < len(entries)


async def test_sensitive_entries_are_never_public(pool: Pool) -> None:
    """What is marked stays inside whatever its kind."""
    entries = corrected()
    marked = [one.model_copy(update={"marking": "OFFICIAL-SENSITIVE"}) for one in entries[:3]]
    await put(pool, [*marked, *entries[3:]])
    found = await read(Feed(pool), EVERYBODY)
    assert {one.entry.version for one in found}.isdisjoint({1, 2, 3})
    assert {one.entry.marking for one in found} == {"OFFICIAL"}


def said_later(entries: list[Entry], **changes: Any) -> Entry:
    """Another public act of the cycle, which publishes and withdraws nothing, after all of the entries."""
    one = next(one for one in entries if one.public and not one.event.kind.startswith("Findings"))
    return one.model_copy(update={"version": len(entries) + 1, **changes})


async def test_what_comes_after_publication_is_heard_at_once_unless_it_is_marked(pool: Pool) -> None:
    """An act on published findings comes out at its own position; one that is marked never does."""
    entries, feed = corrected(), Feed(pool)
    await put(pool, entries)
    await put(pool, [said_later(entries, marking="OFFICIAL-SENSITIVE")])
    heard = await read(feed, EVERYBODY)
    assert len(entries) + 1 not in {one.entry.version for one in heard}
    await put(pool, [said_later(entries, version=len(entries) + 2)])
    assert [one.entry.version for one in await read(feed, EVERYBODY)][len(heard) :] == [len(entries) + 2]


async def test_what_comes_after_a_withdrawal_is_not_heard(pool: Pool) -> None:
    """Nothing of a cycle whose findings are withdrawn is public but that they are."""
    entries = corrected(withdrawn=True)
    await put(pool, entries)
    await put(pool, [said_later(entries)])
    found = await read(Feed(pool), EVERYBODY)
    assert [one.entry.event.kind for one in found] == ["FindingsWithdrawn"]


async def test_withdrawn_findings_take_everything_back_but_the_word_that_they_were(pool: Pool) -> None:
    """From then on everybody hears of the withdrawal alone, until something is published again."""
    entries = corrected(withdrawn=True)
    assert entries[-1].event.kind == "FindingsWithdrawn"
    await put(pool, entries)
    feed = Feed(pool)
    assert [one.entry.event.kind for one in await read(feed, EVERYBODY)] == ["FindingsWithdrawn"]
    again = next(one for one in entries if one.event.kind == "FindingsPublished")
    await put(pool, [again.model_copy(update={"version": len(entries) + 1})])
    found = await read(feed, EVERYBODY)
    assert found[-1].entry.version == len(entries) + 1
    assert len(found) > len(entries) // 3


async def test_a_page_of_the_public_feed_is_read_along_its_index(pool: Pool) -> None:
    """However much is public, no more rows are read than are asked for, and nothing is sorted for it."""
    entries = corrected()
    for number in range(40):
        await put(pool, as_of(entries, f"HTA-2026-{7000 + number}"))
    await pool.execute("analyze ledger, public_feed")
    said, asked = CYCLES.page(EVERYBODY)
    plan = await pool.fetchval(
        f"explain (analyze, format json) {said}",
        *(0, 0, len(entries) * 40, *asked, 20),
    )
    nodes = list(_nodes(json.loads(plan)[0]["Plan"]))
    assert max(one["Actual Rows"] for one in nodes) == 20
    assert "public_feed_pkey" in [one.get("Index Name") for one in nodes]
    assert "ledger_position" in [one.get("Index Name") for one in nodes]


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for one in plan.get("Plans", ()):
        yield from _nodes(one)


async def test_what_is_walled_off_is_passed_over_and_nothing_after_it_is_lost(pool: Pool) -> None:
    """An entry that whoever asks may not read takes its place in the order, and says nothing."""
    await put(pool, corrected())
    whole = await read(Feed(pool), EVERYBODY)
    await pool.execute("insert into public_feed values (1, $1, 'CycleOpened', 'HTA-2026-9999')", 1_000_000)
    feed = Feed(pool)
    first = await feed.after(EVERYBODY, START, 1)
    assert (first.entries, first.more) == ((), True)
    assert first.through.text == "1.1000000"
    assert await read(feed, EVERYBODY, most=1) == whole


async def test_kinds_and_cycles_can_be_chosen(pool: Pool) -> None:
    """Only what is wanted comes, and the cursor goes past the rest."""
    await put(pool, signed().entries)
    await put(pool, as_of(signed().entries, "HTA-2026-8888"))
    wanted = Wanted(scope="office", kinds=("CycleOpened",), cycle="HTA-2026-8888")
    feed = Feed(pool)
    passage = await feed.after(wanted, START, 10)
    assert ids(list(passage.entries)) == ["HTA-2026-8888/1"]
    assert passage.through.position == await feed.settled()
    assert await feed.behind(wanted, START) == 1
    assert await feed.behind(wanted, passage.through) == 0


async def test_whoever_listens_is_woken_by_an_act(pool: Pool) -> None:
    """News comes at once, not at the next look."""
    feed = Feed(pool)
    async with feed.listening():
        await feed.news(feed.mark(), 2)  # the connection is there
        mark = feed.mark()
        waiting = asyncio.create_task(feed.news(mark, 30))
        await put(pool, signed().entries[:1])
        async with asyncio.timeout(2):
            await waiting


async def test_a_filled_database_is_numbered_in_the_order_in_which_it_was_written(
    postgres: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The migration numbers what stands, goes on from there, and leaves the guard as it was."""
    name = f"t{secrets.token_hex(6)}"
    admin = await asyncpg.connect(postgres)
    await admin.execute(f"create database {name}")
    shipped = sorted(migration.FOLDER.glob("*.sql"))
    for file in shipped:
        if file.name < "0008":
            (tmp_path / file.name).write_text(file.read_text(encoding="utf8"), encoding="utf8")
    async with await connect(postgres.replace("/postgres?", f"/{name}?")) as pool:
        walls, none = migration.WALLS, tmp_path / "no walls yet"
        none.write_text("select 1")
        monkeypatch.setattr(migration, "FOLDER", tmp_path)
        monkeypatch.setattr(migration, "WALLS", none)
        await migrate(pool)
        entries = signed().entries
        for one in entries:
            await put(pool, [one])
        monkeypatch.setattr(migration, "FOLDER", shipped[0].parent)
        monkeypatch.setattr(migration, "WALLS", walls)
        await migrate(pool)
        await put(pool, as_of(entries[:1], "HTA-2026-8888"))
        found = await read(Feed(pool), OFFICE)
        assert [one.cursor.position for one in found] == list(range(1, len(entries) + 2))
        assert [one.entry for one in found[:-1]] == entries
        for act in ("update ledger set marking = 'OFFICIAL'", "delete from ledger", "truncate ledger"):
            with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="appended to, never altered"):
                await pool.execute(act)
    await admin.execute(f"drop database {name} with (force)")
    await admin.close()
