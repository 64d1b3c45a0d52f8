"""A run that began before the later duties were known learns them at its next act, and replays too."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from temporalio.testing import WorkflowEnvironment
from temporalio.worker import Worker

from activities.ledger import LedgerActivities
from activities.post import PostActivities
from engine.connection import employ, replayer, sandbox
from schemas.events import ReminderBounced
from schemas.running import CycleStart
from store.ledger import Ledger
from store.pool import Pool
from tests import scenario as s
from tests.conftest import open_office
from tests.replay.test_replay import SOURCE
from tests.rules import acts
from tests.workflows.test_clock import opened
from tests.workflows.tools import cycle_of, done, entries

pytestmark = pytest.mark.real

LEARNS = 'self._whole = self._whole or workflow.patched(f"{LATER}/{entries[-1].version}")'


@pytest.fixture
def earlier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[type]:
    """The cycle's workflow as it was before there was anything to learn."""
    text = SOURCE.read_text(encoding="utf8")
    assert text.count(LEARNS) == 1
    (tmp_path / "earlier_cycle.py").write_text(text.replace(LEARNS, "self._whole = False"), encoding="utf8")
    monkeypatch.syspath_prepend(str(tmp_path))
    workflow: type = importlib.import_module("earlier_cycle").CycleWorkflow
    yield workflow
    del sys.modules["earlier_cycle"]


async def test_a_running_cycle_learns_the_later_duties_at_its_next_act(
    pool: Pool, engine: WorkflowEnvironment, earlier: type
) -> None:
    """Under the earlier code a bounce ends a rung; after an act under this one it is put to the deputy."""
    async with open_office(pool, engine) as office:
        pass
    office.post.bounces.add(s.LEAD.person)
    worker = Worker(
        engine.client,
        task_queue=office.queue,
        workflows=[earlier],
        activities=[LedgerActivities(Ledger(pool)).record, PostActivities(office.post).deliver],
        workflow_runner=sandbox(),
    )
    async with worker:
        start = CycleStart(reference=s.fresh_reference())
        await engine.client.start_workflow("Cycle", start, id=start.reference, task_queue=office.queue)
        ref = await opened(office, ref=start.reference)
        await office.skip(ref, 7)
    async with employ(engine.client, office.queue, Ledger(pool), office.post):
        before = len(await entries(office, ref, "ReminderBounced"))
        await done(office, ref, acts.record_decision())
        await office.skip(ref, 60)
        bounced = [one.event for one in await entries(office, ref, "ReminderBounced")]
        routes = [one.route for one in bounced if isinstance(one, ReminderBounced)]
        assert before == 1
        assert routes == [None, "lead", "lead", "lead", "lead"]
        assert len(await entries(office, ref, "NonResponseDeemed")) == 1
        assert (await cycle_of(office, ref)).requests[0].non_response_at
    history = await engine.client.get_workflow_handle(ref).fetch_history()
    await replayer().replay_workflow(history)
