"""A delivery says that it is alive, so that a worker's death is noticed."""

import asyncio

import pytest
from temporalio.testing import ActivityEnvironment

from activities import post
from activities.post import PostActivities
from schemas.notices import Delivery, Notice
from tests.clients import built
from tests.conftest import PostBag


async def test_it_says_so_while_one_slow_mail_server_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not only between two letters; and it falls silent when the batch is done."""
    monkeypatch.setattr(post, "BEAT", 0.001)
    beats = 0
    enough = asyncio.Event()

    def heard(*_details: object) -> None:
        nonlocal beats
        beats += 1
        if beats > 3:
            enough.set()

    class Waits(PostBag):
        async def deliver(self, notice: Notice) -> Delivery:
            async with asyncio.timeout(5):
                await enough.wait()
            return await super().deliver(notice)

    environment = ActivityEnvironment()
    environment.on_heartbeat = heard
    [delivery] = await environment.run(PostActivities(Waits()).deliver, [built.notice("evidence_requested")])
    assert delivery.delivered
    silent_since = beats
    await asyncio.sleep(0.02)
    assert beats == silent_since


async def test_a_letter_that_leaves_at_once_says_nothing_of_itself() -> None:
    """Each sign is a call to the engine, and most letters are gone long before one is due."""
    beats: list[object] = []
    environment = ActivityEnvironment()
    environment.on_heartbeat = lambda *details: beats.append(details)
    [delivery] = await environment.run(
        PostActivities(PostBag()).deliver, [built.notice("evidence_requested")]
    )
    assert delivery.delivered
    assert beats == []
