"""How cycles ran: kept behind the ledger, counted by the store, read by the pages."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any

from asyncpg import Record

from schemas.cycle import Cycle
from schemas.insights import Insights, KindSum, LeadSum, QuarterSum, StepSum
from schemas.records import Entry
from schemas.timing import HOLDERS, STEPS, Ahead, Run
from store.ledger import ENTRIES, entry_of
from store.pool import Pool

QUARTERS = 12
"""Quarters that the trend goes back."""
STEP_COLUMNS = ", ".join(f"{step}_days" for step in STEPS)
HELD_COLUMNS = ", ".join(f"{holder}_held" for holder in HOLDERS)

KEEP = f"""
with given as (
    select * from jsonb_to_recordset($1::jsonb) as r (
        cycle text, version integer, kind text, year integer, opened_at timestamptz,
        published_at timestamptz, published_days integer, published_late integer,
        published_quarter date,
        {", ".join(f"{step}_days integer" for step in STEPS)},
        {", ".join(f"{holder}_held integer" for holder in HOLDERS)},
        sent_back integer, more_time integer, cancelled boolean, run jsonb)
), kept as (
    insert into runs (cycle, version, kind, year, opened_at, published_at, published_days, published_late,
                      published_quarter, {STEP_COLUMNS}, {HELD_COLUMNS}, sent_back, more_time, cancelled)
    select cycle, version, kind, year, opened_at, published_at, published_days, published_late,
           published_quarter, {STEP_COLUMNS}, {HELD_COLUMNS}, sent_back, more_time, cancelled from given
    on conflict (cycle) do update set version = excluded.version, published_at = excluded.published_at,
        published_days = excluded.published_days, published_late = excluded.published_late,
        published_quarter = excluded.published_quarter,
        {", ".join(f"{step}_days = excluded.{step}_days" for step in STEPS)},
        {", ".join(f"{holder}_held = excluded.{holder}_held" for holder in HOLDERS)},
        sent_back = excluded.sent_back, more_time = excluded.more_time, cancelled = excluded.cancelled
    where runs.version <= excluded.version returning cycle
), lines as (
    insert into run_lines (cycle, version, run) select cycle, version, run from given join kept using (cycle)
    on conflict (cycle) do update set version = excluded.version, run = excluded.run
), gone as (
    delete from run_answers a using given g join kept using (cycle) where a.cycle = g.cycle and not exists (
        select from jsonb_array_elements(g.run -> 'answered') as one
        where (one ->> 'request')::int = a.request)
)
insert into run_answers (cycle, request, lead, kind, year, due_on, due_quarter, returned_on, late_days, late)
select g.cycle, a.request, a.lead, g.kind, g.year, a.due_on, a.due_quarter, a.returned_on, a.late_days, a.late
from given g join kept using (cycle), jsonb_to_recordset(g.run -> 'answered') as a (
    request integer, lead text, due_on date, due_quarter date, returned_on date,
    late_days integer, late boolean)
on conflict (cycle, request) do update set lead = excluded.lead, due_on = excluded.due_on,
    due_quarter = excluded.due_quarter, returned_on = excluded.returned_on, late_days = excluded.late_days,
    late = excluded.late
"""  # noqa: S608 - the names of columns are those of schemas.timing

STRUCK_OFF = """
delete from runs_behind b using runs r
where r.cycle = b.cycle and r.version >= b.version and b.cycle = any($1)
"""

FILTER = "where not cancelled and ($1::text is null or kind = $1) and ($2::integer is null or year = $2)"

OVERALL = f"""
select count(*) as cycles, count(*) filter (where sent_back > 0) as sent_back_cycles,
       coalesce(sum(sent_back), 0) as sent_back, count(*) filter (where more_time > 0) as more_time_cycles,
       coalesce(sum(more_time), 0) as more_time,
       {", ".join(f"coalesce(sum({one}_held), 0) as {one}_held" for one in HOLDERS)},
       {", ".join(f"count({one}_days) as {one}_count" for one in STEPS)},
       {", ".join(f"percentile_disc(0.5) within group (order by {one}_days) as {one}" for one in STEPS)}
from runs {FILTER}
"""  # noqa: S608 - as above

ANSWERS = """
select lead, due_quarter, late, case when late and returned_on is not null then late_days end as days,
       count(*) as many
from run_answers
where ($1::text is null or kind = $1) and ($2::integer is null or year = $2) group by 1, 2, 3, 4
"""

KINDS = f"""
select kind, count(*) as cycles, count(published_at) as published,
       count(*) filter (where published_late > 0) as late,
       percentile_disc(0.5) within group (order by published_days) as median
from runs {FILTER} group by kind order by kind
"""  # noqa: S608 - as above

CAME = f"""
select published_quarter as first_on, published_days as days, count(*) as many from runs
{FILTER} and published_quarter is not null group by 1, 2
"""  # noqa: S608 - as above

KNOWN = """
select (select coalesce(array_agg(distinct year order by year desc), '{}') from runs) as years,
       (select coalesce(array_agg(distinct kind order by kind), '{}') from runs) as all_kinds,
       (select count(*) from runs_behind) as behind
