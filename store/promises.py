"""What was promised in public and is late."""

import json
from datetime import datetime

import asyncpg

from schemas.searching import LatePage, LateRow
from store.pool import Pool

FOUND = """
with met as (
    select s.cycle, s.number, s.forum from cycle_sessions s
    where s.given_at is not null and not s.coming and not s.cancelled
), late as (
    select a.cycle, 'action/' || a.number as key, 'action' as what, a.number, a.what as title, a.owner,
           a.due_at, s.version, '' as forum
    from open_actions a join findings_search s on s.cycle = a.cycle and not s.withdrawn
    where a.state = 'confirmed' and a.due_at < $1 and a.number = any (s.actions)
    union all
    select d.cycle, d.key, 'findings', '', null, null, d.due_at, 0, min(m.forum)
    from deadlines d join met m on m.cycle = d.cycle
    where d.what = 'findings' and not d.done and d.due_at < $1
      and not exists (select from releases r where r.cycle = d.cycle)
    group by d.cycle, d.key, d.due_at
    union all
    select d.cycle, d.key, 'answer', d.number, null, null, d.due_at, 0, m.forum
    from deadlines d join met m on m.cycle = d.cycle and d.number like m.number || '/%'
    where d.what = 'answer' and not d.done and d.due_at < $1
    union all
    select r.cycle, 'release/' || r.version, 'release', '', null, null, r.at, r.version, ''
    from releases r where r.at < $1
)
"""
"""Published actions; findings and answers of meetings that had public notice; announced releases."""
PAGE = """
select counted.counts, l.cycle, l.key, l.what, l.number, coalesce(t.words, '') as title, p.title as owner,
       l.due_at, l.version, l.forum, coalesce(ct.words, '') as cycle_title
from (select jsonb_object_agg(what, count) as counts
      from (select what, count(*) as count from late group by what) as one) counted
left join (select * from late order by {0}, cycle, key limit $2 offset $3) l on true
left join cycles c on c.reference = l.cycle left join texts ct on ct.ref = c.title
left join texts t on t.ref = l.title left join people p on p.id = l.owner
order by l.{0}, l.cycle, l.key
"""
LONGEST, NEWEST = FOUND + PAGE.format("due_at"), FOUND + PAGE.format("due_at desc")


class PromiseReads:
    """What can be asked about what was promised in public."""

    _pool: Pool

    async def late_now(self, before: datetime, most: int = 500) -> list[LateRow]:
        """What everybody may know to be late, the longest first; due before an instant."""
        return list((await self.late_page(before, most)).rows)

    async def late_lately(self, before: datetime, most: int) -> list[LateRow]:
        """The same, what fell due last first."""
        return list(_page(await self._pool.fetch(NEWEST, before, most, 0)).rows)

    async def late_page(self, before: datetime, most: int, skip: int = 0) -> LatePage:
        """One page of it, the longest first, and how much there is of each kind."""
        return _page(await self._pool.fetch(LONGEST, before, most, skip))


def _page(rows: list[asyncpg.Record]) -> LatePage:
    counts = json.loads(rows[0]["counts"] or "{}")
    found = [{name: value for name, value in row.items() if name != "counts"} for row in rows if row["cycle"]]
    return LatePage(rows=tuple(LateRow.model_validate(one) for one in found), counts=counts)
