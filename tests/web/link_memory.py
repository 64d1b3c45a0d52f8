"""Links and codes in memory, as the store keeps them, and a mail box for what pages send at once."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from reference.catalogue import demonstration_people
from schemas.links import Code, Limit, TaskLink, Why
from schemas.people import Person


@dataclass
class MemoryLinks:
    """Links by their digests."""

    kept: dict[str, TaskLink] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    asks: dict[str, list[datetime]] = field(default_factory=dict)

    async def keep_link(self, link: TaskLink) -> TaskLink:
        """Keep one, once for its letter and person."""
        found = self._of(link.letter, link.person)
        if found and found.sent_at:
            return found
        if found:
            del self.kept[found.digest]
            link = found.model_copy(update={"digest": link.digest})
        self.kept[link.digest] = link
        return link

    def _of(self, letter: str, person: str) -> TaskLink | None:
        named = (letter, person)
        return next((one for one in self.kept.values() if (one.letter, one.person) == named), None)

    async def link_sent(self, letter: str, person: str, at: datetime) -> None:
        """The first note stands."""
        found = self._of(letter, person)
        if found and not found.sent_at:
            self.kept[found.digest] = found.model_copy(update={"sent_at": at})

    async def link(self, digest: str) -> TaskLink | None:
        """One, revoked or not."""
        return self.kept.get(digest)

    async def links_of(self, cycle: str, request: int) -> list[TaskLink]:
        """Newest first."""
        found = [one for one in self.kept.values() if (one.cycle, one.request) == (cycle, request)]
        return sorted(found, key=lambda one: one.made_at, reverse=True)

    async def revoke_links(
        self, cycle: str, request: int, person: str, *, by: str, why: Why, at: datetime
    ) -> int:
        """Revoke those that work, and drop their codes."""
        found = [one for one in await self.links_of(cycle, request) if one.person == person]
        live = [one for one in found if one.revoked_at is None]
        for one in live:
            gone = {"revoked_at": at, "revoked_by": by, "why": why}
            self.kept[one.digest] = one.model_copy(update=gone)
            self.codes.pop(one.digest, None)
        return len(live)

    async def link_opened(self, digest: str, at: datetime) -> None:
        """Note it."""
        self.kept[digest] = self.kept[digest].model_copy(update={"opened_at": at})

    async def renew_code(self, link: str, digest: str, at: datetime, tries: int, within: timedelta) -> bool:
        """Not where the last is on its way."""
        last = self.codes.get(link)
        if last and not last.used_at and last.tries < tries and last.made_at > at - within:
            return False
        self.codes[link] = Code(digest=digest, made_at=at)
        return True

    async def drop_code(self, link: str, digest: str) -> None:
        """Take it back."""
        if link in self.codes and self.codes[link].digest == digest:
            del self.codes[link]

    async def code(self, link: str) -> Code | None:
        """The newest."""
        return self.codes.get(link)

    async def try_code(self, link: str, at: datetime, tries: int, lasts: timedelta) -> str | None:
        """Count a try where there is one left."""
        last = self.codes.get(link)
        if last is None or last.used_at or last.tries >= tries or last.made_at <= at - lasts:
            return None
        self.codes[link] = last.model_copy(update={"tries": last.tries + 1})
        return last.digest

    async def use_code(self, link: str, digest: str, at: datetime) -> bool:
        """Once."""
        last = self.codes.get(link)
        if last is None or last.digest != digest or last.used_at:
            return False
        self.codes[link] = last.model_copy(update={"used_at": at})
        return True

    async def within(self, limits: tuple[Limit, ...], at: datetime) -> datetime | None:
        """Count, unless one of them is full."""
        full = []
        for one in limits:
            recent = sorted(it for it in self.asks.get(one.counted, []) if it > at - one.within)
            if len(recent) >= one.most:
                full.append(recent[-one.most] + one.within)
        if full:
            return max(full)
        for one in limits:
            self.asks.setdefault(one.counted, []).append(at)
        return None


@dataclass(frozen=True)
class Sent:
    """A letter that a page sent at once."""

    kind: str
    to: str
    path: str
    code: str = ""


@dataclass
class MemoryLetters:
    """A mail server that can be down."""

    sent: list[Sent] = field(default_factory=list)
    down: bool = False

    async def person_at(self, address: str) -> Person | None:
        """Whose address of the demonstration this is."""
        return next((one for one in demonstration_people().values() if one.address == address), None)

    async def code(self, to: str, code: str, path: str, facts: dict[str, Any]) -> bool:
        """Take a code."""
        assert facts["until"]
        return self._take(Sent("code", to, path, code))

    async def new_link(self, to: str, path: str, facts: dict[str, Any]) -> bool:
        """Take a link."""
        assert facts["request"]
        return self._take(Sent("new_link", to, path))

    async def wish(self, officer: str, who: str, path: str, facts: dict[str, Any]) -> bool:
        """Take a wish."""
        assert facts["ref"]
        assert who
        return self._take(Sent("wish", officer, path))

    def _take(self, one: Sent) -> bool:
        if not self.down:
            self.sent.append(one)
        return not self.down
