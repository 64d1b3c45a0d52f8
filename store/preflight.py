"""What a pre-flight compares with: every cycle under way, its version and what it owes by when."""

import json
from datetime import datetime

from store.pool import Pool

STANDING = """
select c.reference, c.version,
       coalesce(json_object_agg(d.key, d.due_at) filter (where not d.done), '{}') as deadlines
from cycles c left join deadlines d on d.cycle = c.reference
where c.stage not in ('closed', 'cancelled') group by c.reference order by c.reference
"""


class PreflightReads:
    """What can be asked about cycles under way before code is deployed."""

    _pool: Pool

    async def standing(self) -> dict[str, tuple[int, dict[str, datetime]]]:
        """Every cycle under way: its version, and the open deadlines by their keys."""
        return {
            row["reference"]: (
                row["version"],
                {key: datetime.fromisoformat(at) for key, at in json.loads(row["deadlines"]).items()},
            )
            for row in await self._pool.fetch(STANDING)
        }