"""


class RunReads:
    """What can be asked about how cycles ran."""

    _pool: Pool

    async def run(self, cycle: str) -> Run | None:
        """How one cycle ran, as far as that was kept; None before it was."""
        row = await self._pool.fetchrow("select run from run_lines where cycle = $1", cycle)
        return Run.model_validate_json(row["run"]) if row else None

    async def insights(self, kind: str | None = None, year: int | None = None) -> Insights:
        """How all cycles ran, or those of one kind and one programme year."""
        one, answers, kinds, came, known = await asyncio.gather(
            self._pool.fetchrow(OVERALL, kind, year),
            self._pool.fetch(ANSWERS, kind, year),
            self._pool.fetch(KINDS, kind, year),
            self._pool.fetch(CAME, kind, year),
            self._pool.fetchrow(KNOWN),
        )
        assert one is not None
        assert known is not None
        names = ("cycles", "sent_back_cycles", "sent_back", "more_time_cycles", "more_time")
        return Insights(
            **{name: one[name] for name in names},
            **dict(known),
            steps=tuple(StepSum(step=step, median=one[step], cycles=one[f"{step}_count"]) for step in STEPS),
            held={holder: one[f"{holder}_held"] for holder in HOLDERS},
            leads=_leads(answers),
            kinds=tuple(KindSum.model_validate(dict(row)) for row in kinds),
            quarters=_quarters(answers, came),
        )


KEEP_DUTIES = """
with given as (
    select * from jsonb_to_recordset($1::jsonb) as d (cycle text, version integer, kind text, at timestamptz)
), gone as (
    delete from duties_ahead d using given g
    where d.cycle = g.cycle and g.at is null and d.version <= g.version
)
insert into duties_ahead (cycle, version, kind, at)
select cycle, version, kind, at from given where at is not null
on conflict (cycle) do update set version = excluded.version, kind = excluded.kind, at = excluded.at
where duties_ahead.version <= excluded.version
"""


class RunKeeping:
    """Keeps how cycles ran. Every method may be repeated without harm; what is newer stands."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def behind(self, most: int) -> list[str]:
        """Cycles that have moved on since they were counted."""
        rows = await self._pool.fetch("select cycle from runs_behind limit $1", most)
        return [row["cycle"] for row in rows]

    async def ledgers(self, cycles: Sequence[str]) -> dict[str, list[Entry]]:
        """The whole ledgers of some cycles, each oldest first."""
        rows = await self._pool.fetch(
            ENTRIES + " where cycle = any($1) order by cycle, version", list(cycles)
        )
        found: dict[str, list[Entry]] = {one: [] for one in cycles}
        for row in rows:
            found[row["cycle"]].append(entry_of(row))
        return found

    async def states(self, cycles: Sequence[str]) -> list[Cycle]:
        """Some cycles as they stand."""
        rows = await self._pool.fetch("select state from cycles where reference = any($1)", list(cycles))
        return [Cycle.model_validate_json(row["state"]) for row in rows]

    async def keep_duties(self, ahead: Sequence[Ahead]) -> None:
        """Keep what the engine has to do next in some cycles, unless what is kept reaches further already."""
        await self._pool.execute(KEEP_DUTIES, json.dumps([one.model_dump(mode="json") for one in ahead]))

    async def keep_runs(self, runs: Sequence[Run]) -> None:
        """Keep how some cycles ran, unless what is kept reaches further already."""
        await self._pool.execute(KEEP, json.dumps([run_row(one) for one in runs]))
        await self._pool.execute(STRUCK_OFF, [one.cycle for one in runs])


def _leads(answers: Sequence[Record]) -> tuple[LeadSum, ...]:
    """The answers of each lead together."""
    return tuple(
        LeadSum(
            lead=lead,
            asked=sum(one["many"] for one in own),
            late=sum(one["many"] for one in own if one["late"]),
            late_days=_counted(own),
        )
        for lead, own in _by("lead", answers)
    )


def _quarters(answers: Sequence[Record], came: Sequence[Record]) -> tuple[QuarterSum, ...]:
    """The newest quarters, oldest first: what fell due in each, and what came out."""
    owed, published = dict(_by("due_quarter", answers)), dict(_by("first_on", came))
    every = sorted(one for one in {*owed, *published} if one is not None)
    return tuple(
        QuarterSum(
            first_on=on,
            due=sum(one["many"] for one in owed.get(on, ())),
            late=sum(one["many"] for one in owed.get(on, ()) if one["late"]),
            published=sum(one["many"] for one in published.get(on, ())),
            days=_counted(published.get(on, ())),
        )
        for on in every[-QUARTERS:]
    )


def _by(column: str, rows: Sequence[Record]) -> list[tuple[Any, list[Record]]]:
    """The rows by what stands in a column, in its order."""
    found: dict[Any, list[Record]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return sorted(found.items(), key=lambda one: str(one[0]))


def _counted(rows: Sequence[Record]) -> dict[int, int]:
    """How often each number of days stands."""
    found: dict[int, int] = {}
    for row in rows:
        if row["days"] is not None:
            found[row["days"]] = found.get(row["days"], 0) + row["many"]
    return found


def run_row(run: Run) -> dict[str, Any]:
    """A row for it: what stands in columns, and all of it."""
    facts = run.model_dump(mode="json")
    plain = {name: said for name, said in facts.items() if not isinstance(said, list)}
    steps = {f"{step}_days": run.step_days(step) for step in STEPS}
    held = {f"{holder}_held": run.holder_days(holder) for holder in HOLDERS}
    return {**plain, **steps, **held, "run": facts}
