"""The engine's own duties, over weeks, in skipped time."""

from datetime import timedelta

import pytest

from rules.clocks import LONDON, civil, instant
from rules.duties import rung_instant
from schemas.clocks import BeforeSession, Due, WorkingDays
from schemas.events import CycleResumed, DutyMissed, EvidenceRequested, ReminderBounced, ReminderDelivered
from schemas.outcomes import Receipt
from tests import scenario as s
from tests.conftest import Office
from tests.rules import acts
from tests.rules.table import working
from tests.workflows.tools import clock, cycle_of, done, entries

pytestmark = pytest.mark.real

AT_ONCE = timedelta(minutes=1)


async def opened(office: Office, days: int | None = 10, ref: str | None = None) -> str:
    """A cycle with one request, due so many working days from now, or five before its session."""
    ref = ref or s.fresh_reference()
    due = BeforeSession(days=5) if days is None else WorkingDays(days=days)
    command = s.open_cycle(ref, s.wall_now())
    await done(office, ref, command.model_copy(update={"requests": (s.draft(due=due),)}))
    return ref


async def rungs(office: Office, ref: str) -> list[tuple[int, object]]:
    """Which rungs were delivered, for which day."""
    found = [one.event for one in await entries(office, ref, "ReminderDelivered")]
    return [(one.rung, one.due_on) for one in found if isinstance(one, ReminderDelivered)]


async def missed(office: Office, ref: str) -> list[Due]:
    """What was missed."""
    found = [one.event for one in await entries(office, ref, "DutyMissed")]
    return [one.due for one in found if isinstance(one, DutyMissed)]


async def due_of(office: Office, ref: str) -> Due:
    """When the first request is due."""
    found = (await cycle_of(office, ref)).requests[0].due
    assert found is not None
    return found


async def test_every_rung_fires_once_at_nine_in_london_and_the_miss_at_five(office: Office) -> None:
    """On silence: five reminders on their days, and the miss on record at the due instant itself."""
    ref = await opened(office)
    due = await due_of(office, ref)
    await office.skip(ref, 60)
    cycle = await cycle_of(office, ref)
    expected = [rung_instant(cycle.requests[0], rung, cycle, working()) for rung in cycle.standards.ladder]
    delivered = await entries(office, ref, "ReminderDelivered")
    assert await rungs(office, ref) == [(rung, due.on) for rung in (-7, -2, 0, 1, 3)]
    for entry, at in zip(delivered, expected, strict=True):
        assert at is not None
        assert timedelta(0) <= entry.at - at < AT_ONCE
        assert f"{at.astimezone(LONDON):%H:%M}" == "09:00"
    [late] = await entries(office, ref, "DutyMissed")
    assert late.actor.person == "engine"
    assert timedelta(0) <= late.at - due.at < AT_ONCE
    assert due.at == instant(due.on, "17:00")


async def test_each_reminder_is_sent_once(office: Office) -> None:
    """The post sees every rung a single time, and nobody is reminded on two days running before the day."""
    ref = await opened(office)
    await office.skip(ref, 60)
    sent = [one.key for one in office.post.sent if one.cycle == ref and one.rung is not None]
    assert len(sent) == len(set(sent)) == 5


async def test_the_clock_follows_the_session(office: Office) -> None:
    """After the session moved, reminders and the miss belong to the new day alone."""
    ref = await opened(office, days=None)
    await office.skip(ref, 3)
    old = await due_of(office, ref)
    moved = instant(s.date_after(await clock(office, ref), 50), "14:00")
    await done(office, ref, acts.move_session(moved))
    new = await due_of(office, ref)
    assert working().between(new.on, civil(moved)) == 5
    assert new.on > old.on
    await office.skip(ref, 120)
    assert {on for _, on in await rungs(office, ref)} == {new.on}
    assert await missed(office, ref) == [new]


