"""What was promised in public and is late, and meetings as everybody may know of them."""

from datetime import datetime

from schemas.cycle import Cycle
from schemas.rows import CyclePage
from schemas.searching import LateRow
from store.texts import TEXT, TextReads

LATE = """
with noticed as (
    select c.reference, (one ->> 'number')::integer as session, one ->> 'forum' as forum
    from deadlines d join cycles c on c.reference = d.cycle, jsonb_array_elements(c.state -> 'sessions') one
    where d.what in ('findings', 'answer') and not d.done and d.due_at < $1
      and jsonb_array_length(coalesce(one -> 'agendas', '[]')) > 0 and one ->> 'held_at' is not null
), late as (
    select a.cycle, 'action/' || a.number as key, 'action' as what, a.number, coalesce(t.words, '') as title,
           p.title as owner, a.due_at, s.version, '' as forum
    from open_actions a join findings_search s on s.cycle = a.cycle and not s.withdrawn
    left join texts t on t.ref = a.what left join people p on p.id = a.owner
    where a.state = 'confirmed' and a.due_at < $1 and a.number = any (s.actions)
    union all
    select d.cycle, d.key, 'findings', '', '', null, d.due_at, 0, min(n.forum)
    from deadlines d join noticed n on n.reference = d.cycle
    where d.what = 'findings' and not d.done and d.due_at < $1
      and not exists (select from releases r where r.cycle = d.cycle)
    group by d.cycle, d.key, d.due_at
    union all
    select d.cycle, d.key, 'answer', d.number, '', null, d.due_at, 0, n.forum
    from deadlines d join noticed n on n.reference = d.cycle and d.number like n.session || '/%'
    where d.what = 'answer' and not d.done and d.due_at < $1
    union all
    select r.cycle, 'release/' || r.version, 'release', '', '', null, r.at, r.version, ''
    from releases r where r.at < $1
)
select late.*, coalesce(t.words, '') as cycle_title from late
join cycles c on c.reference = late.cycle left join texts t on t.ref = c.title
order by late.due_at, late.cycle, late.key limit 500
"""
"""Published actions; findings and answers of meetings that had public notice; announced releases."""

MEETINGS = """
(select stage, state from cycles where session_at >= $1 and stage <> 'cancelled'
 order by session_at limit $2)
union all
(select stage, state from cycles where session_at < $1 and stage <> 'cancelled'
 order by session_at desc limit $3)
"""


class PromiseReads(TextReads):
    """What can be asked about what was promised in public."""

    async def late_now(self, before: datetime) -> list[LateRow]:
        """What everybody may know to be late, the longest first; due before an instant."""
        return [LateRow.model_validate(dict(row)) for row in await self._pool.fetch(LATE, before)]

    async def meetings_for_all(self, now: datetime, coming: int = 100, past: int = 50) -> list[CyclePage]:
        """The cycles with the next meetings and the last ones, each with its words."""
        rows = await self._pool.fetch(MEETINGS, now, coming, past)
        words = await self.words({ref for row in rows for ref in TEXT.findall(row["state"])})
        return [
            CyclePage(cycle=Cycle.model_validate_json(row["state"]), stage=row["stage"], words=words)
            for row in rows
        ]
