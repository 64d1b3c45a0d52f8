"""Tokens in PostgreSQL: read once a request by their digest, together with the person they are of."""

from datetime import datetime
from typing import Any

from schemas.people import Role
from schemas.signed_in import Access
from schemas.tokens import KnownToken, Token
from store.pool import Pool
from store.sessions import person_in

KNOWN = """
select t.*, p.id as known, p.title, p.role as usual, p.organisation as of, p.address, p.deputy, p.appointments
from api_tokens t left join people p on p.id = t.person where t.digest = $1
"""
MAKE = """
with made as (
    insert into api_tokens (digest, made_key, name, person, role, scopes, made_at, until)
    values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (made_key) do nothing returning number
), noted as (
    insert into access_log (at, person, role, what, reason)
    select $7, $4, $5, 'made the token "' || $3 || '"', 'scopes: ' || array_to_string($6, ', ') from made
)
select number from made
"""
END = """
with gone as (
    update api_tokens set ended_at = $2 where number = $1 and ended_at is null
      and ($6::text is null or person = $6) returning name, person
), noted as (
    insert into access_log (at, person, role, what, reason)
    select $2, $3, $4, 'ended the token "' || name || '" of ' || person, $5 from gone
)
select count(*) from gone
"""


class Tokens:
    """Which programs may come in, in whose name."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def make(self, token: Token, key: str) -> bool:
        """Keep a token that was made now, with its line in the log; False where its form was sent before."""
        return bool(
            await self._pool.fetchval(
                MAKE, token.digest, key, token.name, token.person, token.role.value, list(token.scopes),
                token.made_at, token.until,
            )
        )  # fmt: skip

    async def known(self, digest: str) -> KnownToken | None:
        """The token of a digest with its person, whether it still lasts or not."""
        row = await self._pool.fetchrow(KNOWN, digest)
        return KnownToken(_token(row), person_in(row)) if row else None

    async def used(self, number: int, at: datetime) -> None:
        """Note that a token was used, once a minute at the most."""
        await self._pool.execute(
            "update api_tokens set last_used_at = $2 where number = $1"
            " and (last_used_at is null or last_used_at < $2::timestamptz - interval '1 minute')",
            number,
            at,
        )

    async def open_of(self, person: str | None, at: datetime) -> list[Token]:
        """The tokens of somebody, or of everybody, that still last, the newest first."""
        rows = await self._pool.fetch(
            "select * from api_tokens where ended_at is null and until > $2"
            " and ($1::text is null or person = $1) order by number desc limit 500",
            person,
            at,
        )
        return [_token(row) for row in rows]

    async def end(self, number: int, noted: Access, *, only_of: str | None = None) -> bool:
        """End a token, with its line in the log; False where there is none that lasts."""
        done = await self._pool.fetchval(
            END, number, noted.at, noted.person, noted.role, noted.reason, only_of
        )
        return bool(done)


def _token(row: Any) -> Token:
    return Token(
        digest=row["digest"],
        name=row["name"],
        person=row["person"],
        role=Role(row["role"]),
        scopes=tuple(row["scopes"]),
        made_at=row["made_at"],
        until=row["until"],
        last_used_at=row["last_used_at"],
        ended_at=row["ended_at"],
        number=row["number"],
    )
