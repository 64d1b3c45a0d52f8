"""The list of cycles, filtered and sorted by PostgreSQL; costly facts are worked out for one page alone."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime

import asyncpg

from schemas.listing import FoundCycles, ListedCycle, Order, SoughtCycles
from store.pool import Pool

FOUND = """
with found as (
    select c.reference, c.changed_at, c.opened_at, c.session_at
    from cycles c
    where ($1 = 'all' or ($1 = 'open' and c.stage not in ('closed', 'cancelled')) or c.stage = $1)
      and ($2 = '' or strpos(c.reference, upper($2)) > 0 or c.reference in (
          select cycle from cycle_titles where strpos(sought, lower($2)) > 0))
      and ($3 = '' or c.theme = $3)
      and ($4 = '' or c.opened_by = $4 or c.reference in (
          select r.cycle from requests r where r.lead = $4
          and r.state in ('asked', 'acknowledged', 'part_returned', 'sent_back')))
      and (not $5 or c.reference in (
          select d.cycle from deadlines d where not d.done and (d.missed or d.due_at < $6)))
      and ($7 = 0 or c.reference like 'HTA-' || $7::integer || '-%')
), counted as (
    select count(*) as count from found
), page as (
    select f.reference from found f
"""
SORTED: dict[Order, str] = {
    "changed": " order by f.changed_at desc, f.reference",
    "due": " left join (select cycle, min(due_at) as due from deadlines where not done group by cycle) n"
    " on n.cycle = f.reference order by n.due nulls last, f.reference",
    "session": " order by f.session_at desc nulls last, f.reference",
    "opened": " order by f.opened_at desc, f.reference",
}
SHOWN = """
    limit $8 offset $9
)
select c.reference, c.stage, coalesce(t.words, '') as title, c.theme, c.opened_by, c.opened_at, c.changed_at,
       c.session_at, c.paused, counted.count, d.open_requests, d.late, d.late_since, d.next_due_at,
       array(select distinct r #>> '{draft,lead}' from jsonb_array_elements(c.state -> 'requests') r
             where r ->> 'state' in ('asked', 'acknowledged', 'part_returned', 'sent_back')
             and not jsonb_path_exists(r, '$.clarifications[*] ? (@.answered_at == null)')) as leads,
       array(select distinct a ->> 'owner' from jsonb_array_elements(c.state -> 'actions') a
             where a ->> 'state' = 'confirmed') as owners,
       array(select s #>> '{by,role}'
             from jsonb_array_elements(c.state #> '{findings,-1,approvals}') s) as signed_by
from counted left join page on true left join cycles c on c.reference = page.reference
left join texts t on t.ref = c.title
left join lateral (
    select count(*) filter (where what = 'return') as open_requests,
           count(*) filter (where missed or due_at < $6) as late,
           min(due_at) filter (where missed or due_at < $6) as late_since,
           min(due_at) filter (where due_at >= $6) as next_due_at, min(due_at) as due
    from deadlines where cycle = c.reference and not done) d on true
"""
AGAIN: dict[Order, str] = {
    "changed": " order by c.changed_at desc, c.reference",
    "due": " order by d.due nulls last, c.reference",
    "session": " order by c.session_at desc nulls last, c.reference",
    "opened": " order by c.opened_at desc, c.reference",
}
"""The order of the page itself, once its rows are joined."""


class CycleListReads:
    """What can be asked of the list of cycles."""

    _pool: Pool

    async def cycle_list(
        self, sought: SoughtCycles, now: datetime, most: int = 50, skip: int = 0
    ) -> FoundCycles:
        """One page of the cycles that are sought, in their order, and how many there are altogether."""
        rows = await self._pool.fetch(_query(sought), *_asked(sought, now), most, skip)
        return FoundCycles(count=rows[0]["count"], rows=_listed(rows))

    async def every_listed(
        self, sought: SoughtCycles, now: datetime
    ) -> AsyncGenerator[tuple[ListedCycle, ...]]:
        """All of them, some at a time, as they stand at one instant."""
        async with aclosing(self._pool.batches(_query(sought), *_asked(sought, now), None, 0)) as batches:
            async for rows in batches:
                yield _listed(rows)

    async def references(self) -> list[str]:
        """Every cycle that is seen."""
        rows = await self._pool.fetch("select reference from cycles order by reference")
        return [row["reference"] for row in rows]

    async def cycle_years(self) -> tuple[int, ...]:
        """The years from the first cycle to the last, by their references, newest first."""
        row = await self._pool.fetchrow("select min(reference) as first, max(reference) as last from cycles")
        if row is None or row["first"] is None:
            return ()
        first, last = (int(row[name].split("-")[1]) for name in ("first", "last"))
        return tuple(range(last, first - 1, -1))


def _query(sought: SoughtCycles) -> str:
    return FOUND + SORTED[sought.order] + SHOWN + AGAIN[sought.order]


def _asked(sought: SoughtCycles, now: datetime) -> tuple[object, ...]:
    return sought.standing, sought.words, sought.theme, sought.who, sought.late, now, sought.year


def _listed(rows: list[asyncpg.Record]) -> tuple[ListedCycle, ...]:
    return tuple(
        ListedCycle.model_validate({name: value for name, value in row.items() if name != "count"})
        for row in rows
        if row["reference"]
    )
