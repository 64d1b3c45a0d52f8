"""Days of a cycle that is only thought of: when each request goes out and is due, and what is against it."""

from datetime import date, timedelta
from typing import Any

from rules.clocks import civil
from rules.planning_back import NO_DAY, Beside, against, planned_days
from schemas.clocks import BeforeSession
from tests import scenario as s
from tests.rules.table import Table, opened


def planned(**facts: Any) -> Table:
    """A cycle whose requests are planned backwards from its session."""
    due = BeforeSession(days=5)
    return opened(s.draft(due=due), s.draft(due=due), ask="planned", **facts)


def test_every_request_has_its_days_before_it_is_asked() -> None:
    """It goes out the standard's working days before it is due, and its reminders lie between the two."""
    table = planned()
    rows = planned_days(table.cycle, table.calendar, table.now)
    assert [one.number for one in rows] == [1, 2]
    for row in rows:
        assert row.due is not None
        assert row.out_at is not None
        session = civil(table.cycle.sessions[0].starts_at)
        assert table.calendar.between(row.due.on, session) == 5
        assert row.working_days == table.calendar.between(civil(row.out_at), row.due.on)
        assert all(row.out_at < at <= row.due.at for at in row.reminders)
        assert all(not table.calendar.is_working(on) for on, _title in row.holidays)


def test_what_is_against_the_days_is_said_and_forbids_nothing() -> None:
    """Another session, a lead who owes something else or two things at once, and the last day of the law."""
    table = planned()
    rows = planned_days(table.cycle, table.calendar, table.now)
    on, owed = civil(table.cycle.sessions[0].starts_at), rows[0].due
    assert owed is not None
    beside = Beside(
        frozenset({on}), {rows[0].draft.lead: frozenset({owed.on})}, last_day=owed.on - timedelta(days=1)
    )
    said = against(table.cycle, rows, table.calendar, beside)
    for words in (
        "Another session is held on",
        "the last day that the law leaves",
        "Who is asked in request 1 owes something else",
        "Request 1 is due after",
        "Requests 1 and 2 fall due with the same lead",
    ):
        assert any(words in one for one in said), (words, said)
    quiet = against(table.cycle, rows[:1], table.calendar, Beside())
    assert not any("session" in one for one in quiet)


def test_without_a_session_the_days_wait() -> None:
    """Nothing is due and nothing goes out before there is a day."""
    table = planned(session=None)
    rows = planned_days(table.cycle, table.calendar, table.now)
    assert {one.due for one in rows} == {None}
    assert against(table.cycle, rows, table.calendar, Beside(last_day=date(2030, 1, 1))) == (NO_DAY,)
