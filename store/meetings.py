"""Meetings: the cycles whose sessions share one, found by the rows of their sessions."""

import asyncpg

from schemas.cycle import Cycle
from schemas.rows import CyclePage
from store.live import LiveReads
from store.sittings import SittingReads
from store.texts import TEXT, TextReads

SHARING = """
select stage, state from cycles where reference in (select cycle from cycle_sessions where meeting = $1)
order by reference limit $2
"""
SHARED = """
select stage, state from cycles where reference in (
    select cycle from cycle_sessions where meeting is not null) order by changed_at desc limit $1
"""


class MeetingReads(SittingReads, LiveReads, TextReads):
    """What can be asked about meetings."""

    async def meeting(self, reference: str, most: int = 50) -> list[CyclePage]:
        """The cycles on a meeting, each with the words of all; none where there is no such meeting."""
        return await self._pages(await self._pool.fetch(SHARING, reference, most))

    async def meetings(self, most: int | None = None) -> list[CyclePage]:
        """The cycles with a session that is part of a meeting, newest change first."""
        return await self._pages(await self._pool.fetch(SHARED, most))

    async def _pages(self, rows: list[asyncpg.Record]) -> list[CyclePage]:
        words = await self.words({ref for row in rows for ref in TEXT.findall(row["state"])})
        return [
            CyclePage(cycle=Cycle.model_validate_json(row["state"]), stage=row["stage"], words=words)
            for row in rows
        ]
