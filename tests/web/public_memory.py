# ruff: noqa: ARG002 - a stand-in takes the arguments of what it stands for
"""What the public site asks, of a memory in which nothing is published."""

from collections.abc import AsyncIterator
from datetime import datetime

from schemas.rows import CyclePage, PublicationRow
from schemas.searching import Hits, LateRow, Wanted


class PublicMemory:
    """Nothing is found, late or to be taken; meetings are those of the cycles under way."""

    async def search(self, wanted: Wanted, most: int = 20, skip: int = 0) -> Hits:
        """Nothing."""
        return Hits()

    async def every_publication(self) -> AsyncIterator[PublicationRow]:
        """None."""
        none: tuple[PublicationRow, ...] = ()
        for row in none:
            yield row

    async def late_now(self, before: datetime) -> list[LateRow]:
        """Nothing."""
        return []

    async def under_way(self, most: int = 200) -> list[CyclePage]:
        """The cycles that are not over."""
        return []

    async def meetings_for_all(self, now: datetime, coming: int = 100, past: int = 50) -> list[CyclePage]:
        """Every cycle under way with a session."""
        return [page for page in await self.under_way() if page.cycle.sessions]

    async def public_mark(self) -> str:
        """Always the same."""
        return "0|0"

    async def published_mark(self) -> str:
        """Always the same."""
        return "0"
