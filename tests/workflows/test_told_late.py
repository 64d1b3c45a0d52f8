"""Comments on an inspection report and overdue actions, on the real engine: noted once, told once."""

from datetime import timedelta

import pytest

from rules.clocks import civil, instant
from schemas.events import DutyMissed
from schemas.notices import Notice
from tests import scenario as s
from tests.conftest import Office
from tests.rules import acts
from tests.workflows.tools import clock, done, entries

pytestmark = pytest.mark.real


def told(office: Office, ref: str, template: str) -> list[Notice]:
    """The letters of a kind that were sent about a cycle."""
    return [one for one in office.post.sent if (one.cycle, one.template) == (ref, template)]


async def test_comments_on_a_report_are_reminded_of_and_missed_at_the_end_of_their_day(
    office: Office,
) -> None:
    """Each reminder is sent and written down once; the miss stands at the last instant of the 56th day."""
    ref = s.fresh_reference()
    published_on = civil(s.wall_now()) - timedelta(days=10)
    report = {"published_on": published_on, "title": s.say("Calls for help")}
    await done(office, ref, s.open_cycle(ref, s.wall_now(), 0, session=None, report=report))
    await office.skip(ref, 90)
    [missed] = await entries(office, ref, "DutyMissed")
    assert isinstance(missed.event, DutyMissed)
    last = instant(published_on + timedelta(days=55), "23:59:59")
    assert (missed.event.duty, missed.event.due.at) == ("comments", last)
    assert timedelta(0) <= missed.at - last < timedelta(minutes=1)
    reminded = await entries(office, ref, "CommentsReminded")
    assert len(reminded) == len(told(office, ref, "comments_due")) > 1
    assert await entries(office, ref, "DutyFiredLate") == []
    assert len(told(office, ref, "comments_missed")) == 1


async def test_an_action_is_told_of_when_it_is_overdue_claimed_and_checked(office: Office) -> None:
    """One letter of each, and no more however often a day passes."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now(), 0))
    await office.skip(ref, 50)
    await done(office, ref, s.attendance(ref))
    await done(office, ref, acts.propose(s.date_after(await clock(office, ref), 5)), acts.confirm())
    await office.skip(ref, 20)
    [overdue] = told(office, ref, "action_overdue")
    assert overdue.to == (s.LEAD.person, s.OFFICER.person)
    await done(office, ref, acts.claim((await clock(office, ref)).date()), acts.verify())
    await office.skip(ref, 3)
    assert len(told(office, ref, "action_claimed")) == len(told(office, ref, "action_verified")) == 1
    assert len(told(office, ref, "action_overdue")) == 1
