"""What the engine did late, as the ledger has it."""

import json
from datetime import datetime

from pydantic import TypeAdapter

from schemas.outages import LateRow
from store.pool import Pool

LATE = """
select l.cycle, coalesce(t.words, '') as cycle_title, l.event
from ledger l left join cycles c on c.reference = l.cycle left join texts t on t.ref = c.title
where l.kind = 'DutyFiredLate' and ($1::timestamptz is null or l.at >= $1)
order by l.at desc, l.cycle, l.version desc limit $2
"""
ROWS = TypeAdapter(list[LateRow])


class OutageReads:
    """What can be asked about what was late."""

    _pool: Pool

    async def late(self, since: datetime | None = None, most: int = 2000) -> list[LateRow]:
        """What was done late, newest first; since an instant, or ever."""
        rows = await self._pool.fetch(LATE, since, most)
        return ROWS.validate_python(
            [
                {"cycle": row["cycle"], "cycle_title": row["cycle_title"], **json.loads(row["event"])}
                for row in rows
            ]
        )
