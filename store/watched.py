"""What is watched of the record from outside, in one question: numbers and instants, and nobody's data."""

from datetime import datetime

from schemas.watched import Watched
from store.pool import Pool

WATCHED = """
select watched_at($1) || out_tray_at($1) || jsonb_build_object(
    'connections', (select sum(numbackends) from pg_stat_database),
    'connections_most', current_setting('max_connections')::integer
                        - current_setting('superuser_reserved_connections')::integer)
"""


class WatchedReads:
    """Asks for what is watched. Whoever may do nothing else may ask this."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def watched(self, now: datetime) -> Watched:
        """How it stands at an instant."""
        return Watched.model_validate_json(await self._pool.fetchval(WATCHED, now))
