"""The two shapes that `bench.children` compares: requests inside a cycle's workflow, and as its children."""

import asyncio
from datetime import timedelta
from functools import partial

from pydantic import BaseModel
from temporalio import activity, workflow

ACTS = 5
"""Acts on one request: asked, acknowledged, returned, sent back or accepted."""

LONG = timedelta(days=30)


class Requests(BaseModel):
    """How many requests a cycle has."""

    count: int


@activity.defn
async def record(act: str) -> str:
    """Stands for the ledger: both shapes write every act down."""
    return act


async def write_down(act: str) -> str:
    """Record one act as the product does."""
    return await workflow.execute_local_activity(record, act, start_to_close_timeout=timedelta(seconds=10))


@workflow.defn
class Whole:
    """A cycle that holds its requests: one timer for the soonest duty of all."""

    @workflow.init
    def __init__(self, requests: Requests) -> None:
        self._left = requests.count * ACTS
        self._timer = 0

    @workflow.run
    async def run(self, requests: Requests) -> int:
        """Wait for every act."""
        while self._left:
            armed = self._timer
            await workflow.wait_condition(partial(self._woken, armed), timeout=LONG)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return requests.count

    def _woken(self, armed: int) -> bool:
        return self._timer != armed or not self._left

    @workflow.update
    async def act(self, said: str) -> str:
        """One act; every fourth changes the soonest duty."""
        await write_down(said)
        self._left -= 1
        self._timer += self._left % 4 == 0
        return said


@workflow.defn
class OneRequest:
    """A request of its own, with its own timer, that tells its cycle when it is done."""

    def __init__(self) -> None:
        self._left = ACTS

    @workflow.run
    async def run(self) -> None:
        """Wait for every act."""
        while self._left:
            before = self._left
            await workflow.wait_condition(partial(self._fewer, before), timeout=LONG)
        await workflow.wait_condition(workflow.all_handlers_finished)

    def _fewer(self, before: int) -> bool:
        return self._left != before

    @workflow.update
    async def act(self, said: str) -> str:
        """One act."""
        await write_down(said)
        self._left -= 1
        return said


@workflow.defn
class Parent:
    """A cycle whose requests are children."""

    def __init__(self) -> None:
        self._started = False

    @workflow.run
    async def run(self, requests: Requests) -> int:
        """Start every request and wait for them."""
        mine = workflow.info().workflow_id
        children = [
            await workflow.start_child_workflow(OneRequest.run, id=f"{mine}/{number}")
            for number in range(requests.count)
        ]
        self._started = True
        await asyncio.gather(*children)
        return requests.count

    @workflow.update
    async def started(self) -> None:
        """Answer once every request can be spoken to."""
        await workflow.wait_condition(lambda: self._started)
