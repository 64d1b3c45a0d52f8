"""What the engine did late, as the ledger has it."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

import asyncpg
from pydantic import TypeAdapter

from schemas.outages import LateRow, LateSpan
from store.pool import Pool

LATE = """
select l.cycle, coalesce(t.words, '') as cycle_title, l.event
from ledger l left join cycles c on c.reference = l.cycle left join texts t on t.ref = c.title
where l.kind = 'DutyFiredLate' and ($1::timestamptz is null or l.at >= $1)
order by l.at desc, l.cycle, l.version desc limit $2
"""
SPANS = """
select l.cycle, l.version, (l.event ->> 'planned_at')::timestamptz as planned_at,
       (l.event ->> 'late_by')::interval as late_by
from ledger l where l.kind = 'DutyFiredLate' and ($1::timestamptz is null or l.at >= $1)
order by l.at desc, l.cycle, l.version desc limit $2
"""
THESE = """
select l.cycle, coalesce(t.words, '') as cycle_title, l.event
from unnest($1::text[], $2::integer[]) with ordinality as w (cycle, version, place)
join ledger l on l.cycle = w.cycle and l.version = w.version
left join cycles c on c.reference = l.cycle left join texts t on t.ref = c.title
order by w.place
"""
ROWS = TypeAdapter(list[LateRow])


class OutageReads:
    """What can be asked about what was late."""

    _pool: Pool

    async def late(self, since: datetime | None = None, most: int = 2000) -> list[LateRow]:
        """What was done late, newest first; since an instant, or ever."""
        return _rows(await self._pool.fetch(LATE, since, most))

    async def late_spans(self, since: datetime | None = None, most: int = 2000) -> list[LateSpan]:
        """The same without words: from when to when each of them reaches."""
        return [LateSpan(*row) for row in await self._pool.fetch(SPANS, since, most)]

    async def late_these(self, wanted: Sequence[LateSpan]) -> list[LateRow]:
        """Some of them with their words, in the order in which they are named."""
        if not wanted:
            return []
        cycles, versions = [one.cycle for one in wanted], [one.version for one in wanted]
        return _rows(await self._pool.fetch(THESE, cycles, versions))


def _rows(rows: Iterable[asyncpg.Record]) -> list[LateRow]:
    return ROWS.validate_python(
        [
            {"cycle": row["cycle"], "cycle_title": row["cycle_title"], **json.loads(row["event"])}
            for row in rows
        ]
    )
