"""What the panel's page asks: the panel's meetings, and what became public since one of them."""

import json
from collections.abc import Iterable
from datetime import datetime

import asyncpg

from schemas.board_pages import SessionRow
from schemas.panel import PanelMeetings
from schemas.rows import PublicationRow
from store import boards_sql
from store.texts import TEXT, TextReads

LINES = "from cycle_sessions group by line"
OF_PANEL = boards_sql.SESSIONS.replace(LINES, "from cycle_sessions where forum = 'panel' group by line")
SINCE = """
select p.cycle, p.version, p.published_at, p.fingerprint, p.theme, p.facts, p.withdrawn_at,
       t.words as withdrawal
from publications p left join texts t on t.ref = p.withdrawal
where $1::timestamptz is null or greatest(p.published_at, p.withdrawn_at) > $1
order by greatest(p.published_at, p.withdrawn_at) desc, p.cycle, p.version desc limit $2
"""


class PanelReads(TextReads):
    """What can be asked about the panel."""

    async def panel_meetings(self, most: int = 5) -> PanelMeetings:
        """The panel's meetings to come and its last ones."""
        ahead = await self._pool.fetch(OF_PANEL, True, most, 0)
        behind = await self._pool.fetch(OF_PANEL, False, most, 0)
        return PanelMeetings(coming=_rows(ahead), past=_rows(behind))

    async def published_since(self, since: datetime | None, most: int = 50) -> list[PublicationRow]:
        """What was published or withdrawn after an instant, or ever; newest first."""
        rows = await self._pool.fetch(SINCE, since, most)
        words = await self.words({ref for row in rows for ref in TEXT.findall(row["facts"])})
        return [
            PublicationRow.model_validate(
                {
                    **dict(row),
                    "facts": json.loads(row["facts"]),
                    "words": {ref: words[ref] for ref in TEXT.findall(row["facts"]) if ref in words},
                }
            )
            for row in rows
        ]


def _rows(rows: Iterable[asyncpg.Record]) -> tuple[SessionRow, ...]:
    return tuple(
        SessionRow.model_validate({**dict(row), "cycles": json.loads(row["cycles"])})
        for row in rows
        if row["cycle"]
    )
