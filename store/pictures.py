"""What calendars, plans and measures are drawn from."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import get_args

from schemas.calendar import DueRow, HeardRow, Layer, MeasureFigure
from schemas.rows import DeadlineRow, PublicationRow
from store.findings import FindingReads
from store.pool import Pool

LAYER = """case when d.owner = $3 or ($7 and c.opened_by = $3 and d.owner is null)
                    or (not $7 and d.what = 'session' and exists (
                        select from requests r where r.cycle = d.cycle and r.lead = $3)) then 'own'
                when p.role = any($4) then 'force'
                when p.role = any($5) then 'panel'
                when d.what in ('session', 'notice') and exists (
                    select from cycle_sessions s where s.cycle = d.cycle
                    and s.number::text = d.number and s.forum = 'panel') then 'panel'
                else 'team' end"""
PLACED = """row_number() over (partition by day order by due_at, cycle, key) as place,
           count(*) over (partition by day) as of_day"""
SPAN = """
    select *, (due_at at time zone 'Europe/London')::date as day from deadlines
    where due_at >= $1 and due_at < $2
      and cycle not in (select reference from cycles where stage = 'cancelled')
"""
ALL_LAYERS = f"""
with due as (select *, {PLACED} from ({SPAN}) falls), d as (
    select * from due where place <= $8 and place > $9
), placed as (
    select d.*, c.title as of_cycle, {LAYER} as layer
    from d join cycles c on c.reference = d.cycle left join people p on p.id = d.owner
    where cardinality($6::text[]) > 0
)"""  # noqa: S608 - put together from our own words
"""Of each day its first: nothing needs to be known of the rest but how many they are."""
SOME_LAYERS = f"""
with laid as (
    select d.*, c.title as of_cycle, {LAYER} as layer
    from ({SPAN}) d join cycles c on c.reference = d.cycle left join people p on p.id = d.owner
), placed as (
    select * from (select *, {PLACED} from laid where layer = any($6)) one where place <= $8 and place > $9
)"""  # noqa: S608 - put together from our own words
DUE = """
select l.cycle, coalesce(ct.words, '') as title, l.key, l.what, l.number, coalesce(t.words, '') as about,
       l.owner, l.due_at, l.missed, l.done, l.layer, l.of_day,
       s.forum, s.meeting
from placed l left join texts ct on ct.ref = l.of_cycle left join texts t on t.ref = l.title
left join cycle_sessions s on l.what in ('session', 'notice')
    and s.cycle = l.cycle and s.number::text = l.number
order by l.due_at, l.cycle, l.key
"""

HEARD = """
select h.commitment, date_trunc('quarter', h.published_at at time zone 'Europe/London')::date as quarter_on,
       count(*) as times, max(h.published_at) as last_at,
       (array_agg(h.cycle order by h.published_at desc))[1] as last
from commitments_heard h where $1::text is null or h.commitment = $1
group by 1, 2 order by 1, 2
"""

ABOUT = """
select p.cycle, p.version, p.published_at, p.fingerprint, p.theme, p.facts, p.withdrawn_at,
       null::text as withdrawal
from commitments_heard h join publications p using (cycle, version)
where h.commitment = $1 order by p.published_at desc, p.cycle limit $2
"""

COMING = """
select d.cycle, coalesce(ct.words, '') as cycle_title, d.key, d.what, d.number,
       coalesce(t.words, '') as title, d.owner, null::text as owner_title, d.due_at, d.missed, d.done
from cycles c join deadlines d on d.cycle = c.reference
left join texts ct on ct.ref = c.title left join texts t on t.ref = d.title
where c.state -> 'commitments' @> jsonb_build_array($1::text) and c.stage not in ('closed', 'cancelled')
  and d.what = 'session' and not d.done and d.due_at >= $2 and exists (
      select from jsonb_array_elements(c.state -> 'sessions') s
      where s ->> 'number' = d.number and jsonb_array_length(coalesce(s -> 'agendas', '[]')) > 0)
order by d.due_at limit $3
"""

FIGURES = """
select * from measure_figures where measure = any($1) order by measure, period desc limit $2
"""


class PictureReads(FindingReads):
    """What calendars, plans and measures ask."""

    _pool: Pool

    async def due_between(
        self,
        first: datetime,
        last: datetime,
        person: str,
        sides: Mapping[str, Sequence[str]],
        layers: Sequence[Layer],
        *,
        of_office: bool,
        most: int = 12,
        skip: int = 0,
    ) -> list[DueRow]:
        """What falls between two instants, at most so many of a day, each in its layer for this person."""
        laid = ALL_LAYERS if set(layers) == set(get_args(Layer)) else SOME_LAYERS
        rows = await self._pool.fetch(
            laid + DUE, first, last, person, list(sides["force"]), list(sides["panel"]), list(layers),
            of_office, skip + most, skip,
        )  # fmt: skip
        return [DueRow.model_validate(dict(row)) for row in rows]

    async def heard(self, commitment: str | None = None) -> list[HeardRow]:
        """How often published findings asked about each commitment, quarter by quarter, oldest first."""
        return [HeardRow.model_validate(dict(row)) for row in await self._pool.fetch(HEARD, commitment)]

    async def findings_about(self, commitment: str, most: int = 50) -> list[PublicationRow]:
        """The newest published findings of each cycle about a commitment, newest first."""
        return await self._published(await self._pool.fetch(ABOUT, commitment, most))

    async def sessions_about(self, commitment: str, now: datetime, most: int = 5) -> list[DeadlineRow]:
        """Sessions to come of cycles about a commitment that had public notice, soonest first."""
        rows = await self._pool.fetch(COMING, commitment, now, most)
        return [DeadlineRow.model_validate(dict(row)) for row in rows]

    async def figures(self, measures: Sequence[str], most: int = 2_000) -> list[MeasureFigure]:
        """The figures of some measures, each period's as it was taken in last."""
        rows = await self._pool.fetch(FIGURES, list(measures), most)
        return [MeasureFigure.model_validate(dict(row)) for row in rows]
