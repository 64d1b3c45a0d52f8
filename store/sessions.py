"""Sessions in PostgreSQL: read once a request by their digest, together with the person they are of."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from schemas.people import SIDE, Person, Role
from schemas.signed_in import Access, Account, Ended, Known, Session, SignedOutThere, TaskScope
from store.pool import Pool

KNOWN = """
select s.*, p.id as known, p.title, p.role as usual, p.organisation as of, p.address, p.deputy, p.appointments
from sessions s left join people p on p.id = s.person where s.digest = $1
"""
BEGIN = """
insert into sessions (digest, person, role, organisation, side, scope, issuer, sub, began_at, seen_at, until,
                      browser, csrf, data, sid)
values ($1, $2, $3, $4, $5, $6::jsonb, $7, $8, $9, $10, $11, $12, $13, $14::jsonb, $15)
"""
FORGET = "delete from sessions where until < $1::timestamptz - interval '30 days'"
"""What has long been over goes when somebody signs in; the log of access stays."""
END = """
update sessions set ended_at = $2, ended_why = $3
where person = $1 and ended_at is null
  and ($4::text is null or digest = $4) and ($5::bigint is null or number = $5)
returning number
"""

NOTED = """
with ended as (
    update sessions set ended_at = $2, ended_why = 'ended_by_office'
    where person = $1 and ended_at is null and ($3::bigint is null or number = $3) returning number
), noted as (
    insert into access_log (at, person, role, what, cycle, reason)
    select $2, $4, $5, $6, null, $7 where exists (select from ended)
)
select count(*) from ended
"""

THERE = """
with used as (
    insert into logout_tokens (issuer, jti, at) values ($1, $4, $5) on conflict do nothing returning true
), ended as (
    update sessions set ended_at = $5, ended_why = 'signed_out_there'
    where issuer = $1 and ended_at is null and ($2::text is null or sub = $2)
      and ($3::text is null or sid = $3 or (sid is null and $2 is not null)) and exists (select from used)
    returning person, role
), noted as (
    insert into access_log (at, person, role, what)
    select distinct $5, person, role, 'signed out by the sign-in service' from ended
)
select case when exists (select from used) then (select count(*) from ended) end
"""
"""A session that began without the service's name for it ends with any session of its account there."""
OLD_TOKENS = "delete from logout_tokens where at < $1::timestamptz - interval '1 day'"
"""What is older is refused by its hour."""


class Sessions:
    """Who is signed in, at which browsers."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def begin(self, session: Session) -> None:
        """Keep a session that begins."""
        account = session.account
        await self._pool.execute(FORGET, session.began_at)
        await self._pool.execute(
            BEGIN,
            session.digest,
            session.person,
            session.role.value,
            session.organisation,
            SIDE[session.role],
            json.dumps(asdict(session.scope)) if session.scope else None,
            account.issuer if account else None,
            account.sub if account else None,
            session.began_at,
            session.seen_at,
            session.until,
            session.browser,
            session.csrf,
            json.dumps(dict(session.data)),
            account.sid if account else None,
        )

    async def known(self, digest: str) -> Known | None:
        """The session of a digest with its person, whether it still lasts or not."""
        row = await self._pool.fetchrow(KNOWN, digest)
        return Known(_session(row), person_in(row)) if row else None

    async def seen(self, digest: str, at: datetime) -> None:
        """Note that somebody was there."""
        await self._pool.execute(
            "update sessions set seen_at = $2 where digest = $1 and seen_at < $2", digest, at
        )

    async def remember(self, digest: str, changed: Mapping[str, Any], gone: Iterable[str]) -> None:
        """Keep small things with a session, and drop others; what two requests change at once stays apart."""
        await self._pool.execute(
            "update sessions set data = (data - $3::text[]) || $2::jsonb where digest = $1",
            digest,
            json.dumps(dict(changed)),
            list(gone),
        )

    async def open_of(self, person: str | None, at: datetime) -> list[Session]:
        """The sessions of somebody, or of everybody, that have not ended, the last seen first."""
        rows = await self._pool.fetch(
            "select * from sessions where ended_at is null and until > $2"
            " and ($1::text is null or person = $1) order by seen_at desc, number desc limit 500",
            person,
            at,
        )
        return [_session(row) for row in rows]

    async def end(
        self, person: str, at: datetime, why: Ended, *, digest: str | None = None, number: int | None = None
    ) -> int:
        """End one session of somebody, or all of them; how many that were."""
        rows = await self._pool.fetch(END, person, at, why, digest, number)
        return len(rows)

    async def end_there(self, told: SignedOutThere, at: datetime) -> int | None:
        """End the sessions of whoever signed out at their service; how many; None where it is used up."""
        await self._pool.execute(OLD_TOKENS, at)
        ended: int | None = await self._pool.fetchval(
            THERE, told.issuer, told.sub, told.sid, hashlib.sha256(told.jti.encode()).hexdigest(), at
        )
        return ended

    async def end_noted(self, person: str, number: int | None, noted: Access) -> int:
        """End somebody else's sessions, in one step with the line that says who did it; how many."""
        ended: int = await self._pool.fetchval(
            NOTED,
            person,
            noted.at,
            number,
            noted.person,
            noted.role,
            noted.what,
            noted.reason,
        )
        return ended


def _session(row: Any) -> Session:
    scope = json.loads(row["scope"]) if row["scope"] else None
    return Session(
        digest=row["digest"],
        person=row["person"],
        role=Role(row["role"]),
        organisation=row["organisation"],
        began_at=row["began_at"],
        seen_at=row["seen_at"],
        until=row["until"],
        csrf=row["csrf"],
        browser=row["browser"],
        scope=TaskScope(**scope) if scope else None,
        account=Account(row["issuer"], row["sub"], row["sid"]) if row["issuer"] else None,
        ended_at=row["ended_at"],
        ended_why=row["ended_why"],
        data=json.loads(row["data"]),
        number=row["number"],
    )


def person_in(row: Any) -> Person | None:
    """The person of a row that was read with them; None where the directory has nobody."""
    if row["known"] is None:
        return None
    return Person(
        id=row["known"],
        title=row["title"],
        role=row["usual"],
        organisation=row["of"],
        address=row["address"],
        deputy=row["deputy"],
        appointments=json.loads(row["appointments"]),
    )
