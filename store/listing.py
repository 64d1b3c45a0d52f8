"""The list of cycles, filtered and sorted by PostgreSQL; costly facts are worked out for one page alone."""

from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from datetime import datetime

import asyncpg

from schemas.counted import MOST_COUNTED
from schemas.listing import FoundCycles, ListedCycle, Order, SoughtCycles
from store.pool import Pool

OWED = "select from deadlines d where d.cycle = c.reference and not d.done"
FIRST = """not exists (select from deadlines e where e.cycle = d.cycle and not e.done
    and (e.due_at < d.due_at or (e.due_at = d.due_at and e.key < d.key)))"""
"""Whether nothing else in its cycle is owed before a deadline."""
SORTED: dict[Order, str] = {
    "changed": "from found f order by f.changed_at desc, f.reference",
    "due": "from found f left join ("
    "select cycle, min(due_at) as due from deadlines where not done group by cycle) n"
    " on n.cycle = f.reference order by n.due nulls last, f.reference",
    "session": "from found f order by f.session_at desc nulls last, f.reference",
    "opened": "from found f order by f.opened_at desc, f.reference",
}
SOONEST = (
    "from deadlines d join found f on f.reference = d.cycle"
    f" where not d.done and {FIRST} order by d.due_at, d.cycle"
)
"""Cycles in which something is owed, the soonest first: as far along the deadlines as a page needs."""
SHOWN = """
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
           count(*) filter (where missed or due_at < $3) as late,
           min(due_at) filter (where missed or due_at < $3) as late_since,
           min(due_at) filter (where due_at >= $3) as next_due_at, min(due_at) as due
    from deadlines where cycle = c.reference and not done) d on true
"""
AGAIN: dict[Order, str] = {
    "changed": "order by c.changed_at desc, c.reference",
    "due": "order by d.due nulls last, c.reference",
    "session": "order by c.session_at desc nulls last, c.reference",
    "opened": "order by c.opened_at desc, c.reference",
}
"""The order of the page itself, once its rows are joined."""


class CycleListReads:
    """What can be asked of the list of cycles."""

    _pool: Pool

    async def cycle_list(
        self, sought: SoughtCycles, now: datetime, most: int = 50, skip: int = 0
    ) -> FoundCycles:
        """One page of the cycles that are sought, in their order, and how many there are altogether."""
        statement, asked = _query(sought, now, most, skip)
        rows = await self._pool.fetch(statement, *asked)
        return FoundCycles(count=rows[0]["count"], rows=_listed(rows))

    async def every_listed(
        self, sought: SoughtCycles, now: datetime
    ) -> AsyncGenerator[tuple[ListedCycle, ...]]:
        """All of them, some at a time, as they stand at one instant."""
        statement, asked = _query(sought, now, None)
        async with aclosing(self._pool.batches(statement, *asked)) as batches:
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


def _query(
    sought: SoughtCycles, now: datetime, most: int | None, skip: int = 0
) -> tuple[str, tuple[object, ...]]:
    """A statement for what is sought, and what it is asked with: what nobody asks for is left out of it."""
    asked: list[object] = [most, skip, now]
    where = ["true"]
    for condition, value in _conditions(sought):
        asked.append(value)
        where.append(condition.format(f"${len(asked)}"))
    if sought.standing == "open":
        where.append("c.stage not in ('closed', 'cancelled')")
    if sought.late:
        where.append(f"exists ({OWED} and (d.missed or d.due_at < $3))")
    order = SOONEST if sought.late and sought.order == "due" else SORTED[sought.order]
    statement = f"""
with found as not materialized (
    select c.reference, c.changed_at, c.opened_at, c.session_at from cycles c where {" and ".join(where)}
), counted as (
    select count(*) as count from (select from found limit {MOST_COUNTED + 1}) as few
), page as (
    select f.reference {order} limit $1 offset $2
) {SHOWN} {AGAIN[sought.order]}"""  # noqa: S608 - our own words
    return statement, tuple(asked)


def _conditions(sought: SoughtCycles) -> Iterator[tuple[str, object]]:
    """What narrows the list, each with its one value."""
    if sought.standing not in ("open", "all"):
        yield "c.stage = {}", sought.standing
    if sought.words:
        yield (
            (
                "(strpos(c.reference, upper({0})) > 0"
                " or c.reference in (select cycle from cycle_titles where strpos(sought, lower({0})) > 0))"
            ),
            sought.words,
        )
    if sought.theme:
        yield "c.theme = {}", sought.theme
    if sought.who:
        yield (
            (
                "(c.opened_by = {0} or c.reference in (select r.cycle from requests r where r.lead = {0}"
                " and r.state in ('asked', 'acknowledged', 'part_returned', 'sent_back')))"
            ),
            sought.who,
        )
    if sought.year:
        yield "c.reference like 'HTA-' || {}::integer || '-%'", sought.year


def _listed(rows: list[asyncpg.Record]) -> tuple[ListedCycle, ...]:
    return tuple(
        ListedCycle.model_validate({name: value for name, value in row.items() if name != "count"})
        for row in rows
        if row["reference"]
    )
