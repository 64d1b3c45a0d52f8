"""Rows made again from the ledger in a real PostgreSQL, equal to what they replace."""

import asyncio
from collections.abc import Mapping, Sequence
from functools import partial

import pytest

from engine.rebuilding import rebuild, sampled
from engine.timing import count_up
from rules.apply import add_up
from rules.programme.apply import add_up_programme
from rules.proving.erasing import without
from rules.publishing.publication import fingerprint
from rules.rewriting import acts_of, made_again
from rules.writing import writing_of
from schemas.chain import TEXT_GONE
from schemas.events import FindingsCorrected, FindingsPublished
from schemas.programme.records import ProgrammeEntry, ProgrammeWriting
from schemas.rebuilding import MadeAgain, ProgrammeMadeAgain
from schemas.records import Entry, Publication, Standing
from store.chain import Chains
from store.ledger import Ledger
from store.pool import Pool
from store.programmes import ProgrammeLedger
from store.rebuilding import Rebuilding
from store.rebuilding_sql import TABLES
from store.runs import RunKeeping
from tests.rules import staged
from tests.rules.programme.paper import lived
from tests.rules.table import working
from tests.store.put import as_of, corrected
from tests.store.told import write_down
from tests.web_public import sample

pytestmark = pytest.mark.real
PUBLISHED, CORRECTED = "HTA-2026-08", "HTA-2026-09"

DAMAGE = (
    "update cycles set stage = 'closed', title = 'text:' || repeat('0', 64), version = version + 1",
    "update cycles set state = jsonb_set(state, '{body}', '\"another\"')",
    "delete from cycles where reference = 'HTA-2026-08'",
    """insert into cycles (reference, version, stage, title, theme, opened_by, opened_at, changed_at, paused,
                           state)
       select 'HTA-2026-99', 1, stage, title, theme, opened_by, now(), now(), paused, state
       from cycles limit 1""",
    "update requests set lead = 'nobody', missed = not missed",
    "delete from deadlines",
    "delete from needs; delete from open_actions; delete from cycle_sessions; delete from asked_about",
    "update publications set fingerprint = repeat('0', 64), facts = facts || '{\"more\": 1}'",
    "delete from publications",
    "update publications set withdrawn_at = now(), withdrawal = 'text:' || repeat('1', 64)",
    "insert into releases values ('HTA-2026-08', 1, now(), null, 'text:x', 'text:y')",
    "delete from cycle_access; delete from text_places; delete from file_places",
    "insert into cycle_access (cycle, who, part) values ('HTA-2026-08', 'public', 'whole')",
    "delete from run_lines; delete from run_answers; delete from runs",
    "update runs set sent_back = 99; delete from duties_ahead",
    "delete from cycle_titles; delete from findings_search; delete from commitments_heard",
    "delete from public_feed",
    "update public_feed set shown = shown + 1",
    "insert into public_feed values (1, 1, 'CycleOpened', 'HTA-2026-10')",
    "update programmes set version = 99, state = state || '{\"years\": []}'",
    "delete from programmes",
)
"""What may become of rows: altered, lost, forged."""


async def write(pool: Pool, entries: Sequence[Entry]) -> None:
    """Write acts down as the engine would."""
    ledger, before = Ledger(pool), list[Entry]()
    for act in acts_of(entries):
        before += act
        assert await ledger.record(writing_of(act, add_up(before), working())) == Standing()


def moved(entries: Sequence[Entry], reference: str) -> list[Entry]:
    """The same entries in another cycle, with the fingerprints that its facts have there."""
    found: list[Entry] = []
    for one in as_of(entries, reference):
        event = one.event
        if isinstance(event, FindingsPublished | FindingsCorrected):
            cycle = add_up(found)
            version = next(it for it in cycle.findings if it.version == event.version)
            event = event.model_copy(update={"fingerprint": fingerprint(cycle, version)})
        found.append(one.model_copy(update={"event": event}))
    return found


async def recorded(pool: Pool) -> Rebuilding:
    """A cycle under way, findings in public, others corrected and taken back, and a programme."""
    await write(pool, moved(staged.at("gathering").entries, "HTA-2026-10"))
    await write_down(pool, sample.told(reference=PUBLISHED))
    await write(pool, moved(corrected(withdrawn=True), CORRECTED))
    paper = lived()
    programme = ProgrammeWriting(entries=tuple(paper.entries), programme=paper.standing)
    await ProgrammeLedger(pool).record_programme(programme)
    await count_up(RunKeeping(pool), 100)
    return Rebuilding(pool)


async def standing(pool: Pool) -> dict[str, list[str]]:
    """Every row of every table that follows from the ledger."""
    found = {}
    for table in TABLES:
        words = f"select to_jsonb(t)::text as row from {table.name} t order by 1"  # noqa: S608 - from the list
        found[table.name] = [one["row"] for one in await pool.fetch(words)]
    return found


async def test_at_every_stage_rows_are_what_the_ledger_comes_to(pool: Pool) -> None:
    """What acts left behind, and what is made of the entries alone, is the same, and not a few rows."""
    for number, made in enumerate(staged.AT.values(), start=11):
        await write(pool, moved(made().entries, f"HTA-2026-{number}"))
    await count_up(RunKeeping(pool), 100)
    found = await rebuild(Rebuilding(pool), check=True)
    assert (found.chains, found.differences) == (len(staged.AT), ())
    assert found.rows > 100


