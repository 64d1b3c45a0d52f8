# ruff: noqa: ARG002 - a stand-in takes the arguments of what it stands for
"""What the public site asks, of a memory in which nothing is published."""

from collections.abc import AsyncIterator, Iterable
from datetime import datetime
from typing import Any

from schemas.public_meetings import SeenSession, SeenSessions
from schemas.rows import CyclePage, PublicationRow
from schemas.searching import Hits, LatePage, LateRow, Wanted
from tests.web import listed_memory as listed
from tests.web.ledger_memory import LedgerMemory
from tests.web.streams_memory import HitsMemory


class PublicMemory(HitsMemory, LedgerMemory):
    """Nothing is found, late or to be taken; meetings are those of the cycles."""

    memory: Any

    async def search(self, wanted: Wanted, most: int = 20, skip: int = 0) -> Hits:
        """Nothing."""
        return Hits()

    async def every_publication(self) -> AsyncIterator[PublicationRow]:
        """None."""
        none: tuple[PublicationRow, ...] = ()
        for row in none:
            yield row

    async def late_now(self, before: datetime, most: int = 500) -> list[LateRow]:
        """Nothing."""
        return []

    async def late_lately(self, before: datetime, most: int) -> list[LateRow]:
        """Nothing."""
        return []

    async def late_page(self, before: datetime, most: int, skip: int = 0) -> LatePage:
        """Nothing."""
        return LatePage()

    async def under_way(self, most: int = 200) -> list[CyclePage]:
        """The cycles that are not over."""
        return []

    async def meetings_ahead(self, now: datetime, most: int, skip: int = 0) -> SeenSessions:
        """Those to come."""
        return listed.ahead(await self._whole(), now, most, skip)

    async def meetings_behind(
        self, now: datetime, most: int, skip: int = 0, since: datetime | None = None
    ) -> SeenSessions:
        """The others."""
        return listed.behind(await self._whole(), now, most, skip, since)

    async def meetings_named(self, cycle: str | None, meeting: str | None) -> tuple[SeenSession, ...]:
        """Of a cycle, or of one meeting."""
        return listed.named(await self._whole(), cycle, meeting)

    async def cycles_named(self, references: Iterable[str]) -> dict[str, CyclePage]:
        """Those that there are."""
        found = {one: await self.cycle(one) for one in references}
        return {one: page for one, page in found.items() if page}

    async def _whole(self) -> list[CyclePage]:
        return list((await self.cycles_named(self.memory.ledgers)).values())

    async def cycle(self, reference: str) -> CyclePage | None:
        """One cycle with its words."""
        raise NotImplementedError

    async def public_mark(self) -> str:
        """Always the same."""
        return "0|0"

    async def withdrawn_count(self) -> int:
        """None."""
        return 0

    async def published_mark(self) -> str:
        """Always the same."""
        return "0"
