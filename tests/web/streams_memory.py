"""Whole tables in memory, as they are streamed from the store: here in one piece."""

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Any

from schemas.board_pages import ActionRow
from schemas.directory import Done, Sought
from schemas.listing import ListedCycle, SoughtCycles
from schemas.searching import Hits, Wanted

EVERY = 1_000_000


class StreamsMemory:
    """What the pages ask of these reads, without an end to it."""

    memory: Any
    cycle_list: Any
    open_actions: Any
    done: Any

    async def every_listed(
        self, sought: SoughtCycles, now: datetime
    ) -> AsyncGenerator[tuple[ListedCycle, ...]]:
        """The whole list."""
        yield (await self.cycle_list(sought, now, EVERY)).rows

    async def references(self) -> list[str]:
        """Every one that is seen."""
        every = await self.cycle_list(SoughtCycles(standing="all"), self.memory.now, EVERY)
        return [one.reference for one in every.rows]

    async def every_open_action(
        self, owner: str | None, now: datetime, *, late: bool = False
    ) -> AsyncGenerator[tuple[ActionRow, ...]]:
        """The whole tracker."""
        yield (await self.open_actions(owner, now, late=late, most=None)).rows

    async def every_done(self, sought: Sought, kinds: tuple[str, ...]) -> AsyncGenerator[list[Done]]:
        """The whole record."""
        yield (await self.done(sought, kinds, EVERY))[0]


class HitsMemory:
    """What a search finds, without an end to it."""

    search: Any

    async def every_hit(self, wanted: Wanted) -> AsyncGenerator[Hits]:
        """All of it, where there is any."""
        if (found := await self.search(wanted, EVERY)).hits:
            yield found
