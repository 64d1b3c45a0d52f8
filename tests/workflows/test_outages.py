"""After six weeks without a worker, whatever was done late stands in the record with by how much."""

import asyncio
import secrets
from datetime import timedelta

import pytest
from temporalio.testing import WorkflowEnvironment

from engine.connection import employ
from reference.catalogue import standards
from rules.clocks import instant
from schemas.clocks import BeforeSession
from schemas.commands import AnyCommand, OpenCycle
from schemas.events import DutyFiredLate, ReminderDelivered
from schemas.notices import Delivery, Notice
from schemas.records import Standing, Writing
from schemas.running import CycleStart
from schemas.sessions import SessionDraft
from store.ledger import Ledger
from store.pool import Pool
from tests import scenario as s
from tests.conftest import Office, PostBag, open_office
from tests.rules import acts, findings_acts
from tests.rules.raising_acts import wake_me
from tests.workflows.test_own_duties import late
from tests.workflows.tools import cycle_of, done, entries

pytestmark = pytest.mark.real

AWAY, A_WHILE, A_SECOND = timedelta(weeks=6), timedelta(minutes=1), timedelta(seconds=1)


class TruePost(PostBag):
    """A post that reads the true clock."""

    async def deliver(self, notice: Notice) -> Delivery:
        """Delivered now."""
        return (await super().deliver(notice)).model_copy(update={"at": s.wall_now()})


class LosesAnswers(Ledger):
    """A ledger that wrote everything down a second ago for a worker that died before it heard of it."""

    async def record(self, writing: Writing) -> Standing:
        """What stands there."""
        before = [one.model_copy(update={"at": one.at - A_SECOND}) for one in writing.entries]
        await super().record(writing.model_copy(update={"entries": tuple(before)}))
        return await super().record(writing)


async def six_weeks_away(
    pool: Pool,
    engine: WorkflowEnvironment,
    *commands: AnyCommand,
    undelivered: bool = False,
    ledger: type[Ledger] = Ledger,
) -> tuple[Office, str, list[DutyFiredLate]]:
    """A cycle of six weeks ago with these acts, whose worker then was away until now, and what it did late.

    The acts are done on a clock that is set back. Then the run is ended and taken up on the true clock, as a
    worker takes up a cycle whose timers passed long ago; what was `undelivered` then still waits to be told.
    """
    ref, post = s.fresh_reference(), TruePost()
    async with open_office(pool, engine) as office:
        await done(office, ref, *commands)
        cycle = await cycle_of(office, ref)
        await engine.client.get_workflow_handle(ref).terminate()
    waiting = tuple(office.post.sent) if undelivered else ()
    start = CycleStart(
        reference=ref, cycle=cycle.model_copy(update={"set_back": timedelta(0)}), to_tell=waiting, whole=True
    )
    queue = f"q-{secrets.token_hex(6)}"
    async with employ(engine.client, queue, ledger(pool), post):
        handle = await engine.client.start_workflow("Cycle", start, id=ref, task_queue=queue)
        await settled(office, ref)
        if (await handle.describe()).close_time is None:
            await handle.terminate()
    return office, ref, await late(office, ref)


async def settled(office: Office, ref: str) -> None:
    """Wait until the record has not grown for a second."""
    before, quiet = -1, 0
    while quiet < 10:
        count = len(await office.ledger.entries(ref))
        quiet = quiet + 1 if count == before else 0
        before = count
        await asyncio.sleep(0.1)


def opening(**changes: object) -> OpenCycle:
    """An opening of six weeks ago."""
    now = s.wall_now() - AWAY
    return s.open_cycle("HTA-2026-01", now, 0, set_back=AWAY).model_copy(update=changes)


def session_in(working_days: int) -> SessionDraft:
    """A session that should have been so many working days after that opening."""
    return SessionDraft(starts_at=instant(s.date_after(s.wall_now() - AWAY, working_days), "14:00"))


def duties_of(found: list[DutyFiredLate]) -> set[str]:
    """The duties that were done late."""
    return {one.duty for one in found}


