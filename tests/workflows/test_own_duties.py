"""What the engine does by itself, exactly once, on the real engine: over crashes, bounces and outages."""

import asyncio
from datetime import timedelta

import pytest
from temporalio.testing import WorkflowEnvironment

from engine.connection import employ
from rules.clocks import instant
from schemas.events import DutyFiredLate, ReminderBounced, ReminderDelivered
from schemas.notices import Delivery, Notice
from store.ledger import Ledger
from store.pool import Pool
from tests import scenario as s
from tests.conftest import Office, PostBag, open_office
from tests.rules import acts, findings_acts
from tests.rules.raising_acts import wake_me
from tests.workflows.test_clock import due_of, opened
from tests.workflows.tools import clock, cycle_of, done, entries

pytestmark = pytest.mark.real

AT_ONCE = timedelta(minutes=1)
RUNGS = [-7, -2, 0, 1, 3]


async def delivered(office: Office, ref: str) -> list[ReminderDelivered]:
    """The reminders that were delivered."""
    found = [one.event for one in await entries(office, ref, "ReminderDelivered")]
    return [one for one in found if isinstance(one, ReminderDelivered)]


async def late(office: Office, ref: str) -> list[DutyFiredLate]:
    """What was done late."""
    found = [one.event for one in await entries(office, ref, "DutyFiredLate")]
    return [one for one in found if isinstance(one, DutyFiredLate)]


