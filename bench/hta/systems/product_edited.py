"""The product's workflow as it is edited while cycles wait: every act of a person also sends a copy."""

from datetime import datetime, timedelta

from pydantic import ValidationError
from temporalio import workflow

from rules.writing import Act
from schemas.events import AnyEvent
from schemas.people import ENGINE
from schemas.running import CycleStart
from workflows.cycle import CycleWorkflow

COPY, WITHIN = "hta-copy", timedelta(seconds=60)
PATCH = "copies"


class Edited(CycleWorkflow):
    """What both have: the new step, behind each act's entry in the ledger."""

    def _copies(self, version: int) -> bool:
        raise NotImplementedError

    async def _write(self, act: Act, events: tuple[AnyEvent, ...], at: datetime) -> bool:
        written = await super()._write(act, events, at)
        if self._cycle and act.actor != ENGINE and self._copies(self._cycle.version):
            given = [self._reference, self._cycle.version]
            await workflow.execute_activity(COPY, args=given, start_to_close_timeout=WITHIN)
        return written


@workflow.defn(name="Cycle", failure_exception_types=[ValidationError])
class Plain(Edited):
    """Edited as if nothing waited."""

    @workflow.init
    def __init__(self, start: CycleStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: CycleStart) -> str:
        """Run the cycle to its end and say how it ended."""
        return await super().run(start)

    def _copies(self, version: int) -> bool:  # noqa: ARG002 - as the other has it
        return True


@workflow.defn(name="Cycle", failure_exception_types=[ValidationError])
class Patched(Edited):
    """Edited as the product's own code is: with a patch named after the ledger's version."""

    @workflow.init
    def __init__(self, start: CycleStart) -> None:
        super().__init__(start)

    @workflow.run
    async def run(self, start: CycleStart) -> str:
        """Run the cycle to its end and say how it ended."""
        return await super().run(start)

    def _copies(self, version: int) -> bool:
        return workflow.patched(f"{PATCH}/{version}")
