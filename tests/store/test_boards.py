"""The boards' rows in a real PostgreSQL: written with the ledger, made again, read a page at a time."""

from datetime import timedelta

import pytest

from rules.boards import EDITION, board_rows, whom_of
from rules.boards.asked import scrutiny_of
from rules.programme.coverage import asked
from schemas.board_pages import TasksPage
from schemas.people import Person
from store.boards import Boards
from store.pool import Pool
from store.reads import Reads
from store.signs import Signs
from tests import scenario as s
from tests.rules import acts
from tests.rules.table import opened, signed
from tests.store.test_ledger import written

pytestmark = pytest.mark.real
TABLES = ("needs", "open_actions", "cycle_sessions", "colleagues", "left_open", "asked_about")


def person(name: str) -> Person:
    """Somebody of the demonstration."""
    return next(one for one in s.people() if one.id == name)


async def everything(pool: Pool) -> list[list[tuple[object, ...]]]:
    """All rows of the boards."""
    found = [await pool.fetch(f"select * from {one} order by 1, 2, 3") for one in TABLES]  # noqa: S608 - names from this file
    return [[tuple(row) for row in rows] for rows in found]


async def test_rows_made_again_are_those_that_were_written(pool: Pool) -> None:
    """Whether they were lost, or stood as an older edition of the rules had made them."""
    table = signed()
    table.do(acts.propose(s.date_after(table.now, 30)), acts.confirm())
    await written(pool, table)
    fresh = await everything(pool)
    assert all(fresh[place] for place in (0, 1, 2))
    for one in TABLES:
        await pool.execute(f"delete from {one}")  # noqa: S608 - names from this file
    await pool.execute(
        "insert into needs select 'HTA-2026-99', 'k', 'w', null, 'x', '', null, now(), now(), false"
    )
    await pool.execute("update needs set cycle = $1", acts.REF)
    await pool.execute("update cycles set boards_edition = 0")
    assert await Boards(pool).renew(board_rows, EDITION) == 1
    assert await everything(pool) == fresh
    assert await Boards(pool).renew(board_rows, EDITION) == 0


async def test_a_cycle_written_by_older_code_is_made_again(pool: Pool) -> None:
    """Its rows are of an earlier version than it, and that is how it is found."""
    table = opened(requests=1)
    await written(pool, table)
    await pool.execute("update cycles set boards_version = version - 1")
    assert await Boards(pool).renew(board_rows, EDITION) == 1


async def test_needs_come_in_order_a_page_at_a_time_with_how_many_there_are(pool: Pool) -> None:
    """Late first; the counts are of all pages; what shows later is not counted."""
    table = opened(requests=3)
    table.do(s.submit(acts.REF, 1), acts.ask_time(s.date_after(table.now, 28), request=2))
    await written(pool, table)
    await pool.execute("update needs set late_at = at where what = 'extension' and whom = 'policy_officer'")
    officer, reads = person("policy-officer"), Reads(pool)
    first = await reads.needs(whom_of(officer), officer.id, table.now, most=1)
    second = await reads.needs(whom_of(officer), officer.id, table.now, most=1, skip=1)
    beyond = await reads.needs(whom_of(officer), officer.id, table.now, most=1, skip=9)
    assert [one.rows[0].what for one in (first, second)] == ["extension", "return"]
    assert first.rows[0].state == "late"
    assert {(one.all, one.today) for one in (first, second, beyond)} == {(2, 2)}
    assert beyond.rows == ()


async def test_lists_say_how_much_there_is_beyond_the_page(pool: Pool) -> None:
    """Tasks, sessions, what is owed, choices: each with its whole count."""
    table = opened(requests=3)
    await written(pool, table)
    reads, now = Reads(pool), table.now
    tasks = await reads.task_list("acc-local-policing", now.date(), owed=True, most=2)
    owed = await reads.owed(None, None, now, now + timedelta(days=7), most=1)
    assert (len(tasks.rows), tasks.all) == (2, 3)
    assert (len(owed.rows), owed.all, owed.late) == (1, owed.late + owed.all, 0)
    assert (await reads.session_list(coming=True)).all == 1
    assert (await reads.session_list(coming=False)).all == 0
    assert (await reads.choices("nobody said this")).all == 0
    assert (await reads.choices("", (acts.REF,))).rows[0].reference == acts.REF
    assert (await reads.concerning(("acc-local-policing",), now)).all == 1
    assert (await reads.concerning(("nobody",), now)).all == 0


@pytest.mark.parametrize("lead", ["acc-local-policing", None])
async def test_tasks_are_those_that_wait_or_those_that_were_answered(pool: Pool, lead: str | None) -> None:
    """Of a lead and of everybody, the soonest due first, a page at a time; none of a cancelled cycle."""
    table = opened(requests=3)
    table.do(s.submit(acts.REF, 2))
    await written(pool, table)
    await pool.execute("update requests set due_at = due_at - interval '1 day' where number = 3")
    reads, today = Reads(pool), table.now.date()
    owed = await reads.task_list(lead, today, owed=True)
    done = await reads.task_list(lead, today, owed=False)
    rest = await reads.task_list(lead, today, owed=True, most=1, skip=1)
    assert ([one.number for one in owed.rows], owed.all) == ([3, 1], 2)
    assert ([one.number for one in done.rows], done.all) == ([2], 1)
    assert ([one.number for one in rest.rows], rest.all) == ([1], 2)
    await pool.execute("update cycles set stage = 'cancelled'")
    for waits in (True, False):
        assert await reads.task_list(lead, today, owed=waits) == TasksPage(rows=(), all=0)


async def test_the_store_adds_up_what_was_asked_as_the_rule_does(pool: Pool) -> None:
    """Each commitment once, by its newest cycle, on the day before an action is due and on the day after."""
    table = signed()
    table.do(acts.propose(s.date_after(table.now, 30)), acts.confirm())
    await written(pool, table)
    due = table.cycle.actions[0].due.on
    for day in (due, due + timedelta(days=1)):
        found = await Reads(pool).asked(day)
        assert found == asked([scrutiny_of(table.cycle)], day)
        assert [one.overdue_in for one in found.values()] == [None if day == due else acts.REF] * len(found)
        assert found


async def test_the_engine_is_seen_at_its_newest_round(pool: Pool) -> None:
    """None before the first; a round that is noted late moves nothing back."""
    signs, reads, now = Signs(pool), Reads(pool), opened(requests=1).now
    assert await reads.engine_seen() is None
    for at in (now, now + timedelta(minutes=1), now):
        await signs.seen(at)
    assert await reads.engine_seen() == now + timedelta(minutes=1)
