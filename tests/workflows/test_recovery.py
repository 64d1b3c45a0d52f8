"""What happens when something stops in the middle."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from temporalio.testing import TimeSkippingConfig, WorkflowEnvironment

from engine.connection import employ
from engine.desk import Desk
from engine.shapes import AS_JSON
from rules.apply import add_up
from rules.decide import decide
from rules.deciding.moment import Moment
from rules.writing import act_of, entries_of, writing_of
from schemas.clocks import WorkingDays
from schemas.commands import AnyCommand
from schemas.outcomes import Allowed, NotKnownYet, Receipt
from schemas.records import Standing
from store.keeping import Keeping
from store.ledger import Ledger
from store.pool import Pool
from store.reads import Reads
from tests import scenario as s
from tests.conftest import SKIPPING, Office, PostBag, open_office, temporal_cli
from tests.rules import acts
from tests.rules.table import working
from tests.workflows.tools import clock, cycle_of, done, entries, refused, send

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
async def forgetful() -> AsyncIterator[WorkflowEnvironment]:
    """An engine whose workflows continue afresh after a few acts."""
    settings = [*SKIPPING, "limit.historyCount.suggestContinueAsNew=60"]
    environment = await WorkflowEnvironment.start_time_skipping_v2(
        dev_server_existing_path=temporal_cli(),
        dev_server_log_level="error",
        dev_server_extra_args=[part for value in settings for part in ("--dynamic-config-value", value)],
        ts_config=TimeSkippingConfig(enabled=False, max_session_skip_count=10_000),
        data_converter=AS_JSON,
    )
    async with environment:
        yield environment


async def written_before(office: Office, ref: str, command: AnyCommand) -> int:
    """Write an act into the ledger as an attempt that died before it could say so; return its version."""
    cycle = await cycle_of(office, ref)
    now = await clock(office, ref)
    decision = decide(cycle, command, Moment(now=now, calendar=working()))
    assert isinstance(decision, Allowed)
    made = entries_of(act_of(command), decision.events, now, cycle)
    after = add_up(made, cycle)
    assert await office.ledger.record(writing_of(made, after, working())) == Standing()
    return after.version


async def test_an_act_written_by_an_earlier_attempt_is_adopted(office: Office) -> None:
    """The same act, sent again, is answered from what stands, and nothing is written twice."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now()))
    command = s.submit(ref)
    version = await written_before(office, ref, command)
    receipt = await done(office, ref, command)
    assert (receipt.version, receipt.happened) == (version, ("ReturnSubmitted",))
    assert len(await entries(office, ref, "ReturnSubmitted")) == 1
    await done(office, ref, s.accept(ref))


async def test_an_act_that_meets_another_is_decided_again(office: Office) -> None:
    """What came first stands; what comes second is decided on top of it, allowed or refused."""
    ref = s.fresh_reference()
    await done(office, ref, s.open_cycle(ref, s.wall_now()))
    version = await written_before(office, ref, s.submit(ref))
    receipt = await done(office, ref, acts.record_decision())
    assert receipt.version == version + 1
    await written_before(office, ref, s.accept(ref))
    await refused(office, ref, s.accept(ref), "request_state")
    cycle = await cycle_of(office, ref)
    assert add_up(await office.ledger.entries(ref)) == cycle


async def test_without_a_worker_the_answer_is_not_known_yet_and_comes_later(
    pool: Pool, engine: WorkflowEnvironment
) -> None:
    """Pages still read; the act that nobody answered is carried out once when a worker is back."""
    async with open_office(pool, engine) as office:
        ref = s.fresh_reference()
        await done(office, ref, s.open_cycle(ref, s.wall_now()))
        await office.skip(ref, 1)
    command = s.submit(ref)
    reads = Reads(pool)
    hasty = Desk(engine.client, office.queue, Keeping(pool), reads, patience=timedelta(seconds=1))
    assert isinstance(await hasty.send(command, s.WORDS), NotKnownYet)
    assert await reads.cycle(ref) is not None
    async with employ(engine.client, office.queue, Ledger(pool), office.post):
        first = await done(office, ref, command)
        assert await send(office, ref, command) == first
        await done(office, ref, s.accept(ref))
    assert len(await entries(office, ref, "ReturnSubmitted")) == 1


async def test_a_worker_that_stops_between_two_acts_loses_nothing(
    pool: Pool, engine: WorkflowEnvironment
) -> None:
    """A cycle goes on under one worker after another, its clock and its keys included."""
    post = PostBag()
    async with open_office(pool, engine) as office:
        ref = s.fresh_reference()
        opening = s.open_cycle(ref, s.wall_now())
        first = await done(office, ref, opening.model_copy(update={"requests": (s.draft(),)}))
    for command in (acts.acknowledge(), acts.pause(), acts.resume()):
        async with employ(engine.client, office.queue, Ledger(pool), post):
            receipt = await done(office, ref, command)
            assert await send(office, ref, command) == receipt
    async with employ(engine.client, office.queue, Ledger(pool), post):
        await office.skip(ref, 60)
    assert len(await entries(office, ref, "ReminderDelivered")) == 5
    assert len(await entries(office, ref, "DutyMissed")) == 1
    assert first.version == 3


async def test_a_cycle_that_continues_afresh_forgets_nothing(
    pool: Pool, forgetful: WorkflowEnvironment
) -> None:
    """Over several runs: state, keys already answered, and the clock are as if there had been one."""
    async with open_office(pool, forgetful) as office:
        ref = s.fresh_reference()
        opening = s.open_cycle(ref, s.wall_now())
        opening = opening.model_copy(update={"requests": (s.draft(due=WorkingDays(days=10)),)})
        await done(office, ref, opening)
        handle = forgetful.client.get_workflow_handle(ref)
        runs = {(await handle.describe()).run_id}
        sent: list[tuple[AnyCommand, Receipt]] = []
        for _ in range(40):
            command = acts.record_decision()
            sent.append((command, await done(office, ref, command)))
            runs.add((await handle.describe()).run_id)
        assert len(runs) > 2
        before = await office.ledger.entries(ref)
        for command, receipt in sent:
            assert await send(office, ref, command) == receipt
        await refused(office, ref, sent[0][0].model_copy(update={"basis": "other"}), "key_reused")
        assert await office.ledger.entries(ref) == before
        await office.skip(ref, 60)
        assert len(await entries(office, ref, "ReminderDelivered")) == 5
        assert len(await entries(office, ref, "DutyMissed")) == 1
        assert add_up(await office.ledger.entries(ref)) == await cycle_of(office, ref)
