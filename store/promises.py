"""What was promised in public and is late."""

import json
from datetime import datetime

import asyncpg

from schemas.counted import MOST_COUNTED
from schemas.searching import LatePage, LateRow
from store.pool import Pool

MET = "m.given_at is not null and not m.coming and not m.cancelled"
"""A meeting that had public notice and took place."""
KINDS = (
    """
select a.cycle, 'action/' || a.number as key, 'action' as what, a.number, a.what as title, a.owner,
       a.due_at, s.version, '' as forum
from open_actions a join findings_search s
  on s.cycle = a.cycle and not s.withdrawn and a.number = any (s.actions)
where a.state = 'confirmed' and a.due_at < $1
""",
    f"""
select d.cycle, d.key, 'findings' as what, '' as number, null as title, null as owner, d.due_at, 0 as version,
       (select min(m.forum) from cycle_sessions m where m.cycle = d.cycle and {MET}) as forum
from deadlines d
where d.what = 'findings' and not d.done and d.due_at < $1
  and exists (select from cycle_sessions m where m.cycle = d.cycle and {MET})
  and not exists (select from releases r where r.cycle = d.cycle)
""",  # noqa: S608 - our own words
    f"""
select d.cycle, d.key, 'answer' as what, d.number, null as title, null as owner, d.due_at, 0 as version,
       m.forum
from deadlines d
join cycle_sessions m on m.cycle = d.cycle and d.number like m.number || '/%' and {MET}
where d.what = 'answer' and not d.done and d.due_at < $1
""",  # noqa: S608 - our own words
    """
select r.cycle, 'release/' || r.version as key, 'release' as what, '' as number, null as title, null as owner,
       r.at as due_at, r.version, '' as forum
from releases r where r.at < $1
""",
)
"""Published actions; findings and answers of meetings that had public notice; announced releases."""


def _page(order: str) -> str:
    """A page and its counts: of each kind no more is read than the page can show, along its own index."""
    some = " union all ".join(
        f"({one} order by {order}, cycle, key limit $2::bigint + $3::bigint)" for one in KINDS
    )
    counted = " union all ".join(f"({one} limit {MOST_COUNTED + 1})" for one in KINDS)
    return f"""
select counted.counts, l.cycle, l.key, l.what, l.number, coalesce(t.words, '') as title, p.title as owner,
       l.due_at, l.version, l.forum, coalesce(ct.words, '') as cycle_title
from (select jsonb_object_agg(what, count) as counts
      from (select what, count(*) as count from ({counted}) as every group by what) as one) counted
left join (select * from ({some}) as few order by {order}, cycle, key limit $2 offset $3) l on true
left join cycles c on c.reference = l.cycle left join texts ct on ct.ref = c.title
left join texts t on t.ref = l.title left join people p on p.id = l.owner
order by l.{order}, l.cycle, l.key
"""  # noqa: S608 - our own words


class PromiseReads:
    """What can be asked about what was promised in public."""

    _pool: Pool

    async def late_now(self, before: datetime, most: int = 500) -> list[LateRow]:
        """What everybody may know to be late, the longest first; due before an instant."""
        return list((await self.late_page(before, most)).rows)

    async def late_lately(self, before: datetime, most: int) -> list[LateRow]:
        """The same, what fell due last first."""
        return list(_read(await self._pool.fetch(_page("due_at desc"), before, most, 0)).rows)

    async def late_page(self, before: datetime, most: int, skip: int = 0) -> LatePage:
        """One page of it, the longest first, and how much there is of each kind."""
        return _read(await self._pool.fetch(_page("due_at"), before, most, skip))


def _read(rows: list[asyncpg.Record]) -> LatePage:
    counts = json.loads(rows[0]["counts"] or "{}")
    found = [{name: value for name, value in row.items() if name != "counts"} for row in rows if row["cycle"]]
    return LatePage(rows=tuple(LateRow.model_validate(one) for one in found), counts=counts)
