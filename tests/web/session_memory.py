# ruff: noqa: ARG002 - a stand-in takes the arguments of what it stands for
"""Sessions and accounts in memory, as the store keeps them."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol

from schemas.people import Person
from schemas.signed_in import Access, Account, Ended, Known, Session, SignedOutThere


class Directory(Protocol):
    """Who can be signed in."""

    async def people(self) -> dict[str, Person]:
        """Everybody by id."""
        ...


@dataclass
class MemorySessions:
    """Sessions by their digests, over the people of a directory."""

    directory: Directory
    kept: dict[str, Session] = field(default_factory=dict)
    asked: int = 0
    """How often a session was looked for."""
    words: set[str] = field(default_factory=set)
    """Words of the sign-in service that were used."""

    async def begin(self, session: Session) -> None:
        """Keep one, with the next number."""
        assert session.digest not in self.kept
        self.kept[session.digest] = replace(session, number=len(self.kept) + 1)

    async def known(self, digest: str) -> Known | None:
        """One with its person."""
        self.asked += 1
        found = self.kept.get(digest)
        return Known(found, (await self.directory.people()).get(found.person)) if found else None

    async def seen(self, digest: str, at: datetime) -> None:
        """Note that somebody was there."""
        self.kept[digest] = replace(self.kept[digest], seen_at=at)

    async def remember(self, digest: str, changed: Mapping[str, Any], gone: Iterable[str]) -> None:
        """Keep what JSON can keep."""
        data = {**self.kept[digest].data, **json.loads(json.dumps(dict(changed)))}
        self.kept[digest] = replace(
            self.kept[digest], data={key: value for key, value in data.items() if key not in set(gone)}
        )

    async def open_of(self, person: str | None, at: datetime) -> list[Session]:
        """Those that have not ended."""
        found = [one for one in self.kept.values() if person in (None, one.person)]
        return sorted(
            (one for one in found if not one.ended_at and one.until > at),
            key=lambda one: (one.seen_at, one.number),
            reverse=True,
        )

    async def end(
        self, person: str, at: datetime, why: Ended, *, digest: str | None = None, number: int | None = None
    ) -> int:
        """End one or all."""
        ending = [
            one
            for one in self.kept.values()
            if one.person == person
            and not one.ended_at
            and digest in (None, one.digest)
            and number in (None, one.number)
        ]
        for one in ending:
            self.kept[one.digest] = replace(one, ended_at=at, ended_why=why)
        return len(ending)

    async def end_there(self, told: SignedOutThere, at: datetime) -> int | None:
        """End those of the account, each word once."""
        if told.jti in self.words:
            return None
        self.words.add(told.jti)
        ending = [
            one
            for one in self.kept.values()
            if not one.ended_at and one.account and one.account.issuer == told.issuer
            and told.sub in (None, one.account.sub)
            and (told.sid in (None, one.account.sid) or (one.account.sid is None and told.sub is not None))
        ]  # fmt: skip
        for one in ending:
            self.kept[one.digest] = replace(one, ended_at=at, ended_why="signed_out_there")
        return len(ending)


@dataclass
class MemoryAccounts:
    """Accounts of a sign-in service, and the log of access."""

    directory: Directory
    linked: dict[Account, str] = field(default_factory=dict)
    log: list[Access] = field(default_factory=list)

    async def person_of(self, account: Account) -> str | None:
        """Whose it is."""
        return self.linked.get(account)

    async def reached_at(self, mail: str) -> list[str]:
        """Who has this address."""
        people = await self.directory.people()
        return [one.id for one in people.values() if (one.address or "").casefold() == mail.casefold()]

    async def link(self, account: Account, person: str, how: str, at: datetime) -> bool:
        """Link, once each at a service."""
        taken = any(one.issuer == account.issuer and who == person for one, who in self.linked.items())
        if taken or account in self.linked:
            return False
        self.linked[account] = person
        return True

    async def note(self, access: Access) -> None:
        """Write a line."""
        self.log.append(access)
