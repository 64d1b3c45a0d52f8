"""Editions that an office releases itself: calendars, local standards and windows, and who counts by them."""

import json
from collections.abc import Collection, Iterable

import asyncpg

from schemas.clocks import Calendar
from schemas.cycle import Cycle
from schemas.standards import Behind, BehindPage, Standards, StandardsEdition
from schemas.windows import Window, WindowEdition
from store.pool import Pool

THERE = "select to_regclass('calendars') is not null"

UNDER = """
select state from cycles
where stage not in ('closed', 'cancelled') and split_part(state ->> 'calendar', '/', 1) = $1
order by reference
"""

FOLLOWING = """
select state from cycles
where stage not in ('closed', 'cancelled') and state -> 'standards' ->> 'id' = $1 order by reference
"""

BEHIND = """
with behind as (
    select reference, title, coalesce((state #>> '{standards,edition}')::integer, 1) as edition from cycles
    where stage not in ('closed', 'cancelled') and state #>> '{standards,id}' = $1
)
select counted.all, b.reference as cycle, b.edition, coalesce(t.words, '') as title
from (select count(*) as all from behind where edition < $2) counted
left join (select * from behind where edition < $2 order by reference limit $3) b on true
left join texts t on t.ref = b.title order by b.reference
"""

STANDARDS = """
select standards, changed_by, changed_at, reason from standards
where office = $1 and ($2::text is null or kind = $2) order by kind, edition
"""

CHANGE = """
insert into standards (office, kind, edition, standards, changed_by, reason)
values ($1, $2, $3, $4::jsonb, $5, $6) on conflict do nothing returning edition
"""


WINDOWS = """
select facts, changed_by, changed_at, reason from windows
where office = $1 and ($2::text is null or rule = $2) order by rule, edition
"""

CHANGE_WINDOW = """
insert into windows (office, rule, edition, facts, changed_by, reason)
values ($1, $2, $3, $4::jsonb, $5, $6) on conflict do nothing returning edition
"""


class EditionReads:
    """What can be asked about editions."""

    _pool: Pool

    async def calendars(self, known: Collection[str] = ()) -> list[Calendar]:
        """The imported editions, but for those known already; none before the tables are there."""
        if not await self._pool.fetchval(THERE):
            return []
        rows = await self._pool.fetch(
            "select calendar from calendars where version <> all ($1) order by version", list(known)
        )
        return [Calendar.model_validate_json(row["calendar"]) for row in rows]

    async def standards(self, office: str) -> dict[str, Standards]:
        """The newest edition of each kind's standards that an office has changed, by kind."""
        return {one.standards.id: one.standards for one in await self.standards_history(office)}

    async def standards_history(self, office: str, kind: str | None = None) -> list[StandardsEdition]:
        """Every edition that an office made, of one kind or of all, oldest first."""
        rows = await self._pool.fetch(STANDARDS, office, kind)
        return [
            StandardsEdition.model_validate({**dict(row), "standards": json.loads(row["standards"])})
            for row in rows
        ]

    async def windows_history(self, office: str, rule: str | None = None) -> list[WindowEdition]:
        """Every edition of windows that an office made, of one rule or of all, oldest first."""
        rows = await self._pool.fetch(WINDOWS, office, rule)
        kept = ({"window": json.loads(row["facts"]), **dict(row)} for row in rows)
        return [WindowEdition.model_validate(one) for one in kept]

    async def counting_by(self, calendar: str) -> list[Cycle]:
        """Every cycle under way that counts by some edition of a calendar, by its name."""
        return _cycles(await self._pool.fetch(UNDER, calendar))

    async def following(self, kind: str) -> list[Cycle]:
        """Every cycle under way that follows some edition of a kind's standards."""
        return _cycles(await self._pool.fetch(FOLLOWING, kind))

    async def behind(self, kind: str, edition: int, most: int = 20) -> BehindPage:
        """The cycles under way that follow an edition of a kind's standards before this one."""
        rows = await self._pool.fetch(BEHIND, kind, edition, most)
        found = tuple(Behind.model_validate(dict(row)) for row in rows if row["cycle"])
        return BehindPage(rows=found, all=rows[0]["all"])


class EditionKeeping:
    """Keeps editions. An edition that is kept never changes."""

    _pool: Pool

    async def keep_calendars(self, editions: Iterable[Calendar], by: str) -> list[str]:
        """Keep editions of calendars; the versions that were new."""
        made = []
        async with self._pool.transaction() as connection:
            for one in editions:
                version = await connection.fetchval(
                    "insert into calendars (version, calendar, imported_by) values ($1, $2::jsonb, $3)"
                    " on conflict do nothing returning version",
                    one.version,
                    one.model_dump_json(),
                    by,
                )
                made += [version] if version else []
        return made

    async def keep_standards(self, office: str, standards: Standards, by: str, reason: str) -> bool:
        """Keep one edition of a kind's standards; False where somebody has made that edition already."""
        text = standards.model_dump_json()
        arguments = (office, standards.id, standards.edition, text, by, reason)
        return await self._pool.fetchval(CHANGE, *arguments) is not None

    async def keep_window(self, office: str, window: Window, by: str, reason: str) -> bool:
        """Keep one edition of a rule's window; False where somebody has made that edition already."""
        arguments = (office, window.id, window.edition, window.model_dump_json(), by, reason)
        return await self._pool.fetchval(CHANGE_WINDOW, *arguments) is not None


def _cycles(rows: list[asyncpg.Record]) -> list[Cycle]:
    return [Cycle.model_validate_json(row["state"]) for row in rows]
