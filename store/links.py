"""Emailed links as they are kept: digests of links and codes, how often they were asked for and typed."""

from datetime import datetime, timedelta

from schemas.links import Code, Limit, TaskLink, Why
from store.pool import Pool

KEEP = """
insert into task_links (digest, cycle, request, person, letter, made_at, made_by)
values ($1, $2, $3, $4, $5, $6, $7)
on conflict do nothing
"""
"""Whichever way it is there already: two workers that make the same link collide on its digest too."""
MAKE_ANEW = """
update task_links set digest = $1 where letter = $2 and person = $3 and sent_at is null and digest <> $1
"""

RENEW = """
insert into link_codes (link, digest, made_at) values ($1, $2, $3)
on conflict (link) do update set digest = excluded.digest, made_at = excluded.made_at, tries = 0,
    used_at = null
where link_codes.used_at is not null or link_codes.tries >= $4 or link_codes.made_at <= $3 - $5::interval
returning true
"""

TRY = """
update link_codes set tries = tries + 1
where link = $1 and used_at is null and tries < $2 and made_at > $3::timestamptz - $4::interval
returning digest
"""

FULL = """
select at + $2::interval from link_asks where counted = $1 and at > $3::timestamptz - $2::interval
order by at desc offset $4 limit 1
"""


class Links:
    """Keeps links and codes. Nothing that it holds lets anybody in."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def keep_link(self, link: TaskLink) -> TaskLink:
        """Keep a link, once for its letter and person; the link as it stands."""
        await self._pool.execute(
            KEEP, link.digest, link.cycle, link.request, link.person, link.letter, link.made_at, link.made_by
        )
        await self._pool.execute(MAKE_ANEW, link.digest, link.letter, link.person)
        row = await self._pool.fetchrow(
            "select * from task_links where letter = $1 and person = $2", link.letter, link.person
        )
        assert row is not None
        return TaskLink.model_validate(dict(row))

    async def link_sent(self, letter: str, person: str, at: datetime) -> None:
        """Note that a letter went to somebody; the first note stands."""
        await self._pool.execute(
            "update task_links set sent_at = $3 where letter = $1 and person = $2 and sent_at is null",
            letter,
            person,
            at,
        )

    async def link(self, digest: str) -> TaskLink | None:
        """One link by its digest, revoked or not."""
        row = await self._pool.fetchrow("select * from task_links where digest = $1", digest)
        return TaskLink.model_validate(dict(row)) if row else None

    async def links_of(self, cycle: str, request: int) -> list[TaskLink]:
        """The links to a request, newest first."""
        rows = await self._pool.fetch(
            "select * from task_links where cycle = $1 and request = $2 order by made_at desc, person",
            cycle,
            request,
        )
        return [TaskLink.model_validate(dict(row)) for row in rows]

    async def revoke_links(
        self, cycle: str, request: int, person: str, *, by: str, why: Why, at: datetime
    ) -> int:
        """Revoke somebody's links to a request and drop their codes; how many there were."""
        rows = await self._pool.fetch(
            "with gone as (update task_links set revoked_at = $6, revoked_by = $4, why = $5"
            " where cycle = $1 and request = $2 and person = $3 and revoked_at is null returning digest),"
            " dropped as (delete from link_codes where link in (select digest from gone))"
            " select digest from gone",
            cycle,
            request,
            person,
            by,
            why,
            at,
        )
        return len(rows)

    async def link_opened(self, digest: str, at: datetime) -> None:
        """Note that a code was typed behind a link."""
        await self._pool.execute("update task_links set opened_at = $2 where digest = $1", digest, at)

    async def renew_code(self, link: str, digest: str, at: datetime, tries: int, within: timedelta) -> bool:
        """Put a new code in the place of the last; not where that is so new that it is on its way."""
        return bool(await self._pool.fetchval(RENEW, link, digest, at, tries, within))

    async def drop_code(self, link: str, digest: str) -> None:
        """Take back a code that could not be sent."""
        await self._pool.execute("delete from link_codes where link = $1 and digest = $2", link, digest)

    async def code(self, link: str) -> Code | None:
        """The newest code of a link, whatever became of it."""
        row = await self._pool.fetchrow(
            "select digest, made_at, tries, used_at from link_codes where link = $1", link
        )
        return Code.model_validate(dict(row)) if row else None

    async def try_code(self, link: str, at: datetime, tries: int, lasts: timedelta) -> str | None:
        """Count a try; the digest to compare with, or None where no code can be tried any longer."""
        found: str | None = await self._pool.fetchval(TRY, link, tries, at, lasts)
        return found

    async def use_code(self, link: str, digest: str, at: datetime) -> bool:
        """Use a code up; whether this call did, for two that come at the same time."""
        return bool(
            await self._pool.fetchval(
                "update link_codes set used_at = $3 where link = $1 and digest = $2 and used_at is null"
                " returning true",
                link,
                digest,
                at,
            )
        )

    async def within(self, limits: tuple[Limit, ...], at: datetime) -> datetime | None:
        """Count one more under each name; None, or where that would be too many, when it may be again.

        Nothing is counted where it is refused.
        """
        named = sorted(limits, key=lambda one: one.counted)
        async with self._pool.transaction() as connection:
            for one in named:
                await connection.execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", one.counted)
            full = [
                await connection.fetchval(FULL, one.counted, one.within, at, one.most - 1) for one in named
            ]
            again: list[datetime] = [one for one in full if one is not None]
            if again:
                return max(again)
            await connection.executemany(
                "insert into link_asks (counted, at) values ($1, $2)", [(one.counted, at) for one in named]
            )
            await connection.execute(
                "delete from link_asks where at < $1::timestamptz - interval '1 day'", at
            )
        return None
