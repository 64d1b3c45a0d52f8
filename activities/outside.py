"""Looking for what happened outside: what schedules start, every minute and every day."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from temporalio import activity

from activities.alive import signs_of_life
from schemas.outside import Swept


class LooksOutside(Protocol):
    """Takes in what has come by other ways than HTTP, and goes on with what was left half-way."""

    async def look(self) -> Swept:
        """What is to be done every minute: the import, the ledger, what waits, who is to be told."""
        ...

    async def look_ahead(self) -> Swept:
        """What is to be done once a day: promises that come due."""
        ...


class OutsideActivities:
    """Rounds of looking; each may be stopped anywhere and done again."""

    def __init__(self, outside: LooksOutside) -> None:
        self._outside = outside

    def all(self) -> list[Callable[..., Coroutine[Any, Any, Any]]]:
        """Its activities, for a worker."""
        return [self.look, self.look_ahead]

    @activity.defn
    async def look(self) -> Swept:
        """Every minute."""
        async with signs_of_life():
            return await self._outside.look()

    @activity.defn
    async def look_ahead(self) -> Swept:
        """Once a day."""
        async with signs_of_life():
            return await self._outside.look_ahead()
