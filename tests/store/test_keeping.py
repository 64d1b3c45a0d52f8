"""Migrations, numbers, words, people and search in a real PostgreSQL."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from reference.catalogue import demonstration_people, plan
from rules.writing import writing_of
from schemas.evidence import FileItem
from schemas.notices import Delivery, Notice
from schemas.shape import Words, text_ref
from store.keeping import Keeping
from store.ledger import Ledger
from store.migrate import FOLDER, migrate
from store.pool import Pool, connect
from store.reads import Reads
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import Table, opened

pytestmark = pytest.mark.real

FILES = sorted(file.name for file in FOLDER.glob("*.sql"))
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


@pytest.fixture
async def empty(postgres: str) -> AsyncIterator[Pool]:
    """A database with nothing in it."""
    name = f"e{secrets.token_hex(6)}"
    admin = await asyncpg.connect(postgres)
    await admin.execute(f"create database {name}")
    pool = await connect(postgres.replace("/postgres?", f"/{name}?"))
    yield pool
    await pool.close()
    await admin.execute(f"drop database {name} with (force)")
    await admin.close()


async def test_migrations_are_applied_once(empty: Pool) -> None:
    """The first time all of them, the second time none."""
    assert await migrate(empty) == FILES
    assert await migrate(empty) == []


async def test_two_that_migrate_together_share_the_work(empty: Pool) -> None:
    """Five processes that start at once apply each file once between them."""
    applied = await asyncio.gather(*(migrate(empty) for _ in range(5)))
    assert sorted(name for names in applied for name in names) == FILES


async def test_two_who_keep_the_same_words_at_once_wait_for_each_other(pool: Pool) -> None:
    """Whatever the order in which each names them: neither is refused as half of a deadlock."""
    for turn in range(20):
        texts = [f"Text {turn}/{n}" for n in range(300)]
        one, other = ({text_ref(text): text for text in way} for way in (texts, texts[::-1]))
        await asyncio.gather(Keeping(pool).keep_words(one), Keeping(pool).keep_words(other))
    assert await pool.fetchval("select count(*) from texts where words like 'Text %'") == 20 * 300


async def test_twenty_who_ask_at_once_get_twenty_numbers_without_a_gap(pool: Pool) -> None:
    """No number twice, none left out, and each key keeps its own."""
    keeping = Keeping(pool)
    keys = [s.key() for _ in range(20)]
    numbers = await asyncio.gather(*(keeping.allot(key, "cycle", 2026) for key in keys))
    assert sorted(numbers) == list(range(1, 21))
    assert await asyncio.gather(*(keeping.allot(key, "cycle", 2026) for key in keys)) == numbers


async def test_one_key_that_asks_twenty_times_gets_one_number(pool: Pool) -> None:
    """A retry, however quick, costs no number."""
    keeping, key = Keeping(pool), s.key()
    assert set(await asyncio.gather(*(keeping.allot(key, "action", 2026) for _ in range(20)))) == {1}
    assert await keeping.allot(s.key(), "action", 2026) == 2


async def test_every_kind_and_year_counts_for_itself(pool: Pool) -> None:
    """Cycles and actions, this year and next, each begin at one."""
    keeping = Keeping(pool)
    for kind, year in (("cycle", 2026), ("cycle", 2027), ("action", 2026)):
        assert await keeping.allot(s.key(), kind, year) == 1


async def test_words_are_kept_once_and_never_change(pool: Pool) -> None:
    """A text under its reference stays as it was first kept."""
    keeping, reads = Keeping(pool), Reads(pool)
    words = Words()
    ref = words.ref("  What was asked.\r\n ")
    await keeping.keep_words(words.kept)
    await keeping.keep_words({ref: "Something else."})
    await keeping.keep_words({})
    unknown = text_ref("never kept")
    assert await reads.words({ref, unknown}) == {ref: "What was asked."}
    assert await reads.words(set()) == {}


async def test_people_are_entered_and_corrected(pool: Pool) -> None:
    """Entering somebody again corrects what is known."""
    keeping, reads = Keeping(pool), Reads(pool)
    people = demonstration_people()
    assert await reads.people() == people
    moved = people["commissioner"].model_copy(update={"address": "office@opcc.example"})
    assert await keeping.keep_people([moved]) == 1
    assert (await reads.people())["commissioner"] == moved


async def test_the_plan_imported_last_is_in_force(pool: Pool) -> None:
    """An older plan can still be read by its name."""
    old = plan()
    new = old.model_copy(update={"id": "next-plan", "title": "The next plan"})
    await Keeping(pool).keep_plan(new)
    reads = Reads(pool)
    assert await reads.plan() == new
    assert await reads.plan(old.id) == old
    assert await reads.plan("no-such-plan") is None


async def test_what_became_of_a_notice_is_noted_once(pool: Pool) -> None:
    """The first note stands, whatever is retried."""
    keeping = Keeping(pool)
    notice = Notice(key="a-notice", template="due_moved", cycle=acts.REF, planned_at=NOW)
    first = Delivery(delivered=True, told=("commissioner",), at=NOW)
    assert await keeping.delivery(notice.key) is None
    await keeping.keep_delivery(notice, first)
    later = first.model_copy(update={"delivered": False, "at": NOW + timedelta(days=1)})
    await keeping.keep_delivery(notice, later)
    assert await keeping.delivery(notice.key) == first
    assert [one.key for one in await Reads(pool).mails(acts.REF)] == ["a-notice"]


async def test_a_file_is_noted_once(pool: Pool) -> None:
    """Files go by their digest."""
    file = FileItem(digest="b" * 64, size=3, media_type="text/csv", name=s.say("data.csv"))
    await Keeping(pool).keep_file(file)
    await Keeping(pool).keep_file(file)
    assert await pool.fetchval("select count(*) from files") == 1


async def record(pool: Pool, table: Table) -> None:
    """Write down a cycle that was just opened."""
    await Ledger(pool).record(writing_of(tuple(table.entries), table.cycle, table.calendar))


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("CUSTODY", True),
        ("50% OF", True),
        ("hta-2026", True),
        ("%", True),
        ("_", False),
        ("custody%", False),
        ("\\", False),
        ("burglary", False),
    ],
)
async def test_search_takes_every_letter_as_it_is(pool: Pool, search: str, found: bool) -> None:
    """Words of the title or the reference, in any case; no letter means anything else."""
    words = Words()
    await record(pool, opened(title=words.ref("Custody: 50% of places")))
    await Keeping(pool).keep_words(words.kept)
    rows = await Reads(pool).cycles(search=search)
    assert [one.reference for one in rows] == ([acts.REF] if found else [])


async def test_boards_are_asked_by_owner_day_and_stage(pool: Pool) -> None:
    """Each question narrows what is shown, and what is over is not on the boards."""
    table = opened(s.draft(), s.draft(lead=s.OTHER_LEAD.person))
    await record(pool, table)
    reads = Reads(pool)
    assert [one.number for one in await reads.tasks(s.LEAD.person)] == [1]
    assert len(await reads.tasks()) == 2
    assert [one.key for one in await reads.deadlines(owner=s.OTHER_LEAD.person)] == ["return/2"]
    assert await reads.deadlines(before=table.now) == []
    [row] = await reads.cycles(stage="gathering")
    assert (row.open_requests, row.late) == (2, 0)
    assert await reads.cycles(stage="closed") == []
    assert await reads.cycle("HTA-1999-01") is None
    assert await reads.publication(acts.REF) is None
    assert await reads.ready()
