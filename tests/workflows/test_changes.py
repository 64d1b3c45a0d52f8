"""A bank holiday is proclaimed, or standards change, while cycles run on the real engine."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from engine.learning import learn, learning
from engine.releasing import release, under_calendar
from reference.catalogue import know, known_versions
from reference.working import working_calendar
from rules.calendars import WorkingCalendar
from schemas.changes import CalendarChanged
from schemas.clocks import WorkingDays
from schemas.commands import AnyCommand
from schemas.events import DutyMissed, ReminderDelivered
from schemas.standards import Rung
from store.keeping import Keeping
from store.pool import Pool
from tests import editions
from tests import scenario as s
from tests.conftest import Office
from tests.rules import acts
from tests.workflows.tools import clock, cycle_of, done, entries, refused

pytestmark = pytest.mark.real

AT_ONCE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """No other test knows these editions."""
    with editions.forgotten():
        yield


async def opened(office: Office, days: int = 10) -> str:
    """A cycle with one request."""
    ref = s.fresh_reference()
    requests = (s.draft(due=WorkingDays(days=days)),)
    command = s.open_cycle(ref, s.wall_now(), session=None)
    await done(office, ref, command.model_copy(update={"requests": requests}))
    return ref


def change(ref: str) -> AnyCommand:
    """The release of the edition to one cycle, under its own key."""
    return acts.change_calendar().model_copy(update={"cycle": ref, "key": f"edition:2099-01-01:{ref}"})


async def test_a_proclaimed_holiday_moves_the_date_its_timers_and_tells_its_people_once(
    office: Office,
) -> None:
    """One line of the ledger, one mail; rungs and miss at their new instants; once, however often sent."""
    ref = await opened(office)
    was = (await cycle_of(office, ref)).requests[0].due
    assert was
    know([editions.proclaimed(was.on)])
    first = await done(office, ref, change(ref))
    assert await done(office, ref, change(ref)) == first
    await refused(office, ref, acts.change_calendar(), "same_edition")
    [entry] = await entries(office, ref, "CalendarChanged")
    assert isinstance(entry.event, CalendarChanged)
    [moved] = entry.event.moved
    new = (await cycle_of(office, ref)).requests[0].due
    assert new == moved.due
    assert new
    assert new.on > was.on
    await office.skip(ref, 60)
    told = [one for one in office.post.sent if one.cycle == ref and one.template == "due_moved"]
    assert [(one.to, one.due_on) for one in told] == [((s.LEAD.person,), new.on)]
    rungs = [one.event for one in await entries(office, ref, "ReminderDelivered")]
    assert {one.due_on for one in rungs if isinstance(one, ReminderDelivered)} == {new.on}
    [late] = await entries(office, ref, "DutyMissed")
    assert isinstance(late.event, DutyMissed)
    assert timedelta(0) <= late.at - new.at < AT_ONCE


async def test_an_edition_that_nobody_knows_is_refused_until_it_is_learned(
    office: Office, pool: Pool
) -> None:
    """Kept in the store it is known to every process within seconds, and then releases."""
    ref = await opened(office)
    await refused(office, ref, change(ref), "unknown_calendar")
    keeping = Keeping(pool)
    assert await keeping.keep_calendars([editions.proclaimed()], "policy-officer") == [editions.VERSION]
    assert await keeping.keep_calendars([editions.proclaimed()], "policy-officer") == []
    assert editions.VERSION not in known_versions()
    async with learning(office.reads, every=0.1):
        done_now = await release([change(ref)], lambda _: False, office.desk)
    assert (done_now.unmoved, done_now.refused) == ([ref], {})
    assert editions.VERSION in known_versions()


async def test_a_release_to_many_cycles_is_repeated_without_harm(office: Office, pool: Pool) -> None:
    """What is previewed is what moves; the second time nothing is left to move."""
    refs = [await opened(office, days) for days in (5, 10, 15)]
    due = (await cycle_of(office, refs[1])).requests[0].due
    assert due
    await Keeping(pool).keep_calendars([editions.proclaimed(due.on)], "policy-officer")
    await learn(office.reads)
    edition = working_calendar(editions.VERSION)
    assert isinstance(edition, WorkingCalendar)
    cycles = await office.reads.counting_by("england-and-wales")
    rows = under_calendar(cycles, edition, await clock(office, refs[0]))
    assert [row.cycle for row in rows] == refs[1:]
    moving = {row.cycle for row in rows}
    sent = await release([change(ref) for ref in refs], moving.__contains__, office.desk)
    assert (sorted(sent.moved), sent.unmoved) == (refs[1:], refs[:1])
    for row in rows:
        due = (await cycle_of(office, row.cycle)).requests[0].due
        assert due
        assert due.at == row.after
    after = await office.reads.counting_by("england-and-wales")
    assert under_calendar(after, edition, await clock(office, refs[0])) == []
    again = await release([change(ref) for ref in refs], moving.__contains__, office.desk)
    assert again.count() == 3
    assert [len(await entries(office, ref, "CalendarChanged")) for ref in refs] == [1, 1, 1]


async def test_released_standards_lead_the_ladder(office: Office) -> None:
    """After the release the new rungs fire and the old do not; a cycle without it keeps its own."""
    ref, other = await opened(office), await opened(office)
    ladder = (Rung(offset=-1, to=("lead",)), Rung(offset=2, to=("lead", "deputy")))
    await done(office, ref, acts.change_standards(ladder=ladder, due_hour="16:00"))
    for one in (ref, other):
        await office.skip(one, 60)
    fired = {
        one: [
            entry.event.rung
            for entry in await entries(office, one, "ReminderDelivered")
            if isinstance(entry.event, ReminderDelivered)
        ]
        for one in (ref, other)
    }
    assert fired == {ref: [-1, 2], other: [-7, -2, 0, 1, 3]}
