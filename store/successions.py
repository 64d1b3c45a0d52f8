"""Successions that an office announced, and the open cycles of the bodies that they concern."""

from collections.abc import Collection

from schemas.cycle import Cycle
from schemas.rows import CyclePage
from schemas.successions import Announced
from store.pool import Pool
from store.texts import TEXT, TextReads

ANNOUNCED = """
select office, what, was, was_name, successor as "to", successor_name as to_name, from_on, reason, source,
       recorded_late, announced_by, announced_at
from successions where taken_back_at is null and ($1::text is null or office = $1) order by from_on, what
"""

ANNOUNCE = """
insert into successions (office, what, was, was_name, successor, successor_name, from_on, reason, source,
                         recorded_late, announced_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing returning was
"""

TAKE_BACK = """
update successions set taken_back_by = $4, taken_back_at = now(), taken_back_for = $5
where office = $1 and what = $2 and successor = $3 and taken_back_at is null returning id
"""

OPEN = """
select stage, state from cycles
where stage not in ('closed', 'cancelled') and state ->> 'body' = any ($1) order by reference
"""


class SuccessionReads(TextReads):
    """What can be asked about successions."""

    async def successions(self, office: str | None = None) -> list[Announced]:
        """Everything that is announced and was not taken back, by an office or by all, soonest first."""
        return [Announced.model_validate(dict(row)) for row in await self._pool.fetch(ANNOUNCED, office)]

    async def open_under(self, bodies: Collection[str]) -> list[CyclePage]:
        """Every cycle under way of some bodies, with the words of its title and names alone."""
        rows = await self._pool.fetch(OPEN, list(bodies))
        cycles = [(row["stage"], Cycle.model_validate_json(row["state"])) for row in rows]
        words = await self.words({ref for _, one in cycles for ref in _named(one)})
        return [
            CyclePage(cycle=one, stage=stage, words={ref: words[ref] for ref in _named(one) if ref in words})
            for stage, one in cycles
        ]


class SuccessionKeeping:
    """Keeps announcements. What one says never changes; one that was taken back stays on record."""

    _pool: Pool

    async def keep_succession(self, one: Announced) -> bool:
        """Keep an announcement; False where another stands in its way already."""
        said = (one.office, one.what, one.was, one.was_name, one.to, one.to_name, one.from_on, one.reason)
        more = (one.source, one.recorded_late, one.announced_by)
        return await self._pool.fetchval(ANNOUNCE, *said, *more) is not None

    async def take_back_succession(self, one: Announced, by: str, reason: str) -> bool:
        """Note that an announcement is taken back, by whom and why; False where it was already."""
        found = await self._pool.fetchval(TAKE_BACK, one.office, one.what, one.to, by, reason)
        return found is not None


def _named(cycle: Cycle) -> set[str]:
    names = [ref for one in cycle.successions for ref in (one.was_name, one.to_name)]
    named = {cycle.title, *names, *(one.name for one in cycle.called)}
    return {ref for ref in named if ref and TEXT.fullmatch(ref)}
