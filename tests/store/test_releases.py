"""Publication, release and withdrawal in a real PostgreSQL: wholly or not at all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from rules.apply import add_up
from rules.publishing.releasing import released, waiting
from rules.writing import writing_of
from schemas.commands import AnyCommand
from schemas.records import Standing
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from store.reads import Reads
from tests import scenario as s
from tests.rules import acts
from tests.rules import findings_acts as about
from tests.rules.table import Table, signed
from tests.store.test_ledger import count, written

pytestmark = pytest.mark.real


@asynccontextmanager
async def breaking(pool: Pool, table: str, does: str) -> AsyncIterator[None]:
    """A database in which every change of a table does something first."""
    await pool.execute(
        f"create function breaks() returns trigger language plpgsql as $$ begin {does}; return new; end $$"
    )
    await pool.execute(
        f"create trigger breaks before insert or update on {table} for each row execute function breaks()"
    )
    try:
        yield
    finally:
        await pool.execute(f"drop trigger breaks on {table}")
        await pool.execute("drop function breaks()")


async def carry_out(ledger: Ledger, table: Table, command: AnyCommand) -> Standing:
    """Do one act and write it down."""
    before = len(table.entries)
    table.do(command)
    return await ledger.record(writing_of(tuple(table.entries[before:]), table.cycle, table.calendar))


async def publish(ledger: Ledger, table: Table) -> Standing:
    """Publish and write it down."""
    return await carry_out(ledger, table, s.publish(acts.REF))


async def test_a_publication_that_fails_leaves_no_entry_behind(pool: Pool) -> None:
    """The row of what is public refuses: the ledger has not moved, and the same act succeeds later."""
    table = signed()
    ledger = await written(pool, table)
    entries, rows = await count(pool, "ledger"), await count(pool, "deadlines")
    async with breaking(pool, "publications", "raise exception 'no room'"):
        with pytest.raises(asyncpg.PostgresError):
            await publish(ledger, table)
        assert await count(pool, "ledger") == entries
        assert await count(pool, "publications") == 0
        assert await count(pool, "deadlines") == rows
        page = await Reads(pool).cycle(acts.REF)
        assert page is not None
        assert page.cycle.published() is None
    kept = table.entries[entries:]
    assert await ledger.record(writing_of(tuple(kept), table.cycle, table.calendar)) == Standing()
    assert await count(pool, "publications") == 1


async def test_a_publication_that_is_cut_off_in_the_middle_leaves_nothing_half(pool: Pool) -> None:
    """The connection is killed while the row is written."""
    table = signed()
    ledger = await written(pool, table)
    entries = await count(pool, "ledger")
    async with breaking(pool, "publications", "perform pg_sleep(30)"):
        doing = asyncio.create_task(publish(ledger, table))
        for _ in range(100):
            found = await pool.fetchval(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                " and pid <> pg_backend_pid() and wait_event = 'PgSleep'"
            )
            if found:
                break
            await asyncio.sleep(0.05)
        with pytest.raises((asyncpg.PostgresError, OSError)):
            await doing
        assert await count(pool, "ledger") == entries
        assert await count(pool, "publications") == 0


async def test_a_withdrawal_that_fails_leaves_everything_in_public(pool: Pool) -> None:
    """Neither half."""
    table = signed()
    ledger = await written(pool, table)
    await publish(ledger, table)
    before = len(table.entries)
    table.do(about.withdraw())
    writing = writing_of(tuple(table.entries[before:]), table.cycle, table.calendar)
    async with breaking(pool, "publications", "raise exception 'no room'"):
        with pytest.raises(asyncpg.PostgresError):
            await ledger.record(writing)
        assert await count(pool, "ledger") == before
        row = await Reads(pool).publication(acts.REF)
        assert row is not None
        assert row.withdrawn_at is None
    assert await ledger.record(writing) == Standing()
    assert await ledger.record(writing) == Standing()


async def test_a_release_is_shown_until_it_comes_and_a_withdrawal_after(pool: Pool) -> None:
    """Placeholder, publication, notice, correction: each in the act that makes it."""
    await Keeping(pool).keep_words(s.WORDS.kept)
    reads, table = Reads(pool), signed()
    table.do(about.schedule(table.after(5)))
    await Keeping(pool).keep_words(s.WORDS.kept)
    ledger = await written(pool, table)
    [shown] = await reads.releases(acts.REF)
    assert (shown.at, shown.notice) == (table.after(5), "The findings come after the meeting.")
    version = waiting(table.cycle)
    assert version is not None
    start = len(table.entries)
    table.engine(*released(table.cycle, version))
    await ledger.record(writing_of(tuple(table.entries[start:]), table.cycle, table.calendar))
    assert await reads.releases() == []
    published = await reads.publication(acts.REF)
    assert published is not None
    for command in (about.withdraw(), about.correction()):
        await carry_out(ledger, table, command)
    await Keeping(pool).keep_words(s.WORDS.kept)
    gone = await reads.publication(acts.REF, 1)
    assert gone is not None
    assert gone.withdrawn_at is not None
    assert gone.withdrawal == "These findings named somebody. They come again."
    for command in (
        s.approve(acts.REF, s.CHIEF_EXECUTIVE, 2),
        s.approve(acts.REF, s.COMMISSIONER, 2),
        about.correct(),
    ):
        await carry_out(ledger, table, command)
    newest = await reads.publication(acts.REF)
    assert newest is not None
    assert (newest.version, newest.withdrawn_at) == (2, None)
    assert add_up(await ledger.entries(acts.REF)) == table.cycle
