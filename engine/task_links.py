"""Emailed links: the token of a letter, the task that it leads to, and the code that has to be typed first.

A token is not drawn but worked out (HMAC) from the office's secret, the letter's key and the person. A letter
that is tried again carries the same link, and nothing is kept by which anybody could come in (ADR 0019).
"""

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from typing import Protocol

from rules.linking import (
    CODE_LASTS,
    MOST_TRIES,
    NOT_AGAIN_WITHIN,
    ask_limits,
    code_limits,
    is_on_its_way,
    not_a_code,
    too_many_codes,
    wrong_code,
)
from schemas.links import Code, Limit, TaskLink, Why
from schemas.outcomes import Refused
from schemas.signed_in import Ended, Session, TaskScope

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class KeepsLinks(Protocol):
    """Where links and codes are kept, as digests."""

    async def keep_link(self, link: TaskLink) -> TaskLink:
        """Keep a link, once for its letter and person; the link as it stands."""
        ...

    async def link_sent(self, letter: str, person: str, at: datetime) -> None:
        """Note that a letter went to somebody."""
        ...

    async def link(self, digest: str) -> TaskLink | None:
        """One link, revoked or not."""
        ...

    async def links_of(self, cycle: str, request: int) -> list[TaskLink]:
        """The links to a request, newest first."""
        ...

    async def revoke_links(
        self, cycle: str, request: int, person: str, *, by: str, why: Why, at: datetime
    ) -> int:
        """Revoke somebody's links to a request."""
        ...

    async def link_opened(self, digest: str, at: datetime) -> None:
        """Note that a code was typed behind a link."""
        ...

    async def renew_code(self, link: str, digest: str, at: datetime, tries: int, within: timedelta) -> bool:
        """Put a new code in the place of the last; not where that is on its way."""
        ...

    async def drop_code(self, link: str, digest: str) -> None:
        """Take back a code that could not be sent."""
        ...

    async def code(self, link: str) -> Code | None:
        """The newest code of a link."""
        ...

    async def try_code(self, link: str, at: datetime, tries: int, lasts: timedelta) -> str | None:
        """Count a try; the digest to compare with."""
        ...

    async def use_code(self, link: str, digest: str, at: datetime) -> bool:
        """Use a code up, once."""
        ...

    async def within(self, limits: tuple[Limit, ...], at: datetime) -> datetime | None:
        """Count one more; or when it may be again."""
        ...


class EndsSessions(Protocol):
    """Who is signed in, and ends it."""

    async def open_of(self, person: str | None, at: datetime) -> list[Session]:
        """The sessions of somebody that have not ended."""
        ...

    async def end(
        self, person: str, at: datetime, why: Ended, *, digest: str | None = None, number: int | None = None
    ) -> int:
        """End one of them."""
        ...


class TaskLinks:
    """Makes links and codes, and takes them."""

    def __init__(self, kept: KeepsLinks, secret: str) -> None:
        self._kept = kept
        self._key = hmac.digest(secret.encode(), b"answerable/task-links", "sha256")

    async def make(
        self, letter: str, cycle: str, request: int, person: str, *, at: datetime, by: str | None = None
    ) -> tuple[str, bool]:
        """The token of a letter's link to a person, and whether that letter has gone out already."""
        token = self._token(letter, person)
        link = TaskLink(
            digest=digest_of(token), cycle=cycle, request=request, person=person, letter=letter,
            made_at=at, made_by=by,
        )  # fmt: skip
        kept = await self._kept.keep_link(link)
        return token, kept.sent_at is not None

    async def sent(self, letter: str, person: str, at: datetime) -> None:
        """Note that a letter went out."""
        await self._kept.link_sent(letter, person, at)

    async def find(self, token: str) -> TaskLink | None:
        """The link of a token; None for a wrong, an unknown and a revoked one alike."""
        link = await self._kept.link(digest_of(token)) if TOKEN.fullmatch(token) else None
        return link if link and link.revoked_at is None else None

    async def of_request(self, cycle: str, request: int) -> list[TaskLink]:
        """The links to a request, newest first."""
        return await self._kept.links_of(cycle, request)

    async def revoke(self, cycle: str, request: int, person: str, *, by: str, why: Why, at: datetime) -> int:
        """Revoke somebody's links to a request; how many there were."""
        return await self._kept.revoke_links(cycle, request, person, by=by, why=why, at=at)

    async def shut(
        self,
        sessions: EndsSessions,
        cycle: str,
        request: int,
        person: str,
        *,
        by: str,
        why: Why,
        at: datetime,
    ) -> int:
        """Revoke somebody's links to a request, and put out whoever has come in by one; how many links."""
        count = await self.revoke(cycle, request, person, by=by, why=why, at=at)
        for one in await sessions.open_of(person, at):
            if one.scope == TaskScope(cycle, request):
                await sessions.end(person, at, "link_revoked", digest=one.digest)
        return count

    async def ask_code(self, link: TaskLink, drawn: str, place: str, at: datetime) -> bool | Refused:
        """Keep a code that was drawn, to be sent now; False where one is on its way, or a refusal."""
        if is_on_its_way(await self._kept.code(link.digest), at):
            return False
        limits = code_limits(link.digest, link.person, self._hidden(place))
        if again_at := await self._kept.within(limits, at):
            return too_many_codes(again_at)
        digest = self._hidden(link.digest, drawn)
        return await self._kept.renew_code(link.digest, digest, at, MOST_TRIES, NOT_AGAIN_WITHIN)

    async def not_sent(self, link: TaskLink, drawn: str) -> None:
        """Take back a code that no mail carried."""
        await self._kept.drop_code(link.digest, self._hidden(link.digest, drawn))

    async def take_code(self, link: TaskLink, typed: str, at: datetime) -> Refused | None:
        """Take what was typed for a link's code, once; a refusal where it is not the code."""
        typed = "".join(typed.split())
        if refused := not_a_code(typed):
            return refused
        digest = await self._kept.try_code(link.digest, at, MOST_TRIES, CODE_LASTS)
        right = hmac.compare_digest(digest or "", self._hidden(link.digest, typed))
        if digest and right and await self._kept.use_code(link.digest, digest, at):
            await self._kept.link_opened(link.digest, at)
            return None
        return wrong_code(await self._kept.code(link.digest), at)

    async def may_ask(self, address: str, place: str, at: datetime) -> bool:
        """Whether the office may be asked for a new link now; this asking is counted."""
        limits = ask_limits(self._hidden("address", address.lower()), self._hidden(place))
        return await self._kept.within(limits, at) is None

    def _token(self, letter: str, person: str) -> str:
        drawn = hmac.digest(self._key, f"token\0{letter}\0{person}".encode(), "sha256")
        return urlsafe_b64encode(drawn).decode().rstrip("=")

    def _hidden(self, *parts: str) -> str:
        """A digest that tells nothing to whoever reads the store: six digits alone would soon be guessed."""
        return hmac.new(self._key, "\0".join(parts).encode(), "sha256").hexdigest()


def digest_of(token: str) -> str:
    """The digest under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
