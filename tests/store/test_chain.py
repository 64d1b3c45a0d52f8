"""The chains and checkpoints in a real PostgreSQL, whose owner may do what they like."""

import asyncio
from functools import partial

import asyncpg
import pytest

from engine.checkpoints import Checkpointing
from engine.verifying import verify
from rules.proving.erasing import without
from rules.proving.signing import Signer, digest
from rules.writing import writing_of
from schemas.chain import TEXT_GONE
from schemas.proving import Checkpointed, Erased, Verified
from store.chain import Chains
from store.checkpoints import Checkpoints
from store.ledger import Ledger
from store.pool import Pool
from store.reads import Reads
from tests.proving_memory import a_key
from tests.rules import acts
from tests.rules.table import opened, signed
from tests.store.test_ledger import writings, written

pytestmark = pytest.mark.real
KEY = a_key()
TAMPERED = {
    "a person": 'update ledger set actor = actor || \'{"person": "somebody-else"}\' where version = 2',
    "an instant": "update ledger set at = at + interval '1 microsecond' where version = 3",
    "when it was taken": "update ledger set recorded_at = recorded_at - interval '1 day' where version = 3",
    "the newest": "delete from ledger where version = (select max(version) from ledger)",
    "the newest, and the row": (
        "with gone as (delete from ledger where version = (select max(version) from ledger))"
        " update cycles set version = version - 1"
    ),
    "one within": "delete from ledger where version = 4",
    "all of it": "with gone as (delete from ledger) delete from cycles",
    "the order": (
        "update ledger set version = case version when 2 then 1002 else 1003 end where version in (2, 3);"
        " update ledger set version = case version when 1002 then 3 else 2 end where version > 1000"
    ),
    "a forged cycle": (
        "insert into ledger (cycle, version, kind, at, actor, key, content, marking, public, event,"
        " recorded_at, salt, link) select 'HTA-2026-99', version, kind, at, actor, key, content, marking,"
        " public, event,"
        " recorded_at, salt, link from ledger"
    ),
    "a noted head": "update checkpoint_heads set length = length - 1",
    "a checkpoint": "update checkpoints set said = jsonb_set(said, '{checkpoint,entries}', '3')",
    "its root": "update checkpoints set said = jsonb_set(said, '{checkpoint,root}', to_jsonb(digest))",
    "all checkpoints": "delete from ledger_keys; delete from checkpoint_heads; delete from checkpoints",
}
"""By name, in order of the parts of the record."""


async def kept(pool: Pool, *signers: Signer) -> Checkpointed:
    """The checkpoint of the day, as the worker makes it."""
    keeps = Checkpoints(pool)
    now = await pool.fetchval("select now()")
    return await Checkpointing(keeps, signers, "https://office.test", lambda: now).round()


async def verified(pool: Pool, seen: dict[int, str] | None = None) -> Verified:
    """What verifying comes to, by our key."""
    return await verify(Checkpoints(pool), {KEY.id: KEY.public}, seen or {})


async def test_what_is_appended_is_chained_in_the_same_statement(pool: Pool) -> None:
    """Acts of one entry and of many: each link is what the rules come to, and a checkpoint holds."""
    table = signed()
    await written(pool, table)
    made = await kept(pool, KEY)
    assert (made.number, made.made, made.chained) == (1, True, 0)
    assert (await kept(pool, KEY)).made is False
    found = await verified(pool)
    assert found.wrong == ()
    assert (found.chains, found.entries, found.checkpoints) == (1, len(table.entries), 1)


async def test_what_stood_before_is_chained_once_and_from_where_it_was_left(pool: Pool) -> None:
    """Rows without links, as an older release left them: chained in order, from the middle too, and noted."""
    await written(pool, signed())
    await as_owner(pool, "update ledger set salt = null, link = null")
    chains = Checkpoints(pool)
    entries = await pool.fetchval("select count(*) from ledger")
    assert any("not chained" in one.what for one in (await verified(pool)).wrong)
    assert await chains.chain_what_stands() == entries
    assert await chains.chain_what_stands() == 0
    assert (await verified(pool)).wrong == ()
    await as_owner(pool, "update ledger set link = null where version > 4")
    assert await chains.chain_what_stands() == entries - 4
    assert (await verified(pool)).wrong == ()
    assert [one.entries for one in await chains.chained_on()] == [entries, entries - 4]


async def test_a_cycle_goes_on_where_its_older_entries_are_not_chained_yet(pool: Pool) -> None:
    """What is appended meanwhile waits for its link with them, and is chained with them."""
    table = opened(requests=2)
    ledger = await written(pool, table)
    await as_owner(pool, "update ledger set salt = null, link = null")
    table.do(acts.acknowledge())
    await ledger.record(writing_of(tuple(table.entries[-1:]), table.cycle, table.calendar))
    assert await Chains(pool).chain_what_stands() == len(table.entries)
    assert (await verified(pool)).wrong == ()


