"""Where the door keeps its sessions and accounts, and how long a session lasts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from schemas.signed_in import Access, Account, Ended, Known, Session, SignedOutThere
from schemas.standards import Standards


class KeepsSessions(Protocol):
    """Who is signed in, at which browsers."""

    async def begin(self, session: Session) -> None:
        """Keep a session that begins."""
        ...

    async def known(self, digest: str) -> Known | None:
        """The session of a digest, whether it still lasts or not."""
        ...

    async def seen(self, digest: str, at: datetime) -> None:
        """Note that somebody was there."""
        ...

    async def remember(self, digest: str, changed: Mapping[str, Any], gone: Iterable[str]) -> None:
        """Keep small things with a session, and drop others."""
        ...

    async def open_of(self, person: str | None, at: datetime) -> list[Session]:
        """The sessions of somebody, or of everybody, that have not ended, the last seen first."""
        ...

    async def end(
        self, person: str, at: datetime, why: Ended, *, digest: str | None = None, number: int | None = None
    ) -> int:
        """End one session of somebody, or all of them; how many that were."""
        ...

    async def end_there(self, told: SignedOutThere, at: datetime) -> int | None:
        """End the sessions of whoever signed out at their service; None where that word was used before."""
        ...


class KeepsStandards(Protocol):
    """The office's own editions of local standards."""

    async def keep_standards(self, office: str, standards: Standards, by: str, reason: str) -> bool:
        """Keep one edition of a kind's standards; False where somebody has made that edition already."""
        ...


class KeepsAccounts(Protocol):
    """Whose account at a sign-in service is whose entry in the directory; and the log of access."""

    async def person_of(self, account: Account) -> str | None:
        """The person of an account."""
        ...

    async def reached_at(self, mail: str) -> Sequence[str]:
        """Whom the directory reaches at a mail address, by their ids."""
        ...

    async def link(self, account: Account, person: str, how: str, at: datetime) -> bool:
        """Link an account to somebody who has none at this service; False where they have one."""
        ...

    async def note(self, access: Access) -> None:
        """Write a line into the log of access."""
        ...


@dataclass(frozen=True)
class Limits:
    """How long a session lasts without anybody there, and at most (docs/adr/0017-identity.md)."""

    idle: timedelta = timedelta(minutes=30)
    whole: timedelta = timedelta(hours=12)


SEEN_EVERY = timedelta(minutes=1)
"""How often it is written down that somebody is there."""
