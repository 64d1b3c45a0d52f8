"""A session that is fixed already becomes part of a meeting that several cycles share."""

from datetime import timedelta
from typing import Any

from rules.clocks import instant
from rules.meeting.joining import check_joining
from schemas.commands import MoveSession
from schemas.events import SessionMoved
from schemas.outcomes import Refused
from tests import scenario as s
from tests.rules import acts
from tests.rules import session_acts as do
from tests.rules.table import Table, day, opened, refused

MEETING = "MTG-2026-01"
AT = instant(day("2026-07-10"), "11:00")


def fixed(**facts: Any) -> Table:
    """A cycle with a meeting of the panel."""
    table = opened(session=None, requests=1)
    table.do(do.fix(AT, **facts))
    return table


def join(table: Table, meeting: str | None = MEETING, **facts: Any) -> MoveSession:
    """The session joins a meeting."""
    starts_at = facts.pop("starts_at", table.cycle.sessions[0].starts_at)
    made = acts.move_session(starts_at, meeting=meeting, **facts)
    assert isinstance(made, MoveSession)
    return made


def test_it_joins_without_moving() -> None:
    """The day is the same, so nothing hangs on it anew; a later move leaves it in the meeting."""
    table = fixed(urgency=s.say("A vacancy"))
    [event] = table.do(join(table))
    assert isinstance(event, SessionMoved)
    assert (event.meeting, event.moved, event.starts_at) == (MEETING, (), AT)
    assert table.cycle.sessions[0].meeting == MEETING
    assert table.cycle.sessions[0].urgency
    table.refuse(join(table), "same_day")
    table.do(acts.move_session(AT + timedelta(days=14)))
    assert table.cycle.sessions[0].meeting == MEETING


def test_it_may_move_to_the_meetings_day_in_the_same_act() -> None:
    """What hangs on the day moves with it."""
    table = fixed()
    [event] = table.do(join(table, starts_at=AT + timedelta(days=7)))
    assert isinstance(event, SessionMoved)
    assert event.moved
    assert table.cycle.sessions[0].meeting == MEETING


def test_what_was_held_joins_nothing() -> None:
    """Nor does what was called off."""
    table = fixed()
    table.do(do.call_off())
    table.refuse(join(table), "session_cancelled")


def test_a_meeting_that_is_not_there_or_at_another_hour_is_refused() -> None:
    """The doorway holds the hour and the forum against the meeting's other sessions."""
    table = fixed()
    other = fixed(meeting=MEETING).cycle.model_copy(update={"reference": "HTA-2026-08"})
    assert check_joining(join(table), [other], table.cycle) is None
    assert check_joining(join(table, None), [], table.cycle) is None
    assert check_joining(acts.cancel(), [], table.cycle) is None
    assert refused(check_joining(join(table), [], table.cycle), "no_such_meeting").field == "meeting"
    at = AT + timedelta(hours=1)
    found = refused(check_joining(join(table, starts_at=at), [other], table.cycle), "not_the_meetings_hour")
    assert (found.field, "10 July 2026 at 11:00" in found.message) == ("starts_at", True)
    board = opened(session=None)
    board.do(do.fix(AT, "governance_board"))
    assert isinstance(check_joining(join(board), [other], board.cycle), Refused)
    refused(check_joining(join(board), [other], board.cycle), "not_the_meetings_forum")


def test_the_cycle_itself_is_no_other_session_of_the_meeting() -> None:
    """A session that joined alone may move alone."""
    table = fixed(meeting=MEETING)
    moved = join(table, starts_at=AT + timedelta(hours=1))
    refused(check_joining(moved, [table.cycle], table.cycle), "no_such_meeting")
