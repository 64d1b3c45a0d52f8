"""Who governs today, so that pages use the right titles: learnt from what was announced."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Protocol

from reference.titles import Words, governs, words_of
from schemas.successions import Announced

EVERY = 5.0
"""Seconds: a succession is announced days before it takes effect."""

log = logging.getLogger(__name__)


class KnowsSuccessions(Protocol):
    """Where it stands who takes over from whom."""

    async def successions(self, office: str | None = None) -> list[Announced]:
        """Everything that was announced."""
        ...


class Governing:
    """The words of the office, and who was announced to follow."""

    def __init__(self, words: Words | None = None) -> None:
        self.words = words or words_of(None)
        self.announced: tuple[Announced, ...] = ()

    def body(self, body: str, day: date) -> str:
        """The body that governs on a day."""
        return governs(body, self.announced, day)

    async def learn(self, knows: KnowsSuccessions) -> None:
        """Learn what was announced since."""
        self.announced = tuple(await knows.successions())

    @asynccontextmanager
    async def learning(self, knows: KnowsSuccessions) -> AsyncIterator[None]:
        """Keep learning while the block runs; a store that is down is asked again."""
        asking = asyncio.create_task(self._keep_learning(knows))
        try:
            yield
        finally:
            asking.cancel()

    async def _keep_learning(self, knows: KnowsSuccessions) -> None:
        while True:
            try:
                await self.learn(knows)
            except Exception as trouble:  # noqa: BLE001 - whatever it is, the pages go on
                log.debug("the store was not asked who takes over: %s", type(trouble).__name__)
            await asyncio.sleep(EVERY)
