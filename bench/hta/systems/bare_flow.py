"""The floor's workflow: as many updates, timers and activities as the product's run of the same way."""

import asyncio
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol

from pydantic import BaseModel
from temporalio import activity, workflow

from bench.bare import BareShape

LONG = timedelta(days=30)
COPY = "copy-"


class BareAct(BaseModel):
    """One act, as long as a command of the product."""

    said: str
    rungs: list[datetime] = []


class KeepsLetters(Protocol):
    """Keeps a letter as a row."""

    async def keep(self, cycle: str, key: str, *, rung: bool) -> None:
        """One letter."""
        ...


class LetterActivities:
    """The floor's one activity."""

    def __init__(self, post: KeepsLetters) -> None:
        self._post = post

    @activity.defn(name="bare-letter")
    async def letter(self, key: str, rung: bool) -> None:
        """Keep one letter."""
        await self._post.keep(activity.info().workflow_id or "", key, rung=rung)


@workflow.defn(name="Bare")
class BareCycle:
    """Counts its updates; sends letters; waits for its reminders."""

    @workflow.init
    def __init__(self, shape: BareShape) -> None:
        self._shape = shape
        self._seen = 0
        self._timer = 0
        self._rungs: list[datetime] = []
        self._to_do: list[tuple[str, bool]] = []

    @workflow.run
    async def run(self, shape: BareShape) -> int:
        """Wait until every update has come and every letter is sent."""
        errands = asyncio.create_task(self._errands())
        while self._seen < shape.updates or self._to_do:
            await self._wait(self._timer)
        errands.cancel()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._seen

    @workflow.update
    async def act(self, act: BareAct) -> str:
        """Take one update."""
        self._seen += 1
        for _ in range(self._shape.activities_after.count(self._seen)):
            self._to_do.append((f"after-{self._seen}", False))
        if self._seen in self._shape.timers_after:
            self._timer += 1
        self._rungs = self._falls(act.rungs) or self._rungs
        if self._copies():
            self._to_do.append((f"{COPY}{self._seen}", False))
        return act.said[:100]

    @workflow.query
    def seen(self) -> int:
        """How many updates have come."""
        return self._seen

    def _copies(self) -> bool:
        """Whether an act sends a copy too: not in the first edition."""
        return False

    def _falls(self, rungs: list[datetime]) -> list[datetime]:
        """The rungs of an act, as this edition has them."""
        return rungs

    async def _wait(self, armed: int) -> None:
        rung = next((one for one in self._rungs if one > workflow.now()), None)
        try:
            await workflow.wait_condition(
                partial(self._woken, armed), timeout=rung - workflow.now() if rung else LONG
            )
        except TimeoutError:
            if rung:
                self._to_do.append((f"rung-{rung.isoformat()}", True))

    def _woken(self, armed: int) -> bool:
        return self._timer != armed or (self._seen >= self._shape.updates and not self._to_do)

    async def _errands(self) -> None:
        while True:
            await workflow.wait_condition(lambda: bool(self._to_do))
            await workflow.execute_activity_method(
                LetterActivities.letter, args=self._to_do[0], start_to_close_timeout=timedelta(seconds=60)
            )
            self._to_do.pop(0)
