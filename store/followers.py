"""Followers and what they are told; and questions that the public sent in. Nothing more is kept than that."""

from collections.abc import Sequence
from datetime import datetime

from schemas.following import Due, Follower, News, PublicQuestion, Unanswered
from store.pool import Pool

FOLLOW = """
insert into followers (address, what, token)
select $1, $2, $3
where (select count(*) from followers where asked_at > $4 and confirmed_at is null) < $5
  and (select count(*) from followers where address = $1 and confirmed_at is null) < $6
on conflict (address, what) do nothing
"""

KNOWN = "select exists (select from followers where address = $1 and what = $2)"

DUE = """
select f.id as follower, f.address, f.what as follows, f.token, n.id as news, n.cycle, n.version, n.what,
       n.about, n.at, coalesce(t.words, '') as title, coalesce(a.words, '') as answer,
       coalesce(w.words, '') as notice
from followers f join follower_news n on n.at > f.confirmed_at
left join publications p on (p.cycle, p.version) = (n.cycle, n.version)
left join texts t on t.ref = p.facts ->> 'title'
left join texts a on a.ref = p.facts ->> 'answer' and p.withdrawn_at is null
left join texts w on w.ref = p.withdrawal
where case
    when n.what = 'checkpoint' then f.what = 'ledger'
    when n.what = 'late' then f.what = 'late' or f.what = 'cycle:' || n.cycle
    else f.what in ('all', 'cycle:' || n.cycle, 'objective:' || p.theme)
        or (f.what like 'commitment:%' and p.facts -> 'commitments' ? substr(f.what, 12)) end
  and (n.what in ('withdrawn', 'late', 'checkpoint') or p.withdrawn_at is null)
  and not exists (select from follower_told d where (d.follower, d.news) = (f.id, n.id))
order by n.id, f.id limit $1
"""
"""What was withdrawn before its mail went out is not sent after it; that it was withdrawn is."""

INVITE = """
select id, address, what, token, asked_at, confirmed_at from followers
where invited_at is null and confirmed_at is null order by id limit $1
"""

QUESTION = """
insert into public_questions (key, meeting, held_at, question, name)
select $1, $2, $3, $4, $5 where (select count(*) from public_questions where asked_at > $6) < $7
on conflict (key) do nothing
"""

UNANSWERED = r"""
select q.meeting, q.held_at, q.questions, q.since, array(
    select distinct c.opened_by from cycle_sessions s join cycles c on c.reference = s.cycle
    where s.line = case when q.meeting like 'mtg-%' then upper(q.meeting)
                        else regexp_replace(upper(q.meeting), '-(\d{1,3})$', '/\1') end
    order by 1) as officers
from (select meeting, max(held_at) as held_at, count(*) as questions, min(asked_at) as since
      from public_questions where done_at is null group by meeting) q
order by q.held_at, q.meeting limit 50
"""
"""A meeting's public name is its reference, or its cycle's and the session's number, in small letters."""


class Followers:
    """Keeps who follows what. Every method may be repeated without harm."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def follow(
        self, address: str, what: str, token: str, *, since: datetime, most: int, own: int
    ) -> bool:
        """Keep that an address asks to follow something; False where too much is being asked for."""
        await self._pool.execute(FOLLOW, address, what, token, since, most, own)
        return bool(await self._pool.fetchval(KNOWN, address, what))

    async def follower(self, token: str) -> Follower | None:
        """Whose link it is; None where it is nobody's any more."""
        row = await self._pool.fetchrow(
            "select id, address, what, token, asked_at, confirmed_at from followers where token = $1", token
        )
        return Follower.model_validate(dict(row)) if row else None

    async def confirm(self, token: str) -> Follower | None:
        """Note that the address is theirs; the first time stands."""
        await self._pool.execute(
            "update followers set confirmed_at = clock_timestamp() where token = $1 and confirmed_at is null",
            token,
        )
        return await self.follower(token)

    async def stop(self, token: str) -> None:
        """Delete the address, with what it was told."""
        await self._pool.execute("delete from followers where token = $1", token)

    async def to_invite(self, most: int) -> list[Follower]:
        """Those who asked and have not been sent their link yet."""
        return [Follower.model_validate(dict(row)) for row in await self._pool.fetch(INVITE, most)]

    async def invited(self, follower: int) -> None:
        """Note that the link was sent."""
        await self._pool.execute(
            "update followers set invited_at = clock_timestamp() where id = $1", follower
        )

    async def late(self, found: Sequence[News]) -> None:
        """Keep what is late in public as news, each thing once."""
        await self._pool.executemany(
            "insert into follower_news (cycle, version, what, about) values ($1, $2, 'late', $3)"
            " on conflict do nothing",
            [(one.cycle, one.version, one.about) for one in found],
        )

    async def due(self, most: int) -> list[Due]:
        """What followers are still to be told, oldest first."""
        return [Due.model_validate(dict(row)) for row in await self._pool.fetch(DUE, most)]

    async def told(self, follower: int, news: int, *, delivered: bool) -> None:
        """Note that a follower was told, or that their mail server refused it."""
        async with self._pool.transaction() as connection:
            await connection.execute(
                "insert into follower_told (follower, news) select $1, $2"
                " where exists (select from followers where id = $1) on conflict do nothing",
                follower,
                news,
            )
            await connection.execute(
                "update followers set bounces = case when $2 then 0 else bounces + 1 end where id = $1",
                follower,
                delivered,
            )

    async def tidy(self, unconfirmed: datetime, questions: datetime, news: datetime, bounces: int) -> int:
        """Delete what is kept no longer; how many addresses went."""
        gone = await self._pool.fetch(
            "delete from followers where (confirmed_at is null and asked_at < $1) or bounces >= $2"
            " returning id",
            unconfirmed,
            bounces,
        )
        await self._pool.execute(
            "delete from public_questions where coalesce(done_at, held_at) < $1", questions
        )
        await self._pool.execute("delete from follower_news where at < $1 and what <> 'late'", news)
        return len(gone)

    async def ask(self, one: PublicQuestion, *, since: datetime, most: int) -> bool:
        """Keep a question, once for its key; False where too much is being asked."""
        facts = (one.key, one.meeting, one.held_at, one.question, one.name)
        await self._pool.execute(QUESTION, *facts, since, most)
        return bool(
            await self._pool.fetchval("select exists (select from public_questions where key = $1)", one.key)
        )

    async def questions(self, *, untold: bool = False) -> list[PublicQuestion]:
        """Questions that nobody has dealt with, oldest first; or those of which the office was not told."""
        rows = await self._pool.fetch(
            "select key, meeting, held_at, question, name, asked_at from public_questions"
            " where done_at is null and (not $1 or told_at is null) order by asked_at limit 500",
            untold,
        )
        return [PublicQuestion.model_validate(dict(row)) for row in rows]

    async def unanswered(self) -> list[Unanswered]:
        """The meetings for which questions wait that nobody has dealt with, soonest first."""
        return [Unanswered.model_validate(dict(row)) for row in await self._pool.fetch(UNANSWERED)]

    async def question_told(self, key: str) -> None:
        """Note that the office was told of a question."""
        await self._pool.execute(
            "update public_questions set told_at = clock_timestamp() where key = $1 and told_at is null", key
        )

    async def question_done(self, key: str, by: str) -> None:
        """Note that somebody has dealt with a question; the first note stands."""
        await self._pool.execute(
            "update public_questions set done_at = clock_timestamp(), done_by = $2"
            " where key = $1 and done_at is null",
            key,
            by,
        )
