"""The floor's workflow as it is edited while cycles wait: a copy of each act, and a rung before the first."""

from datetime import datetime

from temporalio import workflow

from bench.bare import BareShape
from bench.hta.editing import EARLIER
from bench.hta.systems.bare_flow import BareCycle

PATCH = "copies"


class Edited(BareCycle):
    """What all edited ones have."""

    def _falls(self, rungs: list[datetime]) -> list[datetime]:
        return [rungs[0] - EARLIER, *rungs] if rungs else rungs


@workflow.defn(name="Bare")
class Plain(Edited):
    """Edited as if nothing waited."""

    @workflow.init
    def __init__(self, shape: BareShape) -> None:
        super().__init__(shape)

    @workflow.run
    async def run(self, shape: BareShape) -> int:
        """Wait until every update has come and every letter is sent."""
        return await super().run(shape)

    def _copies(self) -> bool:
        return True


@workflow.defn(name="Bare")
class Patched(Edited):
    """Edited with a patch of its own for each act."""

    @workflow.init
    def __init__(self, shape: BareShape) -> None:
        super().__init__(shape)

    @workflow.run
    async def run(self, shape: BareShape) -> int:
        """Wait until every update has come and every letter is sent."""
        return await super().run(shape)

    def _copies(self) -> bool:
        return workflow.patched(f"{PATCH}/{self._seen}")


@workflow.defn(name="Bare")
class PatchedOnce(Edited):
    """Edited with one patch, asked at each act: the first answer holds while it is in memory."""

    @workflow.init
    def __init__(self, shape: BareShape) -> None:
        super().__init__(shape)

    @workflow.run
    async def run(self, shape: BareShape) -> int:
        """Wait until every update has come and every letter is sent."""
        return await super().run(shape)

    def _copies(self) -> bool:
        return workflow.patched(PATCH)
