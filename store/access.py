"""Whose account at a sign-in service is whose entry in the directory, and the log of access."""

from datetime import datetime

from schemas.signed_in import Access, Account
from store.pool import Pool

LINK = """
insert into identities (issuer, sub, person, linked_how, linked_at) values ($1, $2, $3, $4, $5)
on conflict do nothing returning person
"""


class Accounts:
    """Reads and links accounts; appends to the log of access."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def person_of(self, account: Account) -> str | None:
        """The person of an account; None where it is nobody's yet."""
        found: str | None = await self._pool.fetchval(
            "select person from identities where issuer = $1 and sub = $2", account.issuer, account.sub
        )
        return found

    async def link(self, account: Account, person: str, how: str, at: datetime) -> bool:
        """Link an account to somebody; False where it is linked, or they have one at this service already."""
        found = await self._pool.fetchval(LINK, account.issuer, account.sub, person, how, at)
        return found is not None

    async def note(self, access: Access) -> None:
        """Write a line into the log of access."""
        await self._pool.execute(
            "insert into access_log (at, person, role, what, cycle, reason) values ($1, $2, $3, $4, $5, $6)",
            access.at,
            access.person,
            access.role,
            access.what,
            access.cycle,
            access.reason,
        )
