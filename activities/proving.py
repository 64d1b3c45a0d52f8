"""Proving the ledger: the checkpoint of the day."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from temporalio import activity

from activities.alive import signs_of_life
from schemas.proving import Checkpointed


class MakesCheckpoints(Protocol):
    """Makes the checkpoint of the day."""

    async def round(self) -> Checkpointed:
        """What it came to. Raises where the store does not answer: to be tried again."""
        ...


class ProvingActivities:
    """Rounds of proving; each may be stopped anywhere and done again."""

    def __init__(self, checkpointing: MakesCheckpoints) -> None:
        self._checkpointing = checkpointing

    def all(self) -> list[Callable[..., Coroutine[Any, Any, Any]]]:
        """Its activities, for a worker."""
        return [self.checkpoint]

    @activity.defn(name="checkpoint_ledger")
    async def checkpoint(self) -> Checkpointed:
        """One round."""
        async with signs_of_life():
            return await self._checkpointing.round()
