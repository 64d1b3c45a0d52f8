"""The floor: a bare workflow with the same number of updates, timers and activities, and nothing else."""

import asyncio
import time
from datetime import datetime, timedelta
from functools import partial

from pydantic import BaseModel
from temporalio import activity, workflow


class BareShape(BaseModel):
    """How many updates there will be, and after which of them an activity runs and a timer is set anew."""

    updates: int
    activities_after: list[int]
    timers_after: list[int]


@activity.defn
async def nothing(said: str) -> str:
    """An activity that does nothing."""
    return said[:10]


@workflow.defn
class BareWorkflow:
    """Counts its updates."""

    @workflow.init
    def __init__(self, shape: BareShape) -> None:
        self._shape = shape
        self._seen = 0
        self._timer = 0
        self._to_do: list[int] = []

    @workflow.run
    async def run(self, shape: BareShape) -> int:
        """Wait until every update has come and every activity has run."""
        errands = asyncio.create_task(self._errands())
        while self._seen < shape.updates or self._to_do:
            armed = self._timer
            try:
                await workflow.wait_condition(partial(self._woken, armed), timeout=timedelta(days=30))
            except TimeoutError:
                break
        errands.cancel()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._seen

    def _woken(self, armed: int) -> bool:
        return self._timer != armed or (self._seen >= self._shape.updates and not self._to_do)

    @workflow.update
    async def act(self, said: str) -> str:
        """Take one update."""
        self._seen += 1
        if self._seen in self._shape.activities_after:
            self._to_do.append(self._seen)
        if self._seen in self._shape.timers_after:
            self._timer += 1
        return said[:100]

    async def _errands(self) -> None:
        while True:
            await workflow.wait_condition(lambda: bool(self._to_do))
            await workflow.execute_activity(nothing, "x" * 300, start_to_close_timeout=timedelta(seconds=60))
            self._to_do.pop(0)


arrived: list[float] = []
"""When each bare rung was noted, by the true clock: the floor's worker is in the bench's own process."""


@workflow.defn
class BareRung:
    """One timer, one activity."""

    @workflow.run
    async def run(self, at: datetime) -> None:
        """Wait for the instant, then have it noted."""
        await workflow.sleep(at - workflow.now())
        await workflow.execute_activity(note, start_to_close_timeout=timedelta(seconds=60))


@activity.defn
async def note() -> None:
    """Note that it is now."""
    arrived.append(time.time())
