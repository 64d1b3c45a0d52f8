"""Meetings as everybody may know of them, read without the cycles that they are of.

The sessions come from a view of their own (face.seen_sessions, walls.sql): a whole cycle is far more.
"""

from collections.abc import Sequence
from datetime import datetime

import asyncpg

from schemas.cycle import Session
from schemas.public_meetings import SeenSession, SeenSessions
from store.texts import TEXT, TextReads

AHEAD = """
with found as (
    select s.line, min(s.starts_at) as starts_at from cycle_sessions s
    where s.coming and s.starts_at >= $1
      and s.cycle not in (select reference from cycles where stage = 'cancelled')
    group by s.line
), page as (
    select line from found order by starts_at, line limit $2 offset $3
)
select (select count(*) from found) as all, (select coalesce(array_agg(line), '{}') from page) as lines
"""
BEHIND = """
with found as (
    select s.line, min(s.starts_at) as starts_at from cycle_sessions s
    where ($4::timestamptz is null or s.starts_at >= $4)
      and s.cycle not in (select reference from cycles where stage = 'cancelled')
    group by s.line having not bool_or(s.coming and s.starts_at >= $1)
), page as (
    select line from found order by starts_at desc, line desc limit $2 offset $3
)
select (select count(*) from found) as all, (select coalesce(array_agg(line), '{}') from page) as lines
"""
LINES_OF = """
select array_agg(distinct line) as lines from cycle_sessions where cycle = $1 or line = $2
"""
ON_LINES = """
select * from face.seen_sessions where line = any ($1) order by cycle, number
"""


class PublicMeetingReads(TextReads):
    """What everybody can ask about meetings."""

    async def meetings_ahead(self, now: datetime, most: int, skip: int = 0) -> SeenSessions:
        """The sessions of the meetings to come, soonest first."""
        row = await self._pool.fetchrow(AHEAD, now, most, skip)
        assert row is not None
        return SeenSessions(rows=await self._on_lines(row["lines"]), all=row["all"])

    async def meetings_behind(
        self, now: datetime, most: int, skip: int = 0, since: datetime | None = None
    ) -> SeenSessions:
        """The sessions of the other meetings, newest first; of a day and after, or ever."""
        row = await self._pool.fetchrow(BEHIND, now, most, skip, since)
        assert row is not None
        return SeenSessions(rows=await self._on_lines(row["lines"]), all=row["all"])

    async def meetings_named(self, cycle: str | None, meeting: str | None) -> tuple[SeenSession, ...]:
        """The sessions of a cycle's meetings, those of others on them too; or of one meeting."""
        row = await self._pool.fetchrow(LINES_OF, cycle, meeting)
        return await self._on_lines(row["lines"]) if row and row["lines"] else ()

    async def _on_lines(self, lines: Sequence[str]) -> tuple[SeenSession, ...]:
        if not lines:
            return ()
        rows = await self._pool.fetch(ON_LINES, lines)
        words = await self.words({ref for row in rows for ref in _refs(row)})
        return tuple(_seen(row, words) for row in rows)


def _refs(row: asyncpg.Record) -> list[str]:
    return [row["title"], *TEXT.findall(row["session"])]


def _seen(row: asyncpg.Record, words: dict[str, str]) -> SeenSession:
    return SeenSession(
        cycle=row["cycle"],
        title=words.get(row["title"], ""),
        published=row["published"],
        calendar=row["calendar"],
        due_hour=row["due_hour"],
        version=row["version"],
        changed_at=row["changed_at"],
        session=Session.model_validate_json(row["session"]),
        words={ref: words[ref] for ref in TEXT.findall(row["session"]) if ref in words},
    )