async def test_whatever_became_of_rows_they_are_made_again_as_they_were(pool: Pool) -> None:
    """Altered, lost and forged rows are found and put right."""
    store = await recorded(pool)
    before = await standing(pool)
    assert {name for name, rows in before.items() if not rows} <= {"releases", "colleagues", "file_places"}
    for damage in DAMAGE:
        await pool.execute(damage)
        assert await standing(pool) != before, damage
        found = await rebuild(store, check=False)
        assert found.differences, damage
        assert found.mended
        assert await standing(pool) == before, damage
    assert (await rebuild(store, check=False)).differences == ()
    assert await pool.fetchval("select count(*) from runs_behind") == 0


async def test_a_difference_names_the_row_and_its_columns_and_never_what_stands_in_them(pool: Pool) -> None:
    """By chain, table and key; a forged cycle is stray, a lost one missing, an altered one differs."""
    store = await recorded(pool)
    await pool.execute("update requests set lead = 'a-name' where cycle = 'HTA-2026-08' and number = 1")
    await pool.execute("delete from deadlines where cycle = 'HTA-2026-09'")
    await pool.execute("insert into releases values ('HTA-2026-77', 1, now(), null, 'text:x', 'text:y')")
    before = await standing(pool)
    found = await rebuild(store, check=True, only=["HTA-2026-08", "HTA-2026-09", "HTA-2026-77"])
    assert await standing(pool) == before, "a check changes nothing"
    [altered] = [one for one in found.differences if one.kind == "differs"]
    assert (altered.chain, altered.table, altered.key) == ("HTA-2026-08", "requests", "HTA-2026-08/1")
    assert altered.columns == ("lead",)
    assert {one.table for one in found.differences if one.kind == "missing"} == {"deadlines"}
    assert [one.chain for one in found.differences if one.kind == "stray"] == ["HTA-2026-77"]
    assert "a-name" not in found.model_dump_json()
    assert (await sampled(store, "a day", 99)).chains == 4


async def test_what_cannot_be_made_again_stays_as_it_is_and_is_said(pool: Pool) -> None:
    """A ledger with a gap: its rows stay, the others are put right, and the answer says so."""
    store = await recorded(pool)
    async with pool.transaction() as connection:
        await connection.execute("set local session_replication_role = replica")
        await connection.execute("delete from ledger where cycle = 'HTA-2026-08' and version = 2")
    await pool.execute("update requests set lead = 'nobody'")
    found = await rebuild(store, check=False)
    assert [one.chain for one in found.differences if one.kind == "cannot"] == ["HTA-2026-08"]
    assert not found.mended
    left = await pool.fetch("select distinct cycle from requests where lead = 'nobody'")
    assert [one["cycle"] for one in left] == ["HTA-2026-08"]


async def test_rows_are_made_again_while_acts_go_on_and_nobody_is_told_twice(pool: Pool) -> None:
    """Acts written meanwhile stand with their rows, and followers hear nothing of what was made again."""
    store = await recorded(pool)
    await pool.execute("delete from follower_news; delete from publications")
    entries = moved(corrected(), "HTA-2026-50")
    await asyncio.gather(
        write(pool, entries), *(rebuild(store, check=False) for _ in range(2)), rebuild(store, check=True)
    )
    await count_up(RunKeeping(pool), 100)
    assert (await rebuild(store, check=True)).differences == ()
    told = await pool.fetch("select distinct cycle from follower_news")
    assert [one["cycle"] for one in told] == ["HTA-2026-50"]


async def test_rows_made_again_all_the_time_never_throw_an_act_out(pool: Pool) -> None:
    """Several that rewrite the very cycles that are acted on: each waits for the other, nobody is refused."""
    store, cycles = Rebuilding(pool), ["HTA-2026-50", "HTA-2026-51", "HTA-2026-52"]
    acts = [moved(corrected(), cycle) for cycle in cycles]
    again = (store.again(cycles, remade, programme_remade, keep=True) for _ in range(12))
    await asyncio.gather(*(write(pool, one) for one in acts), *again)
    assert [one.version for one in await Ledger(pool).entries(cycles[0])] == [one.version for one in acts[0]]
    await count_up(RunKeeping(pool), 100)
    assert (await rebuild(store, check=True)).differences == ()


def remade(entries: Sequence[Entry], frozen: Mapping[int, Publication]) -> MadeAgain:
    """The rows of a cycle."""
    return made_again(entries, frozen, lambda _: working(), working())


def programme_remade(entries: Sequence[ProgrammeEntry]) -> ProgrammeMadeAgain:
    """The rows of a programme."""
    return ProgrammeMadeAgain(programme=add_up_programme(entries))


async def test_what_was_erased_stays_erased(pool: Pool) -> None:
    """Words erased from a closed and published cycle leave its rows equal to what is made of the ledger."""
    store = await recorded(pool)
    await pool.execute("update cycles set stage = 'closed' where reference = 'HTA-2026-09'")
    title = await pool.fetchval("select title from cycles where reference = 'HTA-2026-09'")
    goes = partial(without, goes=lambda value: value == title)
    await Chains(pool).erase_text(title, goes, "officer", "Asked for.")
    await rebuild(store, check=False)
    assert (await rebuild(store, check=True)).differences == ()
    places = await pool.fetch("select ref from text_places where cycle = 'HTA-2026-09'")
    assert title not in {one["ref"] for one in places}
    assert TEXT_GONE not in {one["ref"] for one in places}