async def test_the_clock_follows_an_extension(office: Office) -> None:
    """More time granted before the day: the old day is never missed."""
    ref = await opened(office)
    later = s.date_after(await clock(office, ref), 15)
    await done(office, ref, acts.ask_time(later), acts.decide_time())
    await office.skip(ref, 60)
    assert [due.on for due in await missed(office, ref)] == [later]
    assert {on for _, on in await rungs(office, ref)} == {later}


async def test_the_engine_is_silent_once_the_return_is_in(office: Office) -> None:
    """No reminder and no miss after the submission, over two months."""
    ref = await opened(office)
    await done(office, ref, s.submit(ref))
    await office.skip(ref, 60)
    assert await rungs(office, ref) == []
    assert await missed(office, ref) == []


async def test_a_pause_gives_time_back(office: Office) -> None:
    """Nothing happens in the pause; afterwards everything falls as many working days later."""
    ref = await opened(office, days=20)
    was = await due_of(office, ref)
    await done(office, ref, acts.pause())
    paused = await clock(office, ref)
    await office.skip(ref, 45)
    assert await rungs(office, ref) == []
    assert await missed(office, ref) == []
    await done(office, ref, acts.resume())
    now = await due_of(office, ref)
    lost = working().between(civil(paused), civil(await clock(office, ref)))
    assert working().between(was.on, now.on) == lost
    [resumed] = await entries(office, ref, "CycleResumed")
    assert isinstance(resumed.event, CycleResumed)
    await office.skip(ref, 60)
    assert await missed(office, ref) == [now]


async def test_planned_requests_go_out_on_their_day(office: Office) -> None:
    """Fifteen working days before it falls due, at nine in London, the lead is asked and told."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now(), 2, ask="planned"))
    goes_out = (await cycle_of(office, ref)).planned[0].ask_at
    assert goes_out is not None
    await office.skip(ref, 60)
    asked = await entries(office, ref, "EvidenceRequested")
    assert [one.event.request for one in asked if isinstance(one.event, EvidenceRequested)] == [1, 2]
    assert all(timedelta(0) <= one.at - goes_out < AT_ONCE for one in asked)
    told = [one.request for one in office.post.sent if one.template == "evidence_requested"]
    assert told == [1, 2]


async def test_an_action_is_missed_on_its_day(office: Office) -> None:
    """An action that both sides confirmed and nobody claimed is on record as missed, once."""
    ref = await opened(office)
    on = s.date_after(await clock(office, ref), 8)
    await done(office, ref, s.submit(ref), acts.propose(on), acts.confirm())
    await office.skip(ref, 60)
    assert [due.on for due in await missed(office, ref)] == [on]


async def test_a_bounce_is_on_record(office: Office) -> None:
    """A reminder that reaches neither lead nor deputy is put to coordination, each rung in this order."""
    office.post.bounces |= {s.LEAD.person, f"deputy of {s.LEAD.person}"}
    ref = await opened(office)
    await office.skip(ref, 60)
    bounced = [one.event for one in await entries(office, ref, "ReminderBounced")]
    tried = [(one.rung, one.route) for one in bounced if isinstance(one, ReminderBounced)]
    assert tried == [(rung, to) for rung in (-7, -2, 0, 1, 3) for to in ("lead", "deputy")]
    delivered = [one.event for one in await entries(office, ref, "ReminderDelivered")]
    got = [(one.rung, one.route) for one in delivered if isinstance(one, ReminderDelivered)]
    assert got == [(rung, "coordination") for rung in (-7, -2, 0, 1, 3)]


async def test_a_cycle_whose_duties_are_done_waits_for_people(office: Office) -> None:
    """Half a year of nothing leaves the ledger as it was, and the next act is answered at once."""
    ref = await opened(office)
    await done(office, ref, s.submit(ref))
    before = await office.ledger.entries(ref)
    await office.skip(ref, 180)
    assert await office.ledger.entries(ref) == before
    assert isinstance(await done(office, ref, s.accept(ref)), Receipt)
