"""A closed cycle sleeps, and wakes for the few acts that may still be done in it (ADR 0011)."""

import asyncio
from datetime import timedelta

import pytest
from temporalio.client import WorkflowExecutionStatus

from rules.apply import add_up
from rules.clocks import instant
from schemas.outcomes import Receipt, Refused
from tests import scenario as s
from tests.conftest import Office
from tests.rules import acts, findings_acts, outcome_acts
from tests.workflows.test_own_duties import signed
from tests.workflows.tools import clock, cycle_of, done, entries, refused, send

pytestmark = pytest.mark.real


async def running(office: Office, ref: str) -> bool:
    """Whether the cycle has a run now."""
    found = await office.engine.client.get_workflow_handle(ref).describe()
    return found.status == WorkflowExecutionStatus.RUNNING


async def asleep(office: Office, ref: str) -> None:
    """Wait until the cycle's run has ended by itself."""
    await asyncio.wait_for(office.engine.client.get_workflow_handle(ref).result(), 20)


async def closed(office: Office) -> str:
    """A published cycle with nothing to follow up, whose run has ended."""
    ref = await signed(office)
    await done(office, ref, s.publish(ref))
    await asleep(office, ref)
    return ref


async def closed_with_an_action(office: Office) -> str:
    """The same, with an action that is done and checked."""
    ref = await signed(office)
    on = s.date_after(await clock(office, ref), 20)
    await done(office, ref, acts.propose(on), acts.confirm(), s.publish(ref))
    today = (await clock(office, ref)).date()
    await done(office, ref, acts.claim(today), acts.verify())
    await asleep(office, ref)
    return ref


async def test_findings_are_corrected_years_later_and_the_cycle_sleeps_again(office: Office) -> None:
    """Each act starts a run from the ledger, is carried out, and the run ends."""
    ref = await closed(office)
    for command in (
        findings_acts.correction(),
        s.approve(ref, s.CHIEF_EXECUTIVE, 2),
        s.approve(ref, s.COMMISSIONER, 2),
        findings_acts.correct(),
    ):
        await done(office, ref, command)
        await asleep(office, ref)
    assert len(await entries(office, ref, "FindingsCorrected")) == 1
    assert len(await entries(office, ref, "CycleClosed")) == 1
    assert add_up(await office.ledger.entries(ref)) == await cycle_of(office, ref)


async def test_the_same_key_gets_the_same_answer_in_any_run(office: Office) -> None:
    """While the run lasts, after it, and after another; other content under the key is refused."""
    ref = await closed(office)
    command = findings_acts.correction()
    first = await done(office, ref, command)
    assert await send(office, ref, command) == first
    await asleep(office, ref)
    assert await send(office, ref, command) == first
    await done(office, ref, s.approve(ref, s.CHIEF_EXECUTIVE, 2))
    await asleep(office, ref)
    assert await send(office, ref, command) == first
    other = findings_acts.correction(s.SECOND_OFFICER).model_copy(update={"key": command.key})
    await refused(office, ref, other, "key_reused")
    assert len(await entries(office, ref, "FindingsDrafted")) == 2


async def test_many_at_once_with_one_key_are_one_act(office: Office) -> None:
    """Whichever of them starts the run."""
    ref = await closed(office)
    command = findings_acts.correction()
    answers = await asyncio.gather(*(send(office, ref, command) for _ in range(8)))
    assert isinstance(answers[0], Receipt)
    assert all(one == answers[0] for one in answers)
    assert len(await entries(office, ref, "FindingsDrafted")) == 2
    await asleep(office, ref)


async def test_rivals_on_a_closed_cycle_are_decided_in_order(office: Office) -> None:
    """Of several signatures one stands; the others hear that it is signed; nobody goes without an answer."""
    ref = await closed(office)
    await done(office, ref, findings_acts.correction())
    await asleep(office, ref)
    rivals = (s.approve(ref, s.CHIEF_EXECUTIVE, 2) for _ in range(6))
    answers = await asyncio.gather(*(send(office, ref, one) for one in rivals))
    assert sum(isinstance(one, Receipt) for one in answers) == 1
    assert {one.code for one in answers if isinstance(one, Refused)} == {"already_signed"}
    await asleep(office, ref)


async def test_a_refused_act_starts_nothing(office: Office) -> None:
    """What may not be done in a closed cycle, or not now, is refused from the record."""
    ref = await closed(office)
    await refused(office, ref, acts.pause(), "cycle_over")
    await refused(office, ref, findings_acts.correct(), "not_newest_version")
    assert not await running(office, ref)


async def test_a_reopened_action_opens_the_cycle_again(office: Office) -> None:
    """Its run stays until the action is done and checked again; the engine's duties go on meanwhile."""
    ref = await closed_with_an_action(office)
    changed = (await cycle_of(office, ref)).changed_at
    due_on = s.date_after(changed, 10)
    await done(office, ref, outcome_acts.reopen(due_on))
    assert (await cycle_of(office, ref)).closed_at is None
    assert await clock(office, ref) is not None
    await office.skip(ref, 40)
    assert await running(office, ref)
    [missed] = await entries(office, ref, "DutyMissed")
    assert timedelta(0) <= missed.at - instant(due_on, "17:00") < timedelta(minutes=1)
    await done(office, ref, acts.claim(changed.date()), acts.verify())
    await asleep(office, ref)
    assert len(await entries(office, ref, "CycleClosed")) == 2


async def test_a_correction_that_is_timed_keeps_the_run_until_it_is_out(office: Office) -> None:
    """The closed cycle waits for the instant, releases, and sleeps."""
    ref = await closed(office)
    await done(office, ref, findings_acts.correction(), s.approve(ref, s.CHIEF_EXECUTIVE, 2))
    await done(office, ref, s.approve(ref, s.COMMISSIONER, 2))
    at = instant(s.date_after((await cycle_of(office, ref)).changed_at, 5), "12:00")
    await done(office, ref, findings_acts.schedule(at, 2))
    assert await running(office, ref)
    assert await office.skip(ref, 90) is False
    [corrected] = await entries(office, ref, "FindingsCorrected")
    assert timedelta(0) <= corrected.at - at < timedelta(minutes=1)
