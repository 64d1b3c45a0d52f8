"""The largest cycle that the house allows: sixty requests, four hundred commands, two years of actions."""

from datetime import timedelta
from typing import Any

import pytest
from temporalio.client import WorkflowHandle
from temporalio.testing import WorkflowEnvironment

from engine.connection import employ
from rules.apply import add_up
from schemas.clocks import WorkingDays
from schemas.commands import AnyCommand
from schemas.outcomes import Receipt
from schemas.running import CycleStart
from store.ledger import Ledger
from store.pool import Pool
from tests import scenario as s
from tests.conftest import Office, open_office
from tests.rules import acts
from tests.workflows.test_recovery import forgetful
from tests.workflows.tools import clock, cycle_of, done, entries, refused, send

pytestmark = [pytest.mark.real, pytest.mark.long, pytest.mark.timeout(300)]
__all__ = ["forgetful"]

REQUESTS = 60
ACTIONS = 20
MOST_EVENTS, MOST_BYTES = 51_200, 50 * 1024 * 1024
"""What Temporal allows one history; it warns at a fifth of it."""
MOST_PAYLOAD = 2 * 1024 * 1024


async def runs_of(office: Office, handle: WorkflowHandle[Any, Any]) -> list[tuple[int, int]]:
    """Events and bytes of every run of a cycle."""
    found = []
    async for one in office.engine.client.list_workflows(f'WorkflowId = "{handle.id}"'):
        run = await office.engine.client.get_workflow_handle(handle.id, run_id=one.run_id).fetch_history()
        found.append((len(run.events), sum(event.ByteSize() for event in run.events)))
    return found


async def evidence(office: Office, ref: str) -> list[tuple[AnyCommand, Receipt]]:
    """Every request is acknowledged, answered, sent back, answered again and accepted."""
    return [
        (command, await done(office, ref, command))
        for number in range(1, REQUESTS + 1)
        for command in (
            acts.acknowledge(number),
            s.submit(ref, number),
            s.send_back(ref, number),
            s.submit(ref, number),
            s.accept(ref, number),
        )
    ]


async def two_years_of_actions(office: Office, ref: str) -> list[tuple[AnyCommand, Receipt]]:
    """Undertakings of two years: proposed and confirmed at once, done one after another."""
    now = await clock(office, ref)
    numbers = [f"2026/{number:03d}" for number in range(100, 100 + ACTIONS)]
    sent: list[tuple[AnyCommand, Receipt]] = []
    for place, number in enumerate(numbers):
        due_on = (now + timedelta(days=30 + 35 * place)).date()
        agreed = (acts.propose(due_on, number), acts.confirm(number))
        sent += [(command, await done(office, ref, command)) for command in agreed]
    for number in numbers:
        await office.skip(ref, 36)
        today = (await clock(office, ref)).date()
        finished = (acts.claim(today, number), acts.verify(number))
        sent += [(command, await done(office, ref, command)) for command in finished]
    return sent


async def test_the_largest_cycle_stays_within_the_limits_and_forgets_nothing(
    pool: Pool, forgetful: WorkflowEnvironment
) -> None:
    """Continued afresh many times over: every key is known, every act stands once, the state is whole."""
    ref = s.fresh_reference()
    async with open_office(pool, forgetful) as office:
        opening = s.open_cycle(ref, s.wall_now(), session=None)
        drafts = tuple(s.draft(due=WorkingDays(days=20), title=f"Paper {n}") for n in range(REQUESTS))
        await done(office, ref, opening.model_copy(update={"requests": drafts}))
        sent = [*await evidence(office, ref), *await two_years_of_actions(office, ref)]
        await within_the_limits(office, ref)
        before = await office.ledger.entries(ref)
        for command, receipt in sent[:: len(sent) // 40]:
            assert await send(office, ref, command) == receipt
        await refused(office, ref, sent[0][0].model_copy(update={"request": 2}), "key_reused")
        assert await office.ledger.entries(ref) == before
        assert add_up(before) == await cycle_of(office, ref)
        assert len(await entries(office, ref, "ReturnAccepted")) == REQUESTS
        assert len(await entries(office, ref, "ActionVerified")) == ACTIONS
    async with employ(forgetful.client, office.queue, Ledger(pool), office.post):
        await done(office, ref, acts.record_decision())  # a worker that has never seen it takes it up


async def within_the_limits(office: Office, ref: str) -> None:
    """Every run far below what Temporal allows, and what is handed on far below the largest payload."""
    runs = await runs_of(office, office.engine.client.get_workflow_handle(ref))
    assert len(runs) > 1
    assert max(events for events, _ in runs) < MOST_EVENTS / 5
    assert max(size for _, size in runs) < MOST_BYTES / 5
    start = CycleStart(reference=ref, cycle=await cycle_of(office, ref))
    assert len(start.model_dump_json()) < MOST_PAYLOAD / 2