async def signed(office: Office) -> str:
    """A cycle whose findings both have signed."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now(), 0))
    await office.skip(ref, 50)
    await done(office, ref, s.attendance(ref), s.findings(ref), s.approve(ref, s.CHIEF_EXECUTIVE))
    await done(office, ref, s.approve(ref, s.COMMISSIONER))
    return ref


async def test_silence_is_deemed_no_answer_once_on_its_day(office: Office) -> None:
    """Ten working days after the due day at the reminder hour; one entry, one notice."""
    ref = await opened(office)
    due = await due_of(office, ref)
    await office.skip(ref, 90)
    [deemed] = await entries(office, ref, "NonResponseDeemed")
    on = s.date_after(due.at, 10)
    assert timedelta(0) <= deemed.at - instant(on, "09:00") < AT_ONCE
    assert len([one for one in office.post.sent if one.cycle == ref and one.template == "non_response"]) == 1
    assert await late(office, ref) == []


async def test_a_release_goes_out_at_its_exact_instant_and_the_cycle_ends(office: Office) -> None:
    """Nobody at work on that minute; the public record carries it, and nothing follows up."""
    ref = await signed(office)
    at = instant(s.date_after(await clock(office, ref), 3), "00:01")
    await done(office, ref, findings_acts.schedule(at))
    assert await office.skip(ref, 30) is False
    [published] = await entries(office, ref, "FindingsPublished")
    assert timedelta(0) <= published.at - at < AT_ONCE
    assert published.actor.person == "engine"
    assert (await cycle_of(office, ref)).closed_at == published.at
    assert len(await entries(office, ref, "CycleClosed")) == 1


async def test_a_wake_reaches_its_setter_alone_and_once(office: Office) -> None:
    """At the reminder hour of its day."""
    ref = await opened(office)
    await done(office, ref, s.submit(ref))
    on = s.date_after(await clock(office, ref), 8)
    await done(office, ref, wake_me(on, s.LEAD))
    await office.skip(ref, 60)
    [woken] = await entries(office, ref, "WakeDelivered")
    assert timedelta(0) <= woken.at - instant(on, "09:00") < AT_ONCE
    [sent] = [one for one in office.post.sent if one.cycle == ref and one.template == "wake"]
    assert (sent.to, sent.roles) == ((s.LEAD.person,), ())


async def test_the_owner_is_asked_once_a_month(office: Office) -> None:
    """Every twenty working days, and the engine goes on waiting."""
    ref = await opened(office)
    later = s.date_after(await clock(office, ref), 100)
    await done(office, ref, s.submit(ref), acts.propose(later), acts.confirm())
    started = await clock(office, ref)
    await office.skip(ref, 100)
    asked = [one.at for one in await entries(office, ref, "ProgressAsked")]
    assert len(asked) == 3
    assert timedelta(0) <= asked[0] - instant(s.date_after(started, 20), "09:00") < AT_ONCE


async def test_a_bounce_goes_to_the_deputy_at_once(office: Office) -> None:
    """The same rung on the same morning; one delivery for each rung."""
    office.post.bounces.add(s.LEAD.person)
    ref = await opened(office)
    await office.skip(ref, 60)
    bounced = await entries(office, ref, "ReminderBounced")
    assert [one.event.rung for one in bounced if isinstance(one.event, ReminderBounced)] == RUNGS
    got = await entries(office, ref, "ReminderDelivered")
    assert [one.event.route for one in got if isinstance(one.event, ReminderDelivered)] == ["deputy"] * 5
    assert all(second.at - first.at < AT_ONCE for first, second in zip(bounced, got, strict=True))
    assert len({one.key for one in office.post.sent if one.cycle == ref and one.rung is not None}) == 10


async def test_what_nobody_gets_is_given_up_and_told_to_the_officer(office: Office) -> None:
    """Three attempts, then the officer knows; the engine goes on."""
    office.post.bounces |= {s.LEAD.person, f"deputy of {s.LEAD.person}", "force_coordination"}
    ref = await opened(office)
    await office.skip(ref, 60)
    assert await delivered(office, ref) == []
    assert len(await entries(office, ref, "ReminderBounced")) == 15
    told = [one for one in office.post.sent if one.cycle == ref and one.template == "reminder_undeliverable"]
    assert len(told) == 5
    assert {one.to for one in told} == {(s.OFFICER.person,)}


class Dies(PostBag):
    """A post whose worker dies after the mail was taken and before anybody could note it, twice."""

    deaths = 0

    async def deliver(self, notice: Notice) -> Delivery:
        """Take the mail, and fail as a killed process would be seen to."""
        if notice.rung is not None and self.deaths < 2:
            self.deaths += 1
            await super().deliver(notice)
            raise ConnectionError("killed")
        return await super().deliver(notice)


async def test_a_rung_stands_once_over_crashes_and_restarts(pool: Pool, engine: WorkflowEnvironment) -> None:
    """The worker goes and comes between rungs, and dies after a mail; each rung is delivered once."""
    async with open_office(pool, engine) as office:
        ref = await opened(office)
    for _ in range(3):
        async with employ(engine.client, office.queue, Ledger(pool), Dies()):
            await office.skip(ref, 6)
    async with employ(engine.client, office.queue, Ledger(pool), Dies()):
        await office.skip(ref, 40)
    assert [one.rung for one in await delivered(office, ref)] == RUNGS


async def test_what_was_sent_late_is_on_record_with_by_how_much(office: Office) -> None:
    """A mail server that was down for two hours: each reminder and each letter, and no other duty."""
    office.post.late_by = timedelta(hours=2)
    ref = await opened(office)
    await office.skip(ref, 60)
    letters = ["letter/evidence_requested/1", "letter/non_response/1", "letter/session_fixed"]
    async with asyncio.timeout(20):  # letters leave beside the cycle's clock
        while len(found := await late(office, ref)) < len(letters) + 5:
            await asyncio.sleep(0.05)
    assert {one.late_by for one in found} == {timedelta(hours=2)}
    assert sorted(one.duty for one in found) == [*letters, *5 * ["remind/1"]]


async def test_what_an_engine_that_was_away_did_late_is_on_record(
    pool: Pool, engine: WorkflowEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No worker at the instant of a release: it goes out when one is back, with how late that is."""
    monkeypatch.setattr("rules.duties.lateness.LATE_AFTER", timedelta(seconds=1))
    async with open_office(pool, engine) as office:
        ref = await signed(office)
        at = await clock(office, ref) + timedelta(seconds=2)
        await done(office, ref, findings_acts.schedule(at))
    await asyncio.sleep(4)
    async with employ(engine.client, office.queue, Ledger(pool), office.post):
        await asyncio.wait_for(engine.client.get_workflow_handle(ref).result(), 20)
    [published] = await entries(office, ref, "FindingsPublished")
    [record] = await late(office, ref)
    assert (record.duty, record.planned_at) == ("release/1", at)
    assert record.late_by == published.at - at > timedelta(seconds=1)
    [entry] = await entries(office, ref, "DutyFiredLate")
    assert (entry.key, entry.at) == (published.key, published.at)
