# ruff: noqa: ARG002 - a stand-in takes the arguments of what it stands for
"""Meetings in memory: the cycles whose sessions share one."""

from typing import Any

from schemas.rows import CyclePage
from tests.web.live_memory import SittingMemory


class MeetingMemory(SittingMemory):
    """Reads about meetings, over the memory of whoever mixes this in."""

    memory: Any

    async def meeting(self, reference: str, most: int = 50) -> list[CyclePage]:
        """The cycles with a session of that meeting."""
        pages = [await self.cycle(one) for one in sorted(self.memory.ledgers)]
        return [one for one in pages if one and any(it.meeting == reference for it in one.cycle.sessions)]

    async def meetings(self, most: int | None = None) -> list[CyclePage]:
        """The cycles with a session of some meeting."""
        return [one for one in await self.under_way() if any(it.meeting for it in one.cycle.sessions)]

    async def cycle(self, reference: str) -> CyclePage | None:
        """One cycle with its words."""
        raise NotImplementedError

    async def under_way(self, most: int = 200) -> list[CyclePage]:
        """The cycles that are not over."""
        raise NotImplementedError