async def test_what_was_owed_in_evidence_is_on_record(pool: Pool, engine: WorkflowEnvironment) -> None:
    """Miss, silence, wake and every rung, also those in whose place the last one was sent."""
    then = s.wall_now() - AWAY
    first = opening(requests=(s.draft(),), session=session_in(40))
    office, ref, found = await six_weeks_away(pool, engine, first, wake_me(s.date_after(then, 8), s.LEAD))
    assert duties_of(found) == {"miss/1", "non_response/1", "wake/1", "remind/1"}
    [sent] = [one.event for one in await entries(office, ref, "ReminderDelivered")]
    assert isinstance(sent, ReminderDelivered)
    assert sent.passed_over == (-7, -2, 0, 1)
    planned = sorted(one.planned_at for one in found if one.duty == "remind/1")
    due_on = s.date_after(then, 10)
    assert len(planned) == 5
    assert planned[2] == instant(due_on, "09:00")
    assert all(timedelta(0) <= s.wall_now() - one.planned_at - one.late_by < A_WHILE for one in found)


async def test_a_planned_request_is_on_record(pool: Pool, engine: WorkflowEnvironment) -> None:
    """The request goes out weeks later than planned, and the letter with it is not late."""
    first = opening(
        requests=(s.draft(due=BeforeSession(days=5)),),
        session=session_in(40),
        standards=standards()["thematic"],
        ask="planned",
    )
    office, ref, found = await six_weeks_away(pool, engine, first)
    assert duties_of(found) == {"ask/1"}
    [asked] = await entries(office, ref, "EvidenceRequested")
    assert s.wall_now() - asked.at < A_WHILE


async def test_what_was_owed_after_a_session_is_on_record(pool: Pool, engine: WorkflowEnvironment) -> None:
    """Findings that did not come, the end of a fact check, an action that was missed, how it stands."""
    then = s.wall_now() - AWAY
    first = opening(session=SessionDraft(starts_at=then + timedelta(minutes=1)))
    ref = "HTA-2026-01"
    acted = (s.attendance(ref), s.findings(ref), acts.propose(s.date_after(then, 10)), acts.confirm())
    _, _, found = await six_weeks_away(pool, engine, first, *acted, findings_acts.invite())
    number = acts.ACTION
    assert duties_of(found) >= {"findings/1", "fact_check/1", f"miss/{number}", f"progress/{number}"}


async def test_a_release_is_on_record(pool: Pool, engine: WorkflowEnvironment) -> None:
    """It goes out when a worker is back, weeks after its instant."""
    then, ref = s.wall_now() - AWAY, "HTA-2026-01"
    first = opening(session=SessionDraft(starts_at=then + timedelta(minutes=1)))
    signed = (
        s.attendance(ref),
        s.findings(ref),
        s.approve(ref, s.CHIEF_EXECUTIVE),
        s.approve(ref, s.COMMISSIONER),
    )
    at = instant(s.date_after(then, 3), "00:01")
    _, _, found = await six_weeks_away(pool, engine, first, *signed, findings_acts.schedule(at))
    [release] = [one for one in found if one.duty == "release/1"]
    assert release.planned_at == at


@pytest.mark.parametrize("ledger", [Ledger, LosesAnswers])
async def test_letters_that_waited_for_the_post_are_on_record(
    pool: Pool, engine: WorkflowEnvironment, ledger: type[Ledger]
) -> None:
    """Each letter that left late stands there once, by its name and number, whoever dies meanwhile."""
    first = opening(requests=(s.draft(),), session=session_in(40))
    _, _, found = await six_weeks_away(pool, engine, first, undelivered=True, ledger=ledger)
    letters = [one for one in found if one.duty.startswith("letter/")]
    assert sorted(one.duty for one in letters) == ["letter/evidence_requested/1", "letter/session_fixed"]
    assert all(abs(one.late_by - AWAY) < A_WHILE for one in letters)


async def test_letters_in_time_leave_no_trace(pool: Pool, engine: WorkflowEnvironment) -> None:
    """The record of a cycle whose worker was there says nothing of lateness."""
    async with open_office(pool, engine) as office:
        ref = s.fresh_reference()
        await done(office, ref, s.open_cycle(ref, s.wall_now()))
        await settled(office, ref)
        assert await late(office, ref) == []
