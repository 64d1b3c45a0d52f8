"""Restricted cycles, whoever opened one all the same, the log of access, and which files may be read."""

from datetime import datetime, timedelta

from schemas.shape import Slug
from schemas.signed_in import Access
from schemas.viewing import Opening, Restriction
from store.pool import Pool

RESTRICT = """
with kept as (
    insert into restrictions (cycle, named, reason, by, at)
    select $1, $2, $3, $4, $6 where exists (select from cycles where reference = $1)
    on conflict (cycle) do update set named = excluded.named, reason = excluded.reason, by = excluded.by,
        at = excluded.at
    where (restrictions.named, restrictions.reason) is distinct from (excluded.named, excluded.reason)
    returning cycle
), noted as (
    insert into access_log (at, person, role, what, cycle, reason)
    select $6, $4, $5, 'restricted the cycle to ' || array_to_string($2, ', '), cycle, $3 from kept
)
select count(*) from kept
"""

LIFT = """
with gone as (delete from restrictions where cycle = $1 returning cycle), noted as (
    insert into access_log (at, person, role, what, cycle, reason)
    select $5, $2, $3, 'lifted the restriction', cycle, $4 from gone
)
select count(*) from gone
"""

OPEN = """
with kept as (
    insert into openings (cycle, person, role, reason, at, until)
    select $1, $2, $3, $4, $5, $6 where not exists (
        select from openings where cycle = $1 and person = $2 and until > $5)
    on conflict do nothing returning cycle
), noted as (
    insert into access_log (at, person, role, what, cycle, reason)
    select $5, $2, $3, 'opened a restricted cycle for 60 minutes', cycle, $4 from kept
)
select count(*) from kept
"""

OPENED = "select cycle, person, role, reason, at, until from openings"


class AccessReads:
    """What can be asked about who may see what."""

    _pool: Pool

    async def file_seen(self, digest: str) -> bool:
        """Whether a file is there that whoever looks may read."""
        return bool(await self._pool.fetchval("select exists (select from files where digest = $1)", digest))

    async def restriction(self, cycle: str) -> Restriction | None:
        """To whom a cycle is restricted; None where it is not, or is nothing to whoever looks."""
        row = await self._pool.fetchrow("select * from restrictions where cycle = $1", cycle)
        return Restriction.model_validate(dict(row)) if row else None

    async def openings(self, since: datetime, cycle: str | None = None) -> list[Opening]:
        """Who opened a restricted cycle and may still look at an instant, newest first."""
        rows = await self._pool.fetch(
            OPENED + " where until > $1 and ($2::text is null or cycle = $2) order by at desc", since, cycle
        )
        return [Opening.model_validate(dict(row)) for row in rows]

    async def access(self, most: int = 100, skip: int = 0) -> list[Access]:
        """The log of access, newest first."""
        rows = await self._pool.fetch(
            "select at, person, role, what, cycle, reason from access_log order by number desc"
            " limit $1 offset $2",
            most,
            skip,
        )
        return [Access(**dict(row)) for row in rows]


class AccessKept:
    """Restricts cycles and opens them; each act and its line in the log are one statement."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def restrict(self, one: Restriction, role: str) -> bool:
        """Let only those who are named see a cycle; False where that is so already, or there is none."""
        said = (one.cycle, list(one.named), one.reason, one.by, role, one.at)
        return bool(await self._pool.fetchval(RESTRICT, *said))

    async def lift(self, cycle: str, by: Slug, role: str, reason: str, at: datetime) -> bool:
        """Let the whole office see a cycle again; False where it does already."""
        return bool(await self._pool.fetchval(LIFT, cycle, by, role, reason, at))

    async def open(self, one: Opening) -> bool:
        """Let somebody see a restricted cycle for a while; False where they may already."""
        said = (one.cycle, one.person, one.role.value, one.reason, one.at, one.until)
        return bool(await self._pool.fetchval(OPEN, *said))

    async def untold(self, most: int = 50) -> list[Opening]:
        """Openings of which nobody has been written to, oldest first."""
        rows = await self._pool.fetch(
            OPENED + " where told_at is null order by at, cycle, person limit $1", most
        )
        return [Opening.model_validate(dict(row)) for row in rows]

    async def told(self, one: Opening, at: datetime) -> None:
        """Note that those whom it concerns were written to; the first note stands."""
        await self._pool.execute(
            "update openings set told_at = $4 where (cycle, person, at) = ($1, $2, $3) and told_at is null",
            one.cycle,
            one.person,
            one.at,
            at,
        )

    async def sweep(self, now: datetime, after: timedelta) -> None:
        """Forget openings that ended long ago and were told of; the log keeps them."""
        await self._pool.execute("delete from openings where until < $1 and told_at is not null", now - after)
