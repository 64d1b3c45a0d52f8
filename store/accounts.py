"""Accounts at the sign-in service in PostgreSQL, and lines of the log of access."""

from datetime import datetime

from schemas.signed_in import Access, Account
from store.pool import Pool

NOTE = "insert into access_log (at, person, role, what, cycle, reason) values ($1, $2, $3, $4, $5, $6)"


class Accounts:
    """Whose account is whose entry in the directory; and who did what at the door."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def person_of(self, account: Account) -> str | None:
        """The person of an account."""
        found: str | None = await self._pool.fetchval(
            "select person from identities where issuer = $1 and sub = $2", account.issuer, account.sub
        )
        return found

    async def reached_at(self, mail: str) -> list[str]:
        """Whom the directory reaches at a mail address, by their ids."""
        rows = await self._pool.fetch(
            "select id from people where lower(address) = lower($1) order by id", mail
        )
        return [row["id"] for row in rows]

    async def link(self, account: Account, person: str, how: str, at: datetime) -> bool:
        """Link an account to somebody; False where either is linked already."""
        made = await self._pool.fetchval(
            "insert into identities (issuer, sub, person, linked_how, linked_at) values ($1, $2, $3, $4, $5)"
            " on conflict do nothing returning true",
            account.issuer,
            account.sub,
            person,
            how,
            at,
        )
        return bool(made)

    async def relink(self, account: Account, person: str, noted: Access) -> str | None:
        """Link an account to somebody, in place of the one that they had at this service.

        It is written into the log of access in the same step. Where the account is somebody else's, nothing
        is done and that person is given.
        """
        async with self._pool.transaction() as connection:
            await connection.execute("select pg_advisory_xact_lock(hashtext($1))", account.issuer)
            holder: str | None = await connection.fetchval(
                "select person from identities where issuer = $1 and sub = $2", account.issuer, account.sub
            )
            if holder and holder != person:
                return holder
            await connection.execute(
                "delete from identities where issuer = $1 and person = $2", account.issuer, person
            )
            await connection.execute(
                "insert into identities (issuer, sub, person, linked_how, linked_at)"
                " values ($1, $2, $3, 'office', $4)",
                account.issuer,
                account.sub,
                person,
                noted.at,
            )
            await connection.execute(
                NOTE, noted.at, noted.person, noted.role, noted.what, noted.cycle, noted.reason
            )
        return None

    async def note(self, access: Access) -> None:
        """Write a line into the log of access."""
        await self._pool.execute(
            NOTE,
            access.at,
            access.person,
            access.role,
            access.what,
            access.cycle,
            access.reason,
        )
