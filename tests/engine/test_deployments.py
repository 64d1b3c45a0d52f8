"""Builds of the code on the real engine: what keeps to which, and what moves when somebody moves it."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from engine import connection
from engine.deployments import BuildsError, build_of, builds, make_current, move, ramp, unbound
from tests import scenario as s
from tests.engine.changed import Change
from tests.engine.yard import Yard
from tests.rules import acts
from tests.workflows.tools import done, entries

pytestmark = pytest.mark.real


async def opened(yard: Yard) -> str:
    """A cycle with one request."""
    ref = s.fresh_reference()
    await done(yard.office, ref, s.open_cycle(ref, s.wall_now()))
    return ref


async def test_a_cycle_keeps_the_build_that_it_began_with_until_it_is_moved(
    yard: Yard, changed: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new one begins on the new build; the old one is moved by its name, and its acts go on there."""
    client = yard.office.engine.client
    await yard.start("b1")
    await yard.current("b1")
    old = await opened(yard)
    monkeypatch.setattr(connection, "WORKFLOWS", [changed("newer")])
    await yard.start("b2")
    await yard.current("b2")
    new = await opened(yard)
    await done(yard.office, old, acts.acknowledge())
    await yard.running("b1", 1)
    await yard.running("b2", 1)
    to = build_of(yard.deployment, "b2")
    assert to is not None
    await move(client, old, to)
    await done(yard.office, old, s.submit(old), s.accept(old))
    await yard.running("b1", 0)
    await yard.running("b2", 2)
    assert len(await entries(yard.office, old, "ReturnAccepted")) == 1
    assert new != old


async def test_cycles_from_before_builds_go_on_under_the_current_one(yard: Yard) -> None:
    """They keep to it from then on; nothing is lost, and nothing waits for a worker that is gone."""
    async with AsyncExitStack() as before:
        plain = Yard(yard.office, yard.deployment, before)
        await plain.start(None)
        ref = await opened(plain)
        client, query = yard.office.engine.client, unbound(yard.office.queue)
        for _ in range(100):
            if (await client.count_workflows(query)).count == 1:
                break
            await asyncio.sleep(0.1)
        assert [one.id async for one in client.list_workflows(query)] == [ref]
    await yard.start("b1")
    await yard.current("b1")
    await done(yard.office, ref, acts.acknowledge())
    await yard.running("b1", 1)


async def test_a_share_of_what_begins_can_begin_on_a_build(yard: Yard) -> None:
    """The rest begins on the current one, and 0 ends it."""
    client = yard.office.engine.client
    await yard.start("b1")
    await yard.start("b2")
    await yard.current("b1")
    await yard.known("b2")
    await ramp(client, yard.deployment, "b2", 25)
    found = await builds(client, yard.office.queue, yard.deployment)
    assert {one.build: (one.status, one.share) for one in found.builds} == {
        "b1": ("current", 75), "b2": ("ramping", 25),
    }  # fmt: skip


async def test_a_build_that_nobody_runs_is_refused_in_words(yard: Yard) -> None:
    """They say which variable to set."""
    client = yard.office.engine.client
    with pytest.raises(BuildsError, match=r"No worker of a build of d-.* has come yet"):
        await builds(client, yard.office.queue, yard.deployment)
    await yard.start("b1")
    await yard.known("b1")
    with pytest.raises(BuildsError, match="ANSWERABLE_WORKER_BUILD=b9"):
        await make_current(client, yard.deployment, "b9")
    with pytest.raises(BuildsError, match="ANSWERABLE_WORKER_BUILD=b9"):
        await ramp(client, yard.deployment, "b9", 10)


async def test_a_run_that_continues_afresh_stays_on_its_build(
    yard: Yard, changed: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another build has become the current one meanwhile."""
    here = list(connection.WORKFLOWS)
    short = changed("short", ("EVENTS_OF_A_RUN = 300", "EVENTS_OF_A_RUN = 20"))
    monkeypatch.setattr(connection, "WORKFLOWS", [short])
    await yard.start("b1")
    await yard.current("b1")
    ref = await opened(yard)
    handle = yard.office.engine.client.get_workflow_handle(ref)
    first = (await handle.describe()).run_id
    monkeypatch.setattr(connection, "WORKFLOWS", here)
    await yard.start("b2")
    await yard.current("b2")
    for command in (acts.acknowledge(), s.submit(ref), s.accept(ref), acts.pause(), acts.resume()):
        await done(yard.office, ref, command)
    for _ in range(100):
        if (await handle.describe()).run_id != first:
            break
        await asyncio.sleep(0.1)
    assert (await handle.describe()).run_id != first
    await done(yard.office, ref, acts.record_decision())
    await yard.running("b1", 1)
    await yard.running("b2", 0)
