"""Letters on the real engine: they leave beside a cycle's history, in order and once; late ones say so."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from temporalio.testing import WorkflowEnvironment

from engine import dispatch
from engine.connection import employ
from engine.owning_up import OwnsUp
from schemas.events import DutyFiredLate
from schemas.notices import Delivery, Notice
from store.ledger import Ledger
from store.pool import Pool
from tests import scenario as s
from tests.conftest import Office, PostBag, open_office
from tests.rules import acts
from tests.workflows.test_closed import asleep, running
from tests.workflows.test_own_duties import late, signed
from tests.workflows.tools import done

pytestmark = pytest.mark.real

A_DAY = timedelta(days=1)


@dataclass
class Fails(PostBag):
    """A post that does not take some letters at first."""

    tries: dict[str, int] = field(default_factory=dict)
    fails: int = 2

    async def deliver(self, notice: Notice) -> Delivery:
        """Take a request's letter at the third attempt, all others at once."""
        self.tries[notice.key] = self.tries.get(notice.key, 0) + 1
        if notice.template == "evidence_requested" and self.tries[notice.key] <= self.fails:
            raise ConnectionError("the mail server takes nothing")
        return await super().deliver(notice)


async def sent(post: PostBag, count: int) -> list[str]:
    """Wait until so many letters were sent; their templates."""
    async with asyncio.timeout(30):
        while len(post.sent) < count:
            await asyncio.sleep(0.02)
    return [one.template for one in post.sent]


async def empty(pool: Pool) -> None:
    """Wait until nothing is in the out-tray."""
    async with asyncio.timeout(30):
        while await pool.fetchval("select count(*) from out_tray"):
            await asyncio.sleep(0.02)


async def activities(office: Office, ref: str) -> int:
    """How many ordinary activities stand in a cycle's history."""
    history = await office.engine.client.get_workflow_handle(ref).fetch_history()
    return sum(one.HasField("activity_task_scheduled_event_attributes") for one in history.events)


async def test_a_letter_costs_a_cycle_no_history_and_is_struck_out(office: Office, pool: Pool) -> None:
    """Two requests and a session are told of, and the run has not asked for a single activity."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now(), 2))
    assert sorted(await sent(office.post, 3)) == ["evidence_requested", "evidence_requested", "session_fixed"]
    await empty(pool)
    assert await activities(office, ref) == 0
    assert len(office.post.sent) == 3


async def test_a_letter_that_does_not_go_keeps_back_those_of_its_cycle_alone(
    pool: Pool, engine: WorkflowEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They follow in the order of the acts once the post takes it; another cycle's do not wait."""
    monkeypatch.setattr(dispatch, "LOOK_AGAIN", 0.1)
    post = Fails()
    async with open_office(pool, engine) as office:
        pass
    async with employ(engine.client, office.queue, Ledger(pool), post):
        ref, other = s.fresh_reference(), s.fresh_reference()
        await done(office, ref, s.open_cycle(ref, s.wall_now(), 1), acts.withdraw())
        await done(office, other, s.open_cycle(other, s.wall_now(), 0))
        await empty(pool)
    mine = [one.template for one in post.sent if one.cycle == ref]
    assert mine.index("evidence_requested") < mine.index("request_withdrawn")
    assert len(mine) == len(set(mine))
    assert max(post.tries.values()) == post.fails + 1
    theirs = next(place for place, one in enumerate(post.sent) if one.cycle == other)
    first = next(place for place, one in enumerate(post.sent) if one.template == "evidence_requested")
    assert theirs < first


async def test_what_a_worker_left_when_it_stopped_the_next_one_sends(
    pool: Pool, engine: WorkflowEnvironment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A post that takes nothing while the first worker runs: the second sends the letters, and at once."""
    monkeypatch.setattr(dispatch, "LOOK_AGAIN", 60.0)
    async with open_office(pool, engine) as office:
        pass
    async with employ(engine.client, office.queue, Ledger(pool), Fails(fails=1_000)):
        ref = s.fresh_reference()
        await done(office, ref, s.open_cycle(ref, s.wall_now(), 1))
    assert await pool.fetchval("select count(*) from out_tray where cycle = $1", ref)
    await pool.execute("update out_tray set not_before = now()")
    async with employ(engine.client, office.queue, Ledger(pool), post := PostBag()):
        await empty(pool)
    assert "evidence_requested" in {one.template for one in post.sent}


async def test_a_letter_that_left_late_is_on_record_also_of_a_cycle_that_is_over(
    office: Office, pool: Pool
) -> None:
    """A run is begun again for it from the ledger, and ends; said again, it stands once."""
    ref = await signed(office)
    await empty(pool)
    office.post.late_by = A_DAY
    await done(office, ref, s.publish(ref))
    async with asyncio.timeout(30):
        while not (found := await late(office, ref)):
            await asyncio.sleep(0.05)
    assert found == [
        DutyFiredLate(duty="letter/findings_published", planned_at=found[0].planned_at, late_by=A_DAY)
    ]
    await asleep(office, ref)
    assert not await running(office, ref)
    [letter] = [one for one in office.post.sent if one.template == "findings_published"]
    await OwnsUp(office.engine.client, office.queue, office.ledger.letters).letter_left_late(
        letter, await office.post.deliver(letter)
    )
    assert await late(office, ref) == found
