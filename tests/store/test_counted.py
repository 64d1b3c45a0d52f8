"""Long lists: in their exact order page by page, counted as far as is said, in a real PostgreSQL."""

import random  # noqa: TID251 - a seed says which rows there are
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest

from schemas.listing import SoughtCycles
from store.pool import Pool
from store.reads import Reads
from tests import scenario as s
from tests.rules.table import opened
from tests.store.test_keeping import record

pytestmark = pytest.mark.real
NOW = s.wall_now()
SEED, MANY, FAR = 20261123, 60, 7


class Row(NamedTuple):
    """A deadline as it is put into its table."""

    cycle: str
    key: str
    what: str
    owner: str | None
    due_at: datetime
    missed: bool
    done: bool


@pytest.fixture
async def rows(pool: Pool) -> list[Row]:
    """Many cycles, each with some deadlines: early, late, done, missed, several at one instant."""
    await record(pool, opened())
    await pool.execute("delete from deadlines")
    await pool.execute(
        """insert into cycles (reference, version, stage, title, theme, opened_by, opened_at, changed_at,
                               paused, state)
           select 'HTA-2026-' || (100 + n), 1, case when n % 5 = 0 then 'closed' else stage end, title, theme,
                  opened_by, opened_at, changed_at, paused, state
           from cycles, generate_series(1, $1) n""",
        MANY,
    )
    dice = random.Random(SEED)  # noqa: S311 - it deals rows
    found = [
        _dealt(dice, f"HTA-2026-{100 + number}", n)
        for number in range(1, MANY + 1)
        for n in range(dice.randrange(5))
    ]
    for one in found:
        await pool.execute("insert into deadlines values ($1, $2, $3, '', '', $4, $5, $6, $7)", *one)
    return found


def _dealt(dice: random.Random, cycle: str, number: int) -> Row:
    return Row(
        cycle, f"return/{number}", dice.choice(("return", "action")), dice.choice(("lead-1", "lead-2", None)),
        NOW + timedelta(days=dice.randrange(-9, 9), seconds=dice.choice((-1, 0, 1))),
        missed=dice.random() < 0.1, done=dice.random() < 0.3,
    )  # fmt: skip


def waiting(rows: Sequence[Row]) -> list[Row]:
    """What is owed, soonest first."""
    return sorted((one for one in rows if not one.done), key=lambda one: (one.due_at, one.cycle, one.key))


def late(rows: Sequence[Row]) -> list[str]:
    """The open cycles in which something is late, by what is owed in each soonest."""
    owed = [one for one in waiting(rows) if int(one.cycle[-3:]) % 5]
    late = {one.cycle for one in owed if one.missed or one.due_at < NOW}
    return list(dict.fromkeys(one.cycle for one in owed if one.cycle in late))


@pytest.mark.parametrize("order", ["due", "changed"])
async def test_late_cycles_come_in_their_order_page_by_page(pool: Pool, rows: list[Row], order: str) -> None:
    """None twice, none left out; those of a file are those of all pages."""
    reads, sought = Reads(pool), SoughtCycles.model_validate({"late": True, "order": order})
    expected = late(rows) if order == "due" else sorted(late(rows))
    assert len(expected) > 2 * FAR
    pages = [await reads.cycle_list(sought, NOW, FAR, skip) for skip in range(0, len(expected) + FAR, FAR)]
    assert [row.reference for page in pages for row in page.rows] == expected
    assert {page.count for page in pages} == {len(expected)}
    filed = [row.reference async for batch in reads.every_listed(sought, NOW) for row in batch]
    assert filed == expected
    assert all(row.late for page in pages for row in page.rows)


async def test_cycles_in_which_nothing_is_owed_come_last(pool: Pool, rows: list[Row]) -> None:
    """Where late and punctual ones are sought alike."""
    soonest = list(dict.fromkeys(one.cycle for one in waiting(rows)))
    page = await Reads(pool).cycle_list(SoughtCycles(standing="all", order="due"), NOW, 2 * MANY)
    assert [one.reference for one in page.rows][: len(soonest)] == soonest
    assert len(page.rows) == page.count == MANY + 1


@pytest.mark.parametrize("owner", ["lead-1", None])
@pytest.mark.parametrize("what", ["action", None])
async def test_each_part_of_what_is_owed_is_counted(
    pool: Pool, rows: list[Row], owner: str | None, what: str | None
) -> None:
    """Late, soon and later, of one owner or of one kind; the page is the soonest of all."""
    soon = NOW + timedelta(days=3)
    found = [one for one in waiting(rows) if owner in (None, one.owner) and what in (None, one.what)]
    page = await Reads(pool).owed(owner, what, NOW, soon, most=FAR, skip=2)
    assert [(one.cycle, one.key) for one in page.rows] == [(one.cycle, one.key) for one in found[2 : FAR + 2]]
    assert page.late == sum(one.due_at <= NOW for one in found) > 0
    assert page.soon == sum(NOW < one.due_at < soon for one in found) > 0
    assert page.later == sum(one.due_at >= soon for one in found) > 0
    nothing_between = await Reads(pool).owed(owner, what, NOW, NOW)
    assert (nothing_between.soon, nothing_between.all) == (0, len(found))


async def test_counting_ends_one_above_where_it_is_to_end(
    pool: Pool, rows: list[Row], monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that whoever reads it knows that there is more; pages go on as they are."""
    monkeypatch.setattr("store.listing.MOST_COUNTED", FAR)
    monkeypatch.setattr("store.boards_sql.MOST_COUNTED", FAR)
    reads = Reads(pool)
    assert (await reads.cycle_list(SoughtCycles(late=True), NOW)).count == FAR + 1
    page = await reads.owed(None, None, NOW, NOW + timedelta(days=3))
    assert (page.late, page.later) == (FAR + 1, FAR + 1)
    assert len(page.rows) == len(waiting(rows)[:50])
