"""Rounds that are noted: they pass schedule, worker and store, so a note says that all three work."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from schemas.outside import Swept


class Rounds(Protocol):
    """What is to be done every minute and every morning."""

    async def look(self) -> Swept:
        """Every minute."""
        ...

    async def look_ahead(self) -> Swept:
        """Every morning."""
        ...


class NotesRounds(Protocol):
    """Where it is noted."""

    async def seen(self, at: datetime) -> None:
        """A round begins."""
        ...


class Noted:
    """The same rounds; each of every minute is noted as it begins."""

    def __init__(self, rounds: Rounds, signs: NotesRounds, now: Callable[[], datetime]) -> None:
        self._rounds = rounds
        self._signs = signs
        self._now = now

    async def look(self) -> Swept:
        """Every minute."""
        await self._signs.seen(self._now())
        return await self._rounds.look()

    async def look_ahead(self) -> Swept:
        """Every morning."""
        return await self._rounds.look_ahead()
