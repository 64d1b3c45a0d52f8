"""Timers across both changes of the clocks in 2027, on the real engine, in skipped time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from rules.clocks import instant
from schemas.clocks import OnDate
from schemas.events import DutyMissed, ReminderDelivered
from tests import scenario as s
from tests.conftest import Office
from tests.workflows.tools import cycle_of, done, entries

pytestmark = pytest.mark.real

AT_ONCE = timedelta(minutes=1)
STARTS = datetime(2027, 3, 10, 10, tzinfo=UTC)
SPRING, AUTUMN = date(2027, 3, 31), date(2027, 11, 1)
"""The clocks go forward on 28 March, between two rungs; and back on 31 October, the same."""

RUNGS = {
    (1, -7): "2027-03-18T09:00",
    (1, -2): "2027-03-25T09:00",
    (1, 0): "2027-03-31T08:00",
    (1, 1): "2027-04-01T08:00",
    (1, 3): "2027-04-05T08:00",
    (2, -7): "2027-10-21T08:00",
    (2, -2): "2027-10-28T08:00",
    (2, 0): "2027-11-01T09:00",
    (2, 1): "2027-11-02T09:00",
    (2, 3): "2027-11-04T09:00",
}
"""Nine in London, as instants in UTC; written by hand."""
MISSES = {1: "2027-03-31T16:00", 2: "2027-11-01T17:00"}
"""Five in London."""


def utc(text: str) -> datetime:
    """An instant from its words."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


async def test_reminders_at_nine_and_misses_at_five_across_both_changes(office: Office) -> None:
    """Every rung and every miss at its own instant: an hour nearer to UTC in winter than in summer."""
    ref = s.fresh_reference()
    drafts = tuple(s.draft(due=OnDate(on=on)) for on in (SPRING, AUTUMN))
    set_back = s.wall_now() - STARTS
    command = s.open_cycle(ref, STARTS, session=None, set_back=set_back)
    await done(office, ref, command.model_copy(update={"requests": drafts}))
    await office.skip(ref, 300)
    delivered = {
        (one.event.request, one.event.rung): one.at
        for one in await entries(office, ref, "ReminderDelivered")
        if isinstance(one.event, ReminderDelivered)
    }
    assert set(delivered) == set(RUNGS)
    for which, at in delivered.items():
        assert timedelta(0) <= at - utc(RUNGS[which]) < AT_ONCE, which
    missed = {
        one.event.request: one.at
        for one in await entries(office, ref, "DutyMissed")
        if isinstance(one.event, DutyMissed)
    }
    for number, expected in MISSES.items():
        assert timedelta(0) <= missed[number] - utc(expected) < AT_ONCE


async def test_a_session_keeps_its_hour_in_london(office: Office) -> None:
    """Two in the afternoon is 14:00 UTC before the change and 13:00 after it; returns stay due at five."""
    ref = s.fresh_reference()
    set_back = s.wall_now() - STARTS
    opening = s.open_cycle(ref, STARTS, 1, set_back=set_back)
    await done(office, ref, opening)
    cycle = await cycle_of(office, ref)
    due = cycle.requests[0].due
    assert due
    assert cycle.sessions[0].starts_at.hour == 13
    assert (due.at, due.at.hour) == (instant(due.on, "17:00"), 16)
