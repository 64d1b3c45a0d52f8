"""The cycle as a Temporal workflow, word for word, on dbosify."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from dbosify import activity, workflow

from bench.hta.instants import until
from bench.hta.ledger import act_of

WITHIN = timedelta(seconds=60)


class Effects:
    """What the workflow has done outside."""

    def __init__(self, records: Any) -> None:
        self._records = records

    @activity.defn
    async def record(self, reference: str, act: dict[str, Any]) -> None:
        """Append an act to the record."""
        await self._records.record(reference, act_of(act))

    @activity.defn
    async def tell(self, reference: str, act: dict[str, Any]) -> None:
        """Send what an act tells."""
        await self._records.tell(reference, act_of(act))

    @activity.defn
    async def remind(self, reference: str, rung: str) -> None:
        """Send a reminder."""
        await self._records.remind(reference, rung)


@workflow.defn
class DbosifyCycle:
    """Takes acts one at a time; letters go out beside them; one timer for the next reminder."""

    def __init__(self) -> None:
        self._number = 0
        self._over = False
        self._rungs: list[str] = []
        self._changed = 0
        self._letters: list[dict[str, Any]] = []
        self._turn = asyncio.Lock()

    @workflow.run
    async def run(self, reference: str) -> int:
        """Until the last act is recorded and every letter sent."""
        while not self._over or self._letters:
            if self._letters:
                await self._do(Effects.tell, reference, self._letters[0])
                self._letters.pop(0)
            elif await self._wait():
                await self._do(Effects.remind, reference, self._rungs.pop(0))
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self._number

    @workflow.update
    async def act(self, asked: dict[str, Any]) -> int:
        """One act; answered when it is recorded."""
        act = act_of(asked["act"])
        async with self._turn:
            if act.number == self._number + 1:
                await self._do(Effects.record, asked["reference"], asked["act"])
                self._number, self._over = act.number, act.last
                if asked["rungs"] is not None:
                    self._rungs = asked["rungs"]
                    self._changed += 1
                if act.tells:
                    self._letters.append(asked["act"])
        return self._number

    async def _wait(self) -> bool:
        """Whether a reminder is due."""
        before, rungs = self._changed, bool(self._rungs)
        timeout = timedelta(seconds=until(self._rungs, _now()))
        try:
            await workflow.wait_condition(
                lambda: self._changed != before or bool(self._letters) or self._over, timeout=timeout
            )
        except TimeoutError:
            return rungs
        return False

    async def _do(self, effect: Any, *given: Any) -> None:
        await workflow.execute_local_activity_method(effect, args=given, start_to_close_timeout=WITHIN)


def _now() -> datetime:
    instant: datetime = workflow.now()
    return instant
