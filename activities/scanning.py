"""Scanning files: one round over those that wait, as often as it takes until the scanner answers."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from temporalio import activity

from activities.alive import signs_of_life
from schemas.files import Scanned


class LooksAtFiles(Protocol):
    """Has every file that waits looked at."""

    async def round(self) -> Scanned:
        """What it came to. Raises where the scanner does not answer: to be tried again."""
        ...


class ScanActivities:
    """Rounds of scanning; each may be stopped anywhere and done again."""

    def __init__(self, scanning: LooksAtFiles) -> None:
        self._scanning = scanning

    def all(self) -> list[Callable[..., Coroutine[Any, Any, Any]]]:
        """Its activities, for a worker."""
        return [self.scan]

    @activity.defn
    async def scan(self) -> Scanned:
        """One round."""
        async with signs_of_life():
            return await self._scanning.round()