async def test_chaining_goes_on_beside_others_and_beside_appending(pool: Pool) -> None:
    """Three at once, while the cycle goes on: no link is made twice, and in the end each entry has one."""
    table, ledger, chains = signed(), Ledger(pool), Chains(pool)
    made = writings(table)
    for writing in made[:4]:
        await ledger.record(writing)
    await as_owner(pool, "update ledger set salt = null, link = null")

    async def rest() -> None:
        for writing in made[4:]:
            await ledger.record(writing)

    await asyncio.gather(chains.chain_what_stands(), rest(), *(chains.chain_what_stands() for _ in range(2)))
    await chains.chain_what_stands()
    found = await verified(pool)
    assert (found.wrong, found.entries) == ((), len(table.entries))


REFUSED = (
    "update ledger set salt = null, link = null",
    "update ledger set link = '\\x00' where version = 1",
    "update ledger set event = event || '{\"more\": 1}'",
    "update ledger set salt = null, erased = '{}', at = now()",
    "update checkpoints set at = now()",
    "delete from checkpoints",
    "truncate checkpoint_heads",
    "delete from chained_on",
)


async def test_no_proof_is_altered(pool: Pool) -> None:
    """Neither links nor checkpoints nor what was noted of them can be changed while the triggers are on."""
    await written(pool, opened())
    await kept(pool, KEY)
    await pool.execute("insert into chained_on (chains, entries) values (1, 1)")
    for alteration in REFUSED:
        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="never altered"):
            await pool.execute(alteration)
    assert (await verified(pool)).wrong == ()


async def test_whatever_the_owner_of_the_database_does_is_found(pool: Pool) -> None:
    """With every trigger off: each tampering is named with what to do, and taken back nothing is wrong."""
    await written(pool, signed())
    await kept(pool, KEY)
    signed_and, _ = await Checkpoints(pool).signed_and_noted()
    seen = {1: digest(signed_and[0].checkpoint)}
    for name, words in TAMPERED.items():
        async with Undone(pool, words):
            found = await verified(pool, seen)
            assert found.wrong, name
            assert all(one.what and one.do for one in found.wrong)
        assert (await verified(pool, seen)).wrong == (), name


async def test_a_text_that_is_erased_leaves_the_chain_valid(pool: Pool) -> None:
    """The words go, their trace in the entries goes, who did it is noted, and every checkpoint holds."""
    table = signed()
    await written(pool, table)
    await kept(pool, KEY)
    title = table.cycle.title
    await pool.execute("insert into texts (ref, words) values ($1, 'A name') on conflict do nothing", title)

    async def erase() -> Erased:
        goes = partial(without, goes=lambda value: value == title)
        return await Chains(pool).erase_text(title, goes, "officer", "Asked for.")

    assert await erase() == Erased(words=True, entries=0, still=(acts.REF,))
    await pool.execute("update cycles set stage = 'closed'")
    assert await erase() == Erased(words=False, entries=1, still=())
    assert await erase() == Erased(words=False, entries=0, still=())
    assert title not in await pool.fetchval("select title || state::text from cycles")
    found = await verified(pool)
    assert (found.wrong, found.erased) == ((), 1)
    row = await pool.fetchrow("select event::text, content, salt from ledger where version = 1")
    assert row is not None
    assert title not in row["event"]
    assert TEXT_GONE in row["event"]
    assert (row["content"], row["salt"]) == ("erased", None)
    assert await Reads(pool).words({title, TEXT_GONE}) == {TEXT_GONE: "[erased]"}
    [noted] = await Checkpoints(pool).erasures()
    assert (noted.by, noted.version) == ("officer", 1)
    assert "/event/title" in noted.pointers
    assert (await Ledger(pool).entries(acts.REF))[0].event.kind == "CycleOpened"


async def as_owner(pool: Pool, words: str) -> None:
    """What somebody does who may turn the triggers off."""
    async with pool.transaction() as connection:
        await connection.execute("set local session_replication_role = replica")
        await connection.execute(words)


class Undone:
    """A tampering that is taken back at the end of the block, from a copy of the tables."""

    TABLES = ("ledger", "cycles", "checkpoints", "checkpoint_heads", "ledger_keys")

    def __init__(self, pool: Pool, words: str) -> None:
        self._pool, self._words = pool, words

    async def __aenter__(self) -> None:
        """Copy, and tamper."""
        for name in self.TABLES:
            await self._pool.execute(f"drop table if exists was_{name}")
            await self._pool.execute(f"create table was_{name} as table {name}")
        await as_owner(self._pool, self._words)

    async def __aexit__(self, *_: object) -> None:
        """Put back."""
        for name in self.TABLES:
            rows = "overriding system value" if name == "ledger" else ""
            await as_owner(
                self._pool,
                f"delete from {name}; insert into {name} {rows} select * from was_{name}",  # noqa: S608 - from the list
            )
